"""What waits for the functioneel beheerder ("Mijn werk"): copies that are not there, or too old."""

from __future__ import annotations

from django.urls import reverse

from directory.copies.rules import problems
from directory.models import User
from directory.permissions import reason_denied
from rdm.lib import clock
from rdm.lib.work import WorkItem


def for_user(user: User) -> list[WorkItem]:
    """Each of these is somebody's work today: nobody knows on which day a disk breaks."""
    if reason_denied(user, "watch_copies"):
        return []
    return [
        WorkItem(
            title=problem,
            url=reverse("copy_list"),
            due=clock.today(),
            who="u",
            waiting=False,
            kind="reservekopie",
            casus_code="",
        )
        for problem in problems()
    ]
