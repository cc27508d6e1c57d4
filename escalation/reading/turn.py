"""Whose turn it is on a casus: one rule for a list, for one casus, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from directory.models import Organisation, Role
from escalation.models import Casus
from escalation.roles import GEMEENTE_ROLES, REGISTRANTS
from escalation.workflow import CasusStatus, Turn

if TYPE_CHECKING:
    from directory.models import User

MINISTRY = "het ministerie van VWS"


def _with_turn(*turns: Turn) -> list[str]:
    return [status for status in CasusStatus if status.next.turn in turns]


def my_turn(user: User) -> Q:
    """The casussen on which it is this person's turn; a restricted one stands still."""
    registering = user.organisation_ids(*REGISTRANTS)
    gemeenten = user.organisation_ids(*GEMEENTE_ROLES)
    mine = Q(carried_by__in=registering, status__in=_with_turn(Turn.REGISTRANT))
    mine |= Q(gemeente__in=gemeenten, status__in=_with_turn(Turn.GEMEENTE))
    if Role.COORDINATOR in user.roles:
        mine |= Q(status__in=_with_turn(Turn.COORDINATOR))
    return mine & Q(restricted_at=None)


def is_turn_of(user: User, casus: Casus) -> bool:
    """Is it this person's turn on `casus`? The same rule as `my_turn`, for one casus."""
    if casus.restricted_at is not None:
        return False
    match casus.upcoming.turn:
        case Turn.REGISTRANT:
            return casus.carried_by_id in user.organisation_ids(*REGISTRANTS)
        case Turn.GEMEENTE:
            return casus.gemeente_id in user.organisation_ids(*GEMEENTE_ROLES)
        case Turn.COORDINATOR:
            return Role.COORDINATOR in user.roles
        case _:
            return False


def who_is_next(casus: Casus) -> str:
    """Whose turn it is, as a role with the name of its organisation: a gemeente can be both the
    aanmelder and the gemeente, and then only the role tells which of its people must act. While a
    casus is restricted only its gemeente can do something: lift that."""
    if casus.restricted_at is not None:
        return f"de gemeente {casus.gemeente}"
    match casus.upcoming.turn:
        case Turn.REGISTRANT:
            return brings_in(casus.carried_by)
        case Turn.GEMEENTE:
            return f"de gemeente {casus.gemeente}"
        case Turn.COORDINATOR:
            return "het coördinatiepunt"
        case _:
            return ""


def brings_in(organisation: Organisation) -> str:
    """Who of an organisation brings casussen in, in words."""
    is_gemeente = organisation.kind == Organisation.Kind.GEMEENTE
    return f"de {'procesmanager' if is_gemeente else 'aanmelder'} van {organisation}"
