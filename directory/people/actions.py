"""A membership can end at any moment, and an account be shut (O-12)."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from audit import log
from audit.transaction import action, defer
from directory.models import Invitation, Membership, User
from directory.people import mails
from directory.people.invitations.actions import end_open
from directory.people.permissions import reason_to_keep, reason_to_stay_open
from directory.permissions import require
from rdm.lib import clock
from rdm.lib.refusal import Refused

End = Invitation.End


def _record(by: User, kind: str, pk: int, part: str) -> None:
    defer(lambda: log.record(actor=by, action="update", object_type=kind, object_id=pk, part=part))


@action
def end_membership(*, membership: Membership, by: User) -> None:
    """From the next request on this person no longer acts in this role."""
    require(by, "manage_people")
    end_now(membership=membership, by=by)


def end_now(*, membership: Membership, by: User) -> None:
    """The same within another action, which asked whether `by` may. No invitation brings the role
    back."""
    if reason := reason_to_keep(by, membership):
        raise Refused(reason)
    ended = Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=clock.now())
    if not ended:
        raise Refused("Deze rol was al gestopt.")
    end_open(
        End.ROLE_ENDED,
        email=membership.user.email,
        organisation=membership.organisation,
        role=membership.role,
    )
    mails.tell_role_ended(membership)
    _record(by, "membership", membership.pk, "end")


@action
def set_active(*, user: User, by: User, active: bool) -> None:
    """Close or open an account as a whole; sessions of a closed account end at once."""
    require(by, "manage_people")
    if reason := reason_to_stay_open(by, user):
        raise Refused(reason)
    changed = User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active)
    if changed:
        mails.tell_account(user, is_open=active)
    if not active:
        _end_sessions(user)
        end_open(End.ACCOUNT_SHUT, email=user.email)
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
