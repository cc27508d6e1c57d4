"""What a region file may say. Lengths follow the database; references are checked in `check`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from directory.guide.questions import CRISIS, GEMEENTEN, UNDER_AGE, WAITING_LIST
from directory.models import Entrance, Organisation, Procesafspraak, Role, Tafel

# The agreements that the program asks for by code, with the unit it counts in.
# What the law asks of a public site: the foot of every page leads to them.
REQUIRED_PAGES = ("toegankelijkheid", "privacy")
REQUIRED_PROCESAFSPRAKEN = {
    "coordinatiepunt_oordeel": "werkdagen",
    "spoed_oordeel": "werkdagen",
    "aanvulling_termijn": "werkdagen",
    "spoed_aanvulling": "werkdagen",
    "overleg_houden": "werkdagen",
    "spoed_overleg": "werkdagen",
    "overleggen_signaal": "aantal",
    "stap_zonder_nieuws": "dagen",
    "overdracht_antwoord": "werkdagen",
    "terugkoppeling_indienen": "werkdagen",
    "herinnering_vooraf": "werkdagen",
    "herinnering_achteraf": "werkdagen",
    "beveiligingscontact_vooraf": "werkdagen",
    "leersessies_per_jaar": "aantal",
    "leersessie_risico_vanaf": "maand",
    "kleine_aantallen": "aantal",
    "tafel_bevestigen": "jaar",
    "uitnodiging_geldig": "dagen",
    "deelnemerlink_geldig": "dagen",
    "tafellink_geldig": "dagen",
    "abonneelink_geldig": "dagen",
    "evaluatie_open": "dagen",
    "delen_hoogstens": "dagen",
    "delen_einde_vooraf": "werkdagen",
    "inzage_per_uur": "aantal",
    "pogingen_per_uur": "aantal",
    "rollen_nalopen": "jaar",
    "bewaartermijn": "jaar",
    "concept_bewaren": "dagen",
    "mailtekst_bewaren": "dagen",
    "reservekopie_te_oud": "dagen",
    "reservekopie_bewaren": "dagen",
    "herstel_oefenen": "dagen",
    "weergaven_per_persoon": "aantal",
    "export_rijen": "aantal",
    "verzoek_inwoner": "dagen",
    "contact_inwoner": "tekst",
    "verdeling_verantwoordelijkheden": "tekst",
    "communicatie_betrokkenen": "tekst",
    "voorwaarden_trede_4": "tekst",
}

# What stands after /tafels/ and is no tafel (directory.upkeep and directory.overview).
TAFEL_ADDRESSES = {"wijzigingen", "actueel", "overzicht", "voorstellen", "bevestigen"}

# Every gemeente brings a casus as this kind of submitter.
SUBMITS_AS_GEMEENTE = "gemeente"

# The laws under which care is given; what a casus is registered with (E-004).
LAWS = ["zvw", "wlz", "wmo", "wvggz"]


def _refuse(code: str, message: str) -> PydanticCustomError:
    # The text is a literal: pydantic would otherwise read braces in it as a template.
    return PydanticCustomError("region", "{text}", {"text": message, "code": code})


def _with_django(validator: Callable[[str], None], message: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        try:
            validator(value)
        except ValidationError:
            raise _refuse("value", message) from None
        return value

    return check


def _one_of(choices: list[str]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in choices:
            raise _refuse("choice", "kies een van: " + ", ".join(choices))
        return value

    return check


def _pattern(pattern: str, message: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise _refuse("pattern", message)
        return value

    return check


def _clean_address(value: str) -> str:
    if "safelinks.protection" in value:
        raise _refuse("safelink", "dit is een omweg van Outlook; schrijf het echte webadres")
    return value


def _tidy(value: str) -> str:
    value = value.strip()
    if not value:
        raise _refuse("empty", "dit mag niet leeg zijn; laat het veld weg als u het niet weet")
    if any(ord(char) < 32 and char not in "\n\t" for char in value):
        raise _refuse("control", "hier staat een teken dat niet in een tekst hoort")
    return value


Tidy = AfterValidator(_tidy)
Text40 = Annotated[str, Field(max_length=40), Tidy]
Text60 = Annotated[str, Field(max_length=60), Tidy]
Text80 = Annotated[str, Field(max_length=80), Tidy]
Text120 = Annotated[str, Field(max_length=120), Tidy]
Text160 = Annotated[str, Field(max_length=160), Tidy]
Text200 = Annotated[str, Field(max_length=200), Tidy]
Text300 = Annotated[str, Field(max_length=300), Tidy]
Text500 = Annotated[str, Field(max_length=500), Tidy]
Long = Annotated[str, Field(max_length=5000), Tidy]

Slug = Annotated[
    str,
    Field(max_length=50),
    AfterValidator(
        _pattern(r"[a-z0-9]+([-_][a-z0-9]+)*", "gebruik alleen kleine letters, cijfers, - en _")
    ),
]
Email = Annotated[
    str,
    Field(max_length=254),
    AfterValidator(_with_django(EmailValidator(), "dit is geen e-mailadres")),
]
Url = Annotated[
    str,
    Field(max_length=200),
    AfterValidator(_clean_address),
    AfterValidator(
        _with_django(URLValidator(schemes=["https", "http"]), "dit is geen webadres (https://…)")
    ),
]
Phone = Annotated[
    str, AfterValidator(_pattern(r"\+?[0-9][0-9 \-]{1,28}", "dit is geen telefoonnummer"))
]
Small = Annotated[int, Field(ge=0, le=32_000)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CrisisRoute(Part):
    name: Text120
    text: Long
    phone: Phone = ""
    url: Url = ""


class LinkPart(Part):
    label: Text160
    url: Url


class ContactPart(Part):
    """Who answers for the program in this region: an office, never a person."""

    name: Text120
    email: Annotated[Email, Field(min_length=1)]
    phone: Phone = ""
    # Until when who finds a weakness may trust that this is the address for it (security.txt).
    security_until: date


class SectionPart(Part):
    heading: Text120
    text: Long
    links: list[LinkPart] = []


class PagePart(Part):
    """A page that the region writes itself, as what the law asks of a public site."""

    code: Slug
    title: Text80
    intro: Long
    updated_on: date
    sections: Annotated[list[SectionPart], Field(min_length=1)]


class RegionPart(Part):
    slug: Slug
    name: Text80
    code_prefix: Annotated[
        str, AfterValidator(_pattern(r"[A-Z]{2,4}", "gebruik 2 tot 4 hoofdletters"))
    ]
    intro: Long
    # So that a gemeente that fell out of the list is noticed.
    gemeenten_count: Annotated[int, Field(ge=1)]
    crisis_routes: Annotated[list[CrisisRoute], Field(min_length=1)]
    contact: ContactPart


class TredePart(Part):
    number: Annotated[int, Field(ge=0, le=4)]
    name: Text80
    description: Long


class Coded(Part):
    code: Slug
    label: Text120


class DomainPart(Part):
    code: Slug
    label: Text80


class OrganisationPart(Part):
    slug: Slug
    name: Text120
    kind: Annotated[str, AfterValidator(_one_of(Organisation.Kind.values))]
    submits_as: list[Slug] = []
    covenant_partner: bool = False
    email: Email = ""
    website: Url = ""
    description: Long = ""


class RolePart(Part):
    """At which organisations somebody may have a role: those of a kind, and some by name (O-12)."""

    kinds: list[Annotated[str, AfterValidator(_one_of(Organisation.Kind.values))]] = []
    organisations: list[Slug] = []


class EntrancePart(Part):
    """A local entrance; a function or a desk, never the name of a person (E-045)."""

    kind: Annotated[str, AfterValidator(_one_of(Entrance.Kind.values))]
    name: Text120
    email: Email = ""
    phone: Phone = ""
    website: Url = ""
    hours: Text200 = ""
    note: Long = ""


class GemeentePart(Part):
    slug: Slug
    name: Text120
    ggz_provider: Slug
    ggz_note: Text200 = ""
    email: Email = ""
    website: Url = ""
    description: Long = ""
    # A gemeente keeps these itself (E-045, E-128). A file that is silent about them leaves them
    # alone, and so is not the same as a file with an empty list.
    client_support: list[Slug] | None = None
    entrances: list[EntrancePart] | None = None
    # The model with which it scales up, and its phases in order, one a line (E-121).
    scaling_model: Text80 = ""
    scaling_phases: Long = ""


class ResponsePart(Part):
    hours: Annotated[int, Field(ge=1, le=720)]
    applies_to: Text200 = Field(alias="for")


class QuestionPart(Part):
    code: Slug
    question: Text500


class AsksPart(Part):
    """Which answers of the guide say yes, and which say no."""

    question: Slug
    yes: list[Slug] = []
    no: list[Slug] = []


class CriteriumPart(Part):
    code: Slug
    text: Text500
    help: Text500 = ""
    active: bool = True
    asks: AsksPart | None = None


class AudiencePart(Part):
    text: Text500
    asks: AsksPart | None = None


class AlternativePart(Part):
    label: Text200
    criteria: Annotated[list[Slug], Field(min_length=1)]


def _free_address(value: str) -> str:
    if value in TAFEL_ADDRESSES:
        raise _refuse("taken", "dit woord is al het adres van een andere pagina onder /tafels/")
    return value


class TafelPart(Part):
    slug: Annotated[Slug, AfterValidator(_free_address)]
    name: Text120
    alias: Text160 = ""
    trede: int | None = None
    special: Annotated[str, AfterValidator(_one_of(Tafel.Special.values))] = ""
    purpose: Long = ""
    casuistry: Long = ""
    focus: Long = ""
    led_by: Slug | None = None
    led_by_note: Long = ""
    chair: Text160 = ""
    participants: Long = ""
    submitters: list[Slug] = []
    submitters_note: Long = ""
    how_to_submit: Long = ""
    inflow: Long = ""
    precondition: Long = ""
    audience: list[AudiencePart] = []
    outflow: Long = ""
    client_support: Long = ""
    contact_name: Text160 = ""
    contact_email: Email = ""
    contact_phone: Phone = ""
    website: Url = ""
    links: list[LinkPart] = []
    locations: Text200 = ""
    domains: list[Slug] = []
    gemeenten: list[Slug] = []
    rhythm_weeks: Small | None = None
    duration_minutes: Small | None = None
    submit_weeks_before: Small | None = None
    rhythm_note: Text200 = ""
    rhythm_anchor: date | None = None
    response_hours: list[ResponsePart] = []
    extra_questions: list[QuestionPart] = []
    checked_by_chair_on: date | None = None
    confirmed_on: date | None = None
    confirmed_by: Text160 = ""
    criteria: list[CriteriumPart] = []
    alternatives: list[AlternativePart] = []


class DeelnemerKindPart(Part):
    code: Slug
    label: Text160
    mandatory: bool = False
    hint: Text300 = ""


class ProcesafspraakPart(Part):
    code: Slug
    group: Text60
    title: Text160
    explanation: Long
    unit: Annotated[str, AfterValidator(_one_of(Procesafspraak.Unit.values))]
    number: Small | None = None
    text: Long = ""


class PrefillPart(Part):
    """What a registration can begin with."""

    domains: list[Slug] = []
    frameworks: list[Annotated[str, AfterValidator(_one_of(LAWS))]] = []
    safety: Literal["yes", "no"] | None = None
    waiting_list_only: bool | None = None
    stagnations: list[Slug] = []
    tried: bool = False


class OptionPart(Part):
    code: Slug
    label: Text160
    rest: bool = False
    hint: Text300 = ""
    group: Text80 = ""
    leads_to: Annotated[str, AfterValidator(_one_of([CRISIS, UNDER_AGE, WAITING_LIST]))] = ""
    points_to: Slug | None = None
    submits_as: list[Slug] = []
    prefill: PrefillPart | None = None


class OnlyIfPart(Part):
    question: Slug
    options: Annotated[list[Slug], Field(min_length=1)]


class GuideQuestionPart(Part):
    code: Slug
    text: Text300
    short: Text80
    help: Text300 = ""
    several: bool = False
    source: Annotated[str, AfterValidator(_one_of([GEMEENTEN]))] = ""
    not_sure: Text80 = "Weet ik niet"
    only_if: OnlyIfPart | None = None
    options: list[OptionPart] = []


class GuideStepPart(Part):
    code: Slug
    title: Text80
    questions: Annotated[list[GuideQuestionPart], Field(min_length=1)]


class EvaluationQuestionPart(Part):
    """One question of the yearly evaluation: a choice of options, or words of one's own."""

    code: Slug
    text: Text300
    kind: Literal["choice", "text"]
    options: list[Coded] = []


