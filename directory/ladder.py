"""The treden, as every page of a casus shows them."""

from __future__ import annotations

import time

from directory.models import Trede
from rdm.lib.caching import MAX_AGE

_known: tuple[tuple[Trede, ...], float] | None = None


def treden() -> tuple[Trede, ...]:
    """In order. Kept in the process as long as a public page is: they come with the region file,
    and the page of a casus has better things to ask the database.

    Without any, the region is not there yet, and that is not remembered.
    """
    global _known
    now = time.monotonic()
    if _known is None or _known[1] < now:
        found = tuple(Trede.objects.all())
        _known = (found, now + MAX_AGE) if found else None
        return found
    return _known[0]


def forget() -> None:
    """Read them again the next time: a region file was loaded."""
    global _known
    _known = None
