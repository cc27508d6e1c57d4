"""What keeping a casus, and its destruction, have to say about an action (O-10)."""

from __future__ import annotations

from django.utils.text import Truncator

from escalation.models import Casus, Destruction, Hold
from escalation.workflow import CasusStatus
from rdm.lib import clock
from rdm.lib.dates import long_date

TERM = "bewaartermijn"


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


def already_proposed(casus: Casus) -> str | None:
    return None if leaving(casus) is None else "De vernietiging is al voorgesteld."


def nothing_to_approve(casus: Casus) -> str | None:
    state = leaving(casus)
    if state is None:
        return "De vernietiging is nog niet voorgesteld."
    return "Er zijn al twee mensen akkoord." if state == Destruction.State.APPROVED else None


def not_held(casus: Casus) -> str | None:
    return None if active_holds(casus) else "Er is geen besluit om deze casus te bewaren."


def not_restricted(casus: Casus) -> str | None:
    if casus.restricted_at is None:
        return "De verwerking van deze casus is niet beperkt."
    return None


def restricted(casus: Casus) -> str:
    """Why nobody may change this casus now. Asked once, however many buttons a page has."""
    if not hasattr(casus, "known_restriction"):
        reasons = casus.restrictions.filter(lifted_at=None).values_list("reason", flat=True)
        casus.known_restriction = reasons.first()  # type: ignore[attr-defined]
    kept: str | None = casus.known_restriction  # type: ignore[attr-defined]
    reason = f" Reden: {Truncator(kept).chars(300)}" if kept else ""
    return f"De verwerking van deze casus is beperkt. U kunt hem alleen lezen.{reason}"
