"""One transaction around an action, with its audit rows written as the very last thing.

The log has one head that every writer locks. Taking it last keeps two actions that touch the same
rows from waiting for each other.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

_pending: ContextVar[list[Callable[[], object]]] = ContextVar("pending audit rows")


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Decorate a function that writes: all of it happens, with its audit rows, or nothing."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        token = _pending.set([])
        try:
            with transaction.atomic():
                result = function(*args, **kwargs)
                for write in _pending.get():
                    write()
                return result
        finally:
            _pending.reset(token)

    return run


def defer(write: Callable[[], object]) -> None:
    """Have `write` add its audit row at the end of the running action."""
    _pending.get().append(write)
