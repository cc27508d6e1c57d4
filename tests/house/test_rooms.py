"""Rooms by subject hold furniture and nothing else, and no import goes round."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

from tests.house.calls import ROOT
from tests.house.rooms import APPS_WITH_ROOMS, BY_NOUN, FLOORS, FURNITURE, MORE, furniture, rooms

HOUSE = ("rdm", "audit", "outbox", "directory", "escalation", "learning", "demo")
ROOMS = [room for app in APPS_WITH_ROOMS for room in rooms(app)]


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_a_room_holds_furniture_only(room) -> None:
    """A second noun gets a room inside it, and never a prefix."""
    if not str(room).startswith(tuple(BY_NOUN)):
        assert furniture(room) - FURNITURE - MORE.get(str(room), set()) == set()


def test_what_is_more_than_furniture_is_still_there() -> None:
    missing = {room: more - furniture(ROOT / room) for room, more in MORE.items()}
    assert {room: more for room, more in missing.items() if more} == {}


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_a_room_says_what_it_is_about(room) -> None:
    """The folder tree is the first page of the documentation."""
    source = (ROOT / room / "__init__.py").read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source))


def test_every_room_with_more_than_one_piece_has_its_contract() -> None:
    """A new room is held to views → actions → permissions → rules from its first day."""
    pieces = {"urls", "views", "sweeps", "page", "work", "forms", "papers"}
    pieces |= {"actions", "permissions", "workflow", "rules", "mails"}
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    contracts = linter["importlinter"]["contracts"]
    (contract,) = [one for one in contracts if one["name"].startswith("In every room")]
    wanted = {str(one).replace("/", ".") for one in ROOMS if len(furniture(one) & pieces) > 1}
    assert set(contract["containers"]) == wanted


def test_a_template_stands_in_a_room() -> None:
    """Under the same path as the view that shows it; parts of many pages stand on a floor."""
    places = {str(room) for room in ROOMS} | {
        f"{app}/{floor}" for app in APPS_WITH_ROOMS for floor in FLOORS
    }
    found = {
        str(path.parent.relative_to(ROOT / "templates"))
        for app in APPS_WITH_ROOMS
        for path in (ROOT / "templates" / app).rglob("*.html")
    }
    assert found - places == set()
    assert len(found) > 30


# --- Circles --------------------------------------------------------------------------------------


@cache
def imports() -> dict[str, frozenset[str]]:
    """Module → what it imports, for its type only included."""
    graph = grimp.build_graph(*HOUSE, cache_dir=None)
    return {
        module: frozenset(graph.find_modules_directly_imported_by(module))
        for module in graph.modules
    }


def circle(graph: dict[str, frozenset[str]]) -> list[str]:
    """A way from a module back to itself; empty when there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_no_import_goes_round() -> None:
    assert circle(imports()) == []


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("escalation.models.casus", "escalation.permissions.table"),
        ("escalation.reading.turn", "escalation.route.views"),
        ("rdm.lib.clock", "escalation.terms"),
    ],
)
def test_a_circle_is_found(low: str, high: str) -> None:
    """Planted: what lies below imports what leans on it."""
    planted = imports() | {low: imports()[low] | {high}}
    assert {low, high} <= set(circle(planted))


# --- The plan on paper ----------------------------------------------------------------------------


def test_the_plan_on_paper_is_the_code() -> None:
    drawn = subprocess.run([sys.executable, ROOT / "tools" / "plan.py", "--check"])
    assert drawn.returncode == 0, "Draw it anew: python tools/plan.py"


PAGES = ("docs/architecture.md", "CONTRIBUTING.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_place_on_paper_exists(page: str) -> None:
    """`a/b.py` from the root or from the app of the casus, `room/noun`, and `module.name`."""
    text = (ROOT / page).read_text(encoding="utf-8").split("<!-- end of the plan -->")[-1]
    places = {one for one in re.findall(r"`([\w./-]+)`", text) if "/" in one}
    homes = (ROOT, ROOT / "escalation", ROOT / "tests" / "house")
    found = {
        one
        for one in places
        for home in homes
        if (home / one).exists() or (home / f"{one}.py").exists()
    }
    assert places - found == set()
    assert len(places) > 10
