"""The table of blocks is whole, and everybody asks it (O-09)."""

from __future__ import annotations

import ast
from datetime import timedelta
from itertools import combinations

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from demo import walk
from directory.models import Membership, Role, User
from escalation import blocks
from escalation.blocks import ALL, CARE, FIELDS, NONE, OPEN, PROCESS, ROWS, SAFETY, Block, Blocks
from escalation.dossier.communication import actions as communication
from escalation.dossier.timeline import actions as timeline
from escalation.lists.search.rules import SEARCHED, in_text
from escalation.models import Casus, Involvement
from escalation.permissions import ACTIONS, blocks_of, relations
from escalation.registration import actions as registration
from escalation.roles import Relation
from escalation.sharing import actions as sharing
from rdm.lib import clock
from rdm.lib.refusal import Forbidden
from tests import world
from tests.cast import Cast
from tests.escalation.overleg.sending import text_of
from tests.house.calls import modules

EVERY = [frozenset(some) for size in range(len(Block) + 1) for some in combinations(Block, size)]


# --- The table


def names_of(model: type[models.Model]) -> set[str]:
    return {one.name for one in (*model._meta.concrete_fields, *model._meta.many_to_many)}


def test_every_row_of_a_dossier_has_its_blocks() -> None:
    of_a_casus = {one.__name__ for one in apps.get_app_config("escalation").get_models()}
    assert of_a_casus == set(ROWS)


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_the_table_names_fields_that_exist(name: str) -> None:
    assert set(FIELDS[name]) <= names_of(apps.get_model("escalation", name))


@pytest.mark.parametrize("name", ["Casus", "Involvement"])
def test_every_field_that_all_readers_could_see_was_decided(name: str) -> None:
    decided = set(FIELDS[name]) | OPEN[name]
    assert decided == names_of(apps.get_model("escalation", name))
    assert not set(FIELDS[name]) & OPEN[name]


def test_every_kind_of_event_was_decided() -> None:
    """Found in the calls of `tell`; a kind in a constant counts by the name of the constant."""
    told = set()
    for module in modules("escalation", "learning"):
        for node in ast.walk(module.tree):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and called.endswith(("tell", "corrected")):
                kind = node.args[1] if len(node.args) > 1 else None
                if isinstance(kind, ast.Constant):
                    told.add(kind.value)
                elif isinstance(kind, ast.Name):
                    told.add(kind.id.lower())
    assert told == set(blocks.EVENTS)
    assert blocks.of_event("unheard of") == ALL


def test_who_sees_a_part_changes_nothing_but_a_note() -> None:
    """Masked rows are for reading: an action that saved one would lose what was left out."""
    involved = {
        name
        for name, action in ACTIONS.items()
        if Relation.INVOLVED in {relation for _, relation in action.who}
    }
    # Those of an attachment or a number touch the casus itself through the database only.
    assert involved == {
        *("view", "add_note", "correct_note", "log_communication"),
        *("add_attachment", "withdraw_attachment", "note_reference"),
    }


def test_as_they_are_kept() -> None:
    assert blocks.stored([Block.PROCESS, Block.CARE]) == "care process"
    assert sorted(blocks.STORED) == sorted({blocks.stored(one) for one in EVERY})
    for one in EVERY:
        assert blocks.read(blocks.stored(one)) == one
        assert {blocks.read(other) for other in blocks.within(one)} == {
            o for o in EVERY if o <= one
        }
    three = {Block.CARE, Block.SAFETY, Block.PROCESS}
    assert blocks.in_words(three) == "zorg, veiligheid en proces"
    assert blocks.in_words(CARE) == "zorg" and blocks.in_words(NONE) == ""


