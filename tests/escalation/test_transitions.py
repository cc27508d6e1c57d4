"""Every status × every transition, decided here by hand and tried through the real actions.

The table below is written apart from `workflow.py` on purpose: a change there must be meant.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from demo import walk
from escalation.actions import coordination, registration
from escalation.actions import overleg as overleg_actions
from escalation.models import Casus, Overleg, RouteStep
from escalation.permissions import may_now
from escalation.workflow import CASUS_FLOW, STEP_FLOW, CasusStatus, StepStatus
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Refused
from tests.cast import Cast
from tests.world import IN_STATUS, draft_casus, held_casus

# transition → {from: to}; everything that is not here must be refused with a reason.
DECIDED: dict[str, dict[str, str]] = {
    "register": {"draft": "active"},
    "discard": {"draft": "discarded"},
    "submit": {"active": "submitted"},
    "withdraw": {"submitted": "active", "incomplete": "active"},
    "ask_completion": {"submitted": "incomplete"},
    "complete": {"incomplete": "submitted"},
    "mark_spoed": {"submitted": "submitted"},
    "accept": {"submitted": "accepted"},
    "return_with_advice": {"submitted": "active"},
    "fix_date": {"accepted": "planned", "planned": "planned"},
    "cancel_date": {"planned": "accepted"},
    "record_overleg": {"planned": "held"},
    "return_to_region": {"held": "active"},
    "nominate": {"held": "nominated"},
    "record_answer": {"nominated": "active"},
    "close": {"active": "closed", "held": "closed"},
    "reopen": {"closed": "active"},
}


def _overleg(casus: Casus) -> Overleg:
    """The overleg of the casus. Without one there is nothing to act on: the state says no."""
    found = casus.overleggen.first()
    if found is None:
        raise Refused(may_now(casus, "fix_date") or "")
    return found


def _outcome() -> overleg_actions.Outcome:
    return overleg_actions.Outcome(
        held_on=clock.today(),
        plan_verdict="adopted",
        solution="none",
        solution_text="Verzonnen uitkomst.",
        missed_steps="geen",
        supply_missing="ja",
        capacity_use="goed",
        closing_the_gap="meer plekken",
    )


def _motivated() -> dict[str, Any]:
    return {"motivation": "m", "checklist": overleg_actions.trede_4_conditions()}


def _moment() -> dict[str, Any]:
    start = clock.now() + timedelta(days=3)
    return {"starts_at": start, "ends_at": start + timedelta(hours=1), "place": "Zaal 1"}


def _take(name: str, casus: Casus, cast: Cast, version: int | None = None) -> None:
    pm, co = cast.procesmanager, cast.coordinator
    take: dict[str, Callable[[], object]] = {
        "register": lambda: registration.register(casus=casus, by=pm, version=version),
        "discard": lambda: registration.discard(casus=casus, by=pm, version=version),
        "submit": lambda: coordination.submit(
            casus=casus,
            by=pm,
            version=version,
            organisation=cast.enschede.organisation,
            question="Vraag",
            plan_of_approach="Plan",
            exception_reason="Uitzondering",
        ),
        "withdraw": lambda: coordination.withdraw(casus=casus, by=pm, reason="r", version=version),
        "ask_completion": lambda: coordination.ask_completion(
            casus=casus, by=co, what="w", version=version
        ),
        "complete": lambda: coordination.complete(casus=casus, by=pm, text="t", version=version),
        "mark_spoed": lambda: coordination.mark_spoed(
            casus=casus, by=co, reason="r", version=version
        ),
        "accept": lambda: coordination.accept(
            casus=casus,
            by=co,
            assignment="a",
            initiator="i",
            gate_reason="g",
            version=version,
        ),
        "return_with_advice": lambda: coordination.return_with_advice(
            casus=casus, by=co, reason="r", advised_tafel=cast.tafel(1), version=version
        ),
        "fix_date": lambda: overleg_actions.fix_date(
            overleg=_with_people(casus, cast),
            by=pm,
            missing_kinds_reason="r",
            version=version,
            **_moment(),
        ),
        "cancel_date": lambda: overleg_actions.cancel_date(
            overleg=_overleg(casus), by=pm, reason="r", version=version
        ),
        "record_overleg": lambda: overleg_actions.record_overleg(
            overleg=_overleg(casus), by=pm, outcome=_outcome(), afspraken=[], version=version
        ),
        "return_to_region": lambda: overleg_actions.return_to_region(
            casus=casus, by=pm, advice="a", version=version
        ),
        "nominate": lambda: overleg_actions.nominate(
            casus=casus,
            by=pm,
            motivation="m",
            checklist=overleg_actions.trede_4_conditions(),
            version=version,
        ),
        "record_answer": lambda: overleg_actions.record_answer(
            casus=casus, by=pm, answer="a", answered_on=clock.today(), version=version
        ),
        "close": lambda: registration.close(
            casus=casus, by=pm, closing="solved", reason="r", version=version
        ),
        "reopen": lambda: registration.reopen(casus=casus, by=pm, reason="r", version=version),
    }
    take[name]()


def _with_people(casus: Casus, cast: Cast) -> Overleg:
    overleg = _overleg(casus)
    if casus.status == "accepted":
        walk.with_deelnemers(overleg, cast.procesmanager)
    return overleg


def _in(status: str, cast: Cast) -> Casus:
    """A casus in this status from which every transition of the table can be taken."""
    if status == "draft":
        complete = {
            "gemeente": cast.enschede,
            "safety": "yes",
            "resident_informed": True,
            "resident_informed_on": clock.today(),
        }
        return draft_casus(cast, **walk.TEXTS, **complete)
    made = held_casus(cast, solution="none") if status == "held" else IN_STATUS[status](cast)
    return Casus.objects.get(pk=made.pk)


def test_the_table_names_every_transition() -> None:
    assert set(DECIDED) == set(CASUS_FLOW.transitions)


@pytest.mark.parametrize("status", CasusStatus.values)
def test_every_transition_from_this_status(cast: Cast, status: str) -> None:
    """Allowed ones arrive where the table says; the others refuse with a reason, nothing moves."""
    start = _in(status, cast)
    for name, routes in DECIDED.items():
        casus = Casus.objects.get(pk=start.pk)
        with transaction.atomic():
            if status in routes:
                _take(name, casus, cast)
                assert Casus.objects.get(pk=start.pk).status == routes[status], name
            else:
                with pytest.raises(Refused) as refused:
                    _take(name, casus, cast)
                assert refused.value.reason.endswith("."), name
                assert Casus.objects.get(pk=start.pk).status == status, name
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("status", "name"), [(start, name) for name, routes in DECIDED.items() for start in routes]
)
def test_an_old_version_loses(cast: Cast, status: str, name: str) -> None:
    """Who acts on what somebody else changed meanwhile is told so, and nothing happens."""
    casus = _in(status, cast)
    before = Casus.objects.get(pk=casus.pk)
    with pytest.raises(Conflict):
        _take(name, casus, cast, version=casus.version - 1)
    after = Casus.objects.get(pk=casus.pk)
    assert (after.status, after.version) == (before.status, before.version)


STEP_DECIDED: dict[str, dict[str, str]] = {
    "submit_step": {"prepared": "submitted"},
    "not_admit_step": {"submitted": "not_admitted"},
    "discuss_step": {"submitted": "discussed"},
    "close_step": {
        "prepared": "closed",
        "submitted": "closed",
        "not_admitted": "closed",
        "discussed": "closed",
    },
}


@pytest.mark.parametrize("status", StepStatus.values)
@pytest.mark.parametrize("name", STEP_FLOW.transitions)
def test_every_transition_of_a_step(status: str, name: str) -> None:
    step = RouteStep(status=status)
    reason = STEP_FLOW.reason_denied(name, step)
    if status in STEP_DECIDED[name]:
        assert reason is None
        assert STEP_FLOW[name].target == STEP_DECIDED[name][status]
    else:
        assert reason is not None
        assert "status" in reason
