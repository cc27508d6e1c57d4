"""The pages of the wegwijzer: short, without an account, and nothing is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditEntry
from directory.guide.sweeps import forget_guide_mail
from directory.models import Entrance, Gemeente, Organisation, Region, Tafel
from outbox import queue
from outbox.models import Message, State
from rdm.lib import clock
from tests.cast import PASSWORD

GUIDE, RESULT, MAIL = "/wegwijzer/", "/wegwijzer/uitkomst/", "/wegwijzer/mailen/"
MAX_QUERIES = 6
GP = "nood=geen&leeftijd=volwassen&gemeente=enschede&wie=huisarts&speelt=ggz&veiligheid=geen"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def page(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html.parser")


def text(soup: Any) -> str:
    return " ".join(soup.get_text(" ", strip=True).split())


def send(client: Client, query: str = GP, **fields: str) -> Any:
    data = {"request_id": str(uuid4()), "email": "huisarts@praktijk.example", "homepage": ""}
    return client.post(f"{MAIL}?{query}", {**data, **fields})


# --- The questions


def test_the_first_page_asks_a_few_things_and_requires_none(twente, client):
    soup = page(client, GUIDE)
    names = {one["name"] for one in soup.select("main form [name]")}
    assert names == {"nood", "leeftijd", "gemeente", "wie", "stap"}
    assert not soup.select("[required], [aria-required]")
    assert "niet verplicht" not in text(soup.main)
    assert "Wij bewaren niets." in text(soup.main)


def test_the_steps_are_walked_by_address_alone(twente, client):
    """Back and forward are safe: every page says all there is in its address."""
    soup = page(client, f"{GUIDE}?stap=2&nood=geen&gemeente=borne&wie=huisarts")
    hidden = {(one["name"], one["value"]) for one in soup.select("input[type=hidden]")}
    assert hidden == {("nood", "geen"), ("gemeente", "borne"), ("wie", "huisarts")}
    soup = page(client, f"{GUIDE}?stap=1&nood=geen&gemeente=borne&speelt=ggz")
    assert soup.select_one("input[name=nood][checked]")["value"] == "geen"
    assert soup.select_one("select[name=gemeente] option[selected]")["value"] == "borne"
    assert soup.select_one("input[type=hidden][name=speelt]")["value"] == "ggz"
    back = soup.select_one(".rdm-progress a")
    assert back is None  # nothing lies behind the first step


def test_a_question_comes_only_after_the_answer_that_leads_to_it(twente, client):
    def asked(query: str) -> set[str]:
        found = page(client, f"{GUIDE}?{query}").select("main form input:not([type=hidden])")
        return {one["name"] for one in found}

    assert "wonen" not in asked("stap=2&nood=geen")
    assert "wonen" in asked("stap=2&nood=zorg-weg")
    assert asked("stap=3") == {"geprobeerd", "vast"}
    assert {"nodig", "aanbieder"} <= asked("stap=3&speelt=meer-ggz&speelt=wlz")


def test_a_list_that_contradicts_itself_says_nothing(twente, client):
    """As a browser without JavaScript sends it: both boxes ticked."""
    both = "veiligheid=geen&veiligheid=weet-niet"
    soup = page(client, f"{RESULT}?{both}")
    answer = soup.select_one(".rdm-summary").find(string="Veiligheid").find_next("dd")
    assert text(answer).startswith("Weet ik niet")
    assert "Past niet, want" not in text(soup)
    assert "Past niet, want" in text(page(client, f"{RESULT}?veiligheid=geen"))
    ticked = page(client, f"{GUIDE}?stap=2&{both}").select("input[name=veiligheid][checked]")
    assert [one["value"] for one in ticked] == ["weet-niet"]


@pytest.mark.parametrize("answer", ["nood=gevaar", "leeftijd=jonger"])
def test_danger_and_youth_go_straight_to_the_result(twente, client, answer):
    response = client.get(f"{GUIDE}?stap=2&{answer}&gemeente=borne")
    assert response.status_code == 302
    assert response.url.startswith(RESULT) and answer in response.url
    # The answer can be changed.
    assert client.get(f"{GUIDE}?stap=1&{answer}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "stap=0", "stap=99", "stap=-1", "stap=%00", "stap=%D9%A1", "gemeente=%00",
        "gemeente=" + "x" * 3000, "speelt=%ff", "speelt=" + "&speelt=".join(["ggz"] * 200),
        "wie=%3Cscript%3E", "onbekend=1", "nood=../../etc", "&&&", "=", "gemeente[]=borne",
        "nood=gevaar&nood=geen", "veiligheid=geen&veiligheid=letsel&veiligheid=weet-niet",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", [GUIDE, RESULT, MAIL])
def test_a_strange_address_gets_a_page(twente, client, path, query):
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200
    assert b"<script>" not in response.content


def test_an_answer_that_does_not_exist_is_said_and_left_out(twente, client):
    for path in (GUIDE, RESULT):
        assert "kennen wij niet" in text(page(client, f"{path}?nood=verzonnen"))
        assert "kennen wij niet" not in text(page(client, f"{path}?nood=geen"))


def test_a_region_without_questions_still_gets_a_result(twente, client):
    Region.objects.update(guide=[])
    Tafel.objects.update(audience=[])
    assert client.get(GUIDE).url == RESULT
    assert len(page(client, RESULT).select(".rdm-found")) == 7


# --- The result


def test_acute_danger_shows_who_to_call_before_anything_else(twente, client):
    """O-03."""
    soup = page(client, f"{RESULT}?{GP.replace('nood=geen', 'nood=gevaar')}")
    assert text(soup.h1) == "Bij acuut gevaar: bel nu"
    main = soup.main
    assert main.select_one("a")["href"] == "tel:112"
    for route in Region.current().crisis_routes:
        assert route["name"] in text(main)
    assert not soup.select("a[href*='casussen/nieuw']")


def test_under_18_is_told_where_to_go_instead(twente, client):
    """E-003."""
    soup = page(client, f"{RESULT}?leeftijd=jonger&speelt=ggz")
    assert "18 jaar of ouder" in text(soup.h1) and "Veilig Thuis" in text(soup.main)
    assert not soup.select(".rdm-found")
    both = page(client, f"{RESULT}?leeftijd=jonger&nood=gevaar")
    assert text(both.h1) == "Bij acuut gevaar: bel nu" and "jeugdteam" in text(both.main)


def test_a_gp_reads_at_once_what_fits_why_and_how(twente, client):
    soup = page(client, f"{RESULT}?{GP}")
    assert "Eén tafel past: Triage- en transfertafel Twente." in text(soup.main)
    card = text(soup.select_one(".rdm-found"))
    assert "Past, want dit klopt:" in card and "U mag zelf aanmelden." in card
    assert "Elke twee weken" in card and "aanmelding@triagetafeltwente.nl" in card
    assert "Praat eerst met de gemeente Enschede" in text(soup.main)


def test_the_local_entrance_and_support_of_the_gemeente(twente, client):
    """E-045, E-120, E-128; what nobody filled in is "niet vermeld" (E-042)."""
    assert "niet vermeld" in text(page(client, f"{RESULT}?{GP}").select_one("#eerst").parent)
    enschede = Gemeente.objects.get(organisation__slug="enschede")
    for name, mail in (("Wijkteam Zuid", "zuid@gemeente.example"), ("Procesmanager", "")):
        Entrance.objects.create(gemeente=enschede, kind="wijkteam", name=name, email=mail)
    enschede.client_support.set(Organisation.objects.filter(slug__in=["scot", "mee"]))
    panel = page(client, f"{RESULT}?{GP}").select_one("#eerst").parent
    assert [one.strong.get_text() for one in panel.select("li")] == [
        "Wijkteam Zuid", "Procesmanager",
    ]  # fmt: skip
    assert panel.select_one("a[href='mailto:zuid@gemeente.example']")
    assert "SCOT Cliëntondersteuning" in text(panel) and "MeeSamen" in text(panel)


def test_a_tafel_of_other_gemeenten_is_not_shown(twente, client):
    Tafel.objects.get(slug="topx").gemeenten.set([Gemeente.objects.get(organisation__slug="borne")])
    slugs = {a["href"] for a in page(client, f"{RESULT}?gemeente=almelo").select("main h3 a")}
    assert "/tafels/topx/" not in slugs and len(slugs) == 6
    assert len(page(client, f"{RESULT}?gemeente=borne").select("main h3.rdm-tafel__name")) == 7
    assert len(page(client, RESULT).select("main h3.rdm-tafel__name")) == 7


def test_only_waiting_is_said_first(twente, client):
    """T-05."""
    soup = page(client, f"{RESULT}?speelt=ggz&vast=wachttijd")
    alert = soup.select_one(".rdm-alert")
    assert "Gaat het alleen om een wachttijd?" in text(alert)
    assert alert.select_one("a")["href"] == "/tafels/triage-transfertafel/"


def test_every_answer_leads_back_to_its_question(twente, client):
    soup = page(client, f"{RESULT}?{GP}")
    links = soup.select(".rdm-summary a")
    assert len(links) == 8
    for link in links:
        path, _, place = link["href"].partition("#")
        assert page(client, path).select_one(f"#{place}"), link["href"]


def test_public_pages_are_quick_and_may_be_cached(twente, client):
    paths = [GUIDE, f"{GUIDE}?stap=2&{GP}", f"{RESULT}?{GP}", RESULT]
    for path in paths:
        with CaptureQueriesContext(connection) as seen:
            response = client.get(path)
        assert len(seen) <= MAX_QUERIES, path
        assert "public" in response.headers["Cache-Control"]
        assert not response.cookies


def test_nothing_is_kept_of_a_visit(twente, client):
    before = AuditEntry.objects.count()
    for path in (GUIDE, f"{GUIDE}?stap=3&{GP}", f"{RESULT}?{GP}", f"{MAIL}?{GP}"):
        client.get(path)
    assert AuditEntry.objects.count() == before
    assert not client.session.keys()


@pytest.mark.parametrize("path", [GUIDE, RESULT])
def test_only_reading(twente, client, path):
    assert client.post(path).status_code == 405


# --- Mail to oneself


def test_the_result_is_mailed_once_with_a_link(twente, client, settings):
    settings.SITE_URL = "https://rdm.example"
    form = {"request_id": str(uuid4())}
    first = send(client, **form)
    send(client, **form)
    assert first.status_code == 302 and first.url == f"{RESULT}?{GP}"
    mail = Message.objects.get()
    assert mail.to == "huisarts@praktijk.example"
    assert f"https://rdm.example{RESULT}?{GP}" in mail.body
    assert "Triage- en transfertafel Twente (Trede 1: Regionaal)" in mail.body
    assert "Begin bij het wijkteam of de procesmanager van Enschede." in mail.body
    assert "De e-mail is onderweg." in client.get(first.url).content.decode()


def test_acute_danger_stands_first_in_the_mail_too(twente, client):
    send(client, "nood=gevaar")
    lines = Message.objects.get().body.split("\n\n")
    assert lines[1] == "Is er acuut gevaar? Bel dan eerst:" and "112" in lines[2]


def test_the_address_is_forgotten_once_the_mail_is_gone(twente, client):
    for email in ("een@praktijk.example", "twee@praktijk.example", "drie@praktijk.example"):
        send(client, email=email)
    first, second, third = Message.objects.order_by("pk")
    Message.objects.filter(pk=first.pk).update(state=State.SENT, sent_at=clock.now())
    Message.objects.filter(pk=second.pk).update(state=State.FAILED)
    assert forget_guide_mail() == 2
    assert Message.objects.get() == third


def test_other_mail_is_not_forgotten(twente):
    queue.put(key="overleg:1", to="iemand@voorbeeld.example", subject="x", body="y")
    Message.objects.update(state=State.SENT, sent_at=clock.now() - timedelta(days=9))
    assert forget_guide_mail() == 0


def test_a_robot_is_stopped_and_a_person_hears_what_to_do(twente, client):
    answer = send(client, homepage="https://spam.example")
    assert answer.status_code == 422
    assert "Haal de tekst uit dit veld weg" in answer.content.decode()
    assert not Message.objects.exists()


def test_too_many_mails_are_refused_with_when_it_can_again(twente, client):
    answers = [send(client) for _ in range(6)]
    assert [one.status_code for one in answers] == [302] * 5 + [422]
    assert "Probeer het over een uur opnieuw." in answers[-1].content.decode()
    assert send(client, email="ander@praktijk.example").status_code == 302
    assert Message.objects.count() == 6


@pytest.mark.parametrize("email", ["", "geen adres", "a@b.nl\r\nBcc: c@d.nl", "a@b.nl,c@d.nl"])
def test_a_bad_address_is_refused(twente, client, email):
    answer = send(client, email=email)
    assert answer.status_code == 422 and not Message.objects.exists()


# --- On to a casus


def test_who_registers_starts_a_casus_with_the_answers(cast, client_of):
    def link(somebody: Any) -> str:
        found = page(client_of(somebody), f"{RESULT}?{GP}").select("a[href*='/casussen/nieuw/']")
        return found[0]["href"] if found else ""

    assert link(cast.procesmanager) == f"/casussen/nieuw/?{GP}"
    assert link(cast.aanmelder) and not link(cast.coordinator) and not link(cast.admin)


def test_a_visitor_keeps_the_answers_over_signing_in(cast, client):
    href = page(client, f"{RESULT}?{GP}").select_one("a[href*='/casussen/nieuw/']")["href"]
    login = client.get(href)
    assert login.status_code == 302 and login.url.startswith(reverse("account_login"))
    person = {"login": cast.procesmanager.email, "password": PASSWORD}
    assert client.post(login.url, person).url == href


@pytest.mark.parametrize("query", ["nood=gevaar", "leeftijd=jonger"])
def test_no_casus_starts_with_danger_or_youth(cast, client_of, query):
    soup = page(client_of(cast.procesmanager), f"{RESULT}?{query}")
    assert not soup.select("a[href*='/casussen/nieuw/']")