def test_a_masked_row_says_so_and_holds_nothing(cast: Cast) -> None:
    casus = world.registered_casus(cast, waiting_list_only=True)
    found = Casus.objects.get(pk=casus.pk)
    blocks.mask(found, PROCESS)
    assert found.situation == found.safety_text == found.get_safety_display() == blocks.HIDDEN
    assert found.frameworks == [] and found.waiting_list_only is None
    assert not found.domains.all() and casus.domains.exists()
    assert found.stagnation == casus.stagnation
    assert blocks.is_hidden(found, "domains") and not blocks.is_hidden(found, "stagnation")
    # "Veiligheid" can be among what plays.
    for part in (CARE, SAFETY):
        blocks.mask(found, part)
        assert blocks.is_hidden(found, "domains")


# --- Who sees which


def test_only_who_is_involved_sees_a_part(cast: Cast) -> None:
    casus = world.submitted_casus(cast)
    for chosen in EVERY[1:]:
        shared = walk.shared(casus, cast.procesmanager, cast.scot, blocks=chosen)
        assert blocks_of(cast.client_support, casus) == chosen
        for whole in (cast.procesmanager, cast.procesmanager_only, cast.gemeente, cast.coordinator):
            assert blocks_of(whole, casus) == ALL
        for outside in (cast.outsider, cast.portefeuillehouder, cast.privacy_officer, cast.admin):
            assert blocks_of(outside, casus) == NONE
        sharing.end_involvement(involvement=shared, by=cast.procesmanager)
        assert blocks_of(cast.client_support, casus) == NONE


