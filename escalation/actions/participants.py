"""Who sits at the overleg, and when they can."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from audit.transaction import action
from directory.models import DeelnemerKind, Organisation
from escalation.invitations import ask_for_dates, send_calendar
from escalation.models import DateAnswer, DateOption, Deelnemer, Overleg
from escalation.notifications import inform, people_of
from escalation.workflow import Turn
from rdm.lib import clock
from rdm.lib.refusal import Refused, need

from ._change import record, require, tell, touch

if TYPE_CHECKING:
    from directory.models import User


def missing_kinds(overleg: Overleg) -> list[DeelnemerKind]:
    """The mandatory kinds of deelnemer that nobody fills yet (E-113)."""
    present = overleg.deelnemers.filter(removed_at=None).values("kind")
    return list(DeelnemerKind.objects.filter(mandatory=True).exclude(pk__in=present))


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
    """Put somebody on the list. They hear nothing until they are asked for dates."""
    casus = overleg.casus
    require(by, casus, "plan_overleg")
    if organisation is None and not organisation_name.strip():
        raise Refused("Kies een organisatie of vul een naam in.", "organisation")
    if overleg.deelnemers.filter(email__iexact=email, removed_at=None).exists():
        raise Refused("Er staat al een deelnemer met dit e-mailadres op de lijst.", "email")
    deelnemer = Deelnemer.objects.create(
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
    tell(casus, "deelnemer_added", f"Deelnemer toegevoegd: {deelnemer.party}", by=by)
    if overleg.starts_at is not None:
        send_calendar(deelnemer)
        _mark_invited(deelnemer)
    touch(casus)
    record(casus, "plan_overleg", by=by, part="deelnemer")
    return deelnemer


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
    require(by, casus, "plan_overleg")
    deelnemer.mandate = mandate
    deelnemer.secrecy_signed_on = secrecy_signed_on
    deelnemer.save(update_fields=["mandate", "secrecy_signed_on"])
    touch(casus)
    record(casus, "plan_overleg", by=by, part="deelnemer")


@action
def remove_deelnemer(*, deelnemer: Deelnemer, by: User, reason: str) -> None:
    """Take somebody off the list: the link stops working, an invitation is withdrawn."""
    overleg = deelnemer.overleg
    require(by, overleg.casus, "plan_overleg")
    kept = need(reason, "Leg uit waarom deze deelnemer van de lijst gaat.", "reason")
    now = clock.now()
    removed = Deelnemer.objects.filter(pk=deelnemer.pk, removed_at=None).update(
        removed_at=now, link_revoked_at=now
    )
    if not removed:
        raise Refused("Deze deelnemer stond al niet meer op de lijst.")
    if overleg.starts_at is not None:
        send_calendar(deelnemer, method="CANCEL")
    tell(
        overleg.casus,
        "deelnemer_removed",
        f"Deelnemer van de lijst: {deelnemer.party}",
        by=by,
        text=kept,
    )
    touch(overleg.casus)
    record(overleg.casus, "plan_overleg", by=by, part="deelnemer")


@action
def renew_link(*, deelnemer: Deelnemer, by: User) -> None:
    """Revoke the link of a deelnemer and mail a new one."""
    casus = deelnemer.overleg.casus
    require(by, casus, "plan_overleg")
    deelnemer.link_version += 1
    deelnemer.link_revoked_at = None
    deelnemer.save(update_fields=["link_version", "link_revoked_at"])
    ask_for_dates(deelnemer)
    _mark_invited(deelnemer)
    record(casus, "plan_overleg", by=by, part="link")


@action
def revoke_link(*, deelnemer: Deelnemer, by: User) -> None:
    """The link of a deelnemer stops working at once."""
    casus = deelnemer.overleg.casus
    require(by, casus, "plan_overleg")
    Deelnemer.objects.filter(pk=deelnemer.pk).update(link_revoked_at=clock.now())
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
    require(by, overleg.casus, "plan_overleg")
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
    require(by, casus, "plan_overleg")
    option.delete()
    record(casus, "plan_overleg", by=by, part="date")


def check_moment(starts_at: datetime, ends_at: datetime) -> None:
    if starts_at <= clock.now():
        raise Refused("Kies een moment in de toekomst.", "starts_at")
    if ends_at <= starts_at:
        raise Refused("Het einde moet na het begin liggen.", "ends_at")


@action
def ask_dates(*, overleg: Overleg, by: User) -> int:
    """Mail every deelnemer who has not been asked yet; returns how many."""
    require(by, overleg.casus, "plan_overleg")
    if not overleg.date_options.exists():
        raise Refused("Stel eerst een of meer momenten voor.")
    people = list(
        overleg.deelnemers.filter(removed_at=None, invited_at=None).select_related(
            "overleg__casus__gemeente__organisation"
        )
    )
    if not people:
        raise Refused("Alle deelnemers hebben de vraag al gekregen.")
    for deelnemer in people:
        ask_for_dates(deelnemer)
        _mark_invited(deelnemer)
    tell(overleg.casus, "dates_asked", f"Data gevraagd aan {len(people)} deelnemers", by=by)
    touch(overleg.casus)
    record(overleg.casus, "plan_overleg", by=by, part="ask_dates")
    return len(people)


@action
def answer_dates(
    *, deelnemer: Deelnemer, answers: Mapping[int, str], attendance: str | None = None
) -> None:
    """A deelnemer answers through the link: option id → yes, if_needed or no; no account.

    Answering again replaces the earlier answer.
    """
    overleg = deelnemer.overleg
    options = {option.pk: option for option in overleg.date_options.all()}
    if set(answers) - set(options):
        raise Refused("De voorgestelde momenten zijn veranderd. Bekijk ze opnieuw.")
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
    record(overleg.casus, "answer_dates", by=None, part=f"deelnemer-{deelnemer.pk}")
    waiting = overleg.deelnemers.filter(removed_at=None, answered_at=None).exists()
    if not waiting:
        inform(
            overleg.casus,
            people_of(overleg.casus, Turn.GEMEENTE),
            subject="Alle deelnemers hebben geantwoord",
            text="Alle deelnemers van het overleg hebben laten weten wanneer zij kunnen.",
            key=f"all-answered:{overleg.pk}:{overleg.sequence}:{now:%Y%m%d}",
        )
