"""What waits for a person in this app ("Mijn werk"): mail and invitations of the beheerder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from directory.models import Invitation, Role
from outbox import queue
from rdm.lib import clock
from rdm.lib.work import MOST, WorkItem

if TYPE_CHECKING:
    from directory.models import User


def for_user(user: User) -> list[WorkItem]:
    """Mail that was given up, and invitations without an answer."""
    return [*_mail(), *_invitations()] if Role.ADMIN in user.roles else []


def _mail() -> list[WorkItem]:
    """One line for all of it: the cause is often the same."""
    number = queue.failed().count()
    if not number:
        return []
    words = "1 e-mail" if number == 1 else f"{number} e-mails"
    return [
        WorkItem(
            title=f"{words} niet verstuurd: bekijk waarom en probeer opnieuw",
            url=reverse("mail_failed"),
            due=None,
            who="u",
            waiting=False,
            kind="mail",
            casus_code="",
        )
    ]


def _invitations() -> list[WorkItem]:
    """To wait for, or, when they expired, to do something about."""
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
