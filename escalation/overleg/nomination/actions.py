"""The voordracht for trede 4, and the answer of the ministry (O-04)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from audit.transaction import action
from escalation import terms
from escalation.change import move, take, tell
from escalation.models import Casus, Nomination, Overleg
from escalation.notifications import inform, people_of, your_turn
from escalation.overleg.nomination.rules import trede_4_conditions
from escalation.workflow import CARRY_OUT, Turn
from rdm.lib import clock
from rdm.lib.refusal import Refused, need

if TYPE_CHECKING:
    from directory.models import User


@action
def nominate(
    *,
    casus: Casus,
    by: User,
    motivation: str,
    checklist: list[str],
    version: int | None = None,
) -> Nomination:
    """Ask the bewindspersoon for a binding decision; only after an overleg without solution
    (E-027, O-04). `checklist` holds the conditions that were ticked off: all of them."""
    take(casus)
    overleg = casus.overleggen.filter(held_on__isnull=False).first()
    if overleg is None or overleg.solution != Overleg.Solution.NONE:
        raise Refused("Trede 4 kan alleen na een overleg zonder oplossing.")
    kept = need(motivation, "Leg uit waarom trede 4 nodig is.", "motivation")
    if set(trede_4_conditions()) - set(checklist):
        raise Refused(
            "Zet bij elke voorwaarde een vinkje. Klopt er een nog niet, dan kan de casus nog niet "
            "naar trede 4.",
            "checklist",
        )
    move(casus, "nominate", by=by, version=version, due=None)
    nomination = Nomination.objects.create(
        overleg=overleg,
        motivation=kept,
        checklist=checklist,
        nominated_at=clock.now(),
        nominated_by_name=by.name,
    )
    tell(casus, "nominated", "Voorgedragen voor trede 4", by=by, text=kept)
    inform(
        casus,
        [*people_of(casus, Turn.COORDINATOR), *people_of(casus, Turn.GEMEENTE)],
        subject="Voorgedragen voor trede 4",
        text="De casus is voorgedragen voor trede 4. Het versturen gebeurt buiten dit systeem.",
        key=f"nominated:{nomination.pk}",
    )
    return nomination


@action
def record_answer(
    *, casus: Casus, by: User, answer: str, answered_on: date, version: int | None = None
) -> None:
    """What the bewindspersoon decided; the gemeente goes on with it."""
    take(casus)
    kept = need(answer, "Schrijf het antwoord op.", "answer")
    if answered_on > clock.today():
        raise Refused("Deze datum ligt in de toekomst.", "answered_on")
    nomination = Nomination.objects.filter(overleg__casus=casus, answered_on=None).first()
    if nomination is None:
        raise Refused("Er is geen voordracht die op antwoord wacht.")
    if answered_on < clock.local_date(nomination.nominated_at):
        raise Refused("Deze datum ligt voor de voordracht.", "answered_on")
    move(casus, "record_answer", by=by, version=version, due=terms.news_due())
    nomination.answer = kept
    nomination.answered_on = answered_on
    nomination.save(update_fields=["answer", "answered_on"])
    tell(casus, "answered", "Antwoord van het ministerie", by=by, text=kept)
    your_turn(
        casus,
        text="Het ministerie heeft geantwoord op de voordracht voor trede 4.",
        task=CARRY_OUT,
    )
