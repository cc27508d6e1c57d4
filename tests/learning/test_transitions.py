"""Every status × every transition of a terugkoppeling, a leersessie and a leerpunt, decided here by
hand and tried through the real actions.

The tables are written apart from `workflow.py` on purpose: a change there must be meant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models, transaction

from directory.models import Theme
from learning.actions import leersessies, terugkoppelingen
from learning.models import Leersessie, Lesson, Terugkoppeling
from learning.workflow import (
    LEERSESSIE_FLOW,
    LESSON_FLOW,
    TERUGKOPPELING_FLOW,
    LeersessieStatus,
    LessonStatus,
    TerugkoppelingStatus,
)
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Refused
from tests import world
from tests.cast import Cast
from tests.house.tried import note

# action → {from: to}; everything that is not here must be refused with a reason.
DECIDED: dict[type[models.Model], dict[str, dict[str, str]]] = {
    Terugkoppeling: {
        "write_terugkoppeling": {"draft": "draft", "correcting": "correcting"},
        "submit_terugkoppeling": {"draft": "submitted", "correcting": "submitted"},
        "start_correction": {"submitted": "correcting"},
        "withdraw_correction": {"correcting": "submitted"},
    },
    Leersessie: {
        "change_leersessie": {"planned": "planned"},
        "hold_leersessie": {"planned": "held"},
        "cancel_leersessie": {"planned": "cancelled"},
    },
    Lesson: {
        "pick_up_lesson": {"open": "in_progress"},
        "finish_lesson": {"open": "done", "in_progress": "done"},
        "drop_lesson": {"open": "dropped", "in_progress": "dropped"},
        "reopen_lesson": {"done": "open", "dropped": "open"},
    },
}
# Changes that are no transition.
BESIDES = {"write_terugkoppeling", "change_leersessie"}
FLOWS: dict[type[models.Model], tuple[Any, Any]] = {
    Terugkoppeling: (TERUGKOPPELING_FLOW, TerugkoppelingStatus),
    Leersessie: (LEERSESSIE_FLOW, LeersessieStatus),
    Lesson: (LESSON_FLOW, LessonStatus),
}


def take(name: str, row: Any, cast: Cast, version: int | None = None) -> None:
    gemeente, by = cast.gemeente, cast.coordinator
    acts: dict[str, Callable[[], object]] = {
        "write_terugkoppeling": lambda: terugkoppelingen.save_draft(
            terugkoppeling=row, by=gemeente, texts=world.FOUR_TEXTS, version=version
        ),
        "submit_terugkoppeling": lambda: terugkoppelingen.submit(
            terugkoppeling=row, by=gemeente, texts=world.FOUR_TEXTS, version=version
        ),
        "start_correction": lambda: terugkoppelingen.start_correction(
            terugkoppeling=row, by=gemeente, reason="r", version=version
        ),
        "withdraw_correction": lambda: terugkoppelingen.withdraw_correction(
            terugkoppeling=row, by=gemeente, version=version
        ),
        "change_leersessie": lambda: leersessies.change_plan(
            leersessie=row,
            by=by,
            title="t",
            held_on=clock.today(),
            place="",
            agenda="",
            terugkoppelingen=[],
            version=version,
        ),
        "hold_leersessie": lambda: leersessies.hold(
            leersessie=row, by=by, attendees="a", conclusions="c", version=version
        ),
        "cancel_leersessie": lambda: leersessies.cancel(
            leersessie=row, by=by, reason="r", version=version
        ),
    }
    if name in DECIDED[Lesson]:
        leersessies.move_lesson(lesson=row, by=by, name=name, result="r", version=version)
    else:
        acts[name]()


def begun(cast: Cast, model: type[models.Model]) -> Any:
    """In the first status of its flow."""
    if model is Terugkoppeling:
        return world.draft_terugkoppeling(cast)
    session = leersessies.plan(by=cast.coordinator, title="t", held_on=clock.today())
    if model is Leersessie:
        return session
    return leersessies.add_lesson(
        by=cast.coordinator,
        theme=Theme.objects.all()[0],
        level="regio",
        text="t",
        owner="o",
        leersessie=session,
    )


def ways(model: type[models.Model]) -> dict[str, list[str]]:
    """Status → the actions that lead to it from the first one."""
    first = FLOWS[model][1].values[0]
    found: dict[str, list[str]] = {first: []}
    for _ in FLOWS[model][1].values:
        for name, routes in DECIDED[model].items():
            for start, end in routes.items():
                if start in found:
                    found.setdefault(end, [*found[start], name])
    return found


@pytest.mark.parametrize("model", DECIDED)
def test_every_transition_from_every_status(cast: Cast, model: type[models.Model]) -> None:
    """Allowed ones arrive where the table says; the others refuse with a reason, nothing moves."""
    made = begun(cast, model)
    known = ways(model)
    assert set(known) == set(FLOWS[model][1].values)
    for status, way in known.items():
        for name, routes in DECIDED[model].items():
            note("transitions")
            with transaction.atomic():
                row = walked(made, way, cast)
                assert row.status == status
                before = _values(row)
                if status in routes:
                    with transaction.atomic():
                        with pytest.raises(Conflict):
                            take(name, row, cast, version=row.version - 1)
                        assert _values(row) == before, name
                    take(name, row, cast)
                    assert _values(row)["status"] == routes[status], name
                    assert _values(row)["version"] == row.version == before["version"] + 1
                else:
                    with pytest.raises(Refused) as refused:
                        take(name, row, cast)
                    assert refused.value.reason.endswith("."), name
                    assert _values(row) == before, name
                transaction.set_rollback(True)


def walked(made: Any, way: list[str], cast: Cast) -> Any:
    row = type(made).objects.get(pk=made.pk)
    for name in way:
        take(name, row, cast)
    return type(made).objects.get(pk=made.pk)


def _values(row: Any) -> dict[str, Any]:
    return dict(type(row).objects.filter(pk=row.pk).values()[0])


def test_the_tables_name_every_transition() -> None:
    for model, (flow, _) in FLOWS.items():
        assert set(DECIDED[model]) - BESIDES == set(flow.transitions)
