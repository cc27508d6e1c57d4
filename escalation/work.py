"""What waits for a person in this app, and what that person waits for ("Mijn werk")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.urls import reverse

from directory.models import Role
from escalation.models import Afspraak, Casus
from escalation.permissions import CASE_ROLES, REGISTRANTS
from escalation.workflow import NEXT, CasusStatus, Turn
from rdm.lib.work import MOST, WorkItem

if TYPE_CHECKING:
    from directory.models import User


def _with_turn(*turns: Turn) -> list[str]:
    return [status for status, upcoming in NEXT.items() if upcoming.turn in turns]


def my_turn(user: User) -> Q:
    """The casussen on which it is this person's turn."""
    registering = user.organisation_ids(*REGISTRANTS)
    gemeenten = user.organisation_ids(Role.GEMEENTE, Role.PROCESMANAGER)
    mine = Q(registered_by__in=registering, status__in=_with_turn(Turn.REGISTRANT))
    mine |= Q(gemeente__in=gemeenten, status__in=_with_turn(Turn.GEMEENTE))
    if Role.COORDINATOR in user.roles:
        mine |= Q(status__in=_with_turn(Turn.COORDINATOR))
    return mine


def is_turn_of(user: User, casus: Casus) -> bool:
    """Is it this person's turn on `casus`? The same rule as `_mine`, for one casus."""
    match NEXT[casus.status].turn:
        case Turn.REGISTRANT:
            return casus.registered_by_id in user.organisation_ids(*REGISTRANTS)
        case Turn.GEMEENTE:
            return casus.gemeente_id in user.organisation_ids(Role.GEMEENTE, Role.PROCESMANAGER)
        case Turn.COORDINATOR:
            return Role.COORDINATOR in user.roles
        case _:
            return False


def who_is_next(casus: Casus) -> str:
    """Whose turn it is, by name: the aanmelder and the gemeente as organisations."""
    match NEXT[casus.status].turn:
        case Turn.REGISTRANT:
            return casus.registered_by.name
        case Turn.GEMEENTE:
            return f"gemeente {casus.gemeente}"
        case Turn.COORDINATOR:
            return "het coördinatiepunt"
        case _:
            return ""


def for_user(user: User) -> list[WorkItem]:
    """Oldest deadline first; one more than `MOST` of each kind at most."""
    if not user.roles & {*CASE_ROLES, Role.COORDINATOR}:
        return []
    visible = Casus.objects.visible_to(user).for_list()
    mine = my_turn(user)
    in_order = (F("due").asc(nulls_last=True), "pk")
    waiting_for_me = visible.filter(mine).order_by(*in_order)[: MOST + 1]
    i_wait_for = (
        visible.exclude(mine)
        .exclude(status__in=[CasusStatus.CLOSED, CasusStatus.DISCARDED, CasusStatus.DRAFT])
        .order_by(*in_order)[: MOST + 1]
    )
    items = [_item(casus, waiting=False) for casus in waiting_for_me]
    items += [_item(casus, waiting=True) for casus in i_wait_for]
    return items + _afspraken(user)


def _item(casus: Casus, *, waiting: bool) -> WorkItem:
    url_name = "casus_resume" if casus.is_draft else "casus_detail"
    return WorkItem(
        title=NEXT[casus.status].what,
        url=reverse(url_name, args=[casus.code]),
        due=casus.due,
        who=who_is_next(casus),
        waiting=waiting,
        kind=f"casus-{casus.status}",
        casus_code=casus.code,
    )


def _afspraken(user: User) -> list[WorkItem]:
    """Open promises of overleggen; the gemeente keeps watch over them (E-122)."""
    gemeenten = user.organisation_ids(Role.GEMEENTE, Role.PROCESMANAGER)
    if not gemeenten:
        return []
    afspraken = (
        Afspraak.objects.filter(state=Afspraak.State.OPEN, overleg__casus__gemeente__in=gemeenten)
        .exclude(overleg__casus__status=CasusStatus.CLOSED)
        .select_related("overleg__casus")
        .order_by("due")[: MOST + 1]
    )
    return [
        WorkItem(
            title=f"Afspraak bewaken: {afspraak.organisation_name}",
            url=reverse("overleg_detail", args=[afspraak.overleg.casus.code]),
            due=afspraak.due,
            who=f"{afspraak.function}, {afspraak.organisation_name}",
            waiting=True,
            kind="afspraak",
            casus_code=afspraak.overleg.casus.code,
        )
        for afspraak in afspraken
    ]
