"""Calls on the edge of a chunk of frames ask the system for no memory."""

from __future__ import annotations

import resource
from collections.abc import Callable
from threading import Thread

import pytest

from tests.deep_stack import on_a_deep_stack

CALLS = 2_000


def leaf(a: int, b: int, c: int, d: int, e: int, f: int) -> int:
    return a


def from_depth(depth: int) -> None:
    """Many short calls from so many calls deep."""
    if depth:
        return from_depth(depth - 1)
    for _ in range(CALLS):
        leaf(1, 2, 3, 4, 5, 6)


def most_asked(run: Callable[[Callable[[], None]], None]) -> int:
    """Pages of memory that the worst depth asks, in a thread with a stack of its own."""
    asked = []

    def try_depths() -> None:
        for depth in range(60, 140):
            before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
            run(lambda depth=depth: from_depth(depth))  # type: ignore[misc]
            asked.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)

    thread = Thread(target=try_depths)
    thread.start()
    thread.join()
    return max(asked)


def test_there_is_room_at_every_depth() -> None:
    assert most_asked(on_a_deep_stack) < CALLS / 4


def test_what_is_raised_comes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        on_a_deep_stack(lambda: 1 / 0)
    assert on_a_deep_stack(lambda: 7) == 7
