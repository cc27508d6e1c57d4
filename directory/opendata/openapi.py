"""The API described for programs: an OpenAPI 3.1 document, in Dutch (/core/doc-openapi)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from directory.models import Region
from directory.opendata import VERSION, choices, problems
from directory.opendata.answers import CSV, JSON
from directory.opendata.schemas import Schema, all_schemas, day, ref, text, thing
from directory.region import names

_HSDS = "https://docs.openreferral.org/en/latest/hsds/schema_reference.html"


def title(region: Region) -> str:
    return f"Overlegtafels in {region.name}"


def document(region: Region) -> dict[str, Any]:
    """The whole document; the same every time, so that it can be kept."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title(region),
            "version": VERSION,
            "summary": "De tafels waar een vastgelopen casus besproken kan worden.",
            "description": _DESCRIPTION,
            "contact": _contact(),
        },
        "servers": [{"url": f"{settings.SITE_URL}/api/v{VERSION.split('.')[0]}"}],
        "externalDocs": {
            "description": "Uitleg voor mensen",
            "url": settings.SITE_URL + reverse("open_data"),
        },
        "tags": [{"name": name, "description": said} for name, said in _TAGS.items()],
        "paths": _paths(),
        "components": {
            "schemas": {**all_schemas(), **_hsds_schemas()},
            "headers": _HEADERS,
            "responses": {
                _name(kind): {
                    "description": kind.title + ".",
                    "headers": {"API-Version": _header("API-Version")},
                    "content": {problems.CONTENT_TYPE: {"schema": ref("Probleem")}},
                }
                for kind in problems.KINDS
            },
        },
    }


def _contact() -> Schema:
    """Who answers for the overview (/core/doc-openapi-contact)."""
    office = names.contact()
    found = {
        "name": office.name or "Beheer van het overzicht",
        "email": office.email,
        "url": settings.SITE_URL + reverse("open_data"),
    }
    return {name: said for name, said in found.items() if said}


_DESCRIPTION = """\
Alle openbare gegevens van het overzicht van tafels en gemeenten. U hebt geen account nodig en u
kunt alleen lezen. Er staat nooit iets in over een casus of een inwoner.

Het zijn hooguit enkele tientallen tafels en gemeenten. Daarom zijn er geen bladzijden: u krijgt
altijd de hele lijst, in een vaste volgorde (tafels zoals op de ladder, gemeenten op naam).

Een gegeven dat niemand heeft ingevuld, is `null` of een lege lijst. Bewaar de `ETag` en vraag met
`If-None-Match` of er iets is gewijzigd. Binnen versie 1 kunnen er gegevens bij komen; wat er is,
houdt zijn naam en betekenis.

Op twee plaatsen wijken wij af van de NLGov REST API Design Rules. `/tafels.csv` heeft een punt in
het adres: zo opent een rekenblad het, dat geen `Accept` kan meegeven; met `Accept: text/csv` geeft
`/tafels` hetzelfde. En `per_page` heet zo in HSDS, dus niet `perPage`."""

_TAGS = {
    "tafels": "Waar een casus besproken kan worden.",
    "gemeenten": "Waar een inwoner of partner begint.",
    "hsds": "De tafels volgens Open Referral HSDS 3.1. De namen zijn daarom in het Engels.",
    "over": "Over deze API.",
}
_HEADERS = {
    "API-Version": {
        "description": "Het hele versienummer van de API.",
        "schema": {"type": "string"},
    },
    "ETag": {
        "description": "Kenmerk van dit antwoord, voor If-None-Match.",
        "schema": {"type": "string"},
    },
    "Link": {
        "description": "Adressen die bij dit antwoord horen.",
        "schema": {"type": "string"},
    },
}
# What an answer says that holds nothing else.
_WITHOUT_BODY = ("API-Version", "ETag")


def _header(name: str) -> Schema:
    return {"$ref": f"#/components/headers/{name}"}


def _name(kind: problems.Kind) -> str:
    return "".join(word.capitalize() for word in kind.code.split("-"))


# --- Addresses ------------------------------------------------------------------------------------


