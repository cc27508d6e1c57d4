"""The overview of tafels as a document, for the region or for one gemeente: what goes in.

One structure, `Overview`, feeds both the PDF and the page to print, so that they say the same. What
a tafel says comes from its newest edition, along the table of parts: a new part appears by itself.
Public: there is nothing in it of a casus or of a person.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, time
from functools import lru_cache
from threading import Lock

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery, Value
from django.urls import reverse

from directory.models import (
    Domain,
    Edition,
    Gemeente,
    Organisation,
    Region,
    SubmitterKind,
    Tafel,
    Trede,
)
from directory.overview.chapters import chapter_of
from directory.overview.places import crisis_route, ladder, place_of, supporters_of
from directory.overview.shapes import Overview
from directory.overview.words import day_of
from directory.reading import confirmations
from directory.upkeep.page_fields.words import Names
from rdm.lib import clock, pdf, wording
from rdm.lib.dates import long_date
from rdm.lib.download import PDF, Document


def overview(gemeente: str = "") -> Overview | None:
    """The overview of the region, or of the gemeente with this slug; None when there is no such
    gemeente, or no region yet. Five queries, however many tafels there are."""
    region = _regions().first()
    places = list(_gemeenten(gemeente)) if region else []
    if region is None or (gemeente and not places):
        return None
    place = places[0] if gemeente else None
    today, (names, organisations) = clock.today(), _known()
    tafels = list(_tafels(place))
    address = reverse("gemeente_overview", args=[gemeente]) if place else reverse("overview")
    title = f"Overzicht doorzettingsmacht in {region.name}"
    parts = ["overzicht-doorzettingsmacht", region.slug, gemeente, f"{today:%Y-%m-%d}"]
    return Overview(
        title=f"{title}, gemeente {place}" if place else title,
        region=region.name,
        intro=region.intro,
        routes=tuple(crisis_route(one) for one in region.crisis_routes),
        rungs=tuple(ladder(Trede.objects.all(), tafels)),
        chapters=tuple(chapter_of(one, names, today) for one in tafels),
        place=place_of(place, organisations) if place else None,
        places=() if place else tuple(place_of(one, organisations) for one in places),
        supporters=supporters_of(organisations),
        number=region.times_published or 0,  # type: ignore[attr-defined]
        changed_on=day_of(region.last_published),  # type: ignore[attr-defined]
        made_on=today,
        url=settings.SITE_URL + address,
        name="-".join(one for one in parts if one) + ".pdf",
    )


def _regions() -> QuerySet[Region]:
    """The region, with how often and when last something was published, in one query.

    As in `changelog.news`: the first edition of a gemeente is the page it began with, and no news.
    A load of the region file publishes all that it changed at one moment, and so counts once.
    """
    news = Edition.objects.exclude(gemeente__isnull=False, number=1)
    together = news.order_by().annotate(one=Value(1)).values("one")
    return Region.objects.annotate(
        times_published=Subquery(
            together.annotate(times=Count("published_at", distinct=True)).values("times")
        ),
        last_published=Subquery(together.annotate(last=Max("published_at")).values("last")),
    )


def _tafels(gemeente: Gemeente | None) -> QuerySet[Tafel]:
    """Published tafels with their newest edition, of this gemeente when there is one."""
    newest = Edition.objects.filter(tafel=OuterRef("pk"), number=OuterRef("version"))
    rows = confirmations.with_terms(Tafel.objects.select_related("trede")).annotate(
        edition_values=Subquery(newest.values("values")[:1]),
        edition_at=Subquery(newest.values("published_at")[:1]),
    )
    rows = rows.filter(Exists(newest))
    if gemeente is None:
        return rows
    serves = Tafel.gemeenten.through.objects.filter(tafel=OuterRef("pk"))
    return rows.filter(~Exists(serves) | Exists(serves.filter(gemeente=gemeente)))


def _gemeenten(slug: str) -> QuerySet[Gemeente]:
    """All gemeenten, or the one with this slug, with what they published."""
    rows = Gemeente.objects.filter(organisation__slug=slug) if slug else Gemeente.objects.all()
    newest = Edition.objects.filter(gemeente=OuterRef("pk"), number=OuterRef("entrance_version"))
    return rows.select_related("organisation", "ggz_provider").annotate(
        edition_values=Subquery(newest.values("values")[:1])
    )


def _known() -> tuple[Names, dict[str, Organisation]]:
    """What everything is called, and the organisations by slug, in one query."""
    organisations = Organisation.objects.order_by().values_list(
        Value(0), "slug", "name", "email", "website", "description", "kind"
    )
    coded = [
        model._default_manager.order_by().values_list(
            Value(place), "code", "label", Value(""), Value(""), Value(""), Value("")
        )
        for place, model in enumerate((SubmitterKind, Domain), start=1)
    ]
    names: tuple[dict[str, str], ...] = ({}, {}, {})
    found = {}
    for place, slug, name, email, website, description, kind in organisations.union(
        *coded, all=True
    ):
        names[place][slug] = name
        if place == 0:
            found[slug] = Organisation(
                slug=slug,
                name=name,
                email=email,
                website=website,
                description=description,
                kind=kind,
            )
    return Names(*names), found


_one_at_a_time = Lock()


def as_pdf(overview: Overview) -> Document:
    """The document as an accessible PDF (templates/typst/overzicht.typ), in well under a second.

    The same bytes all day long, as long as nothing changes: a browser then keeps its copy.
    """
    data = asdict(overview) | {
        "version": overview.version,
        "made_on": long_date(overview.made_on),
        "changed_on": "",
        "ladder_in_words": overview.ladder_in_words,
        "link_text": wording.address_text(overview.url),
    }
    morning = datetime.combine(overview.made_on, time(), clock.AMSTERDAM)
    # Whoever comes while it is being made waits for that one, and does not make it again.
    with _one_at_a_time:
        content = _made(json.dumps(data), overview.title, morning)
    return Document(overview.name, PDF, content)


@lru_cache(maxsize=32)
def _made(data: str, title: str, at: datetime) -> bytes:
    return pdf.render("overzicht", json.loads(data), title, at=at)
