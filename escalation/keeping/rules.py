"""Until when a casus is kept, and what is due to go (O-10). Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from directory.models import Procesafspraak
from escalation.models import AccessRequest, Casus, Destruction, Hold
from escalation.oversight.rules import in_care_of
from escalation.permissions.circumstances import TERM, Circumstances
from escalation.workflow import CasusStatus
from rdm.lib import clock

if TYPE_CHECKING:
    from directory.models import User
    from escalation.models.casus import CasusQuerySet
    from escalation.models.retention import DestructionQuerySet


def due_for(user: User, years: int) -> CasusQuerySet:
    """The closed casussen that may go, and about which nobody decided anything yet."""
    open_ones = Destruction.objects.open().filter(code=OuterRef("code"))
    due = without_hold(past_term(years)).filter(in_care_of(user), ~Exists(open_ones))
    return due.for_list()


def held_for(user: User) -> QuerySet[Hold]:
    """The decisions to keep a casus longer that count now."""
    casussen = Casus.objects.filter(in_care_of(user)).values("pk")
    return (
        Hold.objects.filter(ended_at=None, until__gte=clock.today(), casus__in=casussen)
        .select_related("casus__gemeente__organisation")
        .only("until", "placed_by_name", "casus__code", "casus__gemeente__organisation__name")
        .order_by("until", "pk")
    )


def requests_for(user: User) -> QuerySet[AccessRequest]:
    """The requests of residents that nobody answered yet, the most urgent first."""
    casussen = Casus.objects.filter(in_care_of(user)).values("pk")
    return (
        AccessRequest.objects.filter(judged_at=None, casus__in=casussen)
        .select_related("casus__gemeente__organisation")
        .only("due", "received_on", "casus__code", "casus__gemeente__organisation__name")
        .order_by("due", "pk")
    )


def destructions_of(user: User) -> DestructionQuerySet:
    """What was proposed, approved or destroyed, the newest first."""
    return Destruction.objects.in_reach(user).select_related(
        "gemeente__organisation", "registered_by"
    )


def years_later(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 28 February where that is needed."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def kept_until(casus: Casus, years: int | None = None) -> date | None:
    """The last day of the term of a closed casus; None while it is not closed."""
    if casus.closed_at is None:
        return None
    years = Procesafspraak.number_of(TERM) if years is None else years
    return years_later(clock.local_date(casus.closed_at), years)


def past_term(years: int) -> CasusQuerySet:
    """The closed casussen of which the term is over, the oldest first."""
    # The day after the last day of the term is the first on which they may go.
    day = years_later(clock.today(), -years)
    begin = datetime.combine(day, time(), clock.AMSTERDAM)
    found: CasusQuerySet = Casus.objects.filter(
        status=CasusStatus.CLOSED, closed_at__lt=begin, destroyed_at=None
    ).order_by("closed_at", "pk")
    return found


def without_hold(casussen: CasusQuerySet) -> CasusQuerySet:
    """Of these, the ones that nobody wants to keep longer, or has under a restriction."""
    holds = Hold.objects.filter(casus=OuterRef("pk"), ended_at=None, until__gte=clock.today())
    return casussen.filter(~Exists(holds), restricted_at=None)


@dataclass(frozen=True)
class Keeping:
    """How one casus is kept: its term, who wants to keep it, and how far its destruction is."""

    years: int
    last_day: date | None
    holds: list[Hold]
    destruction: Destruction | None

    @property
    def is_due(self) -> bool:
        return self.last_day is not None and self.last_day < clock.today()


def keeping_of(now: Circumstances) -> Keeping:
    """At most three queries; one less when the casus came with the term."""
    last_day = kept_until(now.casus, now.years)
    return Keeping(now.years, last_day, now.holds, now.destruction)
