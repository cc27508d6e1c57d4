"""Every status of a step × every status of its casus × every action on a step, decided here by hand
and tried through the real actions.

Written apart from `workflow.py` and `permissions.py` on purpose: a change there must be meant.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import models, transaction

from demo import walk
from directory.models import Tafel
from escalation.coordination.decisions import actions as decisions
from escalation.coordination.submission import actions as submissions
from escalation.dossier.closing import actions as closing
from escalation.models import Casus, RouteStep
from escalation.overleg.nomination import actions as nominations
from escalation.overleg.nomination import rules as nomination_rules
from escalation.permissions import ACTIONS
from escalation.route import actions as route
from escalation.route.client_support import actions as client_support
from escalation.route.instroom import actions as instroom
from escalation.workflow import STEP_FLOW, CasusStatus, StepStatus
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Refused
from tests import world
from tests.cast import Cast
from tests.house.tried import note

AS_IT_IS = {one: one for one in ("prepared", "submitted", "not_admitted", "discussed")}
# action → {status of the step: its status afterwards}; everything else is refused.
DECIDED: dict[str, dict[str, str]] = {
    "submit_step": {"prepared": "submitted"},
    "not_admit_step": {"submitted": "not_admitted"},
    "discuss_step": {"submitted": "discussed"},
    "close_step": {
        "prepared": "closed",
        "submitted": "closed",
        "not_admitted": "closed",
        "discussed": "closed",
    },
    "check_instroom": AS_IT_IS,
    "change_step": AS_IT_IS,
}
# action → the statuses of the casus in which it can be taken at all.
MOMENTS: dict[str, set[str]] = {
    "add_step": {"active"},
    "submit_step": {"active"},
    "not_admit_step": {"active", "incomplete"},
    "discuss_step": {"active", "incomplete"},
    "close_step": {"active", "incomplete"},
    "check_instroom": {"active", "incomplete"},
    "change_step": {"active", "incomplete"},
}


def _take(name: str, step: RouteStep, cast: Cast, version: int | None = None) -> None:
    by, today = cast.procesmanager, clock.today()
    outcome = "withdrawn" if step.status in ("prepared", "submitted") else "no_solution"
    take: dict[str, Callable[[], object]] = {
        "submit_step": lambda: route.submit_step(
            step=step,
            by=by,
            submitted_on=today,
            against_check_reason="r",
            extra_answers={one["code"]: "ja" for one in step.tafel.extra_questions},
            version=version,
        ),
        "not_admit_step": lambda: route.not_admit_step(
            step=step, by=by, on=today, reason="r", version=version
        ),
        "discuss_step": lambda: route.discuss_step(step=step, by=by, on=today, version=version),
        "close_step": lambda: route.close_step(
            step=step, by=by, outcome=outcome, outcome_text="t", version=version
        ),
        "check_instroom": lambda: instroom.check_instroom(step=step, by=by, answers={}),
        "change_step": lambda: client_support.set_step_client_support(
            step=step, by=by, state="offered", version=version
        ),
    }
    take[name]()


# --- The way of one casus -------------------------------------------------------------------------


def _tafels() -> list[Tafel]:
    """One tafel for each status of a step."""
    found = Tafel.objects.filter(special="").order_by("trede", "position")
    return list(found[: len(StepStatus.values)])


def _with_steps(cast: Cast) -> Casus:
    """A casus with a step in each status."""
    casus, by = world.registered_casus(cast), cast.procesmanager
    for status, tafel in zip(StepStatus.values, _tafels(), strict=True):
        step = walk.step(casus, by, tafel, until="submitted" if "not" in status else status)
        if status == "not_admitted":
            route.not_admit_step(step=step, by=by, on=clock.today(), reason="r")
    return casus


def _stops(cast: Cast, casus: Casus) -> dict[str, Callable[[], object]]:
    """How the casus comes from each status to the next, its steps as they are."""
    pm, co = cast.procesmanager, cast.coordinator
    return {
        "active": lambda: None,
        "submitted": lambda: walk.submitted(casus, pm, exception_reason="e"),
        "incomplete": lambda: decisions.ask_completion(casus=casus, by=co, what="w"),
        "accepted": lambda: (
            submissions.complete(casus=casus, by=pm, text="t"),
            walk.accepted(casus, co, gate_reason="g"),
        ),
        "planned": lambda: walk.planned(world.open_overleg(casus), pm),
        "held": lambda: walk.held(casus.overleggen.get(), pm, solution="none"),
        "nominated": lambda: nominations.nominate(
            casus=casus, by=pm, motivation="m", checklist=nomination_rules.trede_4_conditions()
        ),
    }


def test_every_action_on_every_step_at_every_stop(cast: Cast) -> None:
    wrong: list[str] = []
    with clock.travel(clock.now() - timedelta(days=10)):
        made = _with_steps(cast)
    stops = _stops(cast, made)
    for number, (status, go) in enumerate(stops.items()):
        # Everything before the overleg lies ten days back; the overleg itself is today.
        back = timedelta(days=10 if number < list(stops).index("held") else 0)
        with clock.travel(clock.now() - back):
            go()
            made.refresh_from_db()
            assert made.status == status
            wrong += _try_all(made, cast)
    assert not wrong, "\n".join(wrong)


def test_every_action_on_a_step_of_a_casus_that_is_closed(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    walk.step(casus, cast.procesmanager, _tafels()[0])
    closing.close(casus=casus, by=cast.procesmanager, closing="solved", reason="r")
    wrong = _try_all(casus, cast)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("status", ["draft", "discarded"])
def test_what_is_not_registered_has_no_route(cast: Cast, status: str) -> None:
    wrong = _try_all(world.IN_STATUS[status](cast), cast)
    assert not wrong, "\n".join(wrong)


def _try_all(casus: Casus, cast: Cast) -> list[str]:
    """What goes otherwise than decided, for each step of this casus and for adding one."""
    wrong = []
    for pk in casus.steps.values_list("pk", flat=True):
        for name in DECIDED:
            step = RouteStep.objects.select_related("casus", "tafel").get(pk=pk)
            wanted = DECIDED[name].get(step.status) if casus.status in MOMENTS[name] else None
            with transaction.atomic():
                wrong += _try(step, name, wanted, lambda s=step, n=name: _take(n, s, cast))
                transaction.set_rollback(True)
    open_now = casus.steps.exclude(status="closed").values("tafel")
    tafel = Tafel.objects.filter(special="").exclude(pk__in=open_now)[0]
    add = {"casus": casus, "by": cast.procesmanager, "tafel": tafel, "question": "v"}
    with transaction.atomic():
        wanted = casus.status if casus.status in MOMENTS["add_step"] else None
        wrong += _try(casus, "add_step", wanted, lambda: route.add_step(**add))
        transaction.set_rollback(True)
    return wrong


def _try(
    row: RouteStep | Casus, name: str, wanted: str | None, act: Callable[[], object]
) -> list[str]:
    """Do it; the status must become `wanted`, or with None it is refused and nothing changes."""
    note("transitions")
    here = f"{name} on {row!r} ({row.status})"
    before = _everything(row)
    try:
        act()
    except Refused as no:
        if wanted is not None:
            return [f"{here}: refused, {no.reason}"]
        unchanged = _everything(row) == before and no.reason.endswith(".")
        return [] if unchanged else [f"{here}: refused, but something changed: {no.reason}"]
    now = type(row).objects.get(pk=row.pk).status
    return [] if now == wanted else [f"{here}: became {now}, {wanted or 'refused'}"]


def _everything(row: models.Model) -> list[dict[str, object]]:
    casus = row.casus if isinstance(row, RouteStep) else row
    assert isinstance(casus, Casus)
    found = [Casus.objects.filter(pk=casus.pk), casus.steps.all(), casus.events.all()]
    return [values for rows in found for values in rows.values()]


# --- The tables themselves ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "name"), [(start, name) for name in STEP_FLOW.transitions for start in DECIDED[name]]
)
def test_an_old_version_of_a_step_loses(cast: Cast, status: str, name: str) -> None:
    step = _with_steps(cast).steps.get(status=status)
    with pytest.raises(Conflict):
        _take(name, step, cast, version=step.version - 1)
    after = RouteStep.objects.get(pk=step.pk)
    assert (after.status, after.version) == (step.status, step.version)


def test_the_tables_name_every_action_and_status() -> None:
    assert set(STEP_FLOW.transitions) | {"check_instroom", "change_step"} == set(DECIDED)
    # Handing a step out as a document changes nothing.
    on_a_step = {name for name in ACTIONS if name.endswith("_step")} - {"export_step"}
    assert set(MOMENTS) == on_a_step | {"check_instroom"}
    assert {start for routes in DECIDED.values() for start in routes} < set(StepStatus.values)
    assert set().union(*MOMENTS.values()) < set(CasusStatus.values)
