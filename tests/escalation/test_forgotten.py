"""What is forgotten in a table is said at import, or by a test here; never by a page."""

from __future__ import annotations

import ast

import pytest

from directory.roles import TABLE
from escalation.blocks import ALL, Block
from escalation.permissions import ACTIONS, CASUS_FLOW
from escalation.permissions.table import ALWAYS, Action
from escalation.roles import GENERAL, READERS
from escalation.workflow import STEP_FLOW, CasusStatus, StepStatus
from tests.house.calls import modules


@pytest.mark.parametrize("kind", [CasusStatus, StepStatus, Block])
def test_a_member_that_says_too_little_does_not_import(kind: type) -> None:
    """A status says what comes next, a step what it asks, a block what somebody reads in it."""
    make = kind._new_member_  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="does not say"):
        make(kind, "forgotten")


@pytest.mark.parametrize(
    "row",
    [
        {"who": READERS},
        {"when": ALWAYS},
    ],
)
def test_a_row_without_who_or_when_does_not_import(row: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Action(**row)  # type: ignore[arg-type]


@pytest.mark.parametrize("row", [{"label": "Doe het"}, {"target": CasusStatus.ACTIVE}])
def test_a_transition_has_a_button_and_a_target(row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="transition"):
        Action(who=READERS, when=ALWAYS, **row)  # type: ignore[arg-type]


def test_whoever_reads_a_whole_dossier_reads_every_block() -> None:
    assert frozenset(Block) == ALL


def test_every_status_is_reached_and_left() -> None:
    """But for the two at the end, which nobody leaves, and the one at the beginning."""
    reached = {row.target for row in CASUS_FLOW.transitions.values()}
    left = {source for row in CASUS_FLOW.transitions.values() for source in row.sources}
    assert set(CasusStatus) - reached == {CasusStatus.DRAFT}
    assert set(CasusStatus) - left == {CasusStatus.DISCARDED}


def test_the_button_of_a_status_does_what_that_status_allows() -> None:
    for status in CasusStatus:
        if status.next.do is not None:
            assert status in ACTIONS[status.next.do.action].when.statuses, status


# Calls of which a text names an action, with the place of that text among the arguments.
ASKING = {
    "require": (1, 2), "may": (2,), "may_now": (1,), "reason_denied": (1, 2), "move": (1,),
    "change": (1,), "change_step": (1,), "button": (1,), "load_place": (2,),
    "organisation_for": (2,), "general_reason_denied": (1,),
}  # fmt: skip


def test_every_action_that_is_named_has_a_row() -> None:
    """A name with a slip of the pen would be a KeyError on a page."""
    rows = {*ACTIONS, *GENERAL, *STEP_FLOW.transitions, *TABLE}
    named = set()
    for module in modules("escalation"):
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func).rsplit(".", 1)[-1]
            for place in ASKING.get(called, ()):
                if len(node.args) > place and isinstance(node.args[place], ast.Constant):
                    named.add(node.args[place].value)  # type: ignore[attr-defined]
    assert len(named & rows) > 40
    assert named - rows == set()
