"""What the public page of a tafel, or of a gemeente, is made of: the parts that can change.

One table per kind of page drives everything that keeps the overview true (O-13): the form of a
proposal, the snapshot in an edition, what is compared, and the change log in words.

A value is plain data that fits in JSON: a text, a number or None, a day as "2026-12-31" or "", a
slug, a sorted list of slugs, or a list of rows. `in_words` says a value to people.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from directory.models import Gemeente, Tafel
from directory.region import entrances

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


def parts_of(subject: Tafel | Gemeente) -> tuple[Part, ...]:
    return TAFEL_PARTS if isinstance(subject, Tafel) else GEMEENTE_PARTS
