"""The ladder, whom to call at once, and the gemeenten with their own ways in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst

from directory.models import Entrance, Gemeente, Organisation, Tafel, Trede
from directory.overview.shapes import Block, Door, Fact, Place, Route, Run, Rung, Section
from directory.overview.words import address_block, not_given, prose, published, ways_to_reach
from directory.upkeep.page_fields.fields import Kind

BESIDE = "Naast de treden"
BESIDE_TEXT = (
    "Een aanpak waarin partijen lang samenwerken. Het is geen overleg en hoort niet bij één trede."
)


def crisis_route(route: Mapping[str, str]) -> Route:
    reach = ways_to_reach(None, route.get("phone"), route.get("url"))
    return Route(route["name"], route["text"], reach)


def ladder(treden: Iterable[Trede], tafels: Sequence[Tafel]) -> Iterator[Rung]:
    """Lowest first, and what stands beside the treden last."""
    for trede in treden:
        on_it = _names(one for one in tafels if one.trede_id == trede.number)
        yield Rung(str(trede.number), trede.name, trede.description, on_it)
    if beside := _names(one for one in tafels if one.trede_id is None):
        yield Rung("", BESIDE, BESIDE_TEXT, beside)


def _names(tafels: Iterable[Tafel]) -> tuple[Run, ...]:
    return tuple(Run(one.name, f"#tafel-{one.slug}") for one in tafels)


def place_of(gemeente: Gemeente, organisations: Mapping[str, Organisation]) -> Place:
    values = published(gemeente)
    slugs = [one for one in values.get("client_support", []) if one in organisations]
    supporters = sorted((organisations[one] for one in slugs), key=lambda one: one.name)
    return Place(
        slug=gemeente.slug,
        name=gemeente.name,
        ggz=gemeente.ggz_provider.name,
        ggz_note=gemeente.ggz_note,
        url=settings.SITE_URL + reverse("gemeente_detail", args=[gemeente.slug]),
        doors=tuple(_door(one) for one in values.get("entrances", [])),
        supporters=tuple(_supporter(one) for one in supporters),
    )


def supporters_of(organisations: Mapping[str, Organisation]) -> tuple[Fact, ...]:
    """Who supports residents in this region, by name (E-128)."""
    kind = Organisation.Kind.CLIENT_SUPPORT
    found = (one for one in organisations.values() if one.kind == kind)
    return tuple(_supporter(one) for one in sorted(found, key=lambda one: one.name))


def _door(one: Mapping[str, str]) -> Door:
    reach = (
        ("E-mailadres", Kind.EMAIL, one["email"]),
        ("Telefoonnummer", Kind.PHONE, one["phone"]),
        ("Website", Kind.URL, one["website"]),
    )
    rows = {
        "Soort ingang": prose(capfirst(Entrance.Kind(one["kind"]).label)),
        **{label: address_block(kind, value) for label, kind, value in reach},
        "Bereikbaar": prose(one["hours"]),
        "Toelichting": prose(one["note"]),
    }
    facts = tuple(Fact(label, blocks) for label, blocks in rows.items() if blocks)
    missing = [label for label, blocks in rows.items() if not blocks]
    section = Section(one["name"], facts, not_given("", missing))
    return Door(one["name"], ways_to_reach(one["email"], one["phone"], one["website"]), section)


def _supporter(organisation: Organisation) -> Fact:
    reach = ways_to_reach(organisation.email, None, organisation.website)
    return Fact(
        organisation.name,
        (*prose(organisation.description), *(Block("text", (one,)) for one in reach)),
    )
