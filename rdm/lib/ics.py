"""Calendar items as every calendar program reads them (RFC 5545, 5546, 7986): an invitation for one
meeting, and a calendar of days to subscribe to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from functools import cache
from typing import Literal

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vText,
)

from rdm.lib import clock

Method = Literal["REQUEST", "CANCEL"]
# A text in a calendar has a language of its own, or none.
_DUTCH = {"LANGUAGE": "nl"}


def event(
    *,
    uid: str,
    sequence: int,
    starts: datetime,
    ends: datetime,
    summary: str,
    location: str = "",
    description: str = "",
    organizer: str,
    attendee: str,
    attendee_name: str = "",
    method: Method = "REQUEST",
) -> bytes:
    """One invitation for one attendee, or its cancellation.

    The same meeting keeps the same `uid`; every later item (a new time, a cancellation) has a
    higher `sequence`, or calendars ignore it. `starts` and `ends` are aware datetimes and are
    written in Europe/Amsterdam. `organizer` and `attendee` are e-mail addresses, or "Name
    <address>"; `attendee_name` tells two attendees with one address apart. The item goes through
    mail servers: nothing about a case belongs in any of its texts. Raises ValueError when a
    datetime has no time zone or the end is not after the start.
    """
    if starts.tzinfo is None or ends.tzinfo is None:
        raise ValueError("a calendar item needs datetimes with a time zone")
    if ends <= starts:
        raise ValueError("a calendar item ends after it starts")
    item = Event()
    item.add("uid", _line(uid))
    item.add("sequence", sequence)
    item.add("dtstamp", clock.now().astimezone(UTC))
    item.add("dtstart", starts.astimezone(clock.AMSTERDAM))
    item.add("dtend", ends.astimezone(clock.AMSTERDAM))
    item.add("summary", _line(summary), _DUTCH)
    item.add("class", "CONFIDENTIAL")
    item.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    item.add("transp", "TRANSPARENT" if method == "CANCEL" else "OPAQUE")
    if location:
        item.add("location", _line(location), _DUTCH)
    if description:
        item.add("description", _readable(description), _DUTCH)
    item.add("organizer", _address(organizer))
    invited = _address(attendee)
    if attendee_name:
        invited.params["CN"] = _line(attendee_name).replace('"', "'")
    invited.params["ROLE"] = "REQ-PARTICIPANT"
    # Answers come through the signed link, where they are recorded; not as mail.
    invited.params["RSVP"] = "FALSE"
    item.add("attendee", invited)

    calendar = Calendar()
    calendar.add("prodid", "-//RDM//Escalatieoverleg//NL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(item)
    calendar.add_component(_time_zone())
    return bytes(calendar.to_ical())


@cache
def _time_zone() -> Timezone:
    """Amsterdam time by its rule of now, the last Sunday of March and of October, for all years to
    come. What the library makes of it ends in 2038, says so in English in every invitation, and
    lets summer begin an hour late."""
    zone = Timezone()
    zone.add("tzid", str(clock.AMSTERDAM))
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    for part, name, starts, before, after in (
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), summer, winter),
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), winter, summer),
    ):
        part.add("dtstart", starts)
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("rrule", {"freq": "yearly", "bymonth": starts.month, "byday": "-1SU"})
        zone.add_component(part)
    return zone


@dataclass(frozen=True)
class WholeDay:
    """One day in a calendar of days.

    `uid` stays the same for the same day of the same thing; `changed` (aware) is when what it says
    last changed, so that the calendar is the same text until something does.
    """

    uid: str
    day: date
    summary: str
    description: str
    changed: datetime
    url: str = ""


def calendar(*, name: str, description: str, source: str, days: Iterable[WholeDay]) -> bytes:
    """A calendar to subscribe to, with days that keep nobody's own time occupied.

    `source` is its own address. Asked for once a day is often enough.
    """
    found = Calendar()
    found.add("prodid", "-//RDM//Overlegtafels//NL")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    # The second name is for the programs that do not know the first one yet.
    for key in ("name", "x-wr-calname"):
        found.add(key, vText(_line(name)))
    found.add("description", _line(description), _DUTCH)
    found.add("source", source, parameters={"VALUE": "URI"})
    found.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", "P1D")
    for one in days:
        found.add_component(_whole_day(one))
    return bytes(found.to_ical())


def _whole_day(one: WholeDay) -> Event:
    item = Event()
    item.add("uid", _line(one.uid))
    item.add("dtstamp", one.changed.astimezone(UTC))
    item.add("dtstart", one.day)
    item.add("dtend", one.day + timedelta(days=1))
    item.add("summary", _line(one.summary), _DUTCH)
    item.add("description", _readable(one.description), _DUTCH)
    item.add("class", "PUBLIC")
    item.add("status", "CONFIRMED")
    item.add("transp", "TRANSPARENT")
    if one.url:
        item.add("url", one.url)
    return item


def _address(text: str) -> vCalAddress:
    name, address = parseaddr(_line(text))
    result = vCalAddress(f"mailto:{address}")
    if name:
        result.params["CN"] = name.replace('"', "'")
    return result


def _readable(text: str) -> str:
    """Without control characters and half characters, which no calendar file may hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in text if c in "\n\t" or (c >= " " and c != "\x7f"))
    return kept.encode("utf-8", "replace").decode("utf-8")


def _line(text: str) -> str:
    """On one line, so that no text can add a line to the calendar file."""
    return " ".join(_readable(text).split())
