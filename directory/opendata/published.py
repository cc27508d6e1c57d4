"""What stands in open data: the last published edition of every tafel and every gemeente.

An edition is a whole page as it was published, so that reading it takes one query however much a
page holds, and so that open data, the change log and the feed always say the same version.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import OuterRef, QuerySet, Subquery

from directory.models import Edition, Gemeente, Region, Tafel
from directory.reading import confirmations
from directory.upkeep.page_fields.fields import Values

Subject = TypeVar("Subject", Tafel, Gemeente)


@dataclass(frozen=True)
class Page(Generic[Subject]):
    """One page: what it is about, its values (`page_fields.values`), and which edition that is."""

    subject: Subject
    values: Values
    number: int
    at: datetime


def region() -> Region:
    """The region of this installation; one without a name before the first load."""
    return Region.objects.only("slug", "name").first() or Region(slug="", name="")


def tafels() -> QuerySet[Tafel]:
    """Every published tafel in the order of the ladder, ready for `pages`."""
    rows = Tafel.objects.select_related("trede", "led_by").order_by("position", "pk")
    return confirmations.with_terms(_published(rows, "tafel"))


def gemeenten() -> QuerySet[Gemeente]:
    """Every published gemeente by name, ready for `pages`."""
    rows = Gemeente.objects.select_related("organisation", "ggz_provider")
    return _published(rows.order_by("organisation__name"), "gemeente")


def pages(rows: Iterable[Subject]) -> list[Page[Subject]]:
    """The pages of these rows; asks the database nothing more."""
    return [_page(row) for row in rows]


def _page(row: Any) -> Page[Any]:
    return Page(row, row.published_values, row.published_number, row.published_at)


def _published(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    last = Edition.objects.filter(**{kind: OuterRef("pk")}).order_by("-number")
    found: QuerySet[Any] = rows.annotate(
        published_values=Subquery(last.values("values")[:1]),
        published_number=Subquery(last.values("number")[:1]),
        published_at=Subquery(last.values("published_at")[:1]),
    ).exclude(published_at=None)
    return found
