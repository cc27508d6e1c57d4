"""What a tafel is in open data: the one place that decides it.

Every part of a public page (`page_fields`) has a property here, and a test says so when one
is forgotten. A property once published keeps its name and meaning within a version of the API;
that is why the names stand here and are not made from the labels on the screen.

What nobody filled in is null, or an empty list (E-042).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from directory.models import Tafel
from directory.opendata.published import Page
from directory.reading import confirmations, meetings
from directory.upkeep.page_fields.fields import TAFEL_PARTS, Kind, Part
from directory.upkeep.page_fields.words import Names, in_words

Json = dict[str, Any]

# Part → property.
PROPERTIES: dict[str, str] = {
    "name": "naam",
    "alias": "ookBekendAls",
    "place": "trede",
    "purpose": "doel",
    "casuistry": "casuistiek",
    "focus": "focus",
    "domains": "onderwerpen",
    "submitters": "aanmelders",
    "submitters_note": "aanmeldersToelichting",
    "precondition": "voorwaardeVooraf",
    "how_to_submit": "werkwijzeAanmelden",
    "submit_weeks_before": "aanmeldenWekenVooraf",
    "extra_questions": "extraVragen",
    "inflow": "instroom",
    "instroom": "instroomcriteria",
    "participants": "deelnemers",
    "client_support": "clientondersteuning",
    "rhythm_weeks": "ritmeWeken",
    "rhythm_anchor": "ritmeVanaf",
    "duration_minutes": "duurMinuten",
    "rhythm_note": "ritmeToelichting",
    "response_hours": "reactietijden",
    "outflow": "uitstroom",
    "led_by": "regie",
    "led_by_note": "regieToelichting",
    "chair": "voorzitter",
    "gemeenten": "gemeenten",
    "locations": "plaats",
    "contact_name": "contactNaam",
    "contact_email": "contactEmail",
    "contact_phone": "contactTelefoon",
    "website": "website",
    "links": "verwijzingen",
}
SORTS = {
    Tafel.Special.NONE: "tafel",
    Tafel.Special.ESCALATION: "escalatieoverleg",
    Tafel.Special.APPROACH: "aanpak",
}


def one(page: Page[Tafel], names: Names, today: date) -> Json:
    """One tafel as JSON."""
    tafel = page.subject
    return {
        "code": tafel.slug,
        "soort": SORTS[Tafel.Special(tafel.special)],
        **{
            PROPERTIES[part.name]: _value(tafel, part, page.values.get(part.name), names)
            for part in TAFEL_PARTS
        },
        "overleggen": [
            {
                "datum": meeting.day.isoformat(),
                "uiterlijkAanmelden": day(meeting.submit_by),
                "feestdag": meeting.holiday or None,
            }
            for meeting in meetings.meetings(tafel, today)
        ],
        "bevestiging": _confirmation(tafel, today),
        "versie": page.number,
        "gewijzigdOp": moment(page.at),
        **addresses(
            zelf=reverse("api_tafel", args=[tafel.slug]),
            pagina=reverse("tafel_detail", args=[tafel.slug]),
            agenda=reverse("tafel_agenda", args=[tafel.slug]),
        ),
    }


def _confirmation(tafel: Tafel, today: date) -> Json:
    """Whether somebody of the tafel said that the page still holds (E-174)."""
    state = confirmations.state_of(tafel, today)
    return {
        "bevestigdOp": day(state.confirmed_on),
        "bevestigdDoor": state.confirmed_by or None,
        "uiterlijk": day(state.due),
        "teLaat": state.overdue,
    }


def _value(tafel: Tafel, part: Part, value: Any, names: Names) -> Any:
    kind = part.kind
    if kind is Kind.PLACE:
        trede = tafel.trede
        return {"nummer": trede.number, "naam": trede.name} if trede else None
    if kind is Kind.ORGANISATION:
        return named(value, names.organisations) if value else None
    if kind is Kind.INSTROOM:
        return _instroom(value or {})
    if kind in _LISTS:
        return _LISTS[kind](value or [], names)
    return value if value != "" else None


def _instroom(value: Json) -> Json:
    """The criteria, and which of them together are enough."""
    return {
        "criteria": [
            {
                "code": one["code"],
                "tekst": one["text"],
                "uitleg": one["help"] or None,
                "teltMee": one["active"],
            }
            for one in value.get("criteria", [])
        ],
        "mogelijkheden": [
            {"naam": one["label"], "criteria": one["criteria"]}
            for one in value.get("alternatives", [])
        ],
    }


_LISTS = {
    Kind.SUBMITTERS: lambda value, names: all_named(value, names.submitters),
    Kind.DOMAINS: lambda value, names: all_named(value, names.domains),
    Kind.ORGANISATIONS: lambda value, names: all_named(value, names.organisations),
    Kind.LINKS: lambda value, _: [{"naam": one["label"], "url": one["url"]} for one in value],
    Kind.HOURS: lambda value, _: [{"uren": one["hours"], "voor": one["for"]} for one in value],
    Kind.QUESTIONS: lambda value, _: [
        {"code": one["code"], "vraag": one["question"]} for one in value
    ],
}


# --- Shared with the gemeenten --------------------------------------------------------------------


def named(code: str, names: Any) -> Json:
    return {"code": code, "naam": names.get(code, code)}


def all_named(codes: Iterable[str], names: Any) -> list[Json]:
    return [named(code, names) for code in codes]


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def moment(value: datetime) -> str:
    """In UTC with a Z, whole seconds, as the API design rules ask (/core/date-time)."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def addresses(**paths: str) -> Json:
    """Full addresses, which also work for who has only this file."""
    return {name: settings.SITE_URL + path for name, path in paths.items()}


# --- As a table -----------------------------------------------------------------------------------


def table(pages: Iterable[Page[Tafel]], names: Names, today: date) -> list[list[object]]:
    """The same tafels for a spreadsheet: a row per tafel, every part in words."""
    heads: list[object] = ["Code", *(part.label for part in TAFEL_PARTS), *_ABOUT]
    return [heads, *(_row(page, names, today) for page in pages)]


_ABOUT = ("Volgend overleg", "Laatst bevestigd", "Bevestigd door", "Versie", "Gewijzigd", "Pagina")


def _row(page: Page[Tafel], names: Names, today: date) -> list[object]:
    tafel = page.subject
    state = confirmations.state_of(tafel, today)
    coming = meetings.coming(tafel, today)
    return [
        tafel.slug,
        *(in_words(part, page.values.get(part.name), names) for part in TAFEL_PARTS),
        day(coming.first.day if coming else None) or "",
        day(state.confirmed_on) or "",
        state.confirmed_by,
        page.number,
        moment(page.at),
        settings.SITE_URL + reverse("tafel_detail", args=[tafel.slug]),
    ]
