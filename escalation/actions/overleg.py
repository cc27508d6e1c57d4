"""Fixing the date, holding the overleg and what follows from it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Case, When

from audit.transaction import action
from directory.models import Procesafspraak, Tafel
from escalation import terms
from escalation.change import move, record, require, tell, touch
from escalation.invitations import send_calendar, tell_stopped
from escalation.models import Afspraak, Casus, Deelnemer, Nomination, Overleg
from escalation.notifications import inform, people_of, your_turn
from escalation.reading.changes import change_of
from escalation.workflow import CARRY_OUT, CasusStatus, Turn
from rdm.lib import clock
from rdm.lib.dates import long_moment
from rdm.lib.refusal import Refused, need

from .participants import check_moment, missing_kinds, raise_sequence, require_going

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


def _invited(overleg: Overleg) -> list[Deelnemer]:
    return list(
        overleg.deelnemers.filter(removed_at=None).select_related(
            "overleg__casus__gemeente__organisation"
        )
    )


@action
def fix_date(
    *,
    overleg: Overleg,
    by: User,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    missing_kinds_reason: str = "",
    version: int | None = None,
) -> None:
    """Set (or move) the date: every deelnemer gets a calendar item, or its update.

    A mandatory kind that is missing needs a reason; it does not block (O-15).
    """
    check_moment(starts_at, ends_at)
    where = need(place, "Vul de plaats van het overleg in.", "place")
    if not _invited(overleg):
        raise Refused("Zet eerst de deelnemers op de lijst.")
    missing = missing_kinds(overleg)
    if missing:
        names = "; ".join(kind.label for kind in missing)
        need(
            missing_kinds_reason,
            f"Deze deelnemers horen er altijd bij en staan niet op de lijst: {names}. "
            "Leg uit waarom het overleg zonder hen kan.",
            "missing_kinds_reason",
        )
    casus = overleg.casus
    before = (overleg.starts_at, overleg.ends_at, overleg.place)
    moved = overleg.starts_at is not None
    if before == (starts_at, ends_at, where):
        raise Refused("Deze datum en plaats lagen al zo vast.")
    move(casus, "fix_date", by=by, version=version, due=clock.local_date(starts_at))
    require_going(overleg)
    overleg.starts_at, overleg.ends_at, overleg.place = starts_at, ends_at, where
    overleg.missing_kinds_reason = missing_kinds_reason.strip() if missing else ""
    overleg.save(update_fields=["starts_at", "ends_at", "place", "missing_kinds_reason"])
    # Also after a cancelled date the calendars must see a higher number.
    if moved or overleg.sequence:
        raise_sequence(overleg)
    if before[:2] != (starts_at, ends_at):
        # Who could come on another moment has not said anything about this one.
        overleg.deelnemers.filter(removed_at=None).update(attendance=Deelnemer.Attendance.UNKNOWN)
    # Asked again: somebody may have come on the list just before the casus moved.
    for deelnemer in _invited(overleg):
        deelnemer.overleg = overleg
        send_calendar(deelnemer, changed=moved)
        if deelnemer.invited_at is None:
            Deelnemer.objects.filter(pk=deelnemer.pk).update(invited_at=clock.now())
    title = "Datum van het overleg gewijzigd" if moved else "Datum van het overleg vastgelegd"
    words = f"{long_moment(starts_at)} uur, {where}"
    was = f"{long_moment(before[0])} uur, {before[2]}" if before[0] else ""
    changes = change_of("overleg", "Datum en plaats", was, words) if moved else []
    tell(casus, "date_fixed", title, by=by, text=words, changes=changes)
    your_turn(casus, subject="Overleg gepland", text="De datum van het overleg ligt vast.")
    inform(
        casus,
        people_of(casus, Turn.COORDINATOR),
        subject="Overleg gepland",
        text="De datum van het overleg ligt vast.",
        key=f"date:{overleg.pk}:{overleg.sequence}",
    )


@action
def cancel_date(*, overleg: Overleg, by: User, reason: str, version: int | None = None) -> None:
    """Call the planned date off; every deelnemer gets the cancellation. A new date must follow."""
    kept = need(reason, "Leg uit waarom het overleg niet doorgaat.", "reason")
    casus = overleg.casus
    move(casus, "cancel_date", by=by, version=version, due=overleg.hold_before)
    require_going(overleg)
    raise_sequence(overleg)
    for deelnemer in _invited(overleg):
        deelnemer.overleg = overleg
        send_calendar(deelnemer, method="CANCEL")
    overleg.starts_at = overleg.ends_at = None
    overleg.save(update_fields=["starts_at", "ends_at"])
    overleg.deelnemers.update(attendance=Deelnemer.Attendance.UNKNOWN)
    tell(casus, "date_cancelled", "Datum van het overleg afgezegd", by=by, text=kept)
    your_turn(casus, text="De datum van het overleg is afgezegd. Er is een nieuwe datum nodig.")


@action
def stop_overleg(*, overleg: Overleg, by: User, reason: str, version: int | None = None) -> None:
    """No overleg at all any more: there is a solution, or the question lapsed.

    The casus goes back to the route, from where it can be closed or submitted again. Everybody
    who was invited or asked hears of it, and the links stop working.
    """
    kept = need(reason, "Leg uit waarom het overleg niet meer nodig is.", "reason")
    casus = overleg.casus
    move(casus, "stop_overleg", by=by, version=version, due=terms.news_due())
    require_going(overleg)
    overleg.refresh_from_db(fields=["starts_at", "ends_at", "place", "sequence"])
    overleg.cancelled_at = clock.now()
    overleg.cancel_reason = kept
    overleg.save(update_fields=["cancelled_at", "cancel_reason"])
    _call_off(overleg)
    tell(casus, "overleg_stopped", "Gestopt met het overleg", by=by, text=kept)
    your_turn(
        casus,
        subject="Geen overleg meer",
        text="Het escalatieoverleg gaat niet door. De casus is weer bij u.",
    )
    inform(
        casus,
        [*people_of(casus, Turn.COORDINATOR), *people_of(casus, Turn.GEMEENTE)],
        subject="Geen overleg meer",
        text="Het escalatieoverleg gaat niet door. De reden staat op de tijdlijn.",
        key=f"overleg-stopped:{overleg.pk}",
    )


def _call_off(overleg: Overleg) -> None:
    """Tell the deelnemers; after the planned moment there is nothing left to cancel."""
    if overleg.starts_at is not None:
        if overleg.starts_at <= clock.now():
            return
        raise_sequence(overleg)
    for deelnemer in _invited(overleg):
        deelnemer.overleg = overleg
        if overleg.starts_at is not None:
            send_calendar(deelnemer, method="CANCEL")
        elif deelnemer.invited_at is not None:
            tell_stopped(deelnemer)


def not_begun(overleg: Overleg) -> str | None:
    """Why the outcome cannot be recorded yet: the planned moment lies ahead."""
    if overleg.starts_at is None or overleg.starts_at <= clock.now():
        return None
    moment = long_moment(overleg.starts_at)
    return f"Het overleg begint op {moment} uur. Leg de uitkomst daarna vast."


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
def change_afspraak(*, afspraak: Afspraak, by: User, state: str, note: str = "") -> None:
    """A promise is kept, or lapses with a reason."""
    casus = afspraak.overleg.casus
    require(by, casus, "change_afspraak")
    if state == Afspraak.State.DROPPED:
        need(note, "Leg uit waarom de afspraak vervalt.", "note")
    changed = (
        Afspraak.objects.filter(pk=afspraak.pk)
        .exclude(state=state)
        .update(state=state, state_note=note.strip(), state_at=clock.now())
    )
    if not changed:
        raise Refused("Deze afspraak had die stand al.")
    label = Afspraak.State(state).label
    changes = change_of("overleg", "Stand van de afspraak", afspraak.get_state_display(), label)
    title = f"Afspraak {label}: {afspraak.text[:120]}"
    tell(casus, "afspraak", title, by=by, text=note, changes=changes)
    touch(casus)
    record(casus, "change_afspraak", by=by, part=f"afspraak-{afspraak.pk}")


@action
def return_to_region(
    *,
    casus: Casus,
    by: User,
    advice: str,
    tafel: Tafel | None = None,
    version: int | None = None,
) -> None:
    """After the overleg the casus goes back, to the gemeente or to a tafel, with advice (E-031)."""
    kept = need(advice, "Schrijf het uitvoeringsadvies op.", "advice")
    if tafel is not None and tafel.is_escalation:
        raise Refused("Kies een andere tafel, of geef terug aan de gemeente.", "tafel")
    due = terms.news_due()
    move(casus, "return_to_region", by=by, version=version, due=due, advised_tafel=tafel)
    where = f"naar {tafel}" if tafel else f"naar de gemeente {casus.gemeente}"
    tell(casus, "returned_to_region", f"Teruggegeven {where}", by=by, text=kept)
    your_turn(
        casus,
        subject="Casus terug met uitvoeringsadvies",
        text="Na het escalatieoverleg gaat de casus verder in de regio.",
        task=f"Ga naar {tafel}" if tafel else CARRY_OUT,
    )


def trede_4_conditions() -> list[str]:
    """What must be in order before a casus goes to trede 4: one per line of the procesafspraak,
    or one per sentence when it is a single paragraph (E-147, O-04)."""
    text = Procesafspraak.objects.get(code="voorwaarden_trede_4").text
    lines = [line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t")]
    if len(lines) == 1:
        lines = re.split(r"(?<=[.!?])\s+", lines[0])
    return lines


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


def note_report(*, overleg: Overleg, by: User, correction: bool) -> None:
    """The terugkoppeling about this overleg came in, or a correction of it: called by the action
    that submits it. From the first one on it is no longer owed (O-06)."""
    casus = overleg.casus
    title = "Correctie op de terugkoppeling" if correction else "Terugkoppeling ingediend"
    tell(casus, "terugkoppeling", title, by=by)
    first = Overleg.objects.filter(pk=overleg.pk, reported_at=None).update(reported_at=clock.now())
    if first and casus.status == CasusStatus.HELD:
        touch(casus, due=terms.news_due())
