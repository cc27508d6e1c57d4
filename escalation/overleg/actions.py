"""The date of the overleg: fixed, called off, stopped; and the way back to the region."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F

from audit.transaction import action
from directory.models import Tafel
from escalation import terms
from escalation.change import move, take, tell, touch
from escalation.models import Casus, Deelnemer, Overleg
from escalation.notifications import inform, people_of, your_turn
from escalation.overleg.date_poll.actions import check_moment
from escalation.overleg.deelnemers.actions import require_going, send_item
from escalation.overleg.deelnemers.rules import missing_kinds
from escalation.overleg.mails import tell_stopped
from escalation.reading.changes import change_of
from escalation.workflow import CARRY_OUT, CasusStatus, Turn
from rdm.lib import clock
from rdm.lib.dates import long_moment
from rdm.lib.refusal import Refused, need

if TYPE_CHECKING:
    from directory.models import User


def _invited(overleg: Overleg) -> list[Deelnemer]:
    return list(
        overleg.deelnemers.filter(removed_at=None).select_related(
            "overleg__casus__gemeente__organisation"
        )
    )


def _raise_moment_version(overleg: Overleg) -> None:
    """The date or the place is another one: an answer to what it was does not count."""
    Overleg.objects.filter(pk=overleg.pk).update(moment_version=F("moment_version") + 1)
    overleg.refresh_from_db(fields=["moment_version"])


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
    take(overleg.casus)
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
    _raise_moment_version(overleg)
    if before[:2] != (starts_at, ends_at):
        # Who could come on another moment has not said anything about this one.
        overleg.deelnemers.filter(removed_at=None).update(attendance=Deelnemer.Attendance.UNKNOWN)
    # Asked again: somebody may have come on the list just before the casus moved.
    for deelnemer in _invited(overleg):
        deelnemer.overleg = overleg
        send_item(deelnemer, changed=moved)
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
        key=f"date:{overleg.pk}:{overleg.moment_version}",
    )


@action
def cancel_date(*, overleg: Overleg, by: User, reason: str, version: int | None = None) -> None:
    """Call the planned date off; every deelnemer gets the cancellation. A new date must follow."""
    take(overleg.casus)
    kept = need(reason, "Leg uit waarom het overleg niet doorgaat.", "reason")
    casus = overleg.casus
    move(casus, "cancel_date", by=by, version=version, due=overleg.hold_before)
    require_going(overleg)
    for deelnemer in _invited(overleg):
        deelnemer.overleg = overleg
        send_item(deelnemer, method="CANCEL")
    overleg.starts_at = overleg.ends_at = None
    overleg.save(update_fields=["starts_at", "ends_at"])
    _raise_moment_version(overleg)
    overleg.deelnemers.update(attendance=Deelnemer.Attendance.UNKNOWN)
    tell(casus, "date_cancelled", "Datum van het overleg afgezegd", by=by, text=kept)
    your_turn(casus, text="De datum van het overleg is afgezegd. Er is een nieuwe datum nodig.")


@action
def stop_overleg(*, overleg: Overleg, by: User, reason: str, version: int | None = None) -> None:
    """No overleg at all any more: there is a solution, or the question lapsed.

    The casus goes back to the route, from where it can be closed or submitted again. Everybody
    who was invited or asked hears of it, and the links stop working.
    """
    take(overleg.casus)
    kept = need(reason, "Leg uit waarom het overleg niet meer nodig is.", "reason")
    casus = overleg.casus
    move(casus, "stop_overleg", by=by, version=version, due=terms.news_due())
    require_going(overleg)
    overleg.refresh_from_db(fields=["starts_at", "ends_at", "place"])
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
    if overleg.starts_at is not None and overleg.starts_at <= clock.now():
        return
    for deelnemer in _invited(overleg):
        deelnemer.overleg = overleg
        if overleg.starts_at is not None:
            send_item(deelnemer, method="CANCEL")
        elif deelnemer.invited_at is not None:
            tell_stopped(deelnemer)


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
    take(casus)
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


def note_report(*, overleg: Overleg, by: User, correction: bool) -> None:
    """The terugkoppeling about this overleg came in, or a correction of it: called by the action
    that submits it. From the first one on it is no longer owed (O-06)."""
    casus = overleg.casus
    title = "Correctie op de terugkoppeling" if correction else "Terugkoppeling ingediend"
    tell(casus, "terugkoppeling", title, by=by)
    first = Overleg.objects.filter(pk=overleg.pk, reported_at=None).update(reported_at=clock.now())
    if first and casus.status == CasusStatus.HELD:
        touch(casus, due=terms.news_due())
