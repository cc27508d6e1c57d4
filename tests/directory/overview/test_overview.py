"""The overview as a document: one content for the page to print and the PDF (E-042, E-045)."""

from __future__ import annotations

import dataclasses
import re
import time
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree
from pypdf import PdfReader

from directory.models import Gemeente, InstroomCriterium, Organisation, Region, Tafel, Trede
from directory.overview import chapters as tafels
from directory.overview import papers, shapes
from directory.upkeep.page_fields.fields import TAFEL_PARTS, Kind, Part
from directory.upkeep.page_fields.values import values_of
from directory.upkeep.page_fields.words import Names, in_words
from rdm.lib import clock
from tests.cast import Cast
from tests.directory.keeping import ENTRANCE, entrances_of, own_tafel, published
from tests.escalation.overleg.sending import text_of
from tests.pdfs import said_and_drawn

# What comes out is made in Python.
pytestmark = pytest.mark.once

PAGE, PDF = reverse("overview"), reverse("overview_pdf")
ENSCHEDE = reverse("gemeente_overview", args=["enschede"])
ENSCHEDE_PDF = reverse("gemeente_overview_pdf", args=["enschede"])


def read(address: str = PDF) -> PdfReader:
    answer = Client().get(address)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(answer.content))


def words(reader: PdfReader) -> str:
    """The text without its line ends, also where a long word or address was broken."""
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


def links(reader: PdfReader) -> set[str]:
    found = set()
    for page in reader.pages:
        for one in page.get("/Annots", []):
            action = one.get_object().get("/A", {})
            if "/URI" in action:
                found.add(str(action["/URI"]))
    return found


