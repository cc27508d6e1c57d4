"""The public pages of the tafels: open to all, complete, quick, and calm under bad addresses."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Domain, Gemeente, Organisation, SubmitterKind, Tafel, Trede
from directory.reading import meetings
from rdm.lib import wording

LIST = "/tafels/"
MAX_QUERIES = 6
MEASURED = [LIST, f"{LIST}?q=zorg&gemeente=borne", "/tafels/topx/"]


def page(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html.parser")


def found(client: Client, query: str) -> set[str]:
    """The slugs of the tafels on the list with this query string."""
    links = page(client, f"{LIST}?{query}").select("#results h3 a")
    return {link["href"].split("/")[2] for link in links}


def field(soup: BeautifulSoup, label: str) -> str:
    term = soup.find("dt", string=label)
    assert term is not None, label
    return term.find_next_sibling("dd").get_text(" ", strip=True)


# --- the list


def test_everybody_may_read_the_ladder(twente, client):
    soup = page(client, LIST)
    assert reverse("tafel_list") == LIST
    assert len(soup.select("#results h3 a")) == 7
    headings = [h2.get_text(" ", strip=True) for h2 in soup.select("#results h2")]
    assert headings == [
        "Trede 0: Basis", "Trede 1: Regionaal", "Trede 2: Bovenregionaal", "Trede 3: Bestuurlijk",
        "Trede 4: Bewindspersoon", "Naast de treden",
    ]  # fmt: skip
    assert soup.select_one("[role=status]").get_text(strip=True) == "Zeven tafels"


def test_tafels_stand_under_their_trede(twente, client):
    rungs = page(client, LIST).select("#results section")
    names = [[a.get_text() for a in rung.select("h3 a")] for rung in rungs]
    assert names[0] == ["TopX"]
    assert len(names[1]) == 3
    assert names[4] == []  # trede 4 is a destination, not a tafel (T-07)
    assert names[5] == ["Levensloopaanpak"]


@pytest.mark.parametrize(
    "query, slugs",
    [
        (
            "trede=1",
            {"triage-transfertafel", "regiotafel-zorgkantoor", "crisis-ondersteuningsteam"},
        ),
        ("trede=aanpak", {"levensloopaanpak"}),
        ("trede=4", set()),
        ("aanmelder=om", {"topx", "bestuurlijk-escalatieoverleg"}),
        ("aanmelder=zorgvrager", {"oostnl-hoogcomplex"}),
        ("onderwerp=crisis", {"crisis-ondersteuningsteam"}),
        ("trede=1&aanmelder=huisarts", {"triage-transfertafel", "crisis-ondersteuningsteam"}),
        ("q=sharefile", {"regiotafel-zorgkantoor"}),
        ("q=TRANSFORE", {"levensloopaanpak"}),
        ("q=wachttijden+ggz", {"triage-transfertafel", "bestuurlijk-escalatieoverleg"}),
        ("q=meldpunt", {"oostnl-hoogcomplex"}),
        ("q=bestaat-echt-niet", set()),
    ],
)
def test_filters(twente, client, query, slugs):
    assert found(client, query) == slugs


def test_a_tafel_without_gemeenten_is_for_all_of_them(twente, client):
    assert len(found(client, "gemeente=borne")) == 7
    borne = Gemeente.objects.get(organisation__slug="borne")
    hengelo = Gemeente.objects.get(organisation__slug="hengelo")
    Tafel.objects.get(slug="topx").gemeenten.set([borne, hengelo])
    assert "topx" in found(client, "gemeente=borne")
    assert "topx" not in found(client, "gemeente=almelo")
    assert len(found(client, "gemeente=almelo")) == 6


def test_nothing_found_says_what_to_do(twente, client):
    soup = page(client, f"{LIST}?q=xyzzy")
    text = soup.select_one("#results").get_text(" ", strip=True)
    assert "Geen tafels passen bij uw keuze" in text
    assert "Kies minder filters" in text
    assert soup.select_one("#results a[href='/tafels/']")


def test_one_found_is_counted_in_words(twente, client):
    status = page(client, f"{LIST}?trede=2").select_one("[role=status]")
    assert status.get_text(strip=True) == "Eén tafel past bij uw keuze"


def test_what_was_chosen_stays_chosen(twente, client):
    soup = page(client, f"{LIST}?trede=2&q=zorg")
    assert soup.select_one("select[name=trede] option[selected]")["value"] == "2"
    assert soup.select_one("input[name=q]")["value"] == "zorg"


@pytest.mark.parametrize(
    "query",
    [
        "trede=99", "trede=-1", "trede=%00", "trede=1%27--", "trede=9223372036854775808",
        "gemeente=nergens", "gemeente=%00", "gemeente=" + "x" * 3000, "onderwerp=%ff",
        "aanmelder=../../etc", "q=%00", "q=" + "a" * 5000, "q=" + "a+" * 4000, "q=%ff%fe",
        "q=%27%22%3Cscript%3E", "q=%E2%80%AE", "q=%F0%9F%98%80", "trede=1&trede=2", "trede=",
        "q=" + "%CC%81" * 300, "onbekend=1", "&&&", "=", "page=9999999", "q=%25%5F%5C",
        "trede[]=1", "trede=%D9%A1",
    ],
)  # fmt: skip
def test_a_strange_address_gets_a_page(twente, client, query):
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert b"<script>" not in response.content


def test_a_choice_that_does_not_exist_is_reported_and_left_out(twente, client):
    soup = page(client, f"{LIST}?trede=99&aanmelder=om")
    assert "Deze keuze bestaat niet. Kies er een uit de lijst." in soup.get_text()
    assert soup.title.get_text().startswith("Fout: ")
    assert len(soup.select("#results h3 a")) == 2


def test_a_very_long_word_is_reported(twente, client):
    assert "Gebruik hooguit 100 tekens." in page(client, f"{LIST}?q={'a' * 101}").get_text()


@pytest.mark.parametrize("path", [LIST, "/tafels/topx/"])
def test_only_reading(twente, client, path):
    assert client.post(path).status_code == 405


# --- one tafel


def test_every_field_has_a_label_and_what_is_not_known_says_so(twente, client):
    soup = page(client, "/tafels/oostnl-hoogcomplex/")
    assert soup.h1.get_text(strip=True) == "Regio OostNL hoogcomplex"
    labels = {dt.get_text(strip=True) for dt in soup.select("dt")}
    assert labels == {
        "Doel", "Voor welke casussen", "Waar het gesprek over gaat", "Wie mag aanmelden",
        "Hoe meldt u aan", "Wanneer", "Dit vragen we er ook bij", "Deelnemers",
        "Cliëntondersteuning of ervaringsdeskundige", "Hoe vaak en hoe lang",
        "Hoe snel er zorg is bij direct gevaar", "Uitstroom", "Naam", "E-mail", "Telefoon",
        "Website", "Onder regie van", "Voorzitter", "Gemeenten", "Plaats",
        "Bekeken door de voorzitter", "Laatst bevestigd",
    }  # fmt: skip
    for empty in ("Uitstroom", "Cliëntondersteuning of ervaringsdeskundige", "Telefoon", "Plaats"):
        assert field(soup, empty) == "niet vermeld", empty
    assert "Pro Persona" in field(soup, "Onder regie van")
    assert field(soup, "Gemeenten") == "alle gemeenten in Twente"
    assert soup.select_one("a[href='mailto:meldpunt.hoog.complexe.ggz@propersona.nl']")
    assert "Trede 2: Bovenregionaal" in soup.select_one(".rdm-badges").get_text()


def test_terms_and_rhythm_in_words(twente, client):
    triage = page(client, "/tafels/triage-transfertafel/")
    rhythm = "Elke twee weken, een half uur, digitaal overleg."
    assert field(triage, "Hoe vaak en hoe lang") == f"{rhythm} Op welke dag: niet vermeld."
    regio = page(client, "/tafels/regiotafel-zorgkantoor/")
    assert field(regio, "Wanneer") == "Uiterlijk drie weken voor het overleg."
    crisis = field(
        page(client, "/tafels/crisis-ondersteuningsteam/"), "Hoe snel er zorg is bij direct gevaar"
    )
    assert "Binnen 24 uur: verpleging" in crisis and "Binnen 48 uur: " in crisis


def test_criteria_read_as_alternatives(twente, client):
    soup = page(client, "/tafels/topx/")
    text = soup.select_one(".rdm-criteria").get_text(" ", strip=True)
    assert (
        "Eén van deze mogelijkheden is genoeg. Alles binnen een mogelijkheid moet kloppen." in text
    )
    ways = soup.select(".rdm-criteria__way")
    assert [len(way.select("li")) for way in ways] == [1, 2]
    # The national criterion is there, but does not count (T-11).
    assert "Telt in deze regio nu niet mee: Alleen met partners uit meer ketens" in text


def test_one_alternative_says_that_all_must_hold(twente, client):
    soup = page(client, "/tafels/regiotafel-zorgkantoor/")
    way = soup.select_one(".rdm-criteria__way")
    assert "Alles moet kloppen." in way.get_text() and len(way.select("li")) == 6


@pytest.mark.parametrize("slug", ["triage-transfertafel", "levensloopaanpak"])
def test_no_criteria_says_so(twente, client, slug):
    assert "Er zijn geen criteria vermeld." in page(client, f"/tafels/{slug}/").get_text()


def test_neighbours_walk_past_all_tafels(twente, client):
    path, seen = "/tafels/topx/", []
    while path:
        soup = page(client, path)
        seen.append(path)
        following = soup.select_one("a[rel=next]")
        path = following["href"] if following else None
    assert len(seen) == 7 and seen[-1] == "/tafels/levensloopaanpak/"
    assert soup.select_one("a[rel=prev]")["href"] == seen[-2]


def test_telephone_is_a_link(twente, client):
    Tafel.objects.filter(slug="topx").update(contact_phone="+31 (0)53 000 00 00")
    link = page(client, "/tafels/topx/").select_one("a[href^='tel:']")
    assert link["href"] == "tel:+310530000000"


def test_text_of_a_tafel_is_never_markup(twente, client):
    bad = "- <script>alert(1)</script>\n{{ 7*7 }}"
    Tafel.objects.filter(slug="topx").update(participants=bad, alias=bad)
    content = client.get("/tafels/topx/").content.decode()
    assert "<script>alert" not in content and "49" not in field(
        BeautifulSoup(content, "html.parser"), "Deelnemers"
    )


@pytest.mark.parametrize("slug", ["bestaat-niet", "TOPX", "topx%00", "..%2f", "x" * 2000])
def test_an_unknown_tafel_is_404(twente, client, slug):
    assert client.get(f"/tafels/{slug}/").status_code == 404


# --- quick, however many there are


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_queries_do_not_grow_with_rows(twente, client):
    # The first search after a change makes the index; the searches after it lean on that.
    client.get(f"{LIST}?q=zorg")
    few = [
        queries(client, path) for path in (LIST, f"{LIST}?q=zorg&gemeente=borne", "/tafels/topx/")
    ]
    assert max(few) <= MAX_QUERIES
    topx = Tafel.objects.get(slug="topx")
    for number in range(20):
        party = Organisation.objects.create(slug=f"p{number}", name=f"Partij {number}", kind="ggz")
        kind = SubmitterKind.objects.create(code=f"k{number}", label=f"soort {number}")
        domain = Domain.objects.create(code=f"d{number}", label=f"onderwerp {number}", position=99)
        more = Tafel.objects.create(
            slug=f"t{number}", name=f"Tafel {number}", trede=Trede.objects.get(pk=1),
            position=100 + number, led_by=party, purpose="zorg",
        )  # fmt: skip
        more.submitters.add(kind)
        topx.submitters.add(kind)
        topx.domains.add(domain)
        topx.gemeenten.set(Gemeente.objects.all())
        way = topx.alternatives.create(label=f"weg {number}", position=50 + number)
        way.criteria.add(topx.criteria.create(code=f"c{number}", text="x", position=50 + number))
    client.get(f"{LIST}?q=zorg")
    many = [
        queries(client, path) for path in (LIST, f"{LIST}?q=zorg&gemeente=borne", "/tafels/topx/")
    ]
    assert many == few


# --- words


def test_counts_in_words():
    assert wording.count_words(0, "tafel", "tafels") == "Geen tafels"
    assert wording.count_words(1, "tafel", "tafels") == "Eén tafel"
    assert wording.count_words(12, "tafel", "tafels") == "Twaalf tafels"
    assert wording.count_words(13, "tafel", "tafels") == "13 tafels"


@pytest.mark.parametrize(
    "weeks, minutes, note, words",
    [
        (None, None, "", ""),
        (1, None, "", "Elke week."),
        (6, 90, "", "Elke zes weken, anderhalf uur."),
        (None, 45, "", "45 minuten."),
        (None, None, "Alleen als het nodig is.", "Alleen als het nodig is."),
    ],
)
def test_rhythm_in_words(weeks, minutes, note, words):
    tafel = Tafel(rhythm_weeks=weeks, duration_minutes=minutes, rhythm_note=note)
    assert meetings.rhythm(tafel) == words
