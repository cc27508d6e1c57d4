"""The news of the overview as Atom, and the days of the tafels as calendars to subscribe to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from icalendar import Calendar
from lxml import etree

from directory.models import Edition, Region, Tafel
from directory.opendata.feeds import NEWEST
from rdm.lib import clock, ics
from tests.cast import Cast
from tests.directory.keeping import ENTRANCE, entrances_of, own_tafel, published

FEED, AGENDA = "/tafels/wijzigingen.atom", "/tafels/agenda.ics"
ATOM = "{http://www.w3.org/2005/Atom}"
# A Tuesday that is no holiday, and the moment at which the calendars are asked.
TUESDAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def feed(client: Client) -> Any:
    response = client.get(FEED)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def entries(client: Client) -> list[Any]:
    return list(feed(client).findall(f"{ATOM}entry"))


def said(node: Any, name: str) -> str:
    """The text of the one child with this name, which must be there (RFC 4287)."""
    (found,) = node.findall(ATOM + name)
    return str(found.text or "")


def link(node: Any, rel: str) -> str:
    (found,) = [one for one in node.findall(f"{ATOM}link") if one.get("rel", "alternate") == rel]
    return str(found.get("href"))


# --- The news -------------------------------------------------------------------------------------


def test_the_feed_is_atom(cast: Cast, client: Client) -> None:
    """Required elements of RFC 4287, absolute links, moments with a time zone, one id each."""
    published(cast, chair="verzonnen voorzitter")
    root = feed(client)
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"
    assert said(root, "title") and said(root, "subtitle")
    assert link(root, "self") == settings.SITE_URL + FEED
    assert link(root, "alternate") == f"{settings.SITE_URL}/tafels/wijzigingen/"
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    found = entries(client)
    for node in [root, *found]:
        assert said(node, "id").startswith("urn:uuid:")
        assert datetime.fromisoformat(said(node, "updated")).tzinfo is not None
        assert said(node, "title").strip()
    for node in found:
        assert link(node, "alternate").startswith(f"{settings.SITE_URL}/")
        assert node.find(f"{ATOM}summary").get("type") == "html"
    assert len({said(node, "id") for node in found}) == len(found)
    moments = [said(node, "updated") for node in found]
    assert moments == sorted(moments, reverse=True) and said(root, "updated") == moments[0]


def test_a_change_comes_first_and_says_what_changed(cast: Cast, client: Client) -> None:
    before = {said(one, "id") for one in entries(client)}
    published(cast, chair="<b>verzonnen</b> & voorzitter")
    first = entries(client)[0]
    tafel = own_tafel(cast)
    assert said(first, "title") == f"{tafel.name}, versie 2"
    text = BeautifulSoup(said(first, "summary"), "html.parser")
    assert text.find("b") is None
    assert "<b>verzonnen</b> & voorzitter" in text.get_text()
    assert "Gepubliceerd door " in text.get_text()
    path = link(first, "alternate").removeprefix(settings.SITE_URL)
    assert client.get(path).status_code == 200
    after = {said(one, "id") for one in entries(client)}
    assert before < after and len(after - before) == 1


def test_the_change_of_a_gemeente_is_news_too(cast: Cast, client: Client) -> None:
    entrances_of(cast.enschede, cast.gemeente, ENTRANCE)
    first = entries(client)[0]
    assert said(first, "title") == "Gemeente Enschede, versie 2"
    assert ENTRANCE["name"] in said(first, "summary")


def test_the_feed_has_the_newest_and_stays_readable(cast: Cast, client: Client) -> None:
    tafel = own_tafel(cast)
    for number in range(2, NEWEST + 12):
        Edition.objects.create(
            tafel=tafel,
            number=number,
            summary=f"Verzonnen {number} \x01\x0b\ufffe",
            published_at=clock.now(),
            published_by_name="de themagroep",
        )
    found = entries(client)
    assert len(found) == NEWEST
    assert f"versie {NEWEST + 11}" in said(found[0], "title")


def test_the_page_of_changes_points_at_the_feed(twente: Region, client: Client) -> None:
    page = BeautifulSoup(client.get("/tafels/wijzigingen/").content, "html.parser")
    alternate = page.select_one("head link[rel=alternate]")
    assert alternate and alternate["type"] == "application/atom+xml"
    assert alternate["href"] == FEED
    assert page.select_one(f"main a[href='{FEED}']")


# --- The days -------------------------------------------------------------------------------------


@pytest.fixture
def planned(cast: Cast) -> Tafel:
    published(cast, rhythm_weeks=2, rhythm_anchor=TUESDAY.isoformat(), submit_weeks_before=3)
    return own_tafel(cast)


def calendar(client: Client, path: str = AGENDA) -> Any:
    with clock.travel(NOW):
        response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and b"\n" not in b"".join(lines)
    return Calendar.from_ical(response.content)


def days(found: Any) -> list[tuple[date, str]]:
    return sorted((one.start, str(one["summary"])) for one in found.walk("VEVENT"))


def test_every_meeting_and_every_last_day_is_a_day(planned: Tafel, client: Client) -> None:
    found = days(calendar(client))
    meetings = [day for day, summary in found if summary == planned.name]
    assert meetings[:3] == [TUESDAY + timedelta(weeks=2 * number) for number in range(3)]
    last = [day for day, summary in found if summary.startswith("Laatste dag om aan te melden")]
    # For the first meeting it is too late already; for the next one the last day was 17 November.
    assert last[0] == date(2026, 12, 1)
    assert len(meetings) == 26 and set(found) == set(days(calendar(client, agenda_of(planned))))


def agenda_of(tafel: Tafel) -> str:
    return f"/tafels/{tafel.slug}/agenda.ics"


def test_every_day_is_a_whole_day_that_blocks_nobody(planned: Tafel, client: Client) -> None:
    found = list(calendar(client).walk("VEVENT"))
    assert found
    for one in found:
        assert type(one.start) is date and one.end == one.start + timedelta(days=1)
        assert one["TRANSP"] == "TRANSPARENT" and one["CLASS"] == "PUBLIC"
        assert one["URL"] == f"{settings.SITE_URL}/tafels/{planned.slug}/"
        assert "ATTENDEE" not in one and "ORGANIZER" not in one
    assert len({str(one["UID"]) for one in found}) == len(found)


def test_the_description_says_until_when(planned: Tafel, client: Client) -> None:
    (first,) = [
        one
        for one in calendar(client).walk("VEVENT")
        if one.start == date(2026, 12, 22) and str(one["SUMMARY"]) == planned.name
    ]
    assert "Aanmelden kan tot en met dinsdag 1 december 2026." in str(first["DESCRIPTION"])


def test_a_public_holiday_says_so(cast: Cast, client: Client) -> None:
    published(cast, rhythm_weeks=4, rhythm_anchor="2027-05-05", submit_weeks_before=None)
    text = " ".join(str(one["DESCRIPTION"]) for one in calendar(client).walk("VEVENT"))
    assert "Vraag de tafel of het overleg doorgaat" in text


def test_the_calendar_stays_the_same_until_something_changes(
    planned: Tafel, cast: Cast, client: Client
) -> None:
    with clock.travel(NOW):
        first = client.get(AGENDA).content
    with clock.travel(NOW + timedelta(hours=6)):
        assert client.get(AGENDA).content == first
    uids = {str(one["UID"]) for one in calendar(client).walk("VEVENT")}
    published(cast, chair="andere verzonnen voorzitter")
    assert {str(one["UID"]) for one in calendar(client).walk("VEVENT")} == uids


def test_the_calendar_says_what_it_is(planned: Tafel, client: Client) -> None:
    whole, own = calendar(client), calendar(client, agenda_of(planned))
    assert str(whole["X-WR-CALNAME"]) == str(whole["NAME"]) == "Overlegtafels in Twente"
    assert str(own["NAME"]) == planned.name
    assert str(own["SOURCE"]) == settings.SITE_URL + agenda_of(planned)
    assert "RDM" in str(whole["PRODID"]) and "Twente" not in str(whole["PRODID"])


def test_a_tafel_without_known_days_has_an_empty_calendar(twente: Region, client: Client) -> None:
    assert days(calendar(client)) == []
    assert days(calendar(client, "/tafels/topx/agenda.ics")) == []
    assert client.get("/tafels/verzonnen/agenda.ics").status_code == 404


def test_the_page_of_a_tafel_offers_its_calendar_when_there_are_days(
    planned: Tafel, client: Client
) -> None:
    here = f"a[href='{agenda_of(planned)}']"
    page = BeautifulSoup(client.get(f"/tafels/{planned.slug}/").content, "html.parser")
    assert page.select_one(here) and page.select_one("head link[type='text/calendar']")
    other = client.get("/tafels/topx/").content.decode()
    assert "agenda.ics" not in other


def test_no_text_can_add_a_line_to_the_calendar() -> None:
    day = ics.WholeDay(
        uid="een\r\nATTENDEE:mailto:x@voorbeeld.example",
        day=TUESDAY,
        summary="Naam\r\nBEGIN:VEVENT\x00",
        description="regel één\nregel twee; met, tekens\\ \x1b",
        changed=NOW,
    )
    content = ics.calendar(name="a\r\nb", description="c", source="https://x.example", days=[day])
    (one,) = Calendar.from_ical(content).walk("VEVENT")
    assert "ATTENDEE" not in one
    assert str(one["SUMMARY"]) == "Naam BEGIN:VEVENT"
    assert str(one["DESCRIPTION"]).startswith("regel één\nregel twee; met, tekens\\")
