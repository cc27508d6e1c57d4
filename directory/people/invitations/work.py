"""What waits for the functioneel beheerder ("Mijn werk"): invitations without an answer."""

from __future__ import annotations

from django.urls import reverse

from directory.models import Invitation, Role, User
from rdm.lib import clock
from rdm.lib.work import MOST, WorkItem


def for_user(user: User) -> list[WorkItem]:
    """To wait for, or, when they expired, to do something about."""
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
            who=invitation.name if invitation.is_open(now) else "u",
            waiting=invitation.is_open(now),
            kind="uitnodiging",
            casus_code="",
        )
        for invitation in unanswered[: MOST + 1]
    ]
