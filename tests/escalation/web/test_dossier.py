"""A casus before one reader, on one page (escalation.web.load)."""

from __future__ import annotations

import ast
from dataclasses import FrozenInstanceError

import pytest
from django.db.models import Model
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from audit.showing import Showing
from demo import walk
from directory.models import User
from escalation.blocks import ALL, CARE, HIDDEN
from escalation.dossier.timeline.actions import add_note
from escalation.models import Casus
from escalation.permissions import ACTIONS, relations, standing_of
from escalation.roles import Relation
from escalation.sharing import actions as sharing
from escalation.sharing.transfer.actions import propose_transfer
from escalation.web.load import Dossier, load_casus
from rdm.lib.refusal import Forbidden
from tests.cast import Cast
from tests.house.calls import functions
from tests.world import registered_casus


def opened(casus: Casus, by: User) -> Dossier:
    """As the first page of this request has it."""
    request = RequestFactory().get("/")
    request.user, request.showing = User.objects.get(pk=by.pk), Showing()
    return load_casus(request, casus.code, part="dossier")


def test_every_button_of_a_page_asks_one_thing_at_most(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Only who wants to keep it is not in the query of the casus, and then once."""
    casus = registered_casus(cast)
    walk.shared(casus, cast.procesmanager, cast.scot)
    for reader in (cast.procesmanager, cast.gemeente, cast.client_support):
        dossier = opened(casus, reader)
        with django_assert_max_num_queries(1):
            said = [dossier.denied(action) for action in ACTIONS for _ in range(3)]
        fresh = standing_of(reader, Casus.objects.get(pk=casus.pk))
        assert said[::3] == [fresh.denied(action) for action in ACTIONS]
        assert dossier.relations == relations(reader, casus) and dossier.seen == fresh.seen


def test_nothing_is_hung_on_the_casus(cast: Cast) -> None:
    casus = opened(registered_casus(cast), cast.procesmanager).casus
    declared = {one.attname for one in Casus._meta.concrete_fields}
    assert {name for name in vars(casus) if not name.startswith("_")} == declared


def test_a_dossier_stays_as_it_was_read(cast: Cast) -> None:
    dossier = opened(registered_casus(cast), cast.procesmanager)
    for change in ("seen", "relations", "now", "reference"):
        with pytest.raises(FrozenInstanceError):
            setattr(dossier, change, None)


def test_an_action_judges_what_is_there_and_not_what_the_page_had(cast: Cast) -> None:
    casus = registered_casus(cast)
    shared = walk.shared(casus, cast.procesmanager, cast.scot)
    dossier = opened(casus, cast.client_support)
    assert dossier.allows("add_note")
    sharing.end_involvement(involvement=shared, by=cast.procesmanager)
    assert dossier.allows("add_note")
    with pytest.raises(Forbidden):
        add_note(casus=dossier.casus, by=cast.client_support, text="Verzonnen tekst.")


def test_what_is_not_shared_is_not_in_it(cast: Cast) -> None:
    casus = registered_casus(cast)
    walk.shared(casus, cast.procesmanager, cast.scot, blocks=CARE)
    walk.shared(casus, cast.procesmanager, cast.mediant)
    propose_transfer(casus=casus, by=cast.gemeente, gemeente=cast.hengelo, reason="r")
    part, whole = opened(casus, cast.client_support), opened(casus, cast.procesmanager)
    assert part.seen == CARE and not part.sees(ALL) and part.now.transfer is None
    assert part.casus.stagnation == HIDDEN
    purposes = {one.organisation_id: one.purpose for one in part.involvements}
    assert purposes[cast.mediant.pk] == HIDDEN != purposes[cast.scot.pk]
    assert whole.seen == ALL and isinstance(whole.now.transfer, Model)
    assert HIDDEN not in {one.purpose for one in whole.involvements}


def test_no_form_that_reads_the_casus_again_is_open_to_who_reads_a_part() -> None:
    """After a conflict the casus is read again, to show both texts, and then nothing is masked.
    So whoever is only involved may do nothing that goes with `record=casus`."""
    done = set()
    for function in functions("escalation").values():
        calls = [one for one in ast.walk(function.node) if isinstance(one, ast.Call)]
        records = {
            ast.unparse(keyword.value)
            for call in calls
            for keyword in call.keywords
            if keyword.arg == "record"
        }
        if records & {"casus", "place.casus", "dossier.casus"}:
            texts = (one.value for one in ast.walk(function.node) if isinstance(one, ast.Constant))
            done |= {text for text in texts if isinstance(text, str)} & set(ACTIONS)
    assert len(done) > 8
    for action in done:
        assert Relation.INVOLVED not in {at for _, at in ACTIONS[action].who}, action