class RegionFile(Part):
    format: Literal[1]
    version: Text40
    region: RegionPart
    treden: Annotated[list[TredePart], Field(min_length=1)]
    submitter_kinds: Annotated[list[Coded], Field(min_length=1)]
    domains: list[DomainPart] = []
    guide: list[GuideStepPart] = []
    # Words that mean the same to who searches.
    synonyms: list[Annotated[list[Text60], Field(min_length=2)]] = []
    organisations: Annotated[list[OrganisationPart], Field(min_length=1)]
    roles: dict[Annotated[str, AfterValidator(_one_of(Role.values))], RolePart]
    gemeenten: Annotated[list[GemeentePart], Field(min_length=1)]
    tafels: Annotated[list[TafelPart], Field(min_length=1)]
    deelnemer_kinds: Annotated[list[DeelnemerKindPart], Field(min_length=1)]
    themes: Annotated[list[Coded], Field(min_length=1)]
    # Why a casus is stuck, and what must be in order at the basis (E-102).
    stagnations: list[Coded] = []
    basic_needs: list[Coded] = []
    procesafspraken: Annotated[list[ProcesafspraakPart], Field(min_length=1)]
    pages: Annotated[list[PagePart], Field(min_length=1)]
    # Whether the overview helps (E-174); without questions there is no evaluation.
    evaluation: list[EvaluationQuestionPart] = []
