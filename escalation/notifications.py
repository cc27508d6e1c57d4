"""Mails about a casus. They name the code and what is asked, never anything of the content.

Each is one outbox row per recipient, queued in the transaction of the change (promises 5 and 6).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from directory.models import Role, User
from escalation.models import Casus
from escalation.permissions import REGISTRANTS
from escalation.workflow import NEXT, Turn
from outbox import queue

if TYPE_CHECKING:
    from datetime import date

_GEMEENTE_ROLES = (Role.GEMEENTE, Role.PROCESMANAGER)

FOOTER = "\n\nIn deze mail staat bewust niets over de inhoud van de casus.\nGroet,\nRDM Twente"


def link_to(casus: Casus) -> str:
    return settings.SITE_URL + reverse("casus_detail", args=[casus.code])


def people_of(casus: Casus, turn: Turn | str) -> list[User]:
    """The people with an account whose turn it is; each once."""
    users = User.objects.filter(is_active=True, memberships__ended_at=None)
    match turn:
        case Turn.COORDINATOR:
            users = users.filter(memberships__role=Role.COORDINATOR)
        case Turn.GEMEENTE:
            users = users.filter(
                memberships__role__in=_GEMEENTE_ROLES,
                memberships__organisation=casus.gemeente_id,
            )
        case Turn.REGISTRANT:
            users = users.filter(
                memberships__role__in=REGISTRANTS,
                memberships__organisation=casus.registered_by_id,
            )
        case _:
            return []
    return list(users.distinct())


def inform(casus: Casus, people: Iterable[User], *, subject: str, text: str, key: str) -> None:
    """Queue one mail per person; `key` makes it unique, so that nobody hears the same twice."""
    for person in people:
        queue.put(
            key=f"{key}:{person.pk}",
            to=person.email,
            subject=f"{subject} ({casus.code})",
            body=f"Beste {person.name},\n\n{text}\n\nOpen de casus: {link_to(casus)}{FOOTER}",
        )


def your_turn(casus: Casus, *, text: str, subject: str | None = None) -> None:
    """Tell the people whose turn it now is what is asked and by when."""
    upcoming = NEXT[casus.status]
    inform(
        casus,
        people_of(casus, upcoming.turn),
        subject=subject or upcoming.what,
        text=f"{text}\n\nWat vragen wij van u? {upcoming.what}.{_by_when(casus.due)}",
        key=f"turn:{casus.pk}:{casus.version}",
    )


def _by_when(due: date | None) -> str:
    return f"\nUiterlijk op {due:%d-%m-%Y}." if due else ""
