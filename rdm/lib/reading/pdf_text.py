"""The words of a PDF that somebody sent, without trusting it: another process reads it.

What a crafted file may cost is some seconds of that process (pdf_text_program.py beside this). Its
memory and time are limited, and it ends without the web process noticing more than that.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from rdm.lib.reading.office import MOST_TEXT
from rdm.lib.reading.pictures import LOGO_PIXELS, LOGO_SQUARE_MM
from rdm.lib.reading.words import Words

PROGRAM = Path(__file__).with_name("pdf_text_program.py")
# Of processor time, because somebody waits for it: a hundred pages of text take about two. On the
# clock the same work takes longer on a busy machine, and a file would be called unread for that.
SECONDS = 10
# On the clock. Only one that waits uses these up, and there is nothing that it could wait for.
PATIENCE = 60
# A file of 25 MB with everything that is unpacked from it.
MOST_MEMORY = 512 * 1024 * 1024
# As the program ends; anything else means that it was stopped, or broke.
ALL_READ, NOT_ALL_READ = 0, 3
# So that many files at once cost no more memory than two. Threads are few, so nobody waits long.
_TURNS = BoundedSemaphore(2)
log = logging.getLogger(__name__)


def read(content: bytes) -> Words:
    """The text of these bytes, with title, answers in a form, comments and the addresses to which
    a link sends mail. Raises nothing.

    What was found before it stopped is kept: personal data in it is worth a warning, also when the
    rest could not be read.
    """
    # Isolated and without the environment: it has no need of our folders, keys and passwords.
    limits = [str(one) for one in (MOST_TEXT, SECONDS, MOST_MEMORY, LOGO_PIXELS, LOGO_SQUARE_MM)]
    command = [sys.executable, "-I", str(PROGRAM), *limits]
    with _TURNS:
        try:
            ended = subprocess.run(
                command,
                input=content,
                stdout=subprocess.PIPE,
                # It repeats pieces of the file.
                stderr=subprocess.DEVNULL,
                env={},
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired as late:
            return _stopped(late.output or b"", "timeout")
        except OSError as problem:
            return _stopped(b"", type(problem).__name__)
    if ended.returncode not in (ALL_READ, NOT_ALL_READ):
        return _stopped(ended.stdout, str(ended.returncode))
    return Words(_decoded(ended.stdout), ended.returncode == ALL_READ)


def _stopped(found: bytes, why: str) -> Words:
    # Nobody would notice otherwise when it never works, and every PDF comes in unread.
    log.warning("a PDF was not read to its end", extra={"outcome": why})
    return Words(_decoded(found), all_read=False)


def _decoded(found: bytes) -> str:
    # The last letter may be half.
    return found.decode(errors="ignore")
