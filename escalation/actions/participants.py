"""Who sits at the overleg, and when they can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F

from audit.transaction import action
from directory.models import DeelnemerKind, Organisation
from escalation.asking import Asking, asking_of
from escalation.change import record, require, tell, touch
from escalation.invitations import ask_for_dates, remind_of_dates, send_calendar
from escalation.models import DateAnswer, DateOption, Deelnemer, Overleg
from escalation.notifications import inform, people_of
from escalation.planning import agenda_of
from escalation.workflow import Turn
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Refused, need

if TYPE_CHECKING:
    from directory.models import User


def missing_kinds(overleg: Overleg) -> list[DeelnemerKind]:
    """The mandatory kinds of deelnemer that nobody fills yet (E-113)."""
    present = overleg.deelnemers.filter(removed_at=None).values("kind")
    return list(DeelnemerKind.objects.filter(mandatory=True).exclude(pk__in=present))


def raise_sequence(overleg: Overleg) -> None:
    """The next calendar item of this overleg gets a higher number, or calendars ignore it."""
    Overleg.objects.filter(pk=overleg.pk).update(sequence=F("sequence") + 1)
    overleg.refresh_from_db(fields=["sequence"])


def require_going(overleg: Overleg) -> None:
    """Refuses an overleg that was held or stopped: a casus can have had one before, and who sat
    there and what it decided stays as it is."""
    if overleg.held_on is not None or overleg.cancelled_at is not None:
        raise Refused("Dit overleg is al geweest of gestopt. Ga naar het overleg dat nu loopt.")


def _require_planning(by: User, overleg: Overleg) -> None:
    require(by, overleg.casus, "plan_overleg")
    require_going(overleg)


@action
def add_deelnemer(
    *,
    overleg: Overleg,
    by: User,
    kind: DeelnemerKind,
    name: str,
    function: str,
    email: str,
    organisation: Organisation | None = None,
    organisation_name: str = "",
    mandate: bool | None = None,
    secrecy_signed_on: date | None = None,
) -> Deelnemer:
    """Put somebody on the list. They hear nothing until they are asked for dates, unless the
    date is fixed already: then they get the calendar item at once."""
    casus = overleg.casus
    _require_planning(by, overleg)
    if organisation is None and not organisation_name.strip():
        raise Refused("Kies een organisatie of vul een naam in.", "organisation")
    _check_secrecy(secrecy_signed_on)
    # First the row of the casus, as `fix_date` does: a date that is fixed at this very moment
    # either sees this deelnemer, or is seen here.
    touch(casus)
    overleg.refresh_from_db(fields=["starts_at", "ends_at", "place", "sequence"])
    deelnemer = Deelnemer(
        overleg=overleg,
        kind=kind,
        organisation=organisation,
        organisation_name="" if organisation else organisation_name.strip(),
        name=need(name, "Vul de naam van de deelnemer in.", "name"),
        function=need(function, "Vul de functie van de deelnemer in.", "function"),
        email=email.strip().lower(),
        mandate=mandate,
        secrecy_signed_on=secrecy_signed_on,
    )
    try:
        with transaction.atomic():
            deelnemer.save()
    except IntegrityError:
        raise Refused(
            "Er staat al een deelnemer met dit e-mailadres op de lijst.", "email"
        ) from None
    tell(casus, "deelnemer_added", f"Deelnemer toegevoegd: {deelnemer.party}", by=by)
    if overleg.starts_at is not None:
        # Higher than a cancellation that the same address may have had before.
        raise_sequence(overleg)
        send_calendar(deelnemer)
        _mark_invited(deelnemer)
    record(casus, "plan_overleg", by=by, part="deelnemer")
    return deelnemer


def _check_secrecy(signed_on: date | None) -> None:
    if signed_on is not None and signed_on > clock.today():
        raise Refused("Deze datum ligt in de toekomst.", "secrecy_signed_on")


def _require_listed(deelnemer: Deelnemer) -> None:
    if deelnemer.removed_at is not None:
        raise Refused("Deze deelnemer staat niet meer op de lijst.")


@action
def update_deelnemer(
    *,
    deelnemer: Deelnemer,
    by: User,
    mandate: bool | None,
    secrecy_signed_on: date | None,
) -> None:
    """Keep whether somebody has a mandate and signed for secrecy (E-150)."""
    casus = deelnemer.overleg.casus
    _require_planning(by, deelnemer.overleg)
    _require_listed(deelnemer)
    _check_secrecy(secrecy_signed_on)
    deelnemer.mandate = mandate
    deelnemer.secrecy_signed_on = secrecy_signed_on
    deelnemer.save(update_fields=["mandate", "secrecy_signed_on"])
    touch(casus)
    record(casus, "plan_overleg", by=by, part="deelnemer")


@action
def remove_deelnemer(*, deelnemer: Deelnemer, by: User, reason: str) -> None:
    """Take somebody off the list: the link stops working, an invitation is withdrawn."""
    overleg = deelnemer.overleg
    casus = overleg.casus
    _require_planning(by, overleg)
    kept = need(reason, "Leg uit waarom deze deelnemer van de lijst gaat.", "reason")
    touch(casus)
    overleg.refresh_from_db(fields=["starts_at", "ends_at", "place", "sequence"])
    now = clock.now()
    removed = Deelnemer.objects.filter(pk=deelnemer.pk, removed_at=None).update(
        removed_at=now, link_revoked_at=now
    )
    if not removed:
        raise Refused("Deze deelnemer stond al niet meer op de lijst.")
    deelnemer.removed_at = now
    if overleg.starts_at is not None:
        raise_sequence(overleg)
        send_calendar(deelnemer, method="CANCEL")
    tell(
        casus,
        "deelnemer_removed",
        f"Deelnemer van de lijst: {deelnemer.party}",
        by=by,
        text=kept,
    )
    record(casus, "plan_overleg", by=by, part="deelnemer")


@action
def renew_link(*, deelnemer: Deelnemer, by: User) -> None:
    """Revoke the link of a deelnemer and mail a new one."""
    casus = deelnemer.overleg.casus
    _require_planning(by, deelnemer.overleg)
    _require_listed(deelnemer)
    Deelnemer.objects.filter(pk=deelnemer.pk).update(
        link_version=F("link_version") + 1, link_revoked_at=None
    )
    deelnemer.refresh_from_db(fields=["link_version", "link_revoked_at"])
    ask_for_dates(deelnemer)
    _mark_invited(deelnemer)
    touch(casus)
    record(casus, "plan_overleg", by=by, part="link")


@action
def revoke_link(*, deelnemer: Deelnemer, by: User) -> None:
    """The link of a deelnemer stops working at once."""
    casus = deelnemer.overleg.casus
    _require_planning(by, deelnemer.overleg)
    revoked = Deelnemer.objects.filter(pk=deelnemer.pk, link_revoked_at=None).update(
        link_revoked_at=clock.now()
    )
    if not revoked:
        raise Refused("Deze link werkte al niet meer.")
    touch(casus)
    record(casus, "plan_overleg", by=by, part="link")


def _mark_invited(deelnemer: Deelnemer) -> None:
    if deelnemer.invited_at is None:
        deelnemer.invited_at = clock.now()
        deelnemer.save(update_fields=["invited_at"])


@action
def propose_date(
    *, overleg: Overleg, by: User, starts_at: datetime, ends_at: datetime
) -> DateOption:
    """One more moment to choose from; both the gemeente and the coördinator may propose (T-03)."""
    _require_planning(by, overleg)
    check_moment(starts_at, ends_at)
    if overleg.date_options.filter(starts_at=starts_at).exists():
        raise Refused("Dit moment staat er al bij.", "starts_at")
    option = DateOption.objects.create(
        overleg=overleg, starts_at=starts_at, ends_at=ends_at, proposed_by_name=by.name
    )
    touch(overleg.casus)
    record(overleg.casus, "plan_overleg", by=by, part="date")
    return option


@action
def drop_date(*, option: DateOption, by: User) -> None:
    """Take a proposed moment away, with the answers to it."""
    casus = option.overleg.casus
    _require_planning(by, option.overleg)
    option.delete()
    touch(casus)
    record(casus, "plan_overleg", by=by, part="date")


def check_moment(starts_at: datetime, ends_at: datetime) -> None:
    if starts_at <= clock.now():
        raise Refused("Kies een moment in de toekomst.", "starts_at")
    if ends_at <= starts_at:
        raise Refused("Het einde moet na het begin liggen.", "ends_at")


@action
def ask_dates(*, overleg: Overleg, by: User) -> int:
    """Mail every deelnemer who has not been asked about these moments; returns how many.

    A moment that is proposed later is a new question, for everybody whose link works.
    """
    _require_planning(by, overleg)
    asking = _asking(overleg)
    if asking.ask_denied:
        raise Refused(asking.ask_denied)
    for deelnemer in asking.unasked:
        ask_for_dates(deelnemer)
        _mark_invited(deelnemer)
    count = _count(asking.unasked)
    tell(overleg.casus, "dates_asked", f"Data gevraagd aan {count}", by=by)
    touch(overleg.casus)
    record(overleg.casus, "plan_overleg", by=by, part="ask_dates")
    return len(asking.unasked)


@action
def remind_dates(*, overleg: Overleg, by: User) -> int:
    """Mail once more every deelnemer who was asked and did not answer; returns how many.

    Nobody gets more than one reminder a day, however often the button is pressed.
    """
    _require_planning(by, overleg)
    asking = _asking(overleg)
    if asking.remind_denied:
        raise Refused(asking.remind_denied)
    for deelnemer in asking.to_remind:
        remind_of_dates(deelnemer)
    title = f"Herinnering gestuurd aan {_count(asking.to_remind)}"
    tell(overleg.casus, "dates_reminded", title, by=by)
    touch(overleg.casus)
    record(overleg.casus, "plan_overleg", by=by, part="remind_dates")
    return len(asking.to_remind)


def _asking(overleg: Overleg) -> Asking:
    listed = overleg.deelnemers.filter(removed_at=None).select_related(
        "overleg__casus__gemeente__organisation"
    )
    return asking_of(overleg, agenda_of(overleg, list(listed)))


def _count(people: Sequence[Deelnemer]) -> str:
    return "1 deelnemer" if len(people) == 1 else f"{len(people)} deelnemers"


@action
def answer_dates(
    *,
    deelnemer: Deelnemer,
    answers: Mapping[int, str],
    attendance: str | None = None,
    sequence: int | None = None,
) -> None:
    """A deelnemer answers through the link: option id → yes, if_needed or no; no account.

    Answering again replaces the earlier answer. `attendance` (yes or no) is about the fixed date;
    `sequence` is that of the overleg as the deelnemer saw it. Who answers for a date that was moved
    meanwhile is told so (Conflict).
    """
    overleg = deelnemer.overleg
    overleg.refresh_from_db(fields=["starts_at", "ends_at", "place", "sequence"])
    if overleg.casus.restricted_at is not None:
        # Without the reason: a deelnemer reads nothing about the casus.
        raise Refused("De voorbereiding van dit overleg ligt stil. U hoeft nu niets te doen.")
    options = {option.pk: option for option in overleg.date_options.all()}
    if set(answers) - set(options):
        raise Refused("De voorgestelde momenten zijn veranderd. Bekijk ze opnieuw.")
    if attendance and overleg.starts_at is None:
        raise Refused("De datum van het overleg is veranderd. Bekijk de pagina opnieuw.")
    if attendance and sequence is not None and sequence != overleg.sequence:
        raise Conflict(
            "De datum of de plaats is veranderd terwijl deze pagina openstond. Kijk hierboven "
            "wanneer en waar het overleg nu is, en verstuur uw antwoord daarna opnieuw."
        )
    now = clock.now()
    for pk, value in answers.items():
        DateAnswer.objects.update_or_create(
            option=options[pk],
            deelnemer=deelnemer,
            defaults={"value": DateAnswer.Value(value), "at": now},
        )
    deelnemer.answered_at = now
    if attendance:
        deelnemer.attendance = Deelnemer.Attendance(attendance)
    deelnemer.save(update_fields=["answered_at", "attendance"])
    tell(overleg.casus, "dates_answered", f"{deelnemer.party} heeft geantwoord", by=None)
    touch(overleg.casus)
    record(overleg.casus, "answer_dates", by=None, part=f"deelnemer-{deelnemer.pk}")
    if answers:
        _tell_when_everybody_answered(overleg)


def _tell_when_everybody_answered(overleg: Overleg) -> None:
    if overleg.deelnemers.filter(removed_at=None, answered_at=None).exists():
        return
    inform(
        overleg.casus,
        people_of(overleg.casus, Turn.GEMEENTE),
        subject="Alle deelnemers hebben geantwoord",
        text="Alle deelnemers van het overleg hebben laten weten wanneer zij kunnen.",
        key=f"all-answered:{overleg.pk}:{overleg.sequence}:{clock.today():%Y%m%d}",
    )
