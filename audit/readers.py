"""Who saw an object or was refused it: one line per person, day and kind, not one per page view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import TruncDate

from audit.log import READING
from audit.models import Action, AuditEntry
from rdm.lib import clock

SEEING = (*READING, Action.REFUSE)
# What rows of the log have in common when they make one line; `day` is that of Amsterdam.
LINE = (
    *("actor_id", "actor_name", "role", "organisation"),
    *("day", "object_type", "action", "outcome"),
)


def lines_about(object_types: Iterable[str], object_id: str) -> QuerySet[AuditEntry, Any]:
    """Lines as dicts with LINE, `times` (how often), `first` and `last` (UTC); newest first."""
    lines: QuerySet[AuditEntry, Any] = (
        _rows(object_types, object_id)
        .values(*LINE)
        .annotate(times=Count("number"), first=Min("at"), last=Max("at"), last_number=Max("number"))
        .order_by("-last_number")
    )
    return lines


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
