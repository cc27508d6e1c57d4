"""Until when a casus is kept, and what is due to go (O-10). Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from directory.models import Procesafspraak
from escalation.models import Casus, Destruction, Hold
from escalation.workflow import CasusStatus
from rdm.lib import clock
from rdm.lib.dates import long_date

if TYPE_CHECKING:
    from escalation.models.casus import CasusQuerySet

TERM = "bewaartermijn"


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


def active_holds(casus: Casus) -> list[Hold]:
    """The decisions to keep it that count now; a page asks once, however many buttons it has."""
    if not hasattr(casus, "known_holds"):
        holds = casus.holds.filter(ended_at=None, until__gte=clock.today())
        casus.known_holds = list(holds)  # type: ignore[attr-defined]
    found: list[Hold] = casus.known_holds  # type: ignore[attr-defined]
    return found


def open_destruction(casus: Casus) -> Destruction | None:
    """What was proposed or approved; only for a closed casus there can be any. Asked once too."""
    if leaving(casus) is None:
        return None
    if not hasattr(casus, "known_destruction"):
        found = Destruction.objects.open().filter(code=casus.code).first()
        casus.known_destruction = found  # type: ignore[attr-defined]
    known: Destruction | None = casus.known_destruction  # type: ignore[attr-defined]
    return known


def leaving(casus: Casus) -> str | None:
    """How far its destruction is, while that is still to come; a page loads it with the casus."""
    if casus.closed_at is None:
        return None
    if not hasattr(casus, "known_leaving"):
        states = Destruction.objects.open().filter(code=casus.code).values_list("state", flat=True)
        casus.known_leaving = states.first()  # type: ignore[attr-defined]
    known: str | None = casus.known_leaving  # type: ignore[attr-defined]
    return known


def standing_of(casus: Casus) -> Standing:
    """At most three queries; one less when the casus came with the term."""
    years = getattr(casus, "known_term", None) or Procesafspraak.number_of(TERM)
    last_day = kept_until(casus, years)
    return Standing(casus, years, last_day, active_holds(casus), open_destruction(casus))


def reason_to_keep(casus: Casus) -> str | None:
    """Why this casus may not be destroyed now, in Dutch. Whoever wants to keep it, wins."""
    if casus.status != CasusStatus.CLOSED:
        return "Alleen een afgesloten casus kan worden vernietigd."
    if casus.restricted_at is not None:
        return "De verwerking van deze casus is beperkt. Dan wordt hij ook niet vernietigd."
    if holds := active_holds(casus):
        until = max(one.until for one in holds)
        return f"Deze casus wordt bewaard tot en met {long_date(until)}."
    return None


def destruction_denies(casus: Casus, action: str) -> str | None:
    """What the keeping of a casus has to say about `action`; asked by `permissions.may_now`."""
    if action == "release_hold":
        return None if active_holds(casus) else "Er is geen besluit om deze casus te bewaren."
    if action not in ("propose_destruction", "approve_destruction"):
        return None
    if reason := reason_to_keep(casus):
        return reason
    state = leaving(casus)
    if action == "propose_destruction":
        return None if state is None else "De vernietiging is al voorgesteld."
    if state is None:
        return "De vernietiging is nog niet voorgesteld."
    if state == Destruction.State.APPROVED:
        return "Er zijn al twee mensen akkoord."
    return None
