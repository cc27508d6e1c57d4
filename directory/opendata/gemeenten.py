"""What a gemeente is in open data: where a resident or a partner begins (E-045, E-128)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from directory.models import Entrance, Gemeente
from directory.opendata.published import Page
from directory.opendata.tafels import Json, addresses, all_named, moment
from directory.upkeep.page_fields.fields import ENTRANCE_FIELDS, GEMEENTE_PARTS, Kind, Part
from directory.upkeep.page_fields.words import Names

# Part → property, as for a tafel.
PROPERTIES = {"entrances": "ingangen", "client_support": "clientondersteuning"}
# What is said of an entrance → property.
ENTRANCE = {
    "kind": "soort",
    "name": "naam",
    "email": "email",
    "phone": "telefoon",
    "website": "website",
    "hours": "bereikbaar",
    "note": "toelichting",
}


def one(page: Page[Gemeente], names: Names) -> Json:
    """One gemeente as JSON."""
    gemeente = page.subject
    provider = gemeente.ggz_provider
    return {
        "code": gemeente.slug,
        "naam": gemeente.name,
        "website": gemeente.organisation.website or None,
        "ggzAanbieder": {"code": provider.slug, "naam": provider.name},
        "ggzToelichting": gemeente.ggz_note or None,
        **{
            PROPERTIES[part.name]: _value(part, page.values.get(part.name) or [], names)
            for part in GEMEENTE_PARTS
        },
        "versie": page.number,
        "gewijzigdOp": moment(page.at),
        **addresses(
            zelf=reverse("api_gemeente", args=[gemeente.slug]),
            pagina=reverse("gemeente_detail", args=[gemeente.slug]),
        ),
    }


def _value(part: Part, value: list[Any], names: Names) -> list[Json]:
    if part.kind is Kind.ENTRANCES:
        return [_entrance(one) for one in value]
    return all_named(value, names.organisations)


def _entrance(one: dict[str, str]) -> Json:
    said = {ENTRANCE[name]: one.get(name) or None for name in ENTRANCE_FIELDS}
    return {**said, "soort": {"code": one["kind"], "naam": Entrance.Kind(one["kind"]).label}}
