"""Until when a casus is kept, and what is due to go (O-10). Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from directory.models import Procesafspraak
from escalation.models import Casus, Destruction, Hold
from escalation.permissions.keeping import TERM, active_holds, open_destruction
from escalation.workflow import CasusStatus
from rdm.lib import clock

if TYPE_CHECKING:
    from escalation.models.casus import CasusQuerySet


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
class Standing:
    """How one casus stands: its term, who wants to keep it, and how far its destruction is."""

    casus: Casus
    years: int
    last_day: date | None
    holds: list[Hold]
    destruction: Destruction | None

    @property
    def is_due(self) -> bool:
        return self.last_day is not None and self.last_day < clock.today()

    @property
    def held_until(self) -> date | None:
        return max((one.until for one in self.holds), default=None)


def standing_of(casus: Casus) -> Standing:
    """At most three queries; one less when the casus came with the term."""
    years = getattr(casus, "known_term", None) or Procesafspraak.number_of(TERM)
    last_day = kept_until(casus, years)
    return Standing(casus, years, last_day, active_holds(casus), open_destruction(casus))