def tags(node: Any, name: str) -> list[Any]:
    """Every element of the structure tree with this tag."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [one for part in node for one in tags(part, name)]
    if not isinstance(node, dict):
        return []
    return [node] * (node.get("/S") == f"/{name}") + (
        tags(node["/K"], name) if "/K" in node else []
    )


def everything(overview: shapes.Overview) -> list[str]:
    """Every text that stands in the document."""
    found: list[str] = []

    def walk(value: Any) -> None:
        match value:
            case str():
                found.append(value)
            case dict():
                for one in value.values():
                    walk(one)
            case list() | tuple():
                for one in value:
                    walk(one)

    walk(dataclasses.asdict(overview))
    return found


def the_overview(gemeente: str = "") -> shapes.Overview:
    found = papers.overview(gemeente)
    assert found is not None
    return found


def chapter(slug: str, gemeente: str = "") -> shapes.Chapter:
    chapters = the_overview(gemeente).chapters
    return next(one for one in chapters if one.key == f"tafel-{slug}")


def fact(one: shapes.Chapter, label: str) -> str | None:
    """What a tafel says under a label; None when it says nothing."""
    for section in one.sections:
        for found in section.facts:
            if found.label == label:
                return " ".join(run.text for block in found.blocks for run in block.runs)
    return None


def missing(one: shapes.Chapter) -> str:
    return " ".join(section.missing for section in one.sections)


# --- What is in it --------------------------------------------------------------------------------


def test_every_part_of_every_tafel_is_said_or_said_to_be_missing(twente: Region) -> None:
    """Along the table of parts, so that a part that is added is never forgotten."""
    names = Names.read()
    told = {name for name, other in tafels.INSTEAD.items() if other is None}
    for tafel in Tafel.objects.all():
        one, values = chapter(tafel.slug), values_of(tafel)
        for part in TAFEL_PARTS:
            said = in_words(part, values[part.name], names)
            if part.name in told | {"rhythm_weeks", "rhythm_anchor", "submit_weeks_before"}:
                continue
            if part.name.endswith("_note"):
                continue
            if said:
                assert fact(one, part.label), (tafel.slug, part.name)
            elif part.name not in tafels.MAY_BE_NOTHING and not values.get(f"{part.name}_note"):
                label = part.label[0].lower() + part.label[1:]
                assert label in missing(one) or "Niet vermeld." in missing(one), part.name


def test_a_part_that_is_added_appears_by_itself(
    twente: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = Part("wachttijd", "Hoe lang is de wachttijd", Kind.TEXT, "Aanmelden")
    monkeypatch.setattr(tafels, "TAFEL_PARTS", (*TAFEL_PARTS, new))
    edition = Tafel.objects.get(slug="topx").editions.get()
    edition.values["wachttijd"] = "Een verzonnen maand."
    edition.save()
    assert fact(chapter("topx"), new.label) == "Een verzonnen maand."
    assert "hoe lang is de wachttijd" in missing(chapter("levensloopaanpak"))


def test_page_and_pdf_say_the_same(cast: Cast) -> None:
    entrances_of(cast.enschede, cast.gemeente, ENTRANCE)
    published(cast, contact_phone="053 765 43 21")
    for page, pdf, gemeente in ((PAGE, PDF, ""), (ENSCHEDE, ENSCHEDE_PDF, "enschede")):
        on_paper = words(read(pdf)).replace(" ", "")
        on_screen = text_of(Client().get(page)).replace(" ", "")
        overview = the_overview(gemeente)
        texts = [
            run.text
            for one in overview.chapters
            for section in one.sections
            for found in section.facts
            for block in found.blocks
            for run in block.runs
        ]
        texts += [rung.description for rung in overview.rungs]
        texts += [one.text for one in overview.routes]
        texts += [one.label for one in overview.supporters] if not gemeente else []
        texts += [section.missing for one in overview.chapters for section in one.sections]
        assert len(texts) > 100
        for text in texts:
            # pypdf gives a hyphen at the end of a line back as it stands.
            tight = "".join(text.split())
            assert tight in on_screen, text
            assert tight in on_paper, text


def test_what_the_source_does_not_give_says_so(twente: Region) -> None:
    assert "Niet vermeld: naam van het contact, telefoonnummer." in missing(chapter("topx"))
    assert "uitstroom" in missing(chapter("bestuurlijk-escalatieoverleg"))
    assert "deelnemers" in missing(chapter("regiotafel-zorgkantoor"))
    # Nothing to do first is an answer, and not a gap in the source.
    assert "wat er eerst moet gebeuren" not in missing(chapter("topx"))
    assert chapter("topx").sections[0].heading == "Contact", "for whom to call stands first"


def test_dates_are_worked_out_for_today(cast: Cast) -> None:
    tafel = own_tafel(cast)
    day = clock.today() + timedelta(days=3)
    published(cast, rhythm_anchor=day.isoformat(), rhythm_weeks=2, submit_weeks_before=1)
    one = chapter(tafel.slug)
    assert str(day.day) in (fact(one, "Volgend overleg") or "")
    assert (fact(one, "Hoe vaak en hoe lang") or "").startswith("Elke twee weken")
    last = fact(one, "Uiterlijk aanmelden") or ""
    assert last.startswith("Uiterlijk één week voor het overleg.") and "Aanmelden kan nog" in last
    other = chapter("bestuurlijk-escalatieoverleg")
    assert "volgend overleg" in missing(other)
    assert fact(other, "Hoe vaak en hoe lang") == "Alleen als het nodig is."


def test_whether_it_still_holds_is_said(cast: Cast) -> None:
    tafel = own_tafel(cast)
    assert "nog niemand" in (fact(chapter(tafel.slug), "Bevestigd") or "").lower()
    Tafel.objects.filter(pk=tafel.pk).update(confirmed_on=date(2020, 5, 4), confirmed_by="de tafel")
    said = fact(chapter(tafel.slug), "Bevestigd") or ""
    assert said.startswith("Bevestigd op 4 mei 2020 door de tafel.") and "opnieuw" in said


def test_the_criteria_are_numbered_per_way_in(twente: Region) -> None:
    one = chapter("topx")
    criteria = next(
        found for section in one.sections for found in section.facts if found.label == "Criteria"
    )
    numbers = [block for block in criteria.blocks if block.kind == "numbers"]
    assert [len(block.runs) for block in numbers] == [1, 2]
    off = InstroomCriterium.objects.get(active=False)
    (small,) = [block for block in criteria.blocks if block.kind == "small"]
    assert off.text in small.runs[0].text and "niet mee" in small.runs[0].text


# --- The version ----------------------------------------------------------------------------------


def test_the_version_goes_up_with_every_change(cast: Cast) -> None:
    first = the_overview()
    assert first.number == 1
    with clock.travel(clock.now() + timedelta(days=40)):
        published(cast, chair="verzonnen voorzitter")
        today = clock.today()
        second = the_overview()
        assert (second.number, second.changed_on, second.made_on) == (2, today, today)
        assert "Versie 2, van" in (fact(chapter(own_tafel(cast).slug), "Versie") or "")
    entrances_of(cast.enschede, cast.gemeente, ENTRANCE)
    assert the_overview().number == 3 == the_overview("enschede").number
    for address in (PDF, ENSCHEDE_PDF):
        reader = read(address)
        assert all("Versie 3" in page.extract_text() for page in reader.pages)
    assert "Versie 3" in text_of(Client().get(PAGE))


def test_what_was_never_published_is_not_in_it(twente: Region) -> None:
    tafel = Tafel.objects.get(slug="topx")
    tafel.pk, tafel.slug, tafel.name = None, "concept", "Verzonnen concepttafel"
    tafel.save()
    assert "Verzonnen concepttafel" not in words(read())
    assert "Verzonnen concepttafel" not in text_of(Client().get(PAGE))


# --- One gemeente ---------------------------------------------------------------------------------


def test_a_gemeente_has_its_own_ways_in_and_its_own_tafels(cast: Cast) -> None:
    entrances_of(cast.enschede, cast.gemeente, ENTRANCE)
    first, second, *_ = Tafel.objects.all()
    first.gemeenten.set([cast.hengelo])
    second.gemeenten.set([cast.hengelo, cast.enschede])
    found = the_overview("enschede")
    assert [one.key for one in found.chapters] == [
        f"tafel-{one.slug}" for one in Tafel.objects.exclude(pk=first.pk)
    ], "each once, in order, without the one that is for another gemeente"
    assert first.name not in [run.text for rung in found.rungs for run in rung.tafels]
    reader = read(ENSCHEDE_PDF)
    said = words(reader)
    assert "gemeente Enschede" in said and ENTRANCE["name"] in said and "Mediant" in said
    assert {f"mailto:{ENTRANCE['email']}", "tel:0531234567", ENTRANCE["website"]} <= links(reader)
    assert ENTRANCE["name"] in text_of(Client().get(ENSCHEDE))
    other = text_of(Client().get(reverse("gemeente_overview", args=["hengelo"])))
    assert "De gemeente heeft dit nog niet ingevuld." in other and ENTRANCE["name"] not in other
    assert "In Twente werken:" in other and "SCOT" in other


def test_the_region_has_every_gemeente_and_every_tafel(cast: Cast) -> None:
    entrances_of(cast.enschede, cast.gemeente, ENTRANCE)
    reader = read()
    said = words(reader)
    for row in (*Gemeente.objects.all(), *Tafel.objects.all(), *Trede.objects.all()):
        assert row.name in said, row
    assert ENTRANCE["name"] in said and f"mailto:{ENTRANCE['email']}" in links(reader)
    assert "112" in said and "tel:112" in links(reader)
    # Who supports residents, and that it is free (E-126, E-128).
    supporters = Organisation.objects.filter(kind="clientondersteuning")
    assert "gratis en onafhankelijk" in said and supporters
    for row in supporters:
        assert row.name in said and row.website in links(reader), row


def test_supporters_of_a_gemeente(cast: Cast) -> None:
    edition = cast.enschede.editions.get()
    edition.values["client_support"] = ["scot", "mee"]
    edition.save()
    found = the_overview("enschede").place
    assert found is not None
    labels = [one.label for one in found.supporters]
    assert labels == [
        "MeeSamen en MEE",
        "SCOT Cliëntondersteuning",
    ]
    assert "https://scotwente.nl/" in links(read(ENSCHEDE_PDF))


@pytest.mark.parametrize("name", ["gemeente_overview", "gemeente_overview_pdf"])
def test_a_gemeente_that_does_not_exist_is_not_found(twente: Region, name: str) -> None:
    assert Client().get(reverse(name, args=["bestaat-niet"])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", [PAGE, PDF, ENSCHEDE, ENSCHEDE_PDF])
def test_before_the_first_load_there_is_nothing(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_another_region_gets_its_own_words(twente: Region) -> None:
    """No region in the code: another name, and a ladder with another rung."""
    Region.objects.update(name="Verzonnenland", slug="verzonnenland")
    Trede.objects.filter(number=4).update(name="Hoogste raad")
    answer = Client().get(PDF)
    reader = PdfReader(BytesIO(answer.content))
    assert reader.metadata is not None
    assert reader.metadata.title == "Overzicht doorzettingsmacht in Verzonnenland"
    assert "overzicht-doorzettingsmacht-verzonnenland-" in answer["Content-Disposition"]
    assert "Hoogste raad" in words(reader)


# --- The PDF --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [PDF, ENSCHEDE_PDF])
def test_the_pdf_is_accessible(twente: Region, address: str) -> None:
    reader = read(address)
    said, drawn = said_and_drawn(Client().get(address).content)
    # What stands under every page is said once in the text, and so is every repeated heading.
    assert set(re.findall(r"[^\W\d]+", drawn)) <= set(re.findall(r"[^\W\d]+", said))
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"].lower() == "nl-nl" and catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = etree.fromstring(catalog["/Metadata"].get_data())
    assert xmp.findtext(".//{http://www.aiim.org/pdfua/ns/id/}part") == "1"
    assert reader.metadata is not None and reader.metadata.author is None
    tree = catalog["/StructTreeRoot"]["/K"]
    assert len(tags(tree, "H1")) == 1 and len(tags(tree, "TOC")) >= 1
    (picture,) = tags(tree, "Figure")
    for trede in Trede.objects.all():
        assert f"{trede}: " in picture["/Alt"]
    assert "TopX" in picture["/Alt"]
    assert all(tags(table, "TH") for table in tags(tree, "Table"))


def test_the_table_of_contents_leads_to_every_tafel(twente: Region) -> None:
    reader = read()
    titles = [
        one.title
        for group in reader.outline
        if isinstance(group, list)
        for one in group
        if not isinstance(one, list)
    ]
    contents = " ".join(reader.pages[0].extract_text().split())
    for tafel in Tafel.objects.all():
        assert tafel.name in titles and tafel.name in contents


def test_its_name_says_what_and_when(twente: Region) -> None:
    today = f"{clock.today():%Y-%m-%d}"
    for address, about in ((PDF, "twente"), (ENSCHEDE_PDF, "twente-enschede")):
        name = f"overzicht-doorzettingsmacht-{about}-{today}.pdf"
        assert f'filename="{name}"' in Client().get(address)["Content-Disposition"]


def test_the_pdf_is_made_in_under_a_second(twente: Region) -> None:
    read()
    for gemeente in ("", "enschede"):
        papers._made.cache_clear()
        started = time.perf_counter()
        papers.as_pdf(the_overview(gemeente))
        assert time.perf_counter() - started < 1


@pytest.mark.parametrize("address", [PAGE, PDF, ENSCHEDE, ENSCHEDE_PDF])
def test_it_may_be_kept_and_costs_few_queries(
    cast: Cast, address: str, django_assert_max_num_queries: Any
) -> None:
    edition = cast.enschede.editions.get()
    edition.values["client_support"] = ["scot"]
    edition.save()
    with django_assert_max_num_queries(6):
        answer = Client().get(address)
    assert "public" in answer["Cache-Control"] and not answer.cookies
    # Made anew, as by another process: the same bytes, so that a browser keeps its copy.
    papers._made.cache_clear()
    with clock.travel(clock.now() + timedelta(seconds=2)):
        again = Client().get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_what_is_typed_is_never_markup(cast: Cast) -> None:
    nasty = '#import "base.typ" *vet* $x^2$ @ref <script>alert(1)</script> {{ 7|add:42 }}'
    published(cast, purpose=nasty, alias="=1+1 #panic()")
    entrances_of(cast.enschede, cast.gemeente, {**ENTRANCE, "name": "#panic() <b>", "note": nasty})
    assert nasty in words(read()) and nasty in words(read(ENSCHEDE_PDF))
    for address in (PAGE, ENSCHEDE):
        html = Client().get(address).content.decode()
        assert "<script>alert" not in html and "{{ 7|add:42 }}" in html


# --- How people get there -------------------------------------------------------------------------


def test_the_public_pages_lead_to_it(twente: Region) -> None:
    for address, target in (
        (reverse("home"), PAGE),
        (reverse("tafel_list"), PAGE),
        (reverse("tafel_list"), PDF),
        (reverse("gemeente_detail", args=["enschede"]), ENSCHEDE),
        (reverse("gemeente_detail", args=["enschede"]), ENSCHEDE_PDF),
        (PAGE, PDF),
        (ENSCHEDE, ENSCHEDE_PDF),
    ):
        assert f'href="{target}"' in Client().get(address).content.decode(), (address, target)
