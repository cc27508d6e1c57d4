"""What waits in "Mijn werk": invitations without an answer, and heavy roles to agree to."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from directory.models import Invitation, Role, User
from directory.people.permissions import reason_not_to_agree
from directory.permissions import reason_denied
from rdm.lib import clock
from rdm.lib.work import MOST, WorkItem


def for_user(user: User) -> list[WorkItem]:
    """For the functioneel beheerder to wait for, or, when they expired, to do something about; and
    for the second person to judge."""
    return [*_to_judge(user), *_unanswered(user)]


def _to_judge(user: User) -> list[WorkItem]:
    if reason_denied(user, "agree_to_role"):
        return []
    waiting = Invitation.objects.waiting().filter(expires_at__gt=clock.now())
    return [
        WorkItem(
            title=f"Ga akkoord of niet: {invitation.name} als {invitation.get_role_display()}",
            url=reverse("invitation_agree", args=[invitation.pk]),
            due=clock.local_date(invitation.expires_at),
            who="u",
            waiting=False,
            kind="zware rol",
            casus_code="",
        )
        for invitation in waiting.order_by("expires_at")[: MOST + 1]
        if reason_not_to_agree(user, invitation) is None
    ]


def _unanswered(user: User) -> list[WorkItem]:
    if Role.ADMIN not in user.roles:
        return []
    unanswered = Invitation.objects.filter(accepted_at=None, withdrawn_at=None).order_by(
        "expires_at"
    )
    now = clock.now()
    url = reverse("invitation_list")
    return [
        WorkItem(
            title=f"Uitnodiging van {invitation.name}"
            if invitation.is_open(now)
            else f"Verlopen uitnodiging van {invitation.name}: trek in of nodig opnieuw uit",
            url=url,
            due=clock.local_date(invitation.expires_at),
            who=_who(invitation, now),
            waiting=invitation.is_open(now),
            kind="uitnodiging",
            casus_code="",
        )
        for invitation in unanswered[: MOST + 1]
    ]


def _who(invitation: Invitation, now: datetime) -> str:
    if not invitation.is_open(now):
        return "u"
    return "een tweede persoon" if invitation.waits else invitation.name
