"""A row that people change: whoever saves what is no longer the newest is told so.

Its `version` goes up with every change, and a form carries the one that was on the screen.
"""

from __future__ import annotations

from typing import Any, Protocol

from django.db import models
from django.db.models import F

from rdm.lib.refusal import Conflict


class Versioned(Protocol):
    """A row with a version, and perhaps a `status` that a workflow guards."""

    pk: Any
    version: int
    _default_manager: Any


def somebody_was_first(noun: str) -> Conflict:
    """To raise when `noun`, as it stands in a sentence ("deze casus"), is not what it was."""
    return Conflict(
        f"Iemand anders heeft {noun} intussen gewijzigd. Uw tekst staat er nog. "
        "Bekijk wat er nu staat en sla daarna opnieuw op."
    )


def compare_and_set(
    row: Versioned,
    *,
    no: Conflict,
    seen: int | None = None,
    among: models.QuerySet[Any] | None = None,
    **fields: Any,
) -> None:
    """Write these fields, in the table and on `row`, unless somebody was first: then raise `no`.

    `seen` is the version that the person had in front of them, by default that of `row`. The
    status must still be the one that was asked whether this may; `among` are the rows that may
    change at all, when not every row may.
    """
    version = row.version if seen is None else seen
    rows = type(row)._default_manager.all() if among is None else among
    found = rows.filter(pk=row.pk, version=version)
    if hasattr(row, "status"):
        found = found.filter(status=row.status)
    if not found.update(version=F("version") + 1, **fields):
        raise no
    for name, value in {**fields, "version": version + 1}.items():
        setattr(row, name, value)
