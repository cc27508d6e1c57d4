"""Who may handle a melding of ongewoon gebruik."""

from __future__ import annotations

from directory.models import Role, User
from escalation.models import UnusualReading
from escalation.oversight.unusual.workflow import UNUSUAL_FLOW
from escalation.permissions import general_reason_denied

OWN = (
    "Deze melding gaat over uzelf. Er is een andere functionaris gegevensbescherming: die handelt "
    "haar af."
)


def reason_denied(user: User, reading: UnusualReading, name: str) -> str | None:
    """Why `user` cannot take the transition `name` now, in Dutch; None when it can."""
    return reason_denied_person(user, reading) or UNUSUAL_FLOW.reason_denied(name, reading)


def reason_denied_person(user: User, reading: UnusualReading) -> str | None:
    """Why `user` may not handle this melding at all. Nobody judges themselves when somebody else
    can do it."""
    if reason := general_reason_denied(user, "oversee"):
        return reason
    if is_about(user, reading) and any(one.pk != user.pk for one in overseers()):
        return OWN
    return None


def is_about(user: User, reading: UnusualReading) -> bool:
    """Whether `user` is the person of the melding."""
    return reading.actor_id == str(user.pk)


def overseers() -> list[User]:
    """The privacy officers with an account."""
    found = User.objects.filter(
        is_active=True, memberships__ended_at=None, memberships__role=Role.PRIVACY_OFFICER
    )
    return list(found.distinct().order_by("pk"))
