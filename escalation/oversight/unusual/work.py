"""What waits for the privacy officer ("Mijn werk"): meldingen that nobody handled yet."""

from __future__ import annotations

from django.urls import reverse

from directory.models import Role, User
from escalation.models import UnusualReading, UnusualStatus
from escalation.oversight.unusual.rules import what_happened
from rdm.lib.work import MOST, WorkItem


def for_user(user: User) -> list[WorkItem]:
    """Each melding until it is handled, the oldest first."""
    if Role.PRIVACY_OFFICER not in user.roles:
        return []
    waiting = UnusualReading.objects.exclude(status=UnusualStatus.DONE).order_by("hour", "pk")
    return [
        WorkItem(
            title=f"{what_happened(one)}: {_task(one)}",
            url=reverse("unusual_detail", args=[one.pk]),
            due=None,
            who="u",
            waiting=False,
            kind="toezicht",
            casus_code="",
        )
        for one in waiting[: MOST + 1]
    ]


def _task(one: UnusualReading) -> str:
    return "bekijk de melding" if one.status == UnusualStatus.NEW else "rond uw onderzoek af"
