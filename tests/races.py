"""Two people do something with one row at the same moment, each in a thread of its own.

On PostgreSQL, where two people write at once; SQLite has one writer at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Barrier, Thread
from typing import Any, TypeVar

import pytest
from django.db import connection, connections, models

from rdm.lib.refusal import Refused
from tests.standing import undone

M = TypeVar("M", bound=models.Model)
Do = Callable[[M], object]
Results = tuple[str, str]

DONE, REFUSED = "done", "refused"
ONE_WINNER = {(DONE, REFUSED), (REFUSED, DONE)}
needs_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)


def fresh(row: M) -> M:
    """As somebody finds it who opens the page now."""
    found: Any = type(row)._default_manager.get(pk=row.pk)
    return found  # type: ignore[no-any-return]


def attempt(do: Do[M], row: M) -> str:
    try:
        do(row)
    except Refused:
        return REFUSED
    return DONE


def in_order(first: Do[M], second: Do[M], row: M) -> Results:
    """What comes of it when the second only begins after the first; nothing stays."""
    with undone():
        # Both opened their page before either of them did anything.
        mine, theirs = fresh(row), fresh(row)
        return attempt(first, mine), attempt(second, theirs)


def at_once(one: Do[M], other: Do[M], row: M) -> Results:
    """Both have the page open, and press at the same moment."""
    start, results = Barrier(2), ["", ""]

    def run(turn: int, do: Do[M]) -> None:
        try:
            mine = fresh(row)
            start.wait(timeout=10)
            results[turn] = attempt(do, mine)
        except Exception as error:
            results[turn] = f"{type(error).__name__}: {error}"
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate((one, other))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results[0], results[1]


def raced(one: Do[M], other: Do[M], row: M, what: object) -> Iterator[str]:
    """What is wrong when there is neither one winner nor an order in which this could have been."""
    forward = in_order(one, other, row)
    backward = in_order(other, one, row)[::-1]
    found = at_once(one, other, row)
    if found not in {forward, backward, *ONE_WINNER}:
        yield f"{what} gave {found}, and in order {forward} or {backward}"
