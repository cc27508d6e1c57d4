"""The head of the log, noted outside the database: one line a day, and the newest one.

Whoever winds back the rows and the head together, or puts back an older copy of the database, does
not know what stands here. Beside it the head stands in every backup and in the daily mail.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import TypedDict

from django.conf import settings

from audit.log import Head
from rdm.lib import clock


class Line(TypedDict):
    """One head, as it stands in the list."""

    at: str
    number: int
    hash: str


def place() -> Path:
    return Path(settings.LOG_HEADS)


def noted() -> list[Head]:
    """Every head in the list, the oldest first; none when there is no list yet."""
    return [Head(line["number"], line["hash"]) for line in _lines()]


def note(head: Head) -> None:
    """Put this head in the list, instead of another one of today; on the disk before this
    returns."""
    day = clock.today()
    kept = [line for line in _lines() if clock.local_date(_at(line)) != day]
    line: Line = {"at": clock.now().isoformat(), "number": head.number, "hash": head.hash}
    _write([*kept, line])


def start_again(head: Head) -> None:
    """From here on: somebody said why the log does not hold what was noted before."""
    _write([])
    note(head)


def _at(line: Line) -> datetime:
    return datetime.fromisoformat(line["at"])


def _lines() -> list[Line]:
    if not place().exists():
        return []
    return [json.loads(line) for line in place().read_text("utf-8").splitlines() if line.strip()]


def _write(lines: list[Line]) -> None:
    beside = place().with_suffix(".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(line)}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(place())
