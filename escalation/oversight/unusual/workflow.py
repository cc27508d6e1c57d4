"""What can be done with a melding of ongewoon gebruik, as a table."""

from __future__ import annotations

from escalation.models import UnusualStatus
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
