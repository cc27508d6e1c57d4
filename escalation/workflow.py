"""The steps that a casus and a route step can take, as two tables.

No model is imported here: the models read their statuses from this module. Guards look at the
object they get; who may take a step stands in `permissions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models

from rdm.lib.flow import Flow, Transition

if TYPE_CHECKING:
    from escalation.models import Casus


class CasusStatus(models.TextChoices):
    DRAFT = "draft", "concept"
    DISCARDED = "discarded", "concept weggegooid"
    ACTIVE = "active", "op zoek naar een oplossing"
    SUBMITTED = "submitted", "bij het coördinatiepunt"
    INCOMPLETE = "incomplete", "aanvulling gevraagd"
    ACCEPTED = "accepted", "overleg voorbereiden"
    PLANNED = "planned", "overleg gepland"
    HELD = "held", "overleg gehouden"
    NOMINATED = "nominated", "voorgedragen voor trede 4"
    CLOSED = "closed", "afgesloten"


class StepStatus(models.TextChoices):
    PREPARED = "prepared", "in voorbereiding"
    SUBMITTED = "submitted", "aangemeld"
    NOT_ADMITTED = "not_admitted", "niet toegelaten"
    DISCUSSED = "discussed", "besproken"
    CLOSED = "closed", "afgerond"


class Turn(models.TextChoices):
    """Whose turn it is to act."""

    REGISTRANT = "registrant", "de aanmelder"
    COORDINATOR = "coordinator", "het coördinatiepunt"
    GEMEENTE = "gemeente", "de gemeente"
    NOBODY = "nobody", "niemand"


@dataclass(frozen=True)
class Next:
    """What a status asks for: whose turn, what to do in a few words, and the trede it is on."""

    turn: Turn
    what: str
    trede: int | None = None


NEXT: dict[str, Next] = {
    CasusStatus.DRAFT: Next(Turn.REGISTRANT, "Maak de registratie af"),
    CasusStatus.DISCARDED: Next(Turn.NOBODY, "Niets meer te doen"),
    CasusStatus.ACTIVE: Next(Turn.REGISTRANT, "Zoek een oplossing aan een tafel, of schaal op"),
    CasusStatus.SUBMITTED: Next(Turn.COORDINATOR, "Beoordeel de aanmelding", 3),
    CasusStatus.INCOMPLETE: Next(Turn.REGISTRANT, "Vul de aanmelding aan", 3),
    CasusStatus.ACCEPTED: Next(Turn.GEMEENTE, "Bereid het overleg voor en leg de datum vast", 3),
    CasusStatus.PLANNED: Next(Turn.GEMEENTE, "Houd het overleg en leg de uitkomst vast", 3),
    CasusStatus.HELD: Next(Turn.GEMEENTE, "Bepaal hoe de casus verdergaat", 3),
    CasusStatus.NOMINATED: Next(Turn.GEMEENTE, "Leg het antwoord van het ministerie vast", 4),
    CasusStatus.CLOSED: Next(Turn.NOBODY, "Niets meer te doen"),
}


def registration_complete(casus: Casus) -> str | None:
    """The answers without which a casus cannot leave the desk of whoever registers it."""
    missing = [
        label
        for label, present in (
            ("dat er geen acuut gevaar is", casus.no_acute_danger),
            ("dat de inwoner 18 jaar of ouder is", casus.adult),
            ("de gemeente", casus.gemeente_id),
            ("wat er aan de hand is", casus.situation),
            ("of er een veiligheidsrisico is", casus.safety),
            ("wat er via de gewone weg is geprobeerd", casus.tried_regular),
            ("waarom het vastloopt", casus.stagnation),
            ("het doel van het delen", casus.sharing_purpose),
            ("de grondslag voor het delen", casus.sharing_ground),
            ("of de inwoner het weet", casus.resident_informed is not None),
            (
                "wanneer de inwoner het hoorde, of waarom niet",
                casus.resident_informed is None
                or (
                    casus.resident_informed_on
                    if casus.resident_informed
                    else casus.not_informed_reason
                ),
            ),
        )
        if not present
    ]
    if not missing:
        return None
    return f"Nog niet ingevuld: {', '.join(missing)}."


CASUS_FLOW = Flow(
    "Casus",
    CasusStatus.choices,
    [
        Transition(
            "register",
            "Casus registreren",
            (CasusStatus.DRAFT,),
            CasusStatus.ACTIVE,
            (registration_complete,),
        ),
        Transition("discard", "Concept weggooien", (CasusStatus.DRAFT,), CasusStatus.DISCARDED),
        Transition(
            "submit", "Aanmelden voor trede 3", (CasusStatus.ACTIVE,), CasusStatus.SUBMITTED
        ),
        Transition(
            "withdraw",
            "Aanmelding intrekken",
            (CasusStatus.SUBMITTED, CasusStatus.INCOMPLETE),
            CasusStatus.ACTIVE,
        ),
        Transition(
            "ask_completion",
            "Aanvulling vragen",
            (CasusStatus.SUBMITTED,),
            CasusStatus.INCOMPLETE,
        ),
        Transition(
            "complete", "Aanmelding aanvullen", (CasusStatus.INCOMPLETE,), CasusStatus.SUBMITTED
        ),
        Transition(
            "mark_spoed", "Spoed toekennen", (CasusStatus.SUBMITTED,), CasusStatus.SUBMITTED
        ),
        Transition("accept", "Aannemen", (CasusStatus.SUBMITTED,), CasusStatus.ACCEPTED),
        Transition(
            "return_with_advice",
            "Teruggeven met advies",
            (CasusStatus.SUBMITTED,),
            CasusStatus.ACTIVE,
        ),
        Transition(
            "fix_date",
            "Datum vastleggen",
            (CasusStatus.ACCEPTED, CasusStatus.PLANNED),
            CasusStatus.PLANNED,
        ),
        Transition("cancel_date", "Overleg afzeggen", (CasusStatus.PLANNED,), CasusStatus.ACCEPTED),
        Transition(
            "record_overleg", "Uitkomst vastleggen", (CasusStatus.PLANNED,), CasusStatus.HELD
        ),
        Transition(
            "return_to_region", "Teruggeven aan de regio", (CasusStatus.HELD,), CasusStatus.ACTIVE
        ),
        Transition(
            "nominate", "Voordragen voor trede 4", (CasusStatus.HELD,), CasusStatus.NOMINATED
        ),
        Transition(
            "record_answer",
            "Antwoord van het ministerie vastleggen",
            (CasusStatus.NOMINATED,),
            CasusStatus.ACTIVE,
        ),
        Transition(
            "close", "Casus afsluiten", (CasusStatus.ACTIVE, CasusStatus.HELD), CasusStatus.CLOSED
        ),
        Transition("reopen", "Casus heropenen", (CasusStatus.CLOSED,), CasusStatus.ACTIVE),
    ],
)

STEP_FLOW = Flow(
    "Stap op de route",
    StepStatus.choices,
    [
        Transition(
            "submit_step", "Aangemeld bij de tafel", (StepStatus.PREPARED,), StepStatus.SUBMITTED
        ),
        Transition(
            "not_admit_step",
            "De tafel liet de casus niet toe",
            (StepStatus.SUBMITTED,),
            StepStatus.NOT_ADMITTED,
        ),
        Transition(
            "discuss_step",
            "De tafel besprak de casus",
            (StepStatus.SUBMITTED,),
            StepStatus.DISCUSSED,
        ),
        Transition(
            "close_step",
            "Uitkomst vastleggen",
            (
                StepStatus.PREPARED,
                StepStatus.SUBMITTED,
                StepStatus.NOT_ADMITTED,
                StepStatus.DISCUSSED,
            ),
            StepStatus.CLOSED,
        ),
    ],
)
