"""What may be found by a search engine: the public pages that are the same for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from directory.models import Edition, Gemeente, Region, Tafel

# Their content is that of the program, and changes with it.
FIXED = ("home", "guide", "open_data", "signaal_new")
# Their content is everything that was published.
OF_ALL = ("tafel_list", "gemeente_list", "overview", "change_log")


@dataclass(frozen=True)
class Found:
    """One page: its address, and when what it says was last published, as far as that is known."""

    address: str
    at: datetime | None = None


if TYPE_CHECKING:
    Base = Sitemap[Found]
else:
    Base = Sitemap


class Pages(Base):
    """Every page without `noindex`; a house test holds the two against each other."""

    def items(self) -> list[Found]:
        return list(_pages())

    def location(self, item: Found) -> str:
        return item.address

    def lastmod(self, item: Found) -> datetime | None:
        return item.at

    # By the address of this site, and not by whatever name the request was sent to.
    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


def _pages() -> Iterator[Found]:
    """Three queries, however many tafels there are."""
    published: dict[tuple[str, str], datetime] = {}
    rows = Edition.objects.values("tafel__slug", "gemeente__organisation__slug")
    for row in rows.annotate(at=Max("published_at")).order_by():
        tafel, gemeente = row["tafel__slug"], row["gemeente__organisation__slug"]
        published["tafel" if tafel else "gemeente", tafel or gemeente] = row["at"]
    yield from (Found(reverse(name)) for name in FIXED)
    yield from (Found(reverse(name), max(published.values(), default=None)) for name in OF_ALL)
    for slug in Tafel.objects.values_list("slug", flat=True):
        yield Found(reverse("tafel_detail", args=[slug]), published.get(("tafel", slug)))
    for slug in Gemeente.objects.values_list("organisation__slug", flat=True):
        at = published.get(("gemeente", slug))
        yield Found(reverse("gemeente_detail", args=[slug]), at)
        # On one page with its tafels, so it is as new as the newest of all.
        yield Found(reverse("gemeente_overview", args=[slug]), max(published.values(), default=at))
    region = Region.objects.only("pages").first()
    for page in region.pages if region else ():
        yield Found(reverse("region_page", args=[page["code"]]))
