"""Two people do something with one casus at the same moment: there is one winner, or what comes of
it is one of the two orders in which they could have done it. Nobody gets an error.

On PostgreSQL, where two people write at once; SQLite has one writer at a time. Which pairs there
are is read from the table of acts: every two that are possible in a status. Some of them by day,
others every day; all of them at night.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations_with_replacement
from random import Random
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from escalation.models import Casus
from rdm.lib import clock
from rdm.lib.refusal import Refused
from tests.cast import Cast
from tests.escalation import acts
from tests.house.tried import note
from tests.standing import undone
from tests.world import IN_STATUS

pytestmark = pytest.mark.django_db(transaction=True)

BY_DAY = 30
DONE, REFUSED = "done", "refused"
Results = tuple[str, str]
Pair = tuple[str, str, str]  # status, and the two acts

needs_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)


def attempt(name: str, casus: Casus, cast: Cast) -> str:
    try:
        acts.take(name, casus, cast)
    except Refused:
        return REFUSED
    return DONE


def possible(status: str, cast: Cast) -> list[str]:
    """The acts that are not refused in this status."""
    casus = IN_STATUS[status](cast)
    found = []
    for name in acts.ACTS:
        with undone():
            if attempt(name, Casus.objects.get(pk=casus.pk), cast) == DONE:
                found.append(name)
    return found


def pairs(cast: Cast) -> Iterator[Pair]:
    for status in IN_STATUS:
        for one, other in combinations_with_replacement(possible(status, cast), 2):
            yield status, one, other


def in_order(first: str, second: str, casus: Casus, cast: Cast) -> Results:
    """What comes of it when the second only begins after the first; nothing stays."""
    with undone():
        # Both opened their page before either of them did anything.
        mine, theirs = (Casus.objects.get(pk=casus.pk) for _ in range(2))
        return attempt(first, mine, cast), attempt(second, theirs, cast)


def at_once(one: str, other: str, casus: Casus, cast: Cast) -> list[str]:
    start, results = Barrier(2), ["", ""]

    def run(turn: int, name: str) -> None:
        try:
            mine = Casus.objects.get(pk=casus.pk)
            start.wait(timeout=10)
            results[turn] = attempt(name, mine, cast)
        except Exception as error:
            results[turn] = f"{type(error).__name__}: {error}"
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate((one, other))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def raced(pair: Pair, cast: Cast) -> Iterator[str]:
    """What is wrong after this pair."""
    status, one, other = pair
    casus = IN_STATUS[status](cast)
    forward = in_order(one, other, casus, cast)
    backward = in_order(other, one, casus, cast)[::-1]
    found = at_once(one, other, casus, cast)
    one_winner = {(DONE, REFUSED), (REFUSED, DONE)}
    if tuple(found) not in {forward, backward, *one_winner}:
        yield f"{status}: {one} and {other} gave {found}, and in order {forward} or {backward}"
    positions = list(casus.steps.values_list("position", flat=True))
    if len(positions) != len(set(positions)):
        yield f"{status}: {one} and {other} gave two steps one place"


@needs_postgresql
def test_two_at_once_do_what_could_have_been(cast: Cast) -> None:
    day = Random(clock.today().toordinal())
    wrong = []
    for pair in day.sample(list(pairs(cast)), BY_DAY):
        note("pairs")
        wrong += raced(pair, cast)
    assert not wrong, "\n".join(wrong)


@needs_postgresql
@pytest.mark.nightly
@pytest.mark.parametrize("status", IN_STATUS)
def test_every_two_at_once(cast: Cast, status: str) -> None:
    those = (pair for pair in pairs(cast) if pair[0] == status)
    wrong = [one for pair in those for one in raced(pair, cast)]
    assert not wrong, "\n".join(wrong)


MEANT: list[tuple[str, str, str, Callable[[Casus], bool]]] = [
    # A step on a closed casus could never be finished.
    ("active", "close", "add_step", lambda casus: not (casus.is_closed and casus.steps.exists())),
    ("active", "add_step", "add_step", lambda casus: casus.steps.count() == 2),
]


@needs_postgresql
@pytest.mark.parametrize(("status", "one", "other", "holds"), MEANT)
def test_what_went_wrong_before_goes_well_each_time(
    cast: Cast, status: str, one: str, other: str, holds: Callable[[Casus], bool]
) -> None:
    for _ in range(5):
        casus = IN_STATUS[status](cast)
        before = casus.steps.count()
        assert not [one for one in raced((status, one, other), cast) if one]
        results = at_once(one, other, casus, cast)
        assert all(result in (DONE, REFUSED) for result in results), results
        assert casus.steps.count() - before == sum(
            result == DONE and name == "add_step"
            for result, name in zip(results, (one, other), strict=True)
        )
