"""Mails about a casus. They name the code and what is asked, never anything of the content.

Each is one outbox row per recipient, queued in the transaction of the change (promises 5 and 6).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from directory.models import Role, User
from directory.web.mails import letter
from escalation.models import Casus
from escalation.roles import CASE_ROLES, GEMEENTE_ROLES, REGISTRANTS
from escalation.workflow import Turn
from outbox import queue
from rdm.lib import clock
from rdm.lib.dates import long_date

if TYPE_CHECKING:
    from datetime import date

    from directory.models import Organisation


NOTHING_INSIDE = "niets over de inhoud van de casus"


def casus_letter(name: str, *paragraphs: str) -> str:
    """The body of a mail about a casus to `name` (promise 6)."""
    return letter(name, *paragraphs, left_out=NOTHING_INSIDE)


def link_to(casus: Casus) -> str:
    return settings.SITE_URL + reverse("casus_detail", args=[casus.code])


def people_of(casus: Casus, turn: Turn | str) -> list[User]:
    """The people with an account whose turn it is; each once."""
    match turn:
        case Turn.COORDINATOR:
            return _people(Role.COORDINATOR)
        case Turn.GEMEENTE:
            return people_at(casus.gemeente_id)
        case Turn.REGISTRANT:
            return _people(*REGISTRANTS, memberships__organisation=casus.carried_by_id)
        case _:
            return []


def people_at(gemeente_id: int | None) -> list[User]:
    """The people with an account who work on the casussen of a gemeente; each once."""
    return _people(*GEMEENTE_ROLES, memberships__organisation=gemeente_id)


def readers_at(organisation: Organisation) -> list[User]:
    """The people of an organisation who see a casus that is shared with it; each once."""
    return _people(*CASE_ROLES, memberships__organisation=organisation)


def _people(*roles: Role, **of: Any) -> list[User]:
    """Who has one of these roles now. All of it is asked in one filter, so of one membership: a
    role that ended does not count because the same person has another."""
    found = User.objects.filter(
        is_active=True, memberships__ended_at=None, memberships__role__in=roles, **of
    )
    return list(found.distinct())


def inform(
    casus: Casus,
    people: Iterable[User],
    *,
    subject: str,
    text: str,
    key: str,
    link: str | None = None,
    link_label: str = "Open de casus",
) -> None:
    """Queue one mail per person; `key` makes it unique, so that nobody hears the same twice.

    `link` is for another page than that of the casus, which not everybody may see; "" for none.
    """
    address = link_to(casus) if link is None else link
    where = f"{link_label}: {address}" if address else ""
    for person in people:
        queue.put(
            key=f"{key}:{person.pk}",
            to=person.email,
            subject=f"{subject} ({casus.code})",
            body=casus_letter(person.name, text, where),
        )


def your_turn(
    casus: Casus, *, text: str, subject: str | None = None, task: str | None = None
) -> None:
    """Tell the people whose turn it now is what is asked and by when; `task` when that is something
    else than the status says."""
    upcoming = casus.upcoming
    inform(
        casus,
        people_of(casus, upcoming.turn),
        subject=subject or task or upcoming.what,
        text=f"{text}\n\nWat vragen wij van u? {task or upcoming.what}.{_by_when(casus.due)}",
        key=f"turn:{casus.pk}:{casus.version}",
    )


def remind_of(
    casus: Casus,
    people: Iterable[User],
    *,
    task: str,
    due: date,
    key: str,
    link: str | None = None,
    link_label: str = "Open de casus",
) -> None:
    """Queue a reminder about `task` ("Beoordeel de aanmelding"), before or after its last day.

    The subject names the task: one evening may bring one person several reminders.
    """
    overdue = due < clock.today()
    opening = "Termijn voorbij" if overdue else "Herinnering"
    text = (
        f"De termijn is voorbij. De laatste dag was {long_date(due)}."
        if overdue
        else f"De termijn loopt bijna af. De laatste dag is {long_date(due)}."
    )
    inform(
        casus,
        people,
        subject=f"{opening}: {task[:1].lower()}{task[1:]}",
        text=f"{text}\n\nWat vragen wij van u? {task}.",
        key=key,
        link=link,
        link_label=link_label,
    )


def _by_when(due: date | None) -> str:
    return f"\nUiterlijk op {long_date(due)}." if due else ""
