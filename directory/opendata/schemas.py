"""The schemas of open data, made from the parts of the pages: what they describe, they follow.

JSON Schema 2020-12, as OpenAPI 3.1 uses it. Everything that is always there is required, and null
or an empty list when nobody filled it in (E-042).
"""

from __future__ import annotations

from typing import Any

from directory.models import Entrance
from directory.opendata import gemeenten, tafels
from directory.upkeep.page_fields.fields import GEMEENTE_PARTS, TAFEL_PARTS, Kind, Part

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def all_schemas() -> dict[str, Schema]:
    """Every named schema of the API."""
    return {
        "Tafel": tafel(),
        "Tafels": a_list(
            "tafels", "Tafel", "Alle tafels die u vroeg, in de volgorde van de ladder."
        ),
        "Gemeente": gemeente(),
        "Gemeenten": a_list("gemeenten", "Gemeente", "Alle gemeenten van de regio, op naam."),
        "Verwijzing": thing("Iets met een vaste code en een naam.", code=text(), naam=text()),
        "Trede": thing("Plek op de ladder.", nummer={"type": "integer", "minimum": 0}, naam=text()),
        "Instroomcriteria": _instroom(),
        "Overleg": thing(
            "Een dag waarop de tafel bij elkaar komt, uitgerekend uit het ritme.",
            datum=day(),
            uiterlijkAanmelden=orless(day("Laatste dag om aan te melden.")),
            feestdag=orless(text("Naam van de feestdag. Vraag dan of het overleg doorgaat.")),
        ),
        "Bevestiging": thing(
            "Of iemand van de tafel heeft gezegd dat de gegevens nog kloppen.",
            bevestigdOp=orless(day()),
            bevestigdDoor=orless(text("Een functie, geen naam.")),
            uiterlijk=orless(day("Tot en met deze dag tellen de gegevens als actueel.")),
            teLaat={"type": "boolean"},
        ),
        "Ingang": _entrance(),
        "Probleem": _problem(),
    }


# --- The pages ------------------------------------------------------------------------------------


def tafel() -> Schema:
    """One tafel; a property per part, and what belongs to the page as a whole."""
    return thing(
        "Een overlegtafel, of een aanpak naast de treden.",
        code=text("Vaste code van de tafel, ook in het adres."),
        soort={"type": "string", "enum": list(tafels.SORTS.values())},
        **{tafels.PROPERTIES[part.name]: _part(part) for part in TAFEL_PARTS},
        overleggen=many("Overleg", "Tot een jaar vooruit. Leeg als de dag niet bekend is."),
        bevestiging=ref("Bevestiging"),
        **_page(),
        agenda=address("De dagen van deze tafel als agenda (iCalendar)."),
    )


def gemeente() -> Schema:
    """One gemeente, as a tafel."""
    return thing(
        "Een gemeente, met waar een inwoner of partner begint.",
        code=text("Vaste code van de gemeente, ook in het adres."),
        naam=text(),
        website=orless(address()),
        ggzAanbieder=ref("Verwijzing"),
        ggzToelichting=orless(text()),
        **{gemeenten.PROPERTIES[part.name]: _part(part) for part in GEMEENTE_PARTS},
        **_page(),
    )


def _page() -> dict[str, Schema]:
    return {
        "versie": {"type": "integer", "minimum": 1, "description": "Telt elke wijziging."},
        "gewijzigdOp": {"type": "string", "format": "date-time"},
        "zelf": address("Dit antwoord."),
        "pagina": address("De pagina voor mensen."),
    }


def _part(part: Part) -> Schema:
    """The schema of one part, with what the screen calls it."""
    found = _of_kind(part.kind)
    said = [part.label + "."]
    if part.help:
        said.append(part.help)
    if part.empty:
        said.append(f"Leeg betekent: {part.empty}.")
    return {**found, "description": " ".join(said)}


