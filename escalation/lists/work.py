"""What waits for a person in this app, and what that person waits for ("Mijn werk")."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from directory.models import Role
from directory.region.snapshot import snapshot
from escalation.models import Casus, InstroomToets, Overleg, RouteStep
from escalation.models.casus import AT_REST
from escalation.overleg.work import afspraken, asked_as_deelnemer, deelnemers_without_mail
from escalation.reading.turn import MINISTRY, my_turn, who_is_next
from escalation.roles import CASE_ROLES, GEMEENTE_ROLES, REGISTRANTS
from escalation.route import work as step_work
from escalation.sharing.work import sharing_that_ends, transfers
from escalation.workflow import CARRY_OUT, DOES_NOT_FIT, CasusStatus, StepStatus
from rdm.lib import clock
from rdm.lib.work import MOST, WorkItem

if TYPE_CHECKING:
    from directory.models import User
    from escalation.models.casus import CasusQuerySet


def for_user(user: User) -> list[WorkItem]:
    """Oldest deadline first; one more than `MOST` of each kind at most."""
    asked = asked_as_deelnemer(user)
    if not user.roles & {*CASE_ROLES, Role.COORDINATOR}:
        return asked
    visible = Casus.objects.visible_to(user)
    mine = my_turn(user)
    waiting_for_me = list(_with_last_stop(visible.filter(mine).soonest(MOST + 1)))
    others = visible.exclude(mine).exclude(status__in=AT_REST).filter(restricted_at=None)
    i_wait_for = list(others.soonest(MOST + 1))
    at_work = bool(user.roles & {*REGISTRANTS, *GEMEENTE_ROLES})
    # What the region agreed is asked once, for all that follows.
    region = snapshot() if at_work else None
    steps = step_work.of_steps(user, region) if region else []
    # What a step asks says more than that the casus must go on.
    said = {item.casus_code for item in steps if item.kind in step_work.PRECISE}
    items = [
        _my_item(casus)
        for casus in waiting_for_me
        if casus.code not in said or casus.status != CasusStatus.ACTIVE
    ]
    items += [_item(casus, waiting=True) for casus in i_wait_for]
    items += steps + step_work.without_support(user, [*waiting_for_me, *i_wait_for])
    ending = sharing_that_ends(user, region) if region else []
    planned = afspraken(user) + deelnemers_without_mail(user)
    return asked + items + transfers(user) + planned + ending


def _with_last_stop(casussen: CasusQuerySet) -> CasusQuerySet:
    """With what makes precise what a casus on its route asks: the last open step and its tafel, and
    whether an overleg decided since the last step."""
    steps = RouteStep.objects.filter(casus=OuterRef("pk")).order_by("-position")
    at = steps.exclude(status=StepStatus.CLOSED)
    checks = InstroomToets.objects.filter(step=OuterRef("step_pk")).order_by("-number")
    later = RouteStep.objects.filter(
        casus=OuterRef("casus"), prepared_at__gte=OuterRef("recorded_at")
    )
    held = Overleg.objects.filter(casus=OuterRef("pk"), recorded_at__isnull=False)
    return casussen.annotate(
        step_pk=Subquery(at.values("pk")[:1]),
        step_status=Subquery(at.values("status")[:1]),
        step_tafel=Subquery(at.values("tafel__name")[:1]),
        step_check=Subquery(checks.values("result")[:1]),
        is_decided=Exists(held.filter(~Exists(later))),
    )


def _my_item(casus: Casus) -> WorkItem:
    """What waits for the reader; or, when a tafel or the ministry has it, what the reader waits
    for until the term has passed."""
    item = _item(casus, waiting=False)
    if casus.status == CasusStatus.NOMINATED:
        return replace(item, waiting=True, who=MINISTRY)
    if casus.status != CasusStatus.ACTIVE:
        return item
    status, tafel = casus.step_status, casus.step_tafel  # type: ignore[attr-defined]
    if status is None:
        return replace(item, title=CARRY_OUT) if casus.is_decided else item  # type: ignore[attr-defined]
    not_met = casus.step_check == InstroomToets.Result.NOT_MET  # type: ignore[attr-defined]
    words = DOES_NOT_FIT if status == StepStatus.PREPARED and not_met else StepStatus(status).asks
    item = replace(item, title=words.format(tafel=tafel))
    if status == StepStatus.SUBMITTED and not item.is_overdue(clock.today()):
        return replace(item, waiting=True, who=tafel)
    return item


def _item(casus: Casus, *, waiting: bool) -> WorkItem:
    url_name = "casus_resume" if casus.is_draft else "casus_detail"
    return WorkItem(
        title=casus.upcoming.what,
        url=reverse(url_name, args=[casus.code]),
        due=casus.due,
        who=who_is_next(casus),
        waiting=waiting,
        kind=f"casus-{casus.status}",
        casus_code=casus.code,
        since=casus.status_since,
    )
