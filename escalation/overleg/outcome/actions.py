"""What the overleg decided, and the afspraken that were made there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, F, When

from audit.transaction import action
from escalation import terms
from escalation.change import move, record, require, take, tell, touch
from escalation.models import Afspraak, Overleg
from escalation.notifications import your_turn
from escalation.overleg.deelnemers.actions import require_going
from escalation.overleg.outcome.rules import AFSPRAAK_LABELS, not_begun
from escalation.reading.changes import change_of
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.refusal import Refused, need
from rdm.lib.versions import compare_and_set, somebody_was_first

if TYPE_CHECKING:
    from directory.models import User


@dataclass(frozen=True)
class NewAfspraak:
    """What somebody promised: the text, who (organisation and function) and before when."""

    text: str
    organisation_name: str
    function: str
    due: date


@dataclass(frozen=True)
class Outcome:
    """What the overleg decided, in the order of the record (E-148..E-152, E-026, E-032)."""

    held_on: date
    plan_verdict: str
    solution: str
    solution_text: str
    missed_steps: str
    supply_missing: str
    capacity_use: str
    closing_the_gap: str
    way: str = ""
    pace: str = ""


@action
def record_overleg(
    *,
    overleg: Overleg,
    by: User,
    outcome: Outcome,
    afspraken: list[NewAfspraak],
    present: Collection[int],
    version: int | None = None,
) -> None:
    """Keep who was there, what was decided and promised; the term of the terugkoppeling starts
    (O-06). `present` are the keys of those deelnemers."""
    take(overleg.casus)
    if reason := not_begun(overleg):
        raise Refused(reason)
    if outcome.held_on > clock.today():
        raise Refused("Deze datum ligt nog in de toekomst.", "held_on")
    if outcome.held_on < clock.local_date(overleg.opened_at):
        raise Refused("Deze datum ligt voor de opdracht om het overleg te houden.", "held_on")
    if any(new.due < outcome.held_on for new in afspraken):
        raise Refused("De datum van een afspraak ligt voor de datum van het overleg.")
    if outcome.solution != Overleg.Solution.NONE and not afspraken:
        raise Refused("Leg minstens één afspraak vast: wie doet wat, en wanneer.")
    need(outcome.solution_text, "Leg de uitkomst uit.", "solution_text")
    seated = overleg.deelnemers.filter(removed_at=None)
    if seated.exists() and not seated.filter(pk__in=present).exists():
        raise Refused("Kruis aan wie er bij het overleg was.", "present")
    casus = overleg.casus
    due = terms.feedback_due(outcome.held_on)
    move(casus, "record_overleg", by=by, version=version, due=due)
    require_going(overleg)
    for name in Outcome.__dataclass_fields__:
        setattr(overleg, name, getattr(outcome, name))
    overleg.recorded_at = clock.now()
    overleg.feedback_due = due
    overleg.save()
    seated.update(present=Case(When(pk__in=present, then=True), default=False))
    Afspraak.objects.bulk_create(
        Afspraak(
            overleg=overleg,
            text=new.text,
            organisation_name=new.organisation_name,
            function=new.function,
            due=new.due,
            position=position,
        )
        for position, new in enumerate(afspraken, start=1)
    )
    label = Overleg.Solution(outcome.solution).label
    tell(casus, "held", f"Overleg gehouden: {label}", by=by, text=outcome.solution_text)
    your_turn(
        casus,
        subject="Overleg vastgelegd",
        text="De uitkomst van het overleg ligt vast. Maak nu de terugkoppeling en bepaal hoe de "
        "casus verdergaat.",
    )


@action
def correct_afspraak(
    *, afspraak: Afspraak, by: User, new: NewAfspraak, version: int | None = None
) -> None:
    """What was promised was written down wrongly; what it said stays on the timeline."""
    casus, overleg = afspraak.overleg.casus, afspraak.overleg
    require(by, casus, "change_afspraak")
    if overleg.held_on is not None and new.due < overleg.held_on:
        raise Refused("De datum van een afspraak ligt voor de datum van het overleg.", "due")
    values = {name: getattr(new, name) for name in NewAfspraak.__dataclass_fields__}
    changes = [
        change
        for name, label in AFSPRAAK_LABELS.items()
        for change in change_of(
            "overleg", label, _in_words(getattr(afspraak, name)), _in_words(values[name])
        )
    ]
    if not changes:
        raise Refused("U hebt niets veranderd.")
    no = somebody_was_first("deze afspraak")
    compare_and_set(afspraak, seen=version, no=no, **values)
    title = f"Afspraak verbeterd: {new.text[:120]}"
    tell(casus, "afspraak", title, by=by, changes=changes)
    touch(casus)
    record(casus, "change_afspraak", by=by, part=f"afspraak-{afspraak.pk}")


def _in_words(value: str | date) -> str:
    return value if isinstance(value, str) else long_date(value)


@action
def change_afspraak(*, afspraak: Afspraak, by: User, state: str, note: str = "") -> None:
    """A promise is kept, or lapses with a reason."""
    casus = afspraak.overleg.casus
    require(by, casus, "change_afspraak")
    if state == Afspraak.State.DROPPED:
        need(note, "Leg uit waarom de afspraak vervalt.", "note")
    changed = (
        Afspraak.objects.filter(pk=afspraak.pk)
        .exclude(state=state)
        .update(
            state=state,
            state_note=note.strip(),
            state_at=clock.now(),
            version=F("version") + 1,
        )
    )
    if not changed:
        raise Refused("Deze afspraak had die stand al.")
    label = Afspraak.State(state).label
    changes = change_of("overleg", "Stand van de afspraak", afspraak.get_state_display(), label)
    title = f"Afspraak {label}: {afspraak.text[:120]}"
    tell(casus, "afspraak", title, by=by, text=note, changes=changes)
    touch(casus)
    record(casus, "change_afspraak", by=by, part=f"afspraak-{afspraak.pk}")
