"""What other programs follow: the news of the overview (Atom), and the days of the tafels (ics)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from directory.models import Edition, Region, Tafel
from directory.opendata.ids import uid
from directory.opendata.published import Page
from directory.reading import meetings
from directory.upkeep.editions import changelog
from rdm.lib import ics
from rdm.lib.dates import weekday_date

NEWEST = 50
"""So many changes stand in the feed; the page has them all."""

# No XML may hold these, however they came into a text.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


# --- The news -------------------------------------------------------------------------------------


def news(region: Region) -> str:
    """The last changes of the overview as an Atom feed (RFC 4287)."""
    feed = Atom1Feed(
        title=_clean(f"Overlegtafels in {region.name}: wijzigingen"),
        link=_full(reverse("change_log")),
        description="",
        subtitle="Wat er is gewijzigd bij de tafels en de gemeenten, het nieuwste bovenaan.",
        language="nl",
        author_name=_clean(f"Overzicht van tafels in {region.name}"),
        feed_url=_full(reverse("change_feed")),
        feed_guid=uid(region, "wijzigingen").urn,
    )
    for edition in changelog.news()[:NEWEST]:
        _add(feed, region, edition)
    return str(feed.writeString("utf-8"))


def _add(feed: Atom1Feed, region: Region, edition: Edition) -> None:
    entry = changelog.log_entry(edition)
    kind, slug = _subject(edition)
    feed.add_item(
        title=_clean(entry.title),
        link=_full(entry.compare_url or entry.url),
        description=_clean(_words(entry)),
        unique_id=uid(region, kind, slug, edition.number).urn,
        pubdate=entry.at,
        updateddate=entry.at,
    )


def _subject(edition: Edition) -> tuple[str, str]:
    if edition.tafel is not None:
        return "tafel", edition.tafel.slug
    assert edition.gemeente is not None
    return "gemeente", edition.gemeente.slug


def _words(entry: changelog.LogEntry) -> SafeString:
    """The change in words, as HTML: the feed says that it is."""
    lines = format_html_join("", "<li>{}</li>", ((line,) for line in entry.lines))
    found = format_html("<p>{}</p>", entry.text)
    if lines:
        found = format_html("{}<ul>{}</ul>", found, lines)
    return format_html("{}<p>Gepubliceerd {}.</p>", found, entry.by)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)


def _full(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


# --- The days -------------------------------------------------------------------------------------


def agenda(region: Region, pages: Iterable[Page[Tafel]], today: date) -> bytes:
    """The days of all tafels whose days are known."""
    return ics.calendar(
        name=f"Overlegtafels in {region.name}",
        description="De dagen waarop de tafels bij elkaar komen, en tot wanneer u kunt aanmelden.",
        source=_full(reverse("agenda")),
        days=[day for page in pages for day in _days(region, page, today)],
    )


def agenda_of(region: Region, page: Page[Tafel], today: date) -> bytes:
    """The days of one tafel; none when its days are not known."""
    tafel = page.subject
    return ics.calendar(
        name=tafel.name,
        description=f"De dagen waarop {tafel} bij elkaar komt, en tot wanneer u kunt aanmelden.",
        source=_full(reverse("tafel_agenda", args=[tafel.slug])),
        days=_days(region, page, today),
    )


def _days(region: Region, page: Page[Tafel], today: date) -> Iterator[ics.WholeDay]:
    """Each meeting, and the last day to hand in for it as a day of its own (E-064, E-073)."""
    tafel = page.subject
    url = _full(reverse("tafel_detail", args=[tafel.slug]))
    for meeting in meetings.meetings(tafel, today):
        yield ics.WholeDay(
            uid=uid(region, "tafel", tafel.slug, "overleg", meeting.day).urn,
            day=meeting.day,
            summary=tafel.name,
            description=f"{_about(meeting)}\n{url}",
            changed=page.at,
            url=url,
        )
        if meeting.submit_by and meeting.submit_by >= today:
            yield ics.WholeDay(
                uid=uid(region, "tafel", tafel.slug, "aanmelden", meeting.day).urn,
                day=meeting.submit_by,
                summary=f"Laatste dag om aan te melden: {tafel}",
                description=f"Voor het overleg van {meeting.words}.\n{url}",
                changed=page.at,
                url=url,
            )


def _about(meeting: meetings.Meeting) -> str:
    said = []
    if meeting.submit_by:
        said.append(f"Aanmelden kan tot en met {weekday_date(meeting.submit_by)}.")
    if meeting.holiday:
        said.append(f"Dit is {meeting.holiday}. Vraag de tafel of het overleg doorgaat.")
    return " ".join(said) or "Wanneer u uiterlijk aanmeldt, is niet vermeld."
