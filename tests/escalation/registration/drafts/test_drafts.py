"""A registration that nobody finishes does not stay for ever (O-10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Procesafspraak, User
from escalation.models import Casus, OwnReference
from escalation.registration import actions as registration
from escalation.registration.drafts import actions as drafts
from escalation.registration.drafts import sweeps as draft_sweeps
from escalation.workflow import CasusStatus
from outbox.models import Message
from rdm.lib import clock
from tests.cast import Cast
from tests.rows import everything
from tests.world import draft_casus, registered_casus

WORD = "Zqkanarie"


def days() -> int:
    return Procesafspraak.number_of("concept_bewaren")


def late() -> object:
    return clock.travel(clock.now() + timedelta(days=days() + 1))


def mails() -> list[Message]:
    return list(Message.objects.filter(key__startswith="draft-ends:"))


def test_whoever_goes_on_with_a_draft_keeps_it_longer(cast: Cast) -> None:
    casus = draft_casus(cast)
    assert casus.due == clock.today() + timedelta(days=days())
    with clock.travel(clock.now() + timedelta(days=30)):
        registration.save_registration(casus=casus, by=cast.procesmanager, situation="Verder.")
        assert casus.due == clock.today() + timedelta(days=days())
        assert not draft_sweeps.forget_drafts()


def test_a_draft_that_nobody_finishes_is_gone_and_its_code_stays_taken(cast: Cast) -> None:
    casus = draft_casus(cast, situation=f"{WORD} verzonnen.", own_reference=WORD)
    with clock.travel(clock.now() + timedelta(days=days())):
        assert not draft_sweeps.forget_drafts()
    with late():
        assert draft_sweeps.forget_drafts() == 1
        assert not draft_sweeps.forget_drafts()
    casus.refresh_from_db()
    assert (casus.status, casus.due) == (CasusStatus.DISCARDED, None)
    assert casus.events.filter(kind="discarded", actor_id=None).exists()
    assert not OwnReference.objects.exists()
    assert WORD not in str(everything())


def test_it_is_said_before_once_and_without_a_word_of_the_draft(cast: Cast) -> None:
    casus = draft_casus(cast, situation=f"{WORD} verzonnen.")
    draft_sweeps.ask_to_finish()
    assert not mails()
    with clock.travel(clock.now() + timedelta(days=days() - 1)):
        draft_sweeps.ask_to_finish()
        draft_sweeps.ask_to_finish()
    told = mails()
    assert {cast.procesmanager.email} <= {one.to for one in told}
    assert len(told) == len({one.to for one in told})
    assert all(casus.code in one.subject and WORD not in one.body for one in told)


def test_who_goes_on_just_before_the_sweep_wins(cast: Cast) -> None:
    casus = draft_casus(cast)
    with late():
        found_by_the_sweep = Casus.objects.get(pk=casus.pk)
        registration.save_registration(casus=casus, by=cast.procesmanager, situation="Verder.")
        assert not drafts.expire(casus=found_by_the_sweep)
    assert Casus.objects.get(pk=casus.pk).situation == "Verder."


def test_what_is_registered_never_goes_this_way(cast: Cast) -> None:
    casus = registered_casus(cast)
    with clock.travel(clock.now() + timedelta(days=10 * days())):
        assert not drafts.expire(casus=casus)
        assert not draft_sweeps.forget_drafts()
    assert Casus.objects.get(pk=casus.pk).status == CasusStatus.ACTIVE


@pytest.mark.parametrize("name", ["home", "casus_list"])
def test_the_last_day_shows_where_the_draft_is_found(
    cast: Cast, client_of: Callable[[User], Client], name: str
) -> None:
    casus = draft_casus(cast)
    page = client_of(cast.procesmanager).get(reverse(name)).content.decode()
    assert casus.code in page and casus.due is not None
    assert f'datetime="{casus.due.isoformat()}"' in page
