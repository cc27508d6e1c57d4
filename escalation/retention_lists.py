"""The lists of what is kept and what may go, narrowed to what somebody watches over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from escalation.models import AccessRequest, Casus, Destruction, Hold
from escalation.oversight.rules import in_care_of
from escalation.retention import past_term, without_hold
from rdm.lib import clock

if TYPE_CHECKING:
    from directory.models import User
    from escalation.models.casus import CasusQuerySet
    from escalation.models.retention import DestructionQuerySet


def due_for(user: User, years: int) -> CasusQuerySet:
    """The closed casussen that may go, and about which nobody decided anything yet."""
    open_ones = Destruction.objects.open().filter(code=OuterRef("code"))
    due = without_hold(past_term(years)).filter(in_care_of(user), ~Exists(open_ones))
    return due.for_list()


def held_for(user: User) -> QuerySet[Hold]:
    """The decisions to keep a casus longer that count now."""
    casussen = Casus.objects.filter(in_care_of(user)).values("pk")
    return (
        Hold.objects.filter(ended_at=None, until__gte=clock.today(), casus__in=casussen)
        .select_related("casus__gemeente__organisation")
        .only("until", "placed_by_name", "casus__code", "casus__gemeente__organisation__name")
        .order_by("until", "pk")
    )


def requests_for(user: User) -> QuerySet[AccessRequest]:
    """The requests of residents that nobody answered yet, the most urgent first."""
    casussen = Casus.objects.filter(in_care_of(user)).values("pk")
    return (
        AccessRequest.objects.filter(judged_at=None, casus__in=casussen)
        .select_related("casus__gemeente__organisation")
        .only("due", "received_on", "casus__code", "casus__gemeente__organisation__name")
        .order_by("due", "pk")
    )


def destructions_of(user: User) -> DestructionQuerySet:
    """What was proposed, approved or destroyed, the newest first."""
    return Destruction.objects.in_reach(user).select_related(
        "gemeente__organisation", "registered_by"
    )
