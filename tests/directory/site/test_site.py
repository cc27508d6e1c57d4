"""What every public site has: security.txt, robots.txt, a sitemap, and what the law asks."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client, override_settings
from django.urls import reverse

from directory.models import Region, Tafel
from directory.region import names
from directory.site.sweeps import watch_security_txt
from outbox.models import Message
from rdm.lib import clock
from tests.cast import Cast
from tests.directory.keeping import own_tafel, published
from tests.directory.sitemap import addresses

SITE = "http://127.0.0.1:8000"


def office(**parts: str) -> None:
    Region.objects.update(contact={**Region.current().contact, **parts})
    names.forget()


@pytest.fixture(autouse=True)
def read_again(db: None) -> Any:
    yield
    names.forget()


# --- Who hears of a weakness ----------------------------------------------------------------------


def test_security_txt_says_whom_to_warn_and_until_when(cast: Cast) -> None:
    """RFC 9116: one Expires, at least one Contact, no line that is no field."""
    answer = Client().get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    fields = [line.split(": ", 1) for line in lines]
    assert [name for name, _ in fields] == [
        "Contact", "Expires", "Preferred-Languages", "Canonical",
    ]  # fmt: skip
    said = dict(fields)
    assert said["Contact"] == f"mailto:{Region.current().contact['email']}"
    assert said["Canonical"] == f"{SITE}/.well-known/security.txt"
    until = datetime.fromisoformat(said["Expires"])
    assert until.tzinfo is not None and clock.now() < until < clock.now() + timedelta(days=366)


def test_before_the_region_is_loaded_there_is_no_such_file(cast: Cast) -> None:
    Region.objects.update(contact={})
    names.forget()
    assert Client().get("/.well-known/security.txt").status_code == 404
    assert watch_security_txt() == 0


def test_who_manages_hears_that_it_runs_out(cast: Cast) -> None:
    def told() -> list[Message]:
        watch_security_txt()
        watch_security_txt()
        return list(Message.objects.filter(key__startswith="security-txt:").order_by("pk"))

    assert told() == []
    last = date.fromisoformat(Region.current().contact["security_until"])
    with clock.travel(at_noon(last - timedelta(days=20))):
        (before,) = told()
        assert before.to == cast.admin.email and "verloopt op" in before.body
        assert f"{SITE}/.well-known/security.txt" in before.body
    # And again when nobody did anything, less and less often.
    with clock.travel(at_noon(last)):
        assert "is verlopen op" in told()[-1].body
    for days in range(1, 31):
        with clock.travel(at_noon(last + timedelta(days=days))):
            told()
    assert 4 <= Message.objects.filter(key__startswith="security-txt:").count() <= 7
    with clock.travel(at_noon(last + timedelta(days=31))):
        office(security_until=(last + timedelta(days=300)).isoformat())
        before_that = len(told())
        assert len(told()) == before_that


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.AMSTERDAM)


# --- What may be found ----------------------------------------------------------------------------


def test_the_sitemap_says_when_something_was_published(cast: Cast) -> None:
    path = reverse("tafel_detail", args=[own_tafel(cast).slug])
    with clock.travel(clock.now() + timedelta(days=3)):
        published(cast, chair="verzonnen voorzitter")
        today = clock.today().isoformat()
    listed = addresses()
    assert listed[path] == today == listed[reverse("tafel_list")]
    assert len(listed) == len(set(listed)) > 25


def test_robots_leads_to_the_sitemap_and_of_a_demo_away(cast: Cast, settings: Any) -> None:
    assert Client().get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
    settings.DEMO = False
    said = Client().get("/robots.txt").content.decode()
    assert said == f"User-agent: *\nDisallow:\nSitemap: {SITE}/sitemap.xml\n"


def test_the_icon_that_browsers_ask_for_by_themselves(client: Client) -> None:
    answer = client.get("/favicon.ico")
    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200 and content[:4] == b"\0\0\1\0"
    assert answer.headers["Content-Type"] in ("image/vnd.microsoft.icon", "image/x-icon")


def test_a_password_manager_finds_where_to_change_it(cast: Cast, client: Client) -> None:
    answer = client.get("/.well-known/change-password")
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("account_change_password")


# --- What a page says of itself -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["home", "tafel_list", "change_log", "open_data"])
def test_a_reader_of_news_finds_the_feed(cast: Cast, name: str) -> None:
    soup = BeautifulSoup(Client().get(reverse(name)).content, "html.parser")
    (feed,) = soup.select("link[rel=alternate][type='application/atom+xml']")
    assert Client().get(str(feed["href"])).status_code == 200


def data_of(slug: str) -> dict[str, Any]:
    page = Client().get(reverse("tafel_detail", args=[slug])).content
    (block,) = BeautifulSoup(page, "html.parser").select("script[type='application/ld+json']")
    found: dict[str, Any] = json.loads(block.string or "")
    return found


def test_a_tafel_tells_search_engines_what_its_page_says(cast: Cast) -> None:
    """schema.org; what is not known (E-042) is not said."""
    triage = data_of("triage-transfertafel")
    assert triage["@type"] == "GovernmentService" and triage["@context"] == "https://schema.org"
    assert triage["name"] == "Triage- en transfertafel Twente"
    assert triage["provider"] == {"@type": "Organization", "name": "Mediant"}
    assert triage["contactPoint"]["email"] == "aanmelding@triagetafeltwente.nl"
    assert "telephone" not in triage["contactPoint"]
    assert "provider" not in data_of("bestuurlijk-escalatieoverleg")


def test_no_text_breaks_out_of_the_data(cast: Cast) -> None:
    evil = "</script><script>alert(1)</script> & <!-- 'x\" \u2028"
    Tafel.objects.filter(slug="topx").update(purpose=evil)
    page = Client().get(reverse("tafel_detail", args=["topx"])).content.decode()
    assert "<script>alert" not in page
    assert data_of("topx")["description"] == evil


# --- The pages of the region ----------------------------------------------------------------------


@pytest.mark.parametrize("code", ["privacy", "toegankelijkheid"])
def test_what_the_law_asks_stands_under_every_page(cast: Cast, code: str) -> None:
    path = reverse("region_page", args=[code])
    page = BeautifulSoup(Client().get(path).content, "html.parser")
    stored = next(one for one in Region.current().pages if one["code"] == code)
    assert page.h1 is not None and page.h1.get_text() == stored["title"]
    text = page.get_text()
    assert all(part["heading"] in text for part in stored["sections"])
    assert Region.current().contact["email"] in text and "30 november 2026" in text
    home = BeautifulSoup(Client().get("/").content, "html.parser")
    assert home.select(f'footer a[href="{path}"]')


@override_settings(SITE_URL="https://rdm.example")
def test_before_the_region_is_loaded_such_a_page_is_not_there(cast: Cast) -> None:
    Region.objects.update(pages=[])
    assert Client().get("/over/privacy/").status_code == 404
    assert "/over/" not in Client().get("/sitemap.xml").content.decode()
    assert "https://rdm.example/tafels/" in Client().get("/sitemap.xml").content.decode()
