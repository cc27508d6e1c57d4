"""What can be done with a melding of ongewoon gebruik, and by whom, as a table."""

from __future__ import annotations

from directory.models import Role, User
from escalation.models import UnusualReading, UnusualStatus
from escalation.permissions import general_reason_denied
from rdm.lib.flow import Flow, Transition

UNUSUAL_FLOW = Flow(
    "Melding ongewoon gebruik",
    UnusualStatus.choices,
    [
        Transition("look_into", "Ik zoek dit uit", (UnusualStatus.NEW,), UnusualStatus.SEEN),
        Transition(
            "settle",
            "Handel af",
            (UnusualStatus.NEW, UnusualStatus.SEEN),
            UnusualStatus.DONE,
        ),
        Transition("open_again", "Heropen", (UnusualStatus.DONE,), UnusualStatus.SEEN),
    ],
)
# What must be said with a step, and how the action asks for it; the other may be silent.
NOTE_NEEDED = {
    "settle": "Schrijf op wat er aan de hand was en wat u hebt gedaan.",
    "open_again": "Leg uit waarom u de melding heropent.",
}
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


def what_happened(reading: UnusualReading) -> str:
    """In one sentence, for a heading or a line of work; names the person."""
    if reading.kind == UnusualReading.Kind.READING:
        return f"{reading.actor_name} bekeek {reading.number} dossiers in een uur"
    return f"{reading.actor_name} zocht {reading.number} keer vergeefs in een uur"
