"""What the public page of a tafel, or of a gemeente, is made of: the parts that can change.

One table per kind of page drives everything that keeps the overview true (O-13): the form of a
proposal, the snapshot in an edition, what is compared, and the change log in words.

A value is plain data that fits in JSON: a text, a number or None, a day as "2026-12-31" or "", a
slug, a sorted list of slugs, or a list of rows. `in_words` says a value to people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Value
from django.utils.formats import date_format

from directory.models import Domain, Entrance, Gemeente, Organisation, SubmitterKind, Tafel
from directory.region import entrances, instroom
from rdm.lib.wording import count_words

Values = dict[str, Any]


class Kind(StrEnum):
    """How a value is typed in, compared and said."""

    LINE = "line"
    TEXT = "text"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    NUMBER = "number"
    DAY = "day"
    ORGANISATION = "organisation"
    ORGANISATIONS = "organisations"
    SUBMITTERS = "submitters"
    DOMAINS = "domains"
    LINKS = "links"
    HOURS = "hours"
    QUESTIONS = "questions"
    INSTROOM = "instroom"
    ENTRANCES = "entrances"
    PLACE = "place"


@dataclass(frozen=True)
class Part:
    """One field of a page. `unit` is one and many of what a number counts."""

    name: str
    label: str
    kind: Kind
    section: str
    help: str = ""
    unit: tuple[str, str] = ("", "")
    empty: str = ""  # what no value means, when that is something

    @property
    def can_be_proposed(self) -> bool:
        """The place on the ladder belongs to the region file (T-06, T-07)."""
        return self.kind is not Kind.PLACE


_ABOUT = "De tafel"
_WHY = "Waarvoor is deze tafel"
_HOW = "Aanmelden"
_IN = "Instroom: wanneer past een casus"
_TABLE = "Aan tafel en daarna"
_LEAD = "Regie en gebied"
_CONTACT = "Contact"
_MORE = "Meer lezen"
_NO_NAMES = "Een functie of afdeling, geen naam van een persoon."

TAFEL_PARTS = (
    Part("name", "Naam", Kind.LINE, _ABOUT),
    Part("alias", "Ook bekend als", Kind.LINE, _ABOUT),
    Part("place", "Plek op de ladder", Kind.PLACE, _ABOUT, empty="naast de treden"),
    Part("purpose", "Doel", Kind.TEXT, _WHY),
    Part("casuistry", "Voor welke casussen", Kind.TEXT, _WHY),
    Part("focus", "Waar het gesprek over gaat", Kind.TEXT, _WHY),
    Part("domains", "Onderwerpen", Kind.DOMAINS, _WHY),
    Part("submitters", "Wie mag aanmelden", Kind.SUBMITTERS, _HOW),
    Part("submitters_note", "Toelichting bij wie mag aanmelden", Kind.TEXT, _HOW),
    Part("precondition", "Wat er eerst moet gebeuren", Kind.TEXT, _HOW),
    Part("how_to_submit", "Hoe meldt u aan", Kind.TEXT, _HOW),
    Part(
        "submit_weeks_before",
        "Uiterlijk aanmelden: zoveel weken voor het overleg",
        Kind.NUMBER,
        _HOW,
        unit=("week", "weken"),
    ),
    Part("extra_questions", "Dit vragen we er ook bij", Kind.QUESTIONS, _HOW),
    Part("inflow", "Instroom", Kind.TEXT, _IN),
    Part("instroom", "Criteria", Kind.INSTROOM, _IN),
    Part("participants", "Deelnemers", Kind.TEXT, _TABLE, help=_NO_NAMES),
    Part("client_support", "Cliëntondersteuning of ervaringsdeskundige", Kind.TEXT, _TABLE),
    Part(
        "rhythm_weeks",
        "Om de hoeveel weken is er overleg",
        Kind.NUMBER,
        _TABLE,
        unit=("week", "weken"),
    ),
    Part(
        "rhythm_anchor",
        "Een dag waarop de tafel bij elkaar komt",
        Kind.DAY,
        _TABLE,
        help="Met deze dag en het aantal weken rekenen wij de andere dagen uit.",
    ),
    Part(
        "duration_minutes",
        "Hoe lang duurt het overleg",
        Kind.NUMBER,
        _TABLE,
        help="In minuten.",
        unit=("minuut", "minuten"),
    ),
    Part("rhythm_note", "Toelichting bij het ritme", Kind.LINE, _TABLE),
    Part("response_hours", "Hoe snel er zorg is bij direct gevaar", Kind.HOURS, _TABLE),
    Part("outflow", "Uitstroom", Kind.TEXT, _TABLE),
    Part("led_by", "Onder regie van", Kind.ORGANISATION, _LEAD),
    Part("led_by_note", "Toelichting bij de regie", Kind.TEXT, _LEAD),
    Part("chair", "Voorzitter", Kind.LINE, _LEAD, help=_NO_NAMES),
    Part(
        "gemeenten",
        "Gemeenten",
        Kind.ORGANISATIONS,
        _LEAD,
        help="Kies niets als de tafel er is voor alle gemeenten.",
        empty="alle gemeenten",
    ),
    Part("locations", "Plaats", Kind.LINE, _LEAD),
    Part("contact_name", "Naam van het contact", Kind.LINE, _CONTACT, help=_NO_NAMES),
    Part(
        "contact_email",
        "E-mailadres",
        Kind.EMAIL,
        _CONTACT,
        help="Van de tafel of de afdeling, niet van een persoon.",
    ),
    Part("contact_phone", "Telefoonnummer", Kind.PHONE, _CONTACT),
    Part("website", "Website", Kind.URL, _CONTACT),
    Part("links", "Meer lezen", Kind.LINKS, _MORE),
)

GEMEENTE_PARTS = (
    Part("entrances", "Lokale ingangen", Kind.ENTRANCES, "Lokale ingangen"),
    Part("client_support", "Cliëntondersteuning", Kind.ORGANISATIONS, "Cliëntondersteuning"),
)
ENTRANCE_FIELDS = entrances.FIELDS

_PLAIN = {Kind.LINE, Kind.TEXT, Kind.EMAIL, Kind.PHONE, Kind.URL, Kind.NUMBER}


def parts_of(subject: Tafel | Gemeente) -> tuple[Part, ...]:
    return TAFEL_PARTS if isinstance(subject, Tafel) else GEMEENTE_PARTS


def values_of(subject: Tafel | Gemeente) -> Values:
    """The page as it is now. Prefetch with `PREFETCH` when it is asked of more than one."""
    if isinstance(subject, Gemeente):
        return {
            "entrances": entrances.from_database(subject),
            "client_support": _slugs(subject.client_support.all()),
        }
    return {part.name: _value(subject, part) for part in TAFEL_PARTS}


# What `values_of` walks along, per model.
PREFETCH: dict[type, tuple[str, ...]] = {
    Tafel: (
        "submitters",
        "domains",
        "gemeenten__organisation",
        "criteria",
        "alternatives__criteria",
    ),
    Gemeente: ("entrances", "client_support"),
}


def _value(tafel: Tafel, part: Part) -> Any:
    if part.kind is Kind.PLACE:
        return tafel.trede_id
    if part.kind is Kind.INSTROOM:
        return _instroom(tafel)
    value = getattr(tafel, part.name)
    if part.kind is Kind.ORGANISATION:
        return value.slug if value else ""
    if part.kind is Kind.DAY:
        return value.isoformat() if value else ""
    if part.kind in (Kind.ORGANISATIONS, Kind.SUBMITTERS, Kind.DOMAINS):
        return _slugs(value.all())
    return value


def _slugs(rows: Iterable[Any]) -> list[str]:
    return sorted(getattr(one, "slug", None) or one.code for one in rows)


def _instroom(tafel: Tafel) -> Values:
    """The criteria as people read them, without what only the wegwijzer needs."""
    found = instroom.from_database(tafel)
    shown = ("code", "text", "help", "active")
    return {
        "criteria": [{name: one[name] for name in shown} for one in found["criteria"]],
        "alternatives": found["alternatives"],
    }


# --- In words -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Names:
    """What people call the organisations, submitters and subjects that a value names by slug.

    A gemeente has the slug of its organisation.
    """

    organisations: Mapping[str, str] = field(default_factory=dict)
    submitters: Mapping[str, str] = field(default_factory=dict)
    domains: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Names:
        """All of them, in one query."""
        organisations, *others = (
            Organisation.objects.order_by().values_list(Value("organisations"), "slug", "name"),
            SubmitterKind.objects.order_by().values_list(Value("submitters"), "code", "label"),
            Domain.objects.order_by().values_list(Value("domains"), "code", "label"),
        )
        found: dict[str, dict[str, str]] = {"organisations": {}, "submitters": {}, "domains": {}}
        for kind, slug, name in organisations.union(*others, all=True):
            found[kind][slug] = name
        return cls(**found)


def in_words(part: Part, value: Any, names: Names) -> str:
    """The value as people read it; empty when there is none ("niet vermeld", E-042)."""
    if value in (None, "", [], {}):
        return part.empty
    if part.kind in _PLAIN:
        return _number(part, value) if part.kind is Kind.NUMBER else str(value)
    if part.kind is Kind.DAY:
        return date_format(date.fromisoformat(value), "j F Y")
    if part.kind is Kind.PLACE:
        return f"trede {value}"
    if part.kind is Kind.ORGANISATION:
        return names.organisations.get(value, value)
    if part.kind is Kind.INSTROOM:
        return _instroom_words(value)
    if part.kind is Kind.ENTRANCES:
        return "\n\n".join(entrance_words(one) for one in value)
    return "\n".join(_items(part, value, names))


def _number(part: Part, value: int) -> str:
    one, many = part.unit
    return f"{value} {one if value == 1 else many}"


def _items(part: Part, value: Sequence[Any], names: Names) -> list[str]:
    """One line per item of a list."""
    if part.kind is Kind.LINKS:
        return [f"{one['label']}: {one['url']}" for one in value]
    if part.kind is Kind.HOURS:
        return [f"Binnen {one['hours']} uur: {one['for']}" for one in value]
    if part.kind is Kind.QUESTIONS:
        return [str(one["question"]) for one in value]
    known = {
        Kind.SUBMITTERS: names.submitters,
        Kind.DOMAINS: names.domains,
        Kind.ORGANISATIONS: names.organisations,
    }[part.kind]
    return sorted((known.get(one, one) for one in value), key=str.casefold)


def _instroom_words(value: Mapping[str, Any]) -> str:
    """Each criterium, and which of them together are enough when there is a choice."""
    criteria = value["criteria"]
    number = {one["code"]: place for place, one in enumerate(criteria, start=1)}
    lines = [
        f"{place}. {one['text']}{'' if one['active'] else ' (telt nu niet mee)'}"
        + (f"\n   Uitleg: {one['help']}" if one["help"] else "")
        for place, one in enumerate(criteria, start=1)
    ]
    alternatives = value["alternatives"]
    if len(alternatives) > 1:
        lines.append(f"{count_words(len(alternatives), 'manier', 'manieren')} om te voldoen:")
        for one in alternatives:
            together = " en ".join(
                str(place) for place in sorted(number[code] for code in one["criteria"])
            )
            lines.append(f"- {one['label']}: criterium {together}")
    return "\n".join(lines)


_ENTRANCE_LABELS = (
    ("email", "E-mailadres"),
    ("phone", "Telefoonnummer"),
    ("website", "Website"),
    ("hours", "Bereikbaar"),
    ("note", "Toelichting"),
)


def entrance_words(one: Mapping[str, str]) -> str:
    """One local entrance: its name and kind, and below it how to reach it."""
    kind = Entrance.Kind(one["kind"]).label
    lines = [f"{label}: {one[name]}" for name, label in _ENTRANCE_LABELS if one[name]]
    return "\n".join([f"{one['name']} ({kind})", *lines])
