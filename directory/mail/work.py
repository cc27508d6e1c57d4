"""What waits for the functioneel beheerder ("Mijn werk"): mail that was given up."""

from __future__ import annotations

from django.urls import reverse

from directory.models import Role, User
from outbox import queue
from rdm.lib.work import WorkItem


def for_user(user: User) -> list[WorkItem]:
    """One line for all of it: the cause is often the same."""
    if Role.ADMIN not in user.roles:
        return []
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
