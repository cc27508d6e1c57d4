"""Who sits at the overleg, and their links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F

from audit.transaction import action
from directory.models import DeelnemerKind, Organisation
from escalation.change import record, require, tell, touch
from escalation.models import Deelnemer, Overleg
from escalation.overleg.date_poll.mails import ask_for_dates
from escalation.overleg.mails import send_calendar
from rdm.lib import clock
from rdm.lib.refusal import Refused, need

if TYPE_CHECKING:
    from directory.models import User


def raise_sequence(overleg: Overleg) -> None:
    """The next calendar item of this overleg gets a higher number, or calendars ignore it."""
    Overleg.objects.filter(pk=overleg.pk).update(sequence=F("sequence") + 1)
    overleg.refresh_from_db(fields=["sequence"])


def require_going(overleg: Overleg) -> None:
    """Refuses an overleg that was held or stopped: a casus can have had one before, and who sat
    there and what it decided stays as it is."""
    if overleg.held_on is not None or overleg.cancelled_at is not None:
        raise Refused("Dit overleg is al geweest of gestopt. Ga naar het overleg dat nu loopt.")


def require_planning(by: User, overleg: Overleg) -> None:
    require(by, overleg.casus, "plan_overleg")
    require_going(overleg)


@dataclass(frozen=True)
class NewDeelnemer:
    """Who comes: in which role, from where, and whether with a mandate and bound to secrecy."""

    kind: DeelnemerKind
    name: str
    function: str
    email: str
    organisation: Organisation | None = None
    organisation_name: str = ""
    mandate: bool | None = None
    secrecy_signed_on: date | None = None


@action
def add_deelnemer(*, overleg: Overleg, by: User, new: NewDeelnemer) -> Deelnemer:
    """Put somebody on the list. They hear nothing until they are asked for dates, unless the
    date is fixed already: then they get the calendar item at once."""
    casus = overleg.casus
    require_planning(by, overleg)
    if new.organisation is None and not new.organisation_name.strip():
        raise Refused("Kies een organisatie of vul een naam in.", "organisation")
    _check_secrecy(new.secrecy_signed_on)
    # First the row of the casus, as `fix_date` does: a date that is fixed at this very moment
    # either sees this deelnemer, or is seen here.
    touch(casus)
    overleg.refresh_from_db(fields=["starts_at", "ends_at", "place", "sequence"])
    deelnemer = Deelnemer(
        overleg=overleg,
        kind=new.kind,
        organisation=new.organisation,
        organisation_name="" if new.organisation else new.organisation_name.strip(),
        name=need(new.name, "Vul de naam van de deelnemer in.", "name"),
        function=need(new.function, "Vul de functie van de deelnemer in.", "function"),
        email=new.email.strip().lower(),
        mandate=new.mandate,
        secrecy_signed_on=new.secrecy_signed_on,
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
        mark_invited(deelnemer)
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
    require_planning(by, deelnemer.overleg)
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
    require_planning(by, overleg)
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
    require_planning(by, deelnemer.overleg)
    _require_listed(deelnemer)
    Deelnemer.objects.filter(pk=deelnemer.pk).update(
        link_version=F("link_version") + 1, link_revoked_at=None
    )
    deelnemer.refresh_from_db(fields=["link_version", "link_revoked_at"])
    ask_for_dates(deelnemer)
    mark_invited(deelnemer)
    touch(casus)
    record(casus, "plan_overleg", by=by, part="link")


@action
def revoke_link(*, deelnemer: Deelnemer, by: User) -> None:
    """The link of a deelnemer stops working at once."""
    casus = deelnemer.overleg.casus
    require_planning(by, deelnemer.overleg)
    revoked = Deelnemer.objects.filter(pk=deelnemer.pk, link_revoked_at=None).update(
        link_revoked_at=clock.now()
    )
    if not revoked:
        raise Refused("Deze link werkte al niet meer.")
    touch(casus)
    record(casus, "plan_overleg", by=by, part="link")


def mark_invited(deelnemer: Deelnemer) -> None:
    if deelnemer.invited_at is None:
        deelnemer.invited_at = clock.now()
        deelnemer.save(update_fields=["invited_at"])
