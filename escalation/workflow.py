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
    CasusStatus.NOMINATED: Next(Turn.GEMEENTE, "Wacht op het ministerie, leg het antwoord vast", 4),
    CasusStatus.CLOSED: Next(Turn.NOBODY, "Niets meer te doen"),
}
# What an open step of the route asks, with the name of its tafel in it.
NEXT_OF_STEP: dict[str, str] = {
    StepStatus.PREPARED: "Meld de casus aan bij {tafel}",
    StepStatus.SUBMITTED: "Wacht op {tafel} en leg daarna vast wat de tafel deed",
    StepStatus.DISCUSSED: "Leg de uitkomst van {tafel} vast",
    StepStatus.NOT_ADMITTED: "Leg de uitkomst van {tafel} vast",
}
DOES_NOT_FIT = "De casus voldoet niet aan de voorwaarden van {tafel}"
# After trede 3 or 4 there is a decision, and it is no longer a search.
CARRY_OUT = "Voer uit wat er is besloten. Sluit de casus af als het is gelukt"


def registration_gaps(casus: Casus) -> list[tuple[str, str]]:
    """(field, what it is about) of each answer without which a casus cannot leave the desk of
    whoever registers it, and must stay complete afterwards."""
    told_field, told = (
        ("not_informed_reason", casus.not_informed_reason)
        if casus.resident_informed is False
        else ("resident_informed_on", casus.resident_informed_on)
    )
    answers = (
        ("no_acute_danger", "dat er geen acuut gevaar is", casus.no_acute_danger),
        ("adult", "dat de inwoner 18 jaar of ouder is", casus.adult),
        ("gemeente", "de gemeente", casus.gemeente_id),
        ("situation", "wat er aan de hand is", casus.situation),
        ("safety", "of er een veiligheidsrisico is", casus.safety),
        ("tried_regular", "wat er via de gewone weg is geprobeerd", casus.tried_regular),
        ("stagnation", "waarom het vastloopt", casus.stagnation),
        ("sharing_purpose", "het doel van het delen", casus.sharing_purpose),
        ("sharing_ground", "de grondslag voor het delen", casus.sharing_ground),
        ("resident_informed", "of de inwoner het weet", casus.resident_informed is not None),
        (
            told_field,
            "wanneer de inwoner het hoorde, of waarom niet",
            casus.resident_informed is None or told,
        ),
    )
    return [(field, what) for field, what, given in answers if not _is_given(given)]


def _is_given(answer: object) -> bool:
    return bool(answer.strip() if isinstance(answer, str) else answer)


def registration_complete(casus: Casus) -> str | None:
    """Guard: which answers still miss, in one sentence."""
    missing = [what for _, what in registration_gaps(casus)]
    return f"Nog niet ingevuld: {', '.join(missing)}." if missing else None


CASUS_FLOW = Flow(
    "Casus",
    CasusStatus.choices,
    [
        Transition(
            "register",
            "Registreer de casus",
            (CasusStatus.DRAFT,),
            CasusStatus.ACTIVE,
            (registration_complete,),
        ),
        Transition("discard", "Gooi dit concept weg", (CasusStatus.DRAFT,), CasusStatus.DISCARDED),
        Transition("submit", "Meld aan voor trede 3", (CasusStatus.ACTIVE,), CasusStatus.SUBMITTED),
        Transition(
            "withdraw",
            "Trek de aanmelding in",
            (CasusStatus.SUBMITTED, CasusStatus.INCOMPLETE),
            CasusStatus.ACTIVE,
        ),
        Transition(
            "ask_completion",
            "Vraag een aanvulling",
            (CasusStatus.SUBMITTED,),
            CasusStatus.INCOMPLETE,
        ),
        Transition(
            "complete", "Vul de aanmelding aan", (CasusStatus.INCOMPLETE,), CasusStatus.SUBMITTED
        ),
        Transition("mark_spoed", "Ken spoed toe", (CasusStatus.SUBMITTED,), CasusStatus.SUBMITTED),
        Transition("accept", "Neem de casus aan", (CasusStatus.SUBMITTED,), CasusStatus.ACCEPTED),
        Transition(
            "return_with_advice",
            "Geef terug met advies",
            (CasusStatus.SUBMITTED,),
            CasusStatus.ACTIVE,
        ),
        Transition(
            "fix_date",
            "Leg de datum vast",
            (CasusStatus.ACCEPTED, CasusStatus.PLANNED),
            CasusStatus.PLANNED,
        ),
        Transition(
            "cancel_date", "Zeg deze datum af", (CasusStatus.PLANNED,), CasusStatus.ACCEPTED
        ),
        Transition(
            "stop_overleg",
            "Stop met het overleg",
            (CasusStatus.ACCEPTED, CasusStatus.PLANNED),
            CasusStatus.ACTIVE,
        ),
        Transition(
            "record_overleg", "Leg de uitkomst vast", (CasusStatus.PLANNED,), CasusStatus.HELD
        ),
        Transition(
            "return_to_region", "Geef terug aan de regio", (CasusStatus.HELD,), CasusStatus.ACTIVE
        ),
        Transition(
            "nominate",
            "Vraag om een besluit op trede 4",
            (CasusStatus.HELD,),
            CasusStatus.NOMINATED,
        ),
        Transition(
            "record_answer",
            "Leg het antwoord vast",
            (CasusStatus.NOMINATED,),
            CasusStatus.ACTIVE,
        ),
        Transition(
            "close", "Sluit de casus af", (CasusStatus.ACTIVE, CasusStatus.HELD), CasusStatus.CLOSED
        ),
        Transition("reopen", "Heropen de casus", (CasusStatus.CLOSED,), CasusStatus.ACTIVE),
    ],
)

STEP_FLOW = Flow(
    "Stap op de route",
    StepStatus.choices,
    [
        Transition(
            "submit_step", "Leg de aanmelding vast", (StepStatus.PREPARED,), StepStatus.SUBMITTED
        ),
        Transition(
            "not_admit_step",
            "Leg vast wat de tafel deed",
            (StepStatus.SUBMITTED,),
            StepStatus.NOT_ADMITTED,
        ),
        Transition(
            "discuss_step",
            "Leg vast wat de tafel deed",
            (StepStatus.SUBMITTED,),
            StepStatus.DISCUSSED,
        ),
        Transition(
            "close_step",
            "Leg de uitkomst vast",
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
