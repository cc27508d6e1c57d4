"""What keeping a casus, and its destruction, have to say about an action (O-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import Truncator

from escalation.models import Destruction
from escalation.workflow import CasusStatus
from rdm.lib.dates import long_date

if TYPE_CHECKING:
    from escalation.permissions.circumstances import Circumstances


def reason_to_keep(now: Circumstances) -> str | None:
    """Why this casus may not be destroyed now, in Dutch. Whoever wants to keep it, wins."""
    if now.casus.status != CasusStatus.CLOSED:
        return "Alleen een afgesloten casus kan worden vernietigd."
    if now.casus.restricted_at is not None:
        return "De verwerking van deze casus is beperkt. Dan wordt hij ook niet vernietigd."
    if now.holds:
        until = max(one.until for one in now.holds)
        return f"Deze casus wordt bewaard tot en met {long_date(until)}."
    return None


def already_proposed(now: Circumstances) -> str | None:
    return None if now.leaving is None else "De vernietiging is al voorgesteld."


def nothing_to_approve(now: Circumstances) -> str | None:
    if now.leaving is None:
        return "De vernietiging is nog niet voorgesteld."
    approved = now.leaving == Destruction.State.APPROVED
    return "Er zijn al twee mensen akkoord." if approved else None


def not_held(now: Circumstances) -> str | None:
    return None if now.holds else "Er is geen besluit om deze casus te bewaren."


def not_restricted(now: Circumstances) -> str | None:
    if now.casus.restricted_at is None:
        return "De verwerking van deze casus is niet beperkt."
    return None


def restricted(now: Circumstances) -> str:
    """Why nobody may change this casus now."""
    kept = now.restriction
    reason = f" Reden: {Truncator(kept).chars(300)}" if kept else ""
    return f"De verwerking van deze casus is beperkt. U kunt hem alleen lezen.{reason}"
