"""Who saw an object or was refused it: one line per person, day and kind, not one per page view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate

from audit.log import READING
from audit.models import Action, AuditEntry
from rdm.lib import clock

SEEING = (*READING, Action.REFUSE)
TAKEN_ALONG = (Action.EXPORT, Action.PRINT)
# What a reader of the log can ask for: rows of one kind.
KINDS: dict[str, tuple[str, ...]] = {
    "seen": tuple(action for action in READING if action not in TAKEN_ALONG),
    "exported": TAKEN_ALONG,
    "refused": (Action.REFUSE,),
}
# What rows of the log have in common when they make one line; `day` is that of Amsterdam.
LINE = (
    *("actor_id", "actor_name", "role", "organisation"),
    *("day", "object_type", "action", "outcome"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: those of one person, of one of KINDS, from `since` until (not at) `before`."""

    actor_id: str = ""
    kind: str = ""
    since: datetime | None = None
    before: datetime | None = None


def lines_about(
    object_types: Iterable[str], object_id: str, wanted: Wanted | None = None
) -> QuerySet[AuditEntry, Any]:
    """Lines as dicts with LINE, `times` (how often), `first` and `last` (UTC); newest first."""
    lines: QuerySet[AuditEntry, Any] = (
        _narrowed(_rows(object_types, object_id), wanted)
        .values(*LINE)
        .annotate(times=Count("number"), first=Min("at"), last=Max("at"), last_number=Max("number"))
        .order_by("-last_number")
    )
    return lines


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the lines, and how often what they did is `seen`, `exported` and `refused`."""

    actor_id: str
    name: str
    counts: Mapping[str, int]


def people_about(object_types: Iterable[str], object_id: str, wanted: Wanted) -> list[Person]:
    """Everybody in the lines, by name, with counts of what is wanted; `actor_id` left out."""
    asked = _narrowed_by(wanted)
    found: QuerySet[AuditEntry, Any] = (
        _rows(object_types, object_id)
        .order_by()
        .values("actor_id")
        .annotate(
            name=Max("actor_name"),
            **{kind: Count("number", filter=Q(action__in=KINDS[kind]) & asked) for kind in KINDS},
        )
    )
    people = [
        Person(row["actor_id"] or "", row["name"], {kind: row[kind] for kind in KINDS})
        for row in found
    ]
    return sorted(people, key=lambda one: (one.name.casefold(), one.actor_id))


def _narrowed_by(wanted: Wanted) -> Q:
    asked = Q()
    if wanted.kind:
        asked &= Q(action__in=KINDS[wanted.kind])
    if wanted.since:
        asked &= Q(at__gte=wanted.since)
    return asked & Q(at__lt=wanted.before) if wanted.before else asked


def _narrowed(rows: QuerySet[AuditEntry], wanted: Wanted | None) -> QuerySet[AuditEntry]:
    if wanted is None:
        return rows
    rows = rows.filter(_narrowed_by(wanted))
    return rows.filter(actor_id=wanted.actor_id) if wanted.actor_id else rows


def parts_of(
    lines: Iterable[Mapping[str, Any]], object_types: Iterable[str], object_id: str
) -> list[list[str]]:
    """For each of these lines which parts of the object were seen. One query for all of them."""
    lines = list(lines)
    if not lines:
        return []
    seen: dict[tuple[Any, ...], list[str]] = {_key(line): [] for line in lines}
    rows = _rows(object_types, object_id).filter(
        at__gte=min(line["first"] for line in lines), at__lte=max(line["last"] for line in lines)
    )
    for row in rows.values(*LINE, "part").order_by("part").distinct():
        if row["part"] and _key(row) in seen:
            seen[_key(row)].append(row["part"])
    return [seen[_key(line)] for line in lines]


def _rows(object_types: Iterable[str], object_id: str) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(
        object_type__in=list(object_types), object_id=object_id, action__in=SEEING
    ).annotate(day=TruncDate("at", tzinfo=clock.AMSTERDAM))


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in LINE)
