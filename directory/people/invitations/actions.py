"""Inviting somebody, and what becomes of that (O-12)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from audit import log
from audit.transaction import action, defer
from directory.models import Invitation, Membership, Organisation, Procesafspraak, Role, User
from directory.people.invitations import mails
from directory.people.mails import tell_role_given
from directory.people.permissions import (
    reason_nobody_agrees,
    reason_not_here,
    reason_not_to_agree,
    reason_not_to_give,
)
from directory.permissions import require
from directory.roles import HEAVY
from directory.web.mails import full_address
from rdm.lib import clock
from rdm.lib.refusal import Refused, forbid, need

End = Invitation.End
HAS_ROLE = "Deze persoon heeft deze rol al bij deze organisatie."
ACCOUNT_SHUT = "Het account van deze persoon is dicht. Open eerst het account."
NOTHING_TO_AGREE = "Hier is niets meer om akkoord op te gaan. Kijk wat er met de uitnodiging is."
NO_LONGER_OPEN = "Deze uitnodiging is al gebruikt of ingetrokken."
NO_LONGER_WORKS = "Deze uitnodiging is al gebruikt of verlopen. Vraag een nieuwe aan."


def _record(by: User | None, invitation: Invitation, part: str) -> None:
    defer(
        lambda: log.record(
            actor=by,
            action="update",
            object_type="invitation",
            object_id=invitation.pk,
            part=part,
        )
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@action
def invite(
    *, by: User | None, email: str, name: str, organisation: Organisation, role: str
) -> tuple[Invitation, str]:
    """Invite somebody to act in `role` for `organisation`; returns the invitation and its link.

    Who already has an account gets the membership with the same link, after signing in there. An
    older invitation for the same stops working. A heavy role has no link yet, and "" comes back:
    a second person must agree first. `by` is None only for the first people, from the command line.
    """
    if by is not None:
        require(by, "manage_people")
    address = need(email, "Vul een e-mailadres in.", "email").lower()
    # One at a time for an organisation: of two invitations at once the last one is the newest.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if reason := reason_not_to_give(by, address):
        raise Refused(reason, "email")
    if reason := reason_not_here(role, organisation):
        raise Refused(reason, "role")
    if by is not None and role in HEAVY:
        reason = reason_nobody_agrees(by, role, address)
        if reason:
            raise Refused(reason, "role")
    # Before looking who has the role: whoever is accepting the older one right now, is waited for.
    end_open(End.REPLACED, email=address, organisation=organisation, role=role)
    _refuse_without_use(address, organisation, role)
    invitation = Invitation.objects.create(
        email=address,
        name=need(name, "Vul een naam in.", "name"),
        organisation=organisation,
        role=Role(role),
        invited_by=by,
        created_at=clock.now(),
        expires_at=_expiry(),
    )
    _record(by, invitation, "invite")
    if by is not None and role in HEAVY:
        mails.ask_second_person(invitation)
        return invitation, ""
    return invitation, _send(invitation)


def _expiry() -> datetime:
    return clock.now() + timedelta(days=Procesafspraak.number_of("uitnodiging_geldig"))


def _send(invitation: Invitation) -> str:
    """Make the link, and mail it to the one it is for."""
    secret = secrets.token_urlsafe(32)
    invitation.secret_hash, invitation.expires_at = _hash(secret), _expiry()
    invitation.save(update_fields=["secret_hash", "expires_at"])
    link = full_address("invitation_accept", secret)
    mails.send_link(invitation, link, Procesafspraak.number_of("uitnodiging_geldig"))
    return link


def _refuse_without_use(address: str, organisation: Organisation, role: str) -> None:
    """Somebody who has the role, or whose account is shut, cannot accept."""
    person = User.objects.of_address(address)
    if person is None:
        return
    if not person.is_active:
        raise Refused(ACCOUNT_SHUT, "email")
    if person.memberships.filter(organisation=organisation, role=role, ended_at=None).exists():
        raise Refused(HAS_ROLE, "email")


def end_open(end: Invitation.End, *, email: str, **about: object) -> None:
    """Within another action: the open invitations for this address stop working, for the reason
    `end`; all of them, or those `about` one organisation and role."""
    Invitation.objects.open().filter(email=email, **about).update(
        withdrawn_at=clock.now(), withdrawn_because=end
    )


def invitation_of(secret: str) -> Invitation | None:
    """The open invitation behind a link, or None (unknown, used, withdrawn or expired)."""
    found = (
        Invitation.objects.filter(secret_hash=_hash(secret)).select_related("organisation").first()
    )
    return found if found and found.is_open(clock.now()) else None


@action
def accept(*, invitation: Invitation, password: str) -> User:
    """Make the account (or use the existing one, whose password stays) and the membership."""
    now = clock.now()
    still_open = Invitation.objects.open().filter(pk=invitation.pk, expires_at__gt=now)
    if not still_open.exclude(secret_hash=None).update(accepted_at=now):
        raise Refused(NO_LONGER_WORKS)
    user = User.objects.of_address(invitation.email)
    if user is None:
        candidate = User(email=invitation.email, name=invitation.name)
        try:
            validate_password(password, candidate)
        except ValidationError as error:
            raise Refused(" ".join(error.messages), "password") from None
        user = User.objects.create_user(invitation.email, invitation.name, password)
        # The link came by mail, so the address is proven.
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    membership, is_new = Membership.objects.get_or_create(
        user=user,
        organisation=invitation.organisation,
        role=invitation.role,
        ended_at=None,
        defaults={"started_at": now},
    )
    Invitation.objects.filter(pk=invitation.pk).update(membership=membership)
    if is_new:
        tell_role_given(membership)
    if membership.role in HEAVY:
        mails.tell_of_heavy_role(membership)
    _record(user, invitation, "accept")
    return user


@action
def agree(*, invitation: Invitation, by: User) -> None:
    """As the second person: the invitation for a heavy role goes out."""
    _judge(invitation, by, "agree")
    _send(invitation)


@action
def decline(*, invitation: Invitation, by: User, reason: str) -> None:
    """As the second person: nobody gets the role. Who invited hears of it."""
    said = need(reason, "Vul in waarom u niet akkoord gaat.", "reason")
    now = clock.now()
    _judge(
        invitation,
        by,
        "decline",
        withdrawn_at=now,
        withdrawn_because=End.DECLINED,
        declined_reason=said,
    )
    mails.tell_declined(invitation)


def _judge(invitation: Invitation, by: User, part: str, **fields: object) -> None:
    forbid(reason_not_to_agree(by, invitation))
    waiting = Invitation.objects.waiting().filter(pk=invitation.pk, expires_at__gt=clock.now())
    if not waiting.update(judged_by=by, judged_at=clock.now(), **fields):
        raise Refused(NOTHING_TO_AGREE)
    invitation.refresh_from_db()
    _record(by, invitation, part)


@action
def correct(*, invitation: Invitation, by: User, email: str, name: str) -> Invitation:
    """The same role for the right person: a new invitation in the place of this one, whose link
    stops working, because somebody else may have it. For a heavy role it waits for a second person
    again."""
    require(by, "manage_people")
    # In the order of `invite`.
    Organisation.objects.select_for_update(no_key=True).get(pk=invitation.organisation_id)
    _end(invitation, End.REPLACED)
    right, _ = invite(
        by=by,
        email=email,
        name=name,
        organisation=invitation.organisation,
        role=invitation.role,
    )
    _record(by, invitation, "correct")
    return right


def _end(invitation: Invitation, end: Invitation.End) -> None:
    found = Invitation.objects.open().filter(pk=invitation.pk)
    if not found.update(withdrawn_at=clock.now(), withdrawn_because=end):
        raise Refused(NO_LONGER_OPEN)


@action
def withdraw(*, invitation: Invitation, by: User) -> None:
    """The link stops working."""
    require(by, "manage_people")
    _end(invitation, End.WITHDRAWN)
    _record(by, invitation, "withdraw")
