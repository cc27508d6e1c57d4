"""Counting in the log: who did much of something within one hour by the clock.

An hour is one of the clock (10:00 to 11:00), which is the same in UTC and in Amsterdam.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import TruncHour

from audit.log import READING
from audit.models import Action, AuditEntry

HOUR = timedelta(hours=1)
# Rows of the log that one look takes: after an outage it takes as many looks as it needs.
AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of the log up to and including `until`, in whole hours from `begin` to `end`."""

    until: int
    begin: datetime
    end: datetime


def stretch_after(number: int) -> Stretch | None:
    """The hours in which the next rows after `number` fall; None when there are no more."""
    fresh = AuditEntry.objects.filter(number__gt=number, number__lte=number + AT_ONCE)
    found = fresh.aggregate(until=Max("number"), first=Min("at"), last=Max("at"))
    if found["until"] is None:
        return None
    return Stretch(found["until"], _hour(found["first"]), _hour(found["last"]) + HOUR)


def _hour(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def rows_of_reading(object_type: str, *, besides: Collection[str] = ()) -> QuerySet[AuditEntry]:
    """Rows by which a person saw one object of this type, except its parts `besides`."""
    seen = AuditEntry.objects.filter(object_type=object_type, action__in=READING)
    return _by_people(seen).exclude(object_id="").exclude(part__in=besides)


def rows_of_trying(
    object_types: Collection[str], outcomes: Collection[str]
) -> QuerySet[AuditEntry]:
    """Rows by which a person asked for an object of these types in vain: refused it, or searched
    for it without finding any, with one of these outcomes."""
    tried = AuditEntry.objects.filter(action__in=(Action.REFUSE, Action.SEARCH))
    return _by_people(tried.filter(object_type__in=object_types, outcome__in=outcomes))


def _by_people(rows: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
    """Without the system itself and who is not signed in."""
    return rows.exclude(actor_id=None).exclude(actor_id="")


def busy_hours(
    rows: QuerySet[AuditEntry], stretch: Stretch, count: Count, more_than: int
) -> Iterator[Mapping[str, Any]]:
    """Who came above `more_than` in which `hour`: the `number`, and how the log names this person
    in the last of these rows."""
    within = rows.filter(at__gte=stretch.begin, at__lt=stretch.end, number__lte=stretch.until)
    found = (
        within.annotate(hour=TruncHour("at", tzinfo=UTC))
        .order_by()
        .values("actor_id", "hour")
        .annotate(counted=count, last=Max("number"))
        .filter(counted__gt=more_than)
        .order_by("last")
    )
    for one in found:
        who = AuditEntry.objects.filter(number=one["last"]).values(
            "actor_id", "actor_name", "role", "organisation"
        )[0]
        yield {**who, "hour": one["hour"], "number": one["counted"]}


def of_hour(rows: QuerySet[AuditEntry], actor_id: str, hour: datetime) -> QuerySet[AuditEntry]:
    """What one person did in one hour, of these rows."""
    return rows.filter(actor_id=actor_id, at__gte=hour, at__lt=hour + HOUR)
