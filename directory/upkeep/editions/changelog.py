"""Every edition of a page, and one edition for people (E-174).

The change log, the feed and the mail to subscribers all say an edition with `log_entry`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from directory.models import Edition, Gemeente, Tafel
from directory.upkeep.editions.changes import Change

# Who published what a load of the region file changed; also the first edition of every page.
FILE = "regiobestand"


def of(subject: Tafel | Gemeente) -> QuerySet[Edition]:
    """Every edition of one page, newest first."""
    return subject.editions.order_by("-number")


def news() -> QuerySet[Edition]:
    """Every edition that is a change for readers, newest first.

    The first edition of a gemeente is the empty page it began with, and no news.
    """
    return (
        Edition.objects.exclude(Q(gemeente__isnull=False, number=1))
        .select_related("tafel", "gemeente__organisation")
        .defer("values")
    )


@dataclass(frozen=True)
class LogEntry:
    """One edition for people: in the change log, in the feed and in the mail to subscribers.

    `by` says who published it ("door de themagroep"), `url` is the path of the page itself,
    `compare_url` that of the comparison with the edition before (empty for the first).
    """

    edition: Edition
    page: str
    title: str
    text: str
    lines: tuple[str, ...]
    url: str
    compare_url: str
    at: datetime
    by: str


def log_entry(edition: Edition) -> LogEntry:
    """The words for one edition; asks nothing of the database after `news()`."""
    page = page_name(edition.tafel or edition.gemeente)
    url, history = _addresses(edition)
    number = edition.number
    compare = f"{history}vergelijken/?van={number - 1}&naar={number}" if number > 1 else ""
    return LogEntry(
        edition=edition,
        page=page,
        title=f"{page}, versie {number}",
        text=edition.summary,
        lines=tuple(_line(change) for change in edition.changes),
        url=url,
        compare_url=compare,
        at=edition.published_at,
        by="uit het regiobestand"
        if edition.published_by_name == FILE
        else f"door {edition.published_by_name}",
    )


def page_name(subject: Tafel | Gemeente | None) -> str:
    """What a page is called in a list where tafels and gemeenten stand together."""
    return f"Gemeente {subject}" if isinstance(subject, Gemeente) else str(subject)


def _addresses(edition: Edition) -> tuple[str, str]:
    if edition.tafel is not None:
        slug = edition.tafel.slug
        return reverse("tafel_detail", args=[slug]), reverse("tafel_history", args=[slug])
    assert edition.gemeente is not None
    slug = edition.gemeente.slug
    return reverse("gemeente_detail", args=[slug]), reverse("gemeente_history", args=[slug])


def _line(change: Change) -> str:
    """One change as a sentence; long texts are pointed at, not repeated."""
    label, old, new = change["label"], change["old"], change["new"]
    if not old:
        return f"{label}: {_short(new)} (toegevoegd)" if _short(new) else f"{label}: toegevoegd"
    if not new:
        was = f" (er stond: {_short(old)})" if _short(old) else ""
        return f"{label}: weggehaald{was}"
    gone, added = _only_in(old, new), _only_in(new, old)
    if len(gone) > SHORT or len(added) > SHORT:
        return f"{label}: de tekst is gewijzigd"
    if not gone:
        return f"{label}: erbij: {added}" if added else f"{label}: de volgorde is gewijzigd"
    if not added:
        return f"{label}: weg: {gone}"
    return f"{label}: {added} (was: {gone})"


SHORT = 200


def _only_in(text: str, other: str) -> str:
    """The lines of `text` that `other` does not have, on one line."""
    known = set(other.split("\n"))
    return ", ".join(line for line in text.split("\n") if line not in known)


def _short(text: str) -> str:
    """The text when it fits in a sentence, and nothing when it does not."""
    line = ", ".join(text.split("\n"))
    return line if len(line) <= SHORT else ""