def _paths() -> dict[str, Any]:
    examples = choices.examples()
    filters = [_filter(name, said, examples[name]) for name, said in choices.FILTERS.items()]
    code = _in_path("code", "Vaste code, zoals in de lijst.")
    many = {JSON: ref("Tafels"), CSV: {"type": "string"}}
    return {
        "/openapi.json": _get(
            "over", "apiBeschrijving", "Deze beschrijving", {JSON: {"type": "object"}}
        ),
        "/tafels": _get("tafels", "tafels", "Alle tafels, of een keuze eruit", many, filters),
        "/tafels.csv": _get(
            "tafels",
            "tafelsCsv",
            "Dezelfde tafels voor een rekenblad",
            {CSV: {"type": "string"}},
            filters,
        ),
        "/tafels/{code}": _get("tafels", "tafel", "Eén tafel", {JSON: ref("Tafel")}, [code]),
        "/gemeenten": _get(
            "gemeenten", "gemeenten", "Alle gemeenten met hun ingangen", {JSON: ref("Gemeenten")}
        ),
        "/gemeenten/{code}": _get(
            "gemeenten", "gemeente", "Eén gemeente", {JSON: ref("Gemeente")}, [code]
        ),
        "/hsds": _get("hsds", "hsdsRoot", "Welke versie van HSDS", {JSON: ref("HsdsRoot")}),
        "/hsds/services": _get(
            "hsds",
            "hsdsServices",
            "De tafels als services, in bladzijden",
            {JSON: ref("HsdsServices")},
            _HSDS_PARAMETERS,
        ),
        "/hsds/services/{id}": _get(
            "hsds",
            "hsdsService",
            "Eén tafel als service, met alles erin",
            {JSON: ref("HsdsService")},
            [_in_path("id", "Het nummer van de service.", format="uuid")],
        ),
    }


def _get(
    tag: str,
    name: str,
    said: str,
    content: dict[str, Schema],
    parameters: list[Schema] | None = None,
) -> dict[str, Any]:
    """One address that can be read, with what it may answer."""
    answers: dict[str, Any] = {
        "200": {
            "description": f"{said}.",
            "headers": {one: _header(one) for one in _HEADERS},
            "content": {form: {"schema": schema} for form, schema in content.items()},
        },
        "304": {
            "description": "Er is niets gewijzigd sinds de ETag die u noemde.",
            "headers": {one: _header(one) for one in _WITHOUT_BODY},
        },
    }
    possible = [problems.PARAMETER, problems.METHOD, problems.NOT_ACCEPTABLE]
    if any(one["in"] == "path" for one in parameters or []):
        possible.append(problems.NOT_FOUND)
    for kind in sorted(possible, key=lambda one: one.status):
        answers[str(kind.status)] = {"$ref": f"#/components/responses/{_name(kind)}"}
    found = {"tags": [tag], "operationId": name, "summary": said, "responses": answers}
    return {"get": {**found, **({"parameters": parameters} if parameters else {})}}


def _filter(name: str, said: str, example: str) -> Schema:
    """One filter; its example is a value that is there."""
    return {
        "name": name,
        "in": "query",
        "required": False,
        "allowEmptyValue": True,
        "description": f"{said} Leeg betekent: geen keuze.",
        "schema": {"type": "string", **({"examples": [example]} if example else {})},
    }


def _in_path(name: str, said: str, **more: str) -> Schema:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": said,
        "schema": {"type": "string", **more},
    }


def _up_to(most: int) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most}


_HSDS_PARAMETERS = [
    {
        "name": name,
        "in": "query",
        "required": False,
        "description": said,
        "schema": schema,
    }
    for name, said, schema in (
        ("page", "De hoeveelste bladzijde.", _up_to(choices.LAST_PAGE)),
        (
            "per_page",
            "Hoeveel per bladzijde. Zo heet het in HSDS, daarom geen `perPage`.",
            _up_to(choices.MOST_PER_PAGE),
        ),
        ("full", "Of u elke service met alles erin wilt.", {"type": "boolean", "default": False}),
    )
]


# --- Schemas that are not about a tafel or a gemeente ---------------------------------------------


def _hsds_schemas() -> dict[str, Schema]:
    """What we say of HSDS; its own reference has all of it."""
    number = {"type": "integer", "minimum": 0}
    service: Schema = {
        "type": "object",
        "description": "Een tafel als service van HSDS 3.1.",
        "externalDocs": {"url": _HSDS, "description": "Alle velden van HSDS (Engels)"},
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "name": text(),
            "status": {"type": "string", "enum": ["active"]},
            "description": text(),
            "url": {"type": "string", "format": "uri"},
            "email": {"type": "string", "format": "email"},
            "assured_date": day(),
            "last_modified": {"type": "string", "format": "date-time"},
            "organization": {"type": "object"},
            **{name: {"type": "array", "items": {"type": "object"}} for name in _INSIDE},
        },
        "required": ["id", "name", "status"],
    }
    counts = dict.fromkeys(("total_items", "total_pages", "page_number", "size"), number)
    flags = {name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")}
    contents = {"type": "array", "items": ref("HsdsService")}
    return {
        "HsdsService": service,
        "HsdsServices": thing("Een bladzijde.", **counts, **flags, contents=contents),
        "HsdsRoot": thing(
            "Welke versie van HSDS dit is.",
            version=text(),
            profile={"type": "string", "format": "uri"},
            openapi_url={"type": "string", "format": "uri"},
            description=text(),
            publisher=thing("Van wie het is.", name=text(), website={"type": "string"}),
        ),
    }


_INSIDE = (
    "additional_urls",
    "phones",
    "contacts",
    "schedules",
    "service_areas",
    "service_at_locations",
    "attributes",
)
