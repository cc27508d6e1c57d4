"""Not less is tried than ever: no cell, transition, page, form or bad value went away."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.house import tried
from tests.house.tried import ALL_CASES, CASES, LEAST, enough, note


@pytest.fixture
def names(request: pytest.FixtureRequest) -> list[str]:
    """The names of all tests, also of those that are not asked for in this run."""
    found: list[str] = request.config.stash[tried.COLLECTED]
    if len(found) < ALL_CASES / 2:
        pytest.skip("only some of the tests were read")
    return found


def test_there_are_as_many_tests_as_ever(names: list[str]) -> None:
    assert len(names) >= ALL_CASES


def test_every_test_has_as_many_cases_as_ever(names: list[str]) -> None:
    found = Counter(name.partition("[")[0] for name in names)
    fewer = {name: (found[name], least) for name, least in CASES.items() if found[name] < least}
    assert not fewer


def test_every_test_that_counts_is_still_there(names: list[str]) -> None:
    assert set(LEAST) - set(names) == set()


def test_a_test_that_tries_too_little_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LEAST, "test_of_three", {"pages": 3})
    for _ in range(2):
        note("pages")
    with pytest.raises(AssertionError, match="2 pages, and it was 3"):
        enough("test_of_three")
    note("pages")
    enough("test_of_three")
