"""The words of a PDF that somebody sent, without trusting it: another process reads it
(pdf_text_program.py beside this)."""

from __future__ import annotations

import logging
from pathlib import Path

from rdm.lib.reading import apart
from rdm.lib.reading.apart import MOST_MEMORY, PATIENCE
from rdm.lib.reading.office import MOST_TEXT
from rdm.lib.reading.pictures import LOGO_PIXELS, LOGO_SQUARE_MM
from rdm.lib.reading.words import Words

PROGRAM = Path(__file__).with_name("pdf_text_program.py")
# Of processor time, because somebody waits for it: a hundred pages of text take about two. On the
# clock the same work takes longer on a busy machine, and a file would be called unread for that.
SECONDS = 10
# As the program ends; anything else means that it was stopped, or broke.
ALL_READ, NOT_ALL_READ = 0, 3
log = logging.getLogger(__name__)


def read(content: bytes) -> Words:
    """The text of these bytes, with title, answers in a form, comments and the addresses to which
    a link sends mail. Raises nothing.

    What was found before it stopped is kept: personal data in it is worth a warning, also when the
    rest could not be read.
    """
    about_pictures = (LOGO_PIXELS, LOGO_SQUARE_MM)
    limits = {"seconds": SECONDS, "memory": MOST_MEMORY, "patience": PATIENCE}
    ended = apart.run(PROGRAM, content, MOST_TEXT, *about_pictures, **limits)
    if ended.status not in (ALL_READ, NOT_ALL_READ):
        return _stopped(ended.said, ended.stopped or str(ended.status))
    return Words(_decoded(ended.said), ended.status == ALL_READ)


def _stopped(found: bytes, why: str) -> Words:
    # Nobody would notice otherwise when it never works, and every PDF comes in unread.
    log.warning("a PDF was not read to its end", extra={"outcome": why})
    return Words(_decoded(found), all_read=False)


def _decoded(found: bytes) -> str:
    # The last letter may be half.
    return found.decode(errors="ignore")
