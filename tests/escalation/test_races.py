"""Two people do something with one casus at the same moment: there is one winner, or what comes of
it is one of the two orders in which they could have done it. Nobody gets an error.

On PostgreSQL, where two people write at once; SQLite has one writer at a time. Which pairs there
are is read from the table of acts: every two that are possible in a status. Some of them by day,
others every day; all of them at night.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations_with_replacement
from random import Random

import pytest

from directory.models import Invitation, Tafel, User
from directory.people.invitations import actions as invitations
from escalation.keeping.holds import actions as holds
from escalation.models import Casus
from escalation.registration.references import actions as references
from escalation.route import actions as route
from rdm.lib import clock
from tests.cast import Cast
from tests.escalation import acts
from tests.house.tried import note
from tests.races import DONE, ONE_WINNER, Do, at_once, attempt, needs_postgresql, raced
from tests.standing import undone
from tests.world import IN_STATUS

pytestmark = pytest.mark.django_db(transaction=True)

BY_DAY = 30
Pair = tuple[str, str, str]  # status, and the two acts


def act(name: str, cast: Cast) -> Do[Casus]:
    return lambda casus: acts.take(name, casus, cast)


def possible(status: str, cast: Cast) -> list[str]:
    """The acts that are not refused in this status."""
    casus = IN_STATUS[status](cast)
    found = []
    for name in acts.ACTS:
        with undone():
            if attempt(act(name, cast), Casus.objects.get(pk=casus.pk)) == DONE:
                found.append(name)
    return found


def pairs(cast: Cast) -> Iterator[Pair]:
    for status in IN_STATUS:
        for one, other in combinations_with_replacement(possible(status, cast), 2):
            yield status, one, other


def raced_in(pair: Pair, cast: Cast) -> Iterator[str]:
    """What is wrong after this pair, on a casus of its own."""
    status, one, other = pair
    casus = IN_STATUS[status](cast)
    yield from raced(act(one, cast), act(other, cast), casus, pair)
    positions = list(casus.steps.values_list("position", flat=True))
    if len(positions) != len(set(positions)):
        yield f"{pair} gave two steps one place"


@needs_postgresql
def test_two_at_once_do_what_could_have_been(cast: Cast) -> None:
    day = Random(clock.today().toordinal())
    wrong = []
    for pair in day.sample(list(pairs(cast)), BY_DAY):
        note("pairs")
        wrong += raced_in(pair, cast)
    assert not wrong, "\n".join(wrong)


@needs_postgresql
@pytest.mark.nightly
@pytest.mark.parametrize("status", IN_STATUS)
def test_every_two_at_once(cast: Cast, status: str) -> None:
    those = (pair for pair in pairs(cast) if pair[0] == status)
    wrong = [one for pair in those for one in raced_in(pair, cast)]
    assert not wrong, "\n".join(wrong)


TRIES = 5


@needs_postgresql
def test_no_step_stands_on_a_casus_that_is_closed(cast: Cast) -> None:
    for _ in range(TRIES):
        casus = IN_STATUS["active"](cast)
        assert at_once(act("close", cast), act("add_step", cast), casus) in ONE_WINNER
        casus.refresh_from_db()
        assert casus.is_closed != casus.steps.exists()


@needs_postgresql
def test_two_steps_at_once_have_each_their_place(cast: Cast) -> None:
    for _ in range(TRIES):
        casus = IN_STATUS["active"](cast)
        tafels = [cast.tafel(1), cast.tafel(2)]

        def add(tafel: Tafel) -> Do[Casus]:
            return lambda mine: route.add_step(
                casus=mine, by=cast.procesmanager, tafel=tafel, question="Verzonnen vraag?"
            )

        assert at_once(*map(add, tafels), casus) == (DONE, DONE)
        assert sorted(casus.steps.values_list("position", flat=True)) == [1, 2]


@needs_postgresql
def test_of_two_numbers_at_once_the_second_is_told(cast: Cast) -> None:
    for _ in range(TRIES):
        casus = IN_STATUS["active"](cast)

        def note_number(number: str) -> Do[Casus]:
            return lambda mine: references.note_reference(
                casus=mine, by=cast.procesmanager, reference=number, before=""
            )

        assert at_once(note_number("Z-1"), note_number("Z-2"), casus) in ONE_WINNER


@needs_postgresql
def test_of_two_decisions_to_keep_it_the_second_is_told(cast: Cast) -> None:
    for _ in range(TRIES):
        casus = IN_STATUS["closed"](cast)

        def keep(by: User) -> Do[Casus]:
            until = clock.today() + timedelta(days=9)
            return lambda mine: holds.keep_longer(
                casus=mine, by=by, reason="Verzonnen klacht.", until=until, version=0
            )

        assert at_once(keep(cast.gemeente), keep(cast.privacy_officer), casus) in ONE_WINNER
        assert casus.holds.count() == 1


@needs_postgresql
def test_of_two_invitations_at_once_one_works(cast: Cast) -> None:
    casus = IN_STATUS["draft"](cast)
    for turn in range(TRIES):
        address = f"nieuw{turn}@voorbeeld.example"

        def ask(_: Casus, address: str = address) -> object:
            return invitations.invite(
                by=cast.admin,
                email=address,
                name="Verzonnen Nieuw",
                organisation=cast.mediant,
                role="aanmelder",
            )

        assert at_once(ask, ask, casus) == (DONE, DONE)
        sent = Invitation.objects.filter(email=address)
        assert (sent.count(), sent.open().count()) == (2, 1)
