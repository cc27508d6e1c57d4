"""What is wrong with the program itself, for the functioneel beheerder ("Mijn werk")."""

from __future__ import annotations

from django.urls import reverse

from directory.health import rules
from directory.models import User
from directory.permissions import reason_denied
from rdm.lib.work import WorkItem


def for_user(user: User) -> list[WorkItem]:
    """Each thing that is wrong, but mail that was given up: that has an item of its own."""
    if reason_denied(user, "watch_health"):
        return []
    url = reverse("health_signs")
    return [
        WorkItem(
            title=f"{sign.name}: {sign.wrong}",
            url=url,
            due=None,
            who="u",
            waiting=False,
            kind="gezondheid",
            casus_code="",
        )
        for sign in rules.urgent()
    ]
