"""What waits for the functioneel beheerder ("Mijn werk"): roles that must be gone through."""

from __future__ import annotations

from django.urls import reverse

from directory.models import MembershipReview, Procesafspraak, Role, User
from directory.reading import reviews
from rdm.lib import clock
from rdm.lib.work import MOST, WorkItem
from rdm.lib.workdays import add_workdays


def for_user(user: User) -> list[WorkItem]:
    """Each organisation from `herinnering_vooraf` working days before its term on, and what was
    begun and waits for another beheerder."""
    if Role.ADMIN not in user.roles:
        return []
    today = clock.today()
    ahead = add_workdays(today, Procesafspraak.number_of("herinnering_vooraf"))
    begun = set(
        MembershipReview.objects.filter(signed_at=None, started_by=user).values_list(
            "organisation", flat=True
        )
    )
    if begun and not any(one.pk != user.pk for one in reviews.beheerders()):
        begun = set()  # nobody else is left to do it
    found = [one for one in reviews.states(today) if one.begun or one.due <= ahead]
    return [_item(one, waiting=one.organisation.pk in begun) for one in found[: MOST + 1]]


def _item(one: reviews.State, *, waiting: bool) -> WorkItem:
    title = f"Loop de rollen na bij {one.organisation}"
    if one.begun:
        title = f"Loop de laatste rol na bij {one.organisation}"
    return WorkItem(
        title=title,
        url=reverse("review_organisation", args=[one.organisation.slug]),
        due=one.due,
        who="een andere functioneel beheerder" if waiting else "u",
        waiting=waiting,
        kind="nalopen",
        casus_code="",
    )
