"""What can be done with a signaal, and what is next (E-175, E-176), as a table.

The themagroep handles every signaal. What it cannot solve goes up to the expertgroep and the
stuurgroep (E-176); that a party does not do its share goes to the stuurgroep at once (E-157). When
such a group said something, the themagroep takes the signaal back or answers it.
"""

from __future__ import annotations

from dataclasses import dataclass

from directory.models import SignaalStatus
from rdm.lib.flow import Flow, Transition

SIGNAAL_FLOW = Flow(
    "Signaal",
    SignaalStatus.choices,
    [
        Transition(
            "take_up", "Neem in behandeling", (SignaalStatus.NEW,), SignaalStatus.IN_PROGRESS
        ),
        Transition(
            "finish",
            "Geef antwoord en rond af",
            (
                SignaalStatus.NEW,
                SignaalStatus.IN_PROGRESS,
                SignaalStatus.EXPERT_GROUP,
                SignaalStatus.STEERING_GROUP,
            ),
            SignaalStatus.DONE,
        ),
        Transition(
            "to_expert_group",
            "Stuur door naar de expertgroep",
            (SignaalStatus.NEW, SignaalStatus.IN_PROGRESS),
            SignaalStatus.EXPERT_GROUP,
        ),
        Transition(
            "to_steering_group",
            "Stuur door naar de stuurgroep",
            (SignaalStatus.NEW, SignaalStatus.IN_PROGRESS, SignaalStatus.EXPERT_GROUP),
            SignaalStatus.STEERING_GROUP,
        ),
        Transition(
            "take_back",
            "Neem terug in behandeling",
            (SignaalStatus.EXPERT_GROUP, SignaalStatus.STEERING_GROUP),
            SignaalStatus.IN_PROGRESS,
        ),
        Transition("reopen", "Heropen", (SignaalStatus.DONE,), SignaalStatus.IN_PROGRESS),
    ],
)

# What must be said with a step, and how the action asks for it; the others may be silent.
NOTE_NEEDED = {
    "to_expert_group": "Schrijf op wat u van de expertgroep vraagt.",
    "to_steering_group": "Schrijf op wat u van de stuurgroep vraagt.",
    "take_back": "Schrijf op wat er is besproken.",
    "reopen": "Leg uit waarom u het signaal heropent.",
}
PASSED_ON = (SignaalStatus.EXPERT_GROUP, SignaalStatus.STEERING_GROUP)
THEMAGROEP = "de themagroep"


@dataclass(frozen=True)
class Next:
    """What a status asks for, and whose turn it is ("" is nobody's)."""

    what: str
    whose: str


NEXT: dict[str, Next] = {
    SignaalStatus.NEW: Next("Lees het signaal en neem het in behandeling", THEMAGROEP),
    SignaalStatus.IN_PROGRESS: Next("Zoek een oplossing en geef antwoord", THEMAGROEP),
    SignaalStatus.EXPERT_GROUP: Next("Bespreek het signaal in de expertgroep", "de expertgroep"),
    SignaalStatus.STEERING_GROUP: Next("Bespreek het signaal in de stuurgroep", "de stuurgroep"),
    SignaalStatus.DONE: Next("Niets meer te doen", ""),
}
