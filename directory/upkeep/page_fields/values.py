"""What a page says now, as plain data, read from its rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from directory.models import Gemeente, Tafel
from directory.region import entrances, instroom
from directory.upkeep.page_fields.fields import TAFEL_PARTS, Kind, Part, Values


def values_of(subject: Tafel | Gemeente) -> Values:
    """The page as it is now. Prefetch with `PREFETCH` when it is asked of more than one."""
    if isinstance(subject, Gemeente):
        return {
            "entrances": entrances.from_database(subject),
            "client_support": _slugs(subject.client_support.all()),
        }
    return {part.name: _value(subject, part) for part in TAFEL_PARTS}


# What `values_of` walks along, per model.
PREFETCH: dict[type, tuple[str, ...]] = {
    Tafel: (
        "submitters",
        "domains",
        "gemeenten__organisation",
        "criteria",
        "alternatives__criteria",
    ),
    Gemeente: ("entrances", "client_support"),
}


def _value(tafel: Tafel, part: Part) -> Any:
    if part.kind is Kind.PLACE:
        return tafel.trede_id
    if part.kind is Kind.INSTROOM:
        return _instroom(tafel)
    value = getattr(tafel, part.name)
    if part.kind is Kind.ORGANISATION:
        return value.slug if value else ""
    if part.kind is Kind.DAY:
        return value.isoformat() if value else ""
    if part.kind in (Kind.ORGANISATIONS, Kind.SUBMITTERS, Kind.DOMAINS):
        return _slugs(value.all())
    return value


def _slugs(rows: Iterable[Any]) -> list[str]:
    return sorted(getattr(one, "slug", None) or one.code for one in rows)


def _instroom(tafel: Tafel) -> Values:
    """The criteria as people read them, without what only the wegwijzer needs."""
    found = instroom.from_database(tafel)
    shown = ("code", "text", "help", "active")
    return {
        "criteria": [{name: one[name] for name in shown} for one in found["criteria"]],
        "alternatives": found["alternatives"],
    }
