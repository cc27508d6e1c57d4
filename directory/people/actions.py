"""Accounts come by invitation only, and a membership can end at any moment (O-12)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit import log
from audit.transaction import action, defer
from directory.models import Invitation, Membership, Organisation, Procesafspraak, Role, User
from directory.people.permissions import reason_to_keep, reason_to_stay_open
from directory.permissions import reason_denied
from directory.region.names import product_name
from directory.web.mails import letter
from outbox import queue
from rdm.lib import clock
from rdm.lib.refusal import Forbidden, Refused, need


def _require(by: User | None) -> None:
    """`by` is None only for the first functioneel beheerder, from the command line."""
    if by is not None and (reason := reason_denied(by, "manage_people")):
        raise Forbidden(reason)


def _record(by: User | None, kind: str, pk: int, part: str) -> None:
    defer(lambda: log.record(actor=by, action="update", object_type=kind, object_id=pk, part=part))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@action
def invite(
    *, by: User | None, email: str, name: str, organisation: Organisation, role: str
) -> tuple[Invitation, str]:
    """Invite somebody to act in `role` for `organisation`; returns the invitation and its link.

    Who already has an account gets the membership with the same link, after signing in there.
    """
    _require(by)
    address = need(email, "Vul een e-mailadres in.", "email").lower()
    if Membership.objects.filter(
        user__email=address, organisation=organisation, role=role, ended_at=None
    ).exists():
        raise Refused("Deze persoon heeft deze rol al bij deze organisatie.", "email")
    secret = secrets.token_urlsafe(32)
    days = Procesafspraak.number_of("uitnodiging_geldig")
    now = clock.now()
    invitation = Invitation.objects.create(
        email=address,
        name=need(name, "Vul een naam in.", "name"),
        organisation=organisation,
        role=Role(role),
        secret_hash=_hash(secret),
        invited_by=by,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    link = settings.SITE_URL + reverse("invitation_accept", args=[secret])
    queue.put(
        key=f"invitation:{invitation.pk}",
        to=address,
        subject=f"Uitnodiging voor {product_name()}",
        body=letter(
            invitation.name,
            f"U bent uitgenodigd bij {organisation}, in de rol "
            f"‘{invitation.get_role_display()}’.\nMaak uw account aan: {link}",
            f"De link werkt {days} dagen en één keer.",
        ),
    )
    _record(by, "invitation", invitation.pk, "invite")
    return invitation, link


def invitation_of(secret: str) -> Invitation | None:
    """The open invitation behind a link, or None (unknown, used, withdrawn or expired)."""
    found = (
        Invitation.objects.filter(secret_hash=_hash(secret)).select_related("organisation").first()
    )
    return found if found and found.is_open(clock.now()) else None


@action
def accept_invitation(*, invitation: Invitation, password: str) -> User:
    """Make the account (or use the existing one, whose password stays) and the membership."""
    now = clock.now()
    taken = Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, withdrawn_at=None, expires_at__gt=now
    ).update(accepted_at=now)
    if not taken:
        raise Refused("Deze uitnodiging is al gebruikt of verlopen. Vraag een nieuwe aan.")
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
    Membership.objects.get_or_create(
        user=user,
        organisation=invitation.organisation,
        role=invitation.role,
        ended_at=None,
        defaults={"started_at": now},
    )
    _record(user, "invitation", invitation.pk, "accept")
    return user


@action
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """The link stops working."""
    _require(by)
    withdrawn = Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, withdrawn_at=None
    ).update(withdrawn_at=clock.now())
    if not withdrawn:
        raise Refused("Deze uitnodiging is al gebruikt of ingetrokken.")
    _record(by, "invitation", invitation.pk, "withdraw")


@action
def end_membership(*, membership: Membership, by: User) -> None:
    """From the next request on this person no longer acts in this role."""
    _require(by)
    end_now(membership=membership, by=by)


def end_now(*, membership: Membership, by: User) -> None:
    """The same within another action, which asked whether `by` may."""
    if reason := reason_to_keep(by, membership):
        raise Refused(reason)
    ended = Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=clock.now())
    if not ended:
        raise Refused("Deze rol was al gestopt.")
    _record(by, "membership", membership.pk, "end")


@action
def set_active(*, user: User, by: User, active: bool) -> None:
    """Close or open an account as a whole; sessions of a closed account end at once."""
    _require(by)
    if reason := reason_to_stay_open(by, user):
        raise Refused(reason)
    User.objects.filter(pk=user.pk).update(is_active=active)
    if not active:
        _end_sessions(user)
    _record(by, "user", user.pk, "open" if active else "shut")


def _end_sessions(user: User) -> None:
    """Sign this person out everywhere, so that opening the account later revives nothing.

    A session does not say in a column whose it is, so all that still run are looked through:
    as many as there are people at work now.
    """
    running = Session.objects.filter(expire_date__gt=clock.now())
    theirs = [
        session.pk
        for session in running.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()
