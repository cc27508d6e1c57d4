"""Searching casussen: what is found, in which spelling, and never what is not shared.

On both engines: the database does the searching.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from demo import walk
from directory.models import Organisation, User
from escalation.blocks import CARE, NONE, STORED, needs, read
from escalation.dossier.timeline import actions as timeline
from escalation.lists.filters import CasusFilter, casussen_for_list
from escalation.lists.search import rules as search
from escalation.models import Casus, Event, RouteStep
from escalation.registration.references.actions import keep_reference
from escalation.sharing import actions as sharing
from tests.cast import Cast, person
from tests.house.tried import note
from tests.world import registered_casus, tried_casus

ClientOf = Callable[[User], Client]
SUBSETS = [read(one) for one in STORED if one]


def found(user: User, **query: str) -> set[str]:
    listed = CasusFilter(query, casussen_for_list(user), user=user)
    return set(listed.qs.values_list("code", flat=True))


def test_every_place_of_the_search_is_searched(cast: Cast) -> None:
    casus = tried_casus(cast)
    step = casus.steps.get()
    rows = {Casus: casus, RouteStep: step, Event: casus.events.all()[0]}
    for place in search.SEARCHED:
        with transaction.atomic():
            place.model._default_manager.filter(pk=rows[place.model].pk).update(
                **{place.field: "Iets over een Zonnebloem, en meer."}
            )
            assert found(cast.gemeente, q="zonnebloem") == {casus.code}, place
            transaction.set_rollback(True)
    assert found(cast.gemeente, q="zonnebloem") == set()


def test_no_field_of_a_casus_with_text_is_forgotten() -> None:
    """A new text is searched as well, or somebody says here why not."""
    why_not = {"sharing_purpose", "not_informed_reason"}  # about sharing, not about the situation
    texts = {one.name for one in Casus._meta.fields if one.get_internal_type() == "TextField"}
    assert texts - why_not == {one.field for one in search.SEARCHED if one.model is Casus}


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("WONING", True),
        ("woningen", True),  # plural
        ("WVGGZ", True),
        ("CLIËNTONDERSTEUNER", True),
        ("geen woning de", True),  # words that say nothing do not count
        ("woning hulp", True),  # each somewhere, the second one in a note
        ("“woning”.", True),
        ("woning zonnebloem", False),
        ("100%", True),
        ("1_0%", False),  # no wildcard
        ("'; drop table", False),
        ("of", False),  # says nothing, and is no part of a code: those have no O
        ("%", False),
    ],
)
def test_search_finds_words_in_any_place(cast: Cast, typed: str, finds: bool) -> None:
    casus = registered_casus(
        cast, situation="Een woning (Wvggz), cliëntondersteuner, voor 100% bezet."
    )
    timeline.add_note(casus=casus, by=cast.gemeente, text="Er komt hulp.")
    assert found(cast.gemeente, q=typed) == ({casus.code} if finds else set()), typed


WRITTEN = (
    "OostNL, TopX, de VvE van IJsselland, DigiD, MeeSamen, Überlastung, CLIËNTONDERSTEUNING, "
    "cafe\u0301, ’t Zonnetje, zo’n ex\u2011partner, coördinator bij Mediant."
)


@pytest.mark.parametrize(
    "typed",
    [
        *("oostnl", "OostNL", "OOSTNL", "Oostnl", "topx", "TopX", "vve", "VvE", "digid", "DigiD"),
        *("IJsselland", "ijsselland", "Ijsselland", "\u0132sselland", "\u0133sselland"),
        *("meesamen", "MeeSamen", "überlastung", "ÜBERLASTUNG", "uberlastung"),
        *("clientondersteuning", "cliëntondersteuning", "Clientondersteuning", "cliëntONDERSTEUN"),
        *(
            "'t zonnetje",
            "’t Zonnetje",
            "zo'n ex-partner",
            "zo‘n ex\u2010partner",
            "ex\u2013partner",
        ),
        *(
            "coordinator",
            "COÖRDINATOR",
            "co\u00f6rdinator",
            "coo\u0308rdinator",
            "wvggz-machtiging",
        ),
    ],
)
def test_a_word_is_found_in_every_spelling(cast: Cast, typed: str) -> None:
    """On both engines alike: neither compares texts by its own idea of capitals and accents."""
    casus = registered_casus(cast, situation=WRITTEN)
    registered_casus(cast)
    timeline.add_note(casus=casus, by=cast.gemeente, text="Een WVGGZ\u2014machtiging loopt.")
    assert found(cast.gemeente, q=typed) == {casus.code}


@pytest.mark.parametrize("sign", list(".*+?[](){}|^$\\/&~#"))
def test_a_sign_stands_for_itself(cast: Cast, sign: str) -> None:
    casus = registered_casus(cast, situation=f"Er staat a{sign}b in de tekst.")
    registered_casus(cast, situation="Er staat aab, axb en ab in de tekst.")
    assert found(cast.gemeente, q=f"a{sign}b") == {casus.code}


@pytest.mark.parametrize(
    "typed",
    [
        *("Z2026-00123", "Z2026 00123", "Z202600123", "z2026/00123", "Z2026\u201100123"),
        *("Z2026–00123", "Z2026-00123.", "zaak Z2026-00123", "(Z2026-00123)", "Zaaknummer: Z2026"),
        *("wijkteam Z2026-00123", "kenmerk Z.2026.00123,", "00123", "Z2026\u00a000123"),
    ],
)
@pytest.mark.parametrize("noted", ["Z2026-00123", "zaak Z2026 00123.", "Z2026\u201100123"])
def test_a_number_is_found_however_it_is_written(cast: Cast, noted: str, typed: str) -> None:
    casus = registered_casus(cast, own_reference=noted)
    registered_casus(cast, own_reference="Z2025-00123-9" if typed != "00123" else "Z-7")
    assert found(cast.gemeente, q=typed) == {casus.code}


def test_a_whole_code_finds_that_casus_and_not_who_writes_about_it(cast: Cast) -> None:
    one, two = registered_casus(cast), registered_casus(cast)
    timeline.add_note(casus=two, by=cast.gemeente, text=f"Lijkt op {one.code}.")
    pasted = f"https://rdm.voorbeeld.example/casussen/{one.code}/route/stap/"
    for typed in (one.code, f"“{one.code}”", f"({one.code})", f"casus {one.code.lower()}", pasted):
        assert found(cast.gemeente, q=typed) == {one.code}


def test_somebody_elses_reference_finds_nothing(cast: Cast) -> None:
    casus = registered_casus(cast, own_reference="ZAAK-77")
    walk.shared(casus, cast.procesmanager, cast.scot)
    keep_reference(casus, cast.scot.pk, "SCOT-88")
    assert found(cast.client_support, q="ZAAK-77") == found(cast.gemeente, q="SCOT-88") == set()
    assert found(cast.client_support, q="SCOT-88") == found(cast.gemeente, q="ZAAK-77") != set()


def test_a_search_finds_nothing_that_is_not_shared(cast: Cast, client_of: ClientOf) -> None:
    """In a world with sharing at random: no word, code or own reference finds a casus outside
    `visible_to`, and no word finds one of which its block is not shared with who searches."""
    draw = random.Random(20261127)
    organisations = list(Organisation.objects.filter(slug__in=("scot", "menzis", "dimence")))
    words = {}
    for number in range(5):
        word = f"Qz{number:03d}y"
        fields = {"situation": f"{word}s", "safety_text": f"{word}v", "stagnation": f"{word}p"}
        by, gemeente = draw.choice([(cast.aanmelder, cast.enschede), (cast.outsider, cast.hengelo)])
        casus = walk.registered(by, gemeente, own_reference=f"{word}k", **fields)
        timeline.add_note(casus=casus, by=by, text=f"{word}n", about=CARE)
        words |= {text: (casus.pk, needs("Casus", name)) for name, text in fields.items()} | {
            f"{word}n": (casus.pk, CARE),
            casus.code: (casus.pk, NONE),
        }
        for organisation in draw.sample(organisations, 2):
            walk.shared(
                casus, by, organisation, blocks=draw.choice([read(one) for one in STORED if one])
            )
        if draw.random() < 0.3:
            sharing.end_involvement(involvement=casus.involvements.all()[0], by=by)
    colleague = person("collega@voorbeeld.example", "Collega", [("mediant", "aanmelder")])
    found_any = 0
    for user in [*cast.everybody.values(), colleague]:
        client = client_of(user)
        for word, (pk, needed) in words.items():
            note("searches")
            answer = client.get(reverse("casus_list"), {"q": word})
            if answer.status_code == 403:
                break
            listed = {casus.pk for casus in answer.context["page"]}
            visible = set(Casus.objects.visible_to(user).values_list("pk", flat=True))
            assert listed <= visible
            assert listed <= {pk}
            may = Casus.objects.visible_to(user, needed).filter(pk=pk).exists()
            assert may or not listed, (user.name, word)
            found_any += bool(listed)
        for word in words:
            # Not by somebody else's number either.
            if word.endswith("s") and not user.organisation_ids() & {cast.mediant.pk}:
                answer = client.get(reverse("casus_list"), {"q": word[:-1] + "k"})
                if answer.status_code == 200 and user != cast.outsider:
                    assert not list(answer.context["page"]), (user.name, word)
    assert found_any
