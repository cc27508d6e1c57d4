"""Who sits at the overleg, and their links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F

from audit.transaction import action
from directory.models import DeelnemerKind, Organisation
from escalation.change import record, require, tell, touch
from escalation.models import Deelnemer, Overleg
from escalation.overleg.date_poll.mails import ask_for_dates
from escalation.overleg.mails import send_calendar
from rdm.lib import clock, ics
from rdm.lib.refusal import Refused, need
from rdm.lib.search import plain
from rdm.lib.versions import compare_and_set, somebody_was_first

if TYPE_CHECKING:
    from directory.models import User

_WHO = ("kind", "organisation", "organisation_name", "name", "function", "email")
NO_LONGER_LISTED = "Deze deelnemer staat niet meer op de lijst."


def send_item(
    deelnemer: Deelnemer,
    *,
    method: ics.Method = "REQUEST",
    changed: bool = False,
    elsewhere: bool = False,
) -> None:
    """Mail the calendar item of this deelnemer, with a higher number than the one before it, or
    calendars ignore it (RFC 5546)."""
    number = deelnemer.calendar_items
    Deelnemer.objects.filter(pk=deelnemer.pk).update(calendar_items=number + 1)
    deelnemer.calendar_items = number + 1
    send_calendar(deelnemer, number=number, method=method, changed=changed, elsewhere=elsewhere)


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
    _lock(overleg)
    who = _checked(new)
    _refuse_twice(overleg, who)
    deelnemer = Deelnemer.objects.create(overleg=overleg, **who)
    tell(casus, "deelnemer_added", f"Deelnemer toegevoegd: {deelnemer.party}", by=by)
    if overleg.starts_at is not None:
        send_item(deelnemer)
        mark_invited(deelnemer)
    record(casus, "plan_overleg", by=by, part="deelnemer")
    return deelnemer


def _lock(overleg: Overleg) -> None:
    """First the row of the casus, as `fix_date` does: a date that is fixed at this very moment
    either sees this change of the list, or is seen here."""
    touch(overleg.casus)
    overleg.refresh_from_db(fields=["starts_at", "ends_at", "place", "moment_version"])


def _checked(new: NewDeelnemer) -> dict[str, Any]:
    """Who this is, as it is kept; refuses what misses."""
    if new.organisation is None and not new.organisation_name.strip():
        raise Refused("Kies een organisatie of vul een naam in.", "organisation")
    if new.secrecy_signed_on is not None and new.secrecy_signed_on > clock.today():
        raise Refused("Deze datum ligt in de toekomst.", "secrecy_signed_on")
    return {
        "kind": new.kind,
        "organisation": new.organisation,
        "organisation_name": "" if new.organisation else new.organisation_name.strip(),
        "name": need(new.name, "Vul de naam van de deelnemer in.", "name"),
        "function": need(new.function, "Vul de functie van de deelnemer in.", "function"),
        "email": need(new.email, "Vul een e-mailadres in.", "email").lower(),
        "mandate": new.mandate,
        "secrecy_signed_on": new.secrecy_signed_on,
    }


def _refuse_twice(overleg: Overleg, who: dict[str, Any], *, besides: int = 0) -> None:
    """Two people with one mailbox are two deelnemers; the same person stands there once. Asked
    while nobody else changes the list (`_lock`)."""
    there = overleg.deelnemers.filter(removed_at=None, email=who["email"]).exclude(pk=besides)
    if plain(who["name"]) in map(plain, there.values_list("name", flat=True)):
        raise Refused(
            "Er staat al een deelnemer met deze naam en dit e-mailadres op de lijst.", "email"
        )


@action
def update_deelnemer(
    *, deelnemer: Deelnemer, by: User, new: NewDeelnemer, version: int | None = None
) -> bool:
    """Correct who sits there and whether somebody has a mandate and signed for secrecy (E-150);
    returns whether this person got a new mail.

    Who was asked under a wrong name or at a wrong address is asked anew, and the old link stops:
    somebody else may have it. What was answered stays.
    """
    overleg = deelnemer.overleg
    require_planning(by, overleg)
    _lock(overleg)
    now = Deelnemer.objects.select_related("kind", "organisation").get(pk=deelnemer.pk)
    if now.removed_at is not None:
        raise Refused(NO_LONGER_LISTED)
    now.overleg = overleg
    who = _checked(new)
    _refuse_twice(overleg, who, besides=now.pk)
    wrong = {name for name in _WHO if getattr(now, name) != who[name]}
    asked_wrongly = now.invited_at is not None and bool(wrong & {"name", "email"})
    if asked_wrongly and "email" in wrong and overleg.starts_at is not None:
        send_item(now, method="CANCEL", elsewhere=True)
    no = somebody_was_first("deze deelnemer")
    compare_and_set(now, seen=version, no=no, **who)
    if asked_wrongly:
        _ask_anew(now, changed="email" not in wrong)
    if wrong:
        tell(overleg.casus, "deelnemer_changed", f"Deelnemer verbeterd: {now.party}", by=by)
    record(overleg.casus, "plan_overleg", by=by, part="deelnemer")
    return asked_wrongly


def _ask_anew(deelnemer: Deelnemer, *, changed: bool) -> None:
    """With a link of which only this person knows, unless the link was taken away on purpose."""
    if deelnemer.link_revoked_at is None:
        _renew(deelnemer)
    if deelnemer.overleg.starts_at is not None:
        send_item(deelnemer, changed=changed)
    elif deelnemer.link_revoked_at is None:
        ask_for_dates(deelnemer)


@action
def remove_deelnemer(*, deelnemer: Deelnemer, by: User, reason: str) -> None:
    """Take somebody off the list: the link stops working, an invitation is withdrawn."""
    overleg = deelnemer.overleg
    casus = overleg.casus
    require_planning(by, overleg)
    kept = need(reason, "Leg uit waarom deze deelnemer van de lijst gaat.", "reason")
    _lock(overleg)
    now = clock.now()
    removed = Deelnemer.objects.filter(pk=deelnemer.pk, removed_at=None).update(
        removed_at=now, link_revoked_at=now
    )
    if not removed:
        raise Refused(NO_LONGER_LISTED)
    deelnemer.refresh_from_db(fields=["removed_at", "email", "name", "calendar_items"])
    if overleg.starts_at is not None:
        send_item(deelnemer, method="CANCEL")
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
    if deelnemer.removed_at is not None:
        raise Refused(NO_LONGER_LISTED)
    _renew(deelnemer)
    ask_for_dates(deelnemer)
    mark_invited(deelnemer)
    touch(casus)
    record(casus, "plan_overleg", by=by, part="link")


def _renew(deelnemer: Deelnemer) -> None:
    Deelnemer.objects.filter(pk=deelnemer.pk).update(
        link_version=F("link_version") + 1, link_revoked_at=None
    )
    deelnemer.refresh_from_db(fields=["link_version", "link_revoked_at"])


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
