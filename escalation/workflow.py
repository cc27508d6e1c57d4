"""The statuses of a casus and of a step of its route, each with what comes next.

No model is imported here: the models read their statuses from this module. What can be done in
which status, and by whom, stands in `permissions.table`, one row per action.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from rdm.lib.flow import Flow, Transition


class Turn(models.TextChoices):
    """Whose turn it is to act."""

    REGISTRANT = "registrant", "de aanmelder"
    COORDINATOR = "coordinator", "het coördinatiepunt"
    GEMEENTE = "gemeente", "de gemeente"
    NOBODY = "nobody", "niemand"


@dataclass(frozen=True)
class Do:
    """The one thing that a status asks for: the action, the name of its page and its button."""

    action: str
    page: str
    button: str


@dataclass(frozen=True)
class Next:
    """What a status asks for: whose turn, what to do in a few words, and the trede it is on.

    `by` are the words before the term of the casus. `do` is the button for it, where that is the
    same for every casus; where the route makes it precise, `reading.next_step` says it.
    """

    turn: Turn
    what: str
    trede: int | None = None
    by: str = "Uiterlijk"
    do: Do | None = None
    tone: str = "info"


class CasusStatus(models.TextChoices):
    """Each with what comes next: a status that does not say it fails at import."""

    next: Next

    DRAFT = (
        "draft",
        Next(
            Turn.REGISTRANT,
            "Maak de registratie af",
            by="Afmaken uiterlijk",
            do=Do("register", "casus_resume", "Ga verder met registreren"),
            tone="outline",
        ),
        "concept",
    )
    DISCARDED = (
        "discarded",
        Next(Turn.NOBODY, "Niets meer te doen", tone="outline"),
        "concept weggegooid",
    )
    ACTIVE = (
        "active",
        Next(
            Turn.REGISTRANT,
            "Zoek een oplossing aan een tafel, of schaal op",
            by="Volgende stap uiterlijk",
        ),
        "op zoek naar een oplossing",
    )
    SUBMITTED = (
        "submitted",
        Next(
            Turn.COORDINATOR,
            "Beoordeel de aanmelding",
            trede=3,
            by="Oordeel uiterlijk",
            do=Do("accept", "submission_detail", "Beoordeel de aanmelding"),
        ),
        "bij het coördinatiepunt",
    )
    INCOMPLETE = (
        "incomplete",
        Next(
            Turn.REGISTRANT,
            "Vul de aanmelding aan",
            trede=3,
            by="Aanvulling uiterlijk",
            do=Do("complete", "casus_complete", "Vul de aanmelding aan"),
            tone="warning",
        ),
        "aanvulling gevraagd",
    )
    ACCEPTED = (
        "accepted",
        Next(
            Turn.GEMEENTE,
            "Bereid het overleg voor en leg de datum vast",
            trede=3,
            by="Overleg houden uiterlijk",
            do=Do("plan_overleg", "overleg_detail", "Naar het overleg"),
        ),
        "overleg voorbereiden",
    )
    PLANNED = (
        "planned",
        Next(
            Turn.GEMEENTE,
            "Houd het overleg en leg de uitkomst vast",
            trede=3,
            by="Datum van het overleg",
        ),
        "overleg gepland",
    )
    HELD = (
        "held",
        Next(
            Turn.GEMEENTE,
            "Bepaal hoe de casus verdergaat",
            trede=3,
            by="Volgende stap uiterlijk",
        ),
        "overleg gehouden",
    )
    NOMINATED = (
        "nominated",
        Next(
            Turn.GEMEENTE,
            "Wacht op het ministerie, leg het antwoord vast",
            trede=4,
            do=Do("record_answer", "nomination_answer", "Leg het antwoord vast"),
        ),
        "voorgedragen voor trede 4",
    )
    CLOSED = (
        "closed",
        Next(Turn.NOBODY, "Niets meer te doen", tone="success"),
        "afgesloten",
    )

    def __new__(cls, value: str, upcoming: Next | None = None) -> CasusStatus:
        if upcoming is None:
            raise TypeError(f"The status {value} does not say what comes next.")
        status = str.__new__(cls, value)
        status._value_ = value
        status.next = upcoming
        return status


# Nobody but the registering organisation knows these.
UNREGISTERED = (CasusStatus.DRAFT, CasusStatus.DISCARDED)


class StepStatus(models.TextChoices):
    """Each with what an open step of the route asks, with the name of its tafel in it."""

    asks: str

    PREPARED = "prepared", "Meld de casus aan bij {tafel}", "in voorbereiding"
    SUBMITTED = (
        "submitted",
        "Wacht op {tafel} en leg daarna vast wat de tafel deed",
        "aangemeld",
    )
    NOT_ADMITTED = "not_admitted", "Leg de uitkomst van {tafel} vast", "niet toegelaten"
    DISCUSSED = "discussed", "Leg de uitkomst van {tafel} vast", "besproken"
    CLOSED = "closed", "", "afgerond"

    def __new__(cls, value: str, asks: str | None = None) -> StepStatus:
        if asks is None:
            raise TypeError(f"The status {value} does not say what it asks.")
        status = str.__new__(cls, value)
        status._value_ = value
        status.asks = asks
        return status


DOES_NOT_FIT = "De casus voldoet niet aan de voorwaarden van {tafel}"
# After trede 3 or 4 there is a decision, and it is no longer a search.
CARRY_OUT = "Voer uit wat er is besloten. Sluit de casus af als het is gelukt"


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
