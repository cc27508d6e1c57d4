"""Whether a PDF does something by itself, decided on what it is made of and not on its letters."""

from __future__ import annotations

import logging
from enum import Enum
from pathlib import Path

from rdm.lib.reading import apart

PROGRAM = Path(__file__).with_name("pdf_activity_program.py")
# Of processor time, because somebody waits for it: a hundred pages take a fraction of one.
SECONDS = 5
log = logging.getLogger(__name__)


class Activity(Enum):
    """What is known; the values are how the program ends."""

    NONE = 0
    UNKNOWN = 3
    ACTIVE = 4
    LOCKED = 5


def of(content: bytes) -> Activity:
    """What these bytes do when somebody opens them; UNKNOWN when that cannot be decided. Raises
    nothing."""
    ended = apart.run(PROGRAM, content, seconds=SECONDS)
    try:
        return Activity(ended.status)
    except ValueError:
        log.warning("a PDF was not decided", extra={"outcome": ended.stopped or str(ended.status)})
        return Activity.UNKNOWN