def _of_kind(kind: Kind) -> Schema:
    if kind in _NAMED_LISTS:
        return many("Verwijzing")
    if kind is Kind.ORGANISATION:
        return orless(ref("Verwijzing"))
    found: Schema = _KINDS[kind]()
    return found


_NAMED_LISTS = {Kind.ORGANISATIONS, Kind.SUBMITTERS, Kind.DOMAINS}


# --- The smallest pieces --------------------------------------------------------------------------


def thing(description: str, /, **properties: Schema) -> Schema:
    """An object with these properties and no other, all of them always there."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _said(found: Schema, description: str) -> Schema:
    return {**found, "description": description} if description else found


def text(description: str = "") -> Schema:
    return _said({"type": "string", "minLength": 1}, description)


def day(description: str = "") -> Schema:
    return _said({"type": "string", "format": "date"}, description)


def address(description: str = "") -> Schema:
    return _said({"type": "string", "format": "uri"}, description)


def orless(schema: Schema) -> Schema:
    """The same, or null when nobody filled it in."""
    if "$ref" in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def many(name: str, description: str = "") -> Schema:
    return _said({"type": "array", "items": ref(name)}, description)


def a_list(name: str, of: str, description: str) -> Schema:
    """A whole list and how many stand in it."""
    rows = {name: many(of), "aantal": {"type": "integer", "minimum": 0}}
    return thing(description, **rows)


def _rows(**properties: Schema) -> Schema:
    return {"type": "array", "items": thing("", **properties)}


_KINDS: dict[Kind, Any] = {
    Kind.LINE: lambda: orless(text()),
    Kind.TEXT: lambda: orless(text()),
    Kind.EMAIL: lambda: orless({"type": "string", "format": "email"}),
    Kind.PHONE: lambda: orless(text()),
    Kind.URL: lambda: orless(address()),
    Kind.NUMBER: lambda: orless({"type": "integer", "minimum": 0}),
    Kind.DAY: lambda: orless(day()),
    Kind.PLACE: lambda: orless(ref("Trede")),
    Kind.INSTROOM: lambda: ref("Instroomcriteria"),
    Kind.ENTRANCES: lambda: many("Ingang"),
    Kind.LINKS: lambda: _rows(naam=text(), url=address()),
    Kind.HOURS: lambda: _rows(uren={"type": "integer", "minimum": 0}, voor=text()),
    Kind.QUESTIONS: lambda: _rows(code=text(), vraag=text()),
}


def _instroom() -> Schema:
    return thing(
        "Wanneer een casus past. Eén mogelijkheid is genoeg; daarbinnen moet alles kloppen.",
        criteria=_rows(
            code=text(),
            tekst=text(),
            uitleg=orless(text()),
            teltMee={"type": "boolean", "description": "Of het criterium in deze regio telt."},
        ),
        mogelijkheden=_rows(naam=text(), criteria={"type": "array", "items": text("Een code.")}),
    )


def _entrance() -> Schema:
    kinds = {"type": "string", "enum": list(Entrance.Kind.values)}
    free = {name: orless(text()) for name in ("telefoon", "bereikbaar", "toelichting")}
    return thing(
        "Een lokale ingang van een gemeente.",
        soort=thing("Soort ingang.", code=kinds, naam=text()),
        naam=text(),
        email=orless({"type": "string", "format": "email"}),
        website=orless(address()),
        **free,
    )


def _problem() -> Schema:
    wrong = thing(
        "Wat er niet klopt aan de vraag.",
        **{"in": {"type": "string", "enum": ["query"]}},
        location=thing(
            "Waar het staat.",
            name={"type": "string", "description": "Leeg bij een parameter zonder naam."},
        ),
        code={"type": "string", "enum": ["unknown", "repeated", "invalid"]},
        detail=text(),
    )
    found = thing(
        "Waarom het niet lukte (RFC 9457).",
        type=address("Uitleg van dit soort probleem."),
        title=text(),
        status={"type": "integer"},
        detail=text("Wat er niet klopt en wat u kunt doen."),
    )
    found["properties"]["errors"] = {"type": "array", "items": wrong}
    return found
