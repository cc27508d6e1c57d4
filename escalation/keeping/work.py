""" "Mijn werk" about the resident's rights and the keeping of casussen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from directory.models import Role
from escalation.keeping.rules import destructions_of, requests_for
from escalation.models import Casus, Destruction
from rdm.lib.work import MOST, WorkItem

if TYPE_CHECKING:
    from directory.models import User


def for_user(user: User) -> list[WorkItem]:
    """What the privacy officer must decide, and sees the gemeente do. The others find it under
    Bewaren: their first page already asks a lot of the database."""
    if Role.PRIVACY_OFFICER not in user.roles:
        return []
    return _requests(user) + _to_approve(user)


def _requests(user: User) -> list[WorkItem]:
    """The gemeente answers, because it reads the dossier; the privacy officer sees that it does."""
    return [
        WorkItem(
            title="Een verzoek van de inwoner om inzage wordt beantwoord",
            url=reverse("rights_detail", args=[one.casus.code]),
            due=one.due,
            who=f"de gemeente {one.casus.gemeente}",
            waiting=True,
            kind="inzageverzoek",
            casus_code=one.casus.code,
        )
        for one in requests_for(user)[: MOST + 1]
    ]


def _to_approve(user: User) -> list[WorkItem]:
    # A casus of which the use is restricted stands still.
    restricted = Casus.objects.filter(restricted_at__isnull=False).values("code")
    proposed = destructions_of(user).filter(state=Destruction.State.PROPOSED)
    found = proposed.exclude(code__in=restricted)
    return [
        WorkItem(
            title="Kijk of deze casus vernietigd mag worden",
            url=reverse("destruction_approve", args=[one.code]),
            due=None,
            who="u",
            waiting=False,
            kind="vernietigen-akkoord",
            casus_code=one.code,
        )
        for one in found.exclude(proposed_by=user).order_by("proposed_at", "pk")[: MOST + 1]
    ]
