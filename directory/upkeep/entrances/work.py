"""What waits for a gemeente ("Mijn werk"): an empty page."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.urls import reverse

from directory.models import Entrance, Gemeente, User
from directory.roles import TABLE
from rdm.lib.work import WorkItem


def for_user(user: User) -> list[WorkItem]:
    """A gemeente of which nobody filled in where to begin (E-045)."""
    if not TABLE["change_entrances"] & user.roles:
        return []
    entrances = Entrance.objects.filter(gemeente=OuterRef("pk"))
    own = Gemeente.objects.filter(
        ~Exists(entrances), pk__in=user.organisation_ids(*TABLE["change_entrances"])
    )
    return [
        WorkItem(
            title=f"Gemeente {gemeente}: vul in waar inwoners terechtkunnen",
            url=reverse("entrances_edit", args=[gemeente.slug]),
            due=None,
            who="u",
            waiting=False,
            kind="ingang",
            casus_code="",
        )
        for gemeente in own.select_related("organisation")
    ]
