"""Inviting somebody, and what becomes of that (O-12)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit import log
from audit.transaction import action, defer
from directory.models import Invitation, Membership, Organisation, Procesafspraak, Role, User
from directory.permissions import require
from directory.region.names import product_name
from directory.web.mails import letter
from outbox import queue
from rdm.lib import clock
from rdm.lib.refusal import Refused, need

End = Invitation.End
HAS_ROLE = "Deze persoon heeft deze rol al bij deze organisatie."
ACCOUNT_SHUT = "Het account van deze persoon is dicht. Open eerst het account."
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
    older invitation for the same stops working. `by` is None only for the first functioneel
    beheerder, from the command line.
    """
    if by is not None:
        require(by, "manage_people")
    address = need(email, "Vul een e-mailadres in.", "email").lower()
    # One at a time for an organisation: of two invitations at once the last one is the newest.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    _refuse_without_use(address, organisation, role)
    end_open(End.REPLACED, email=address, organisation=organisation, role=role)
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
    _record(by, invitation, "invite")
    return invitation, link


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
    if not still_open.update(accepted_at=now):
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
    Membership.objects.get_or_create(
        user=user,
        organisation=invitation.organisation,
        role=invitation.role,
        ended_at=None,
        defaults={"started_at": now},
    )
    _record(user, invitation, "accept")
    return user


@action
def withdraw(*, invitation: Invitation, by: User) -> None:
    """The link stops working."""
    require(by, "manage_people")
    withdrawn = (
        Invitation.objects.open()
        .filter(pk=invitation.pk)
        .update(withdrawn_at=clock.now(), withdrawn_because=End.WITHDRAWN)
    )
    if not withdrawn:
        raise Refused("Deze uitnodiging is al gebruikt of ingetrokken.")
    _record(by, invitation, "withdraw")
