"""Editions: the first one comes from the region file, every change makes the next, all stay."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.management.commands.region import SHIPPED as TWENTE
from directory.models import Edition, Gemeente, Region, Tafel
from directory.overview import urls as overview
from directory.region.file.check import read_region
from directory.region.file.load import load_region
from directory.region.file.schema import TAFEL_ADDRESSES, RegionFile
from directory.upkeep import urls as upkeep
from directory.upkeep.editions import changelog
from directory.upkeep.editions.changes import Change, summary_of
from directory.upkeep.page_fields.fields import TAFEL_PARTS
from directory.upkeep.page_fields.values import values_of
from directory.upkeep.page_fields.words import Names, in_words
from tests.cast import Cast
from tests.directory.keeping import ENTRANCE, entrances_of, own_tafel, published
from tests.escalation.overleg.sending import text_of


def changed_file(slug: str, /, **values: Any) -> RegionFile:
    """The region file of the product with something else for one tafel."""
    data = read_region(TWENTE).model_dump(by_alias=True, exclude_defaults=True)
    one = next(tafel for tafel in data["tafels"] if tafel["slug"] == slug)
    one.update(copy.deepcopy(values))
    for name in [name for name, value in values.items() if value is None]:
        del one[name]
    return RegionFile.model_validate(data)


def test_the_first_edition_of_every_page_is_what_the_file_said(twente: Region) -> None:
    for tafel in Tafel.objects.all():
        edition = tafel.editions.get()
        assert (edition.number, edition.published_by_name) == (1, "regiobestand")
        assert edition.values == values_of(tafel)
        assert tafel.version == 1
    assert {one.editions.get().number for one in Gemeente.objects.all()} == {1}


def test_loading_again_publishes_nothing(twente: Region) -> None:
    before = Edition.objects.count()
    load_region(read_region(TWENTE))
    assert Edition.objects.count() == before


def test_a_load_that_changes_a_tafel_publishes_it(twente: Region) -> None:
    load_region(changed_file("topx", chair="verzonnen voorzitter", focus=None))
    tafel = Tafel.objects.get(slug="topx")
    edition = tafel.editions.get(number=2)
    assert tafel.version == 2 and edition.published_by_name == "regiobestand"
    assert edition.summary == "Gewijzigd: voorzitter. Weggehaald: waar het gesprek over gaat."
    assert Edition.objects.filter(tafel__isnull=False).count() == Tafel.objects.count() + 1


def test_a_load_that_changes_a_criterium_publishes_it(twente: Region) -> None:
    data = read_region(TWENTE).model_dump(by_alias=True, exclude_defaults=True)
    one = next(tafel for tafel in data["tafels"] if tafel["slug"] == "topx")
    one["criteria"][0]["text"] = "Een ander criterium."
    load_region(RegionFile.model_validate(data))
    (change,) = Tafel.objects.get(slug="topx").editions.get(number=2).changes
    assert change["label"] == "Criteria" and "Een ander criterium." in change["new"]


def test_what_was_published_is_not_written_over_by_the_file(cast: Cast) -> None:
    published(cast, chair="gekozen in het programma")
    report = load_region(changed_file(own_tafel(cast).slug, chair="uit het bestand"))
    assert own_tafel(cast).chair == "gekozen in het programma"
    assert any("chair" in line for line in report.kept)
    assert own_tafel(cast).version == 2


# --- In words -------------------------------------------------------------------------------------


def change(label: str, old: str, new: str) -> Change:
    return {"field": label, "label": label, "old": old, "new": new}


@pytest.mark.parametrize(
    ("changes", "summary"),
    [
        ([change("Doel", "a", "b")], "Gewijzigd: doel."),
        ([change("Doel", "", "b")], "Toegevoegd: doel."),
        ([change("Doel", "a", "")], "Weggehaald: doel."),
        (
            [change("Doel", "a", "b"), change("Plaats", "a", "b"), change("Website", "", "b")],
            "Gewijzigd: doel en plaats. Toegevoegd: website.",
        ),
    ],
)
def test_a_summary_is_a_sentence(changes: list[Change], summary: str) -> None:
    assert summary_of(changes) == summary


def test_a_summary_fits(twente: Region) -> None:
    many = [change(f"Ingang {'x' * 100} {number}", "a", "b") for number in range(20)]
    assert len(summary_of(many)) <= 500


def test_an_entry_says_short_texts_and_points_at_long_ones(cast: Cast) -> None:
    edition = published(cast, chair="een ander", purpose="Een lang doel. " * 30, alias="")
    entry = changelog.log_entry(changelog.news().get(pk=edition.pk))
    assert entry.title == "Triage- en transfertafel Twente, versie 2"
    assert "Voorzitter: een ander (was: teamleider van Mediant)" in entry.lines
    assert "Doel: de tekst is gewijzigd" in entry.lines
    assert "Ook bekend als: weggehaald (er stond: transfermechanisme)" in entry.lines
    assert Client().get(entry.url).status_code == 200
    assert Client().get(entry.compare_url).status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("a", "b", "Deel: b (was: a)"),
        ("", "b", "Deel: b (toegevoegd)"),
        ("", "b" * 201, "Deel: toegevoegd"),
        ("a", "", "Deel: weggehaald (er stond: a)"),
        ("a" * 201, "", "Deel: weggehaald"),
        ("a" * 201, "b", "Deel: de tekst is gewijzigd"),
        # Of a list or an entrance only the lines that differ.
        ("een\ntwee", "een\ntwee\ndrie", "Deel: erbij: drie"),
        ("een\ntwee", "twee", "Deel: weg: een"),
        ("een", "een\n" + "b" * 201, "Deel: de tekst is gewijzigd"),
        ("naam\nmail: a", "naam\nmail: b", "Deel: mail: b (was: mail: a)"),
        ("een\ntwee", "twee\neen", "Deel: de volgorde is gewijzigd"),
    ],
)
def test_a_change_is_a_line(old: str, new: str, line: str) -> None:
    assert changelog._line(change("Deel", old, new)) == line


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("rhythm_weeks", 1, "1 week"),
        ("rhythm_weeks", None, ""),
        ("rhythm_anchor", "2026-12-03", "3 december 2026"),
        ("place", None, "naast de treden"),
        ("place", 2, "trede 2"),
        ("links", [{"label": "Een", "url": "https://voorbeeld.example"}],
         "Een: https://voorbeeld.example"),
        ("response_hours", [{"hours": 24, "for": "ggz"}], "Binnen 24 uur: ggz"),
        ("domains", ["wlz", "ggz"], "Ggz\nWlz"),
        ("led_by", "weg", "weg"),
    ],
)  # fmt: skip
def test_a_value_in_words(name: str, value: Any, words: str) -> None:
    part = next(one for one in TAFEL_PARTS if one.name == name)
    names = Names(domains={"ggz": "Ggz", "wlz": "Wlz"})
    assert in_words(part, value, names) == words


# --- The pages ------------------------------------------------------------------------------------


def test_the_change_log_is_public_and_shows_news_only(cast: Cast) -> None:
    published(cast, chair="een ander")
    entrances_of(cast.enschede, cast.gemeente, ENTRANCE)
    page = Client().get(reverse("change_log"))
    words = text_of(page)
    assert words.index("Gemeente Enschede") < words.index("Gewijzigd: voorzitter.")
    assert "Hengelo" not in words, "an empty page is no news"
    assert "public" in page["Cache-Control"] and not page.cookies


def test_every_edition_stays_and_two_can_be_laid_side_by_side(cast: Cast) -> None:
    published(cast, chair="de tweede")
    published(cast, chair="de derde")
    slug = own_tafel(cast).slug
    words = text_of(Client().get(reverse("tafel_history", args=[slug])))
    for number in (1, 2, 3):
        assert f"Versie {number}" in words
    compare = reverse("tafel_compare", args=[slug])
    words = text_of(Client().get(compare, {"van": 1, "naar": 3}))
    assert "teamleider van Mediant" in words and "de derde" in words and "de tweede" not in words
    # The order of the choice does not matter, and equal is said.
    assert "Versie 1" in text_of(Client().get(compare, {"van": 3, "naar": 1}))
    assert "gelijk" in text_of(Client().get(compare, {"van": 2, "naar": 2}))


@pytest.mark.parametrize("query", ["", "?van=9&naar=1", "?van=x&naar=y", "?van=0", "?van=%00"])
def test_a_choice_that_cannot_be_shows_the_last_two(cast: Cast, query: str) -> None:
    published(cast, chair="de tweede")
    page = Client().get(reverse("tafel_compare", args=[own_tafel(cast).slug]) + query)
    assert page.status_code == 200 and "de tweede" in text_of(page)


def test_a_page_with_one_edition_can_be_opened(cast: Cast) -> None:
    slug = Tafel.objects.exclude(led_by=cast.mediant)[0].slug
    for name in ("tafel_history", "tafel_compare"):
        assert Client().get(reverse(name, args=[slug])).status_code == 200
    assert Client().get(reverse("tafel_history", args=["bestaat-niet"])).status_code == 404


def test_public_pages_ask_little_of_the_database(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        published(cast, chair=f"voorzitter {number}")
    slug = own_tafel(cast).slug
    for name, args in (
        ("change_log", []),
        ("tafel_history", [slug]),
        ("tafel_compare", [slug]),
        ("gemeente_history", ["enschede"]),
        ("gemeente_list", []),
        ("gemeente_detail", ["enschede"]),
    ):
        with django_assert_max_num_queries(6):
            assert Client().get(reverse(name, args=args)).status_code == 200


def test_no_tafel_hides_behind_another_page(twente: Region) -> None:
    """What the addresses of keeping true use cannot be the slug of a tafel."""
    used = {
        str(one.pattern).split("/")[1].removesuffix(".pdf")
        for one in [*upkeep.urlpatterns, *overview.urlpatterns]
        if str(one.pattern).startswith("tafels/") and "<slug" not in str(one.pattern)
    }
    assert used == TAFEL_ADDRESSES
    with pytest.raises(ValueError, match="adres van een andere pagina"):
        changed_file("topx", slug="actueel")