def test_of_two_organisations_somebody_sees_both_parts(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    both = cast.client_support
    Membership.objects.create(user=both, organisation=cast.mediant, role=Role.CLIENT_SUPPORT)
    walk.shared(casus, cast.procesmanager, cast.scot, blocks=CARE)
    walk.shared(casus, cast.procesmanager, cast.mediant, blocks=SAFETY)
    assert blocks_of(User.objects.get(pk=both.pk), casus) == CARE | SAFETY


def test_a_list_and_a_page_agree_for_everybody_on_every_part(cast: Cast) -> None:
    """`visible_to` with blocks finds a casus exactly when `blocks_of` holds them."""
    everybody = [*cast.everybody.values()]
    both = cast.client_support
    Membership.objects.create(user=both, organisation=cast.mediant, role=Role.AANMELDER)
    casussen = [world.draft_casus(cast), world.submitted_casus(cast), world.registered_casus(cast)]
    by = cast.procesmanager
    for chosen in EVERY[1:]:
        casus = world.registered_casus(cast)
        walk.shared(casus, by, cast.scot, blocks=chosen)
        walk.shared(casus, by, cast.mediant, blocks=ALL - chosen or SAFETY)
        casussen.append(casus)
    with clock.travel(clock.now() - timedelta(days=20)):
        old = world.registered_casus(cast)
        walk.shared(old, by, cast.scot, until=clock.today() + timedelta(days=19))
    casussen.append(old)
    for user in User.objects.filter(pk__in=[one.pk for one in everybody]):
        for needed in EVERY:
            listed = set(Casus.objects.visible_to(user, needed).values_list("pk", flat=True))
            expected = {casus.pk for casus in casussen if _reads(user, casus, needed)}
            assert listed == expected, (user.name, blocks.in_words(needed))


def _reads(user: User, casus: Casus, needed: Blocks) -> bool:
    casus = Casus.objects.get(pk=casus.pk)
    return bool(ACTIONS["view"].who & relations(user, casus)) and needed <= blocks_of(user, casus)


# --- The timeline


def test_a_note_is_read_by_who_sees_what_it_is_about(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    walk.shared(casus, cast.procesmanager, cast.scot, blocks=CARE | SAFETY)
    timeline.add_note(casus=casus, by=cast.gemeente, text="zorg", about=CARE)
    timeline.add_note(casus=casus, by=cast.gemeente, text="beide", about=CARE | SAFETY)
    timeline.add_note(casus=casus, by=cast.gemeente, text="proces", about=CARE | PROCESS)
    timeline.add_note(casus=casus, by=cast.gemeente, text="alles")
    timeline.add_note(casus=casus, by=cast.client_support, text="van SCOT")

    def read_by(seen: Blocks) -> set[str]:
        notes = casus.events.about(seen).filter(kind="note")
        return set(notes.values_list("text", flat=True))

    assert read_by(CARE) == {"zorg"}
    assert read_by(CARE | SAFETY) == {"zorg", "beide", "van SCOT"}
    assert read_by(ALL) == {"zorg", "beide", "proces", "alles", "van SCOT"}
    with pytest.raises(Forbidden):
        timeline.add_note(casus=casus, by=cast.client_support, text="nee", about=PROCESS)


def test_a_change_is_about_the_fields_that_were_sent(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    registration.save_registration(casus=casus, by=cast.procesmanager, safety_text="Verzonnen.")
    assert casus.events.filter(kind="edited")[0].blocks == "safety"
    registration.save_registration(
        casus=casus, by=cast.procesmanager, situation="s", stagnation="v"
    )
    assert casus.events.filter(kind="edited")[0].blocks == "care process"


# --- What was shared before


def test_what_was_shared_before_stays_as_it_was(cast: Cast) -> None:
    from importlib import import_module

    fill = import_module("escalation.migrations.0005_shared_blocks").fill
    casus = world.submitted_casus(cast)
    walk.shared(casus, cast.procesmanager, cast.scot)
    timeline.add_note(casus=casus, by=cast.gemeente, text="zorg", about=CARE)
    made = dict(casus.events.exclude(kind="note").values_list("pk", "blocks"))
    casus.events.update(blocks="care safety process")
    fill(apps, None)
    assert dict(casus.events.exclude(kind="note").values_list("pk", "blocks")) == made
    assert casus.events.get(kind="note").blocks == "care safety process"
    shared = Involvement.objects.get()
    assert (shared.resident_informed_on, shared.not_informed_reason) == (clock.today(), "")


# --- Searching the text of what is shared


@pytest.mark.parametrize("shared", [one for one in EVERY if one], ids=blocks.stored)
def test_a_search_finds_words_in_the_blocks_that_are_shared_and_in_no_others(
    cast: Cast, shared: Blocks
) -> None:
    """A word in every place in which is searched, and lines of the timeline about every block."""
    casus = world.registered_casus(cast)
    walk.shared(casus, cast.procesmanager, cast.scot, blocks=shared)
    step = walk.step(casus, cast.procesmanager, cast.tafel(1))
    expected = {}
    for number, place in enumerate(SEARCHED):
        word = f"kanarie{chr(97 + number)}zang"
        row = {"Casus": casus, "RouteStep": step}.get(place.model.__name__)
        if row is not None:
            type(row).objects.filter(pk=row.pk).update(**{place.field: f"Een {word} hier."})
            expected[word] = place.blocks <= shared
    for number, about in enumerate(EVERY):
        word = f"mus{chr(97 + number)}geluid"
        registration.tell(
            casus, "note", "Notitie", by=cast.procesmanager, text=f"Een {word}.", about=about
        )
        expected[word] = about <= shared
    for word, seen in expected.items():
        everybody = ((cast.client_support, seen), (cast.gemeente, True), (cast.outsider, False))
        for who, finds in everybody:
            rows = Casus.objects.visible_to(who)
            hit = in_text(word, rows, who)
            assert hit is not None
            assert rows.filter(hit).exists() == finds, (word, who)


def test_a_line_that_is_not_shared_cannot_be_put_right(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    walk.shared(casus, cast.procesmanager, cast.scot, blocks=PROCESS)
    told = communication.Told("resident", "talk", clock.today(), "t")
    made = communication.log_communication(casus=casus, by=cast.procesmanager, told=told)
    timeline.add_note(casus=casus, by=cast.procesmanager, text="n", about=CARE)
    note = casus.events.get(kind="note")
    client = Client()
    client.force_login(cast.client_support)
    for name, pk in (("casus_note_correct", note.pk), ("communication_correct", made.pk)):
        assert client.get(reverse(name, args=[casus.code, pk])).status_code == 404
    assert "de inwoner" not in text_of(client.get(reverse("communication_list", args=[casus.code])))
    with pytest.raises(Forbidden):
        timeline.correct_note(event=note, by=cast.client_support, text="anders")
