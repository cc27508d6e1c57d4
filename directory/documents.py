"""The overview of tafels as a document, for the region or for one gemeente: what goes in.

One structure, `Overview`, feeds both the PDF and the page to print, so that they say the same. What
a tafel says comes from its newest edition, along the table of parts: a new part appears by itself.
Public: there is nothing in it of a casus or of a person.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from functools import lru_cache
from threading import Lock
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils.text import capfirst

from directory import confirmations, dates, wording
from directory.models import (
    Domain,
    Edition,
    Entrance,
    Gemeente,
    Organisation,
    Region,
    SubmitterKind,
    Tafel,
    Trede,
)
from directory.parts import TAFEL_PARTS, Kind, Names, Part, Values, in_words
from rdm.lib import clock, pdf
from rdm.lib.dates import long_date
from rdm.lib.download import PDF, Document

UNKNOWN = "niet vermeld"
BESIDE = "Naast de treden"
BESIDE_TEXT = (
    "Een aanpak waarin partijen lang samenwerken. Het is geen overleg en hoort niet bij één trede."
)


# --- What a document is made of -------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """A piece of text; `url` makes it a link, `note` stands below it in small print."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph ("text", "strong" or "small"), or a "list" or "numbers" of several runs."""

    kind: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Fact:
    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """A heading with facts; `missing` says in one line what the source does not give (E-042)."""

    heading: str
    facts: tuple[Fact, ...]
    missing: str = ""


@dataclass(frozen=True)
class Chapter:
    """One tafel. `key` is its anchor, `contact` how to reach it, in the order to try."""

    key: str
    name: str
    place: str
    alias: str
    casuistry: str
    contact: tuple[Run, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Rung:
    """One trede with the tafels on it; `number` is empty beside the treden (T-07)."""

    number: str
    name: str
    description: str
    tafels: tuple[Run, ...]

    @property
    def title(self) -> str:
        return f"Trede {self.number}: {self.name}" if self.number else self.name


@dataclass(frozen=True)
class Route:
    """Who to call at once (O-03)."""

    name: str
    text: str
    reach: tuple[Run, ...]


@dataclass(frozen=True)
class Door:
    """One local entrance of a gemeente; `reach` is how to reach it, for a row in a table."""

    name: str
    reach: tuple[Run, ...]
    section: Section


@dataclass(frozen=True)
class Place:
    """One gemeente: its own ways in, who supports its residents, and its ggz (E-045, E-131)."""

    slug: str
    name: str
    ggz: str
    ggz_note: str
    url: str
    doors: tuple[Door, ...]
    supporters: tuple[Fact, ...]


@dataclass(frozen=True)
class Overview:
    """The whole document. `place` is None for the region; `places` is empty for a gemeente.

    `number` counts how often something was published, the first time included; it goes up with
    every change of the overview, whichever document it is.
    """

    title: str
    region: str
    intro: str
    routes: tuple[Route, ...]
    rungs: tuple[Rung, ...]
    chapters: tuple[Chapter, ...]
    place: Place | None
    places: tuple[Place, ...]
    number: int
    changed_on: date | None
    made_on: date
    url: str
    name: str

    @property
    def version(self) -> str:
        changed = f", laatst gewijzigd op {long_date(self.changed_on)}" if self.changed_on else ""
        return f"Versie {self.number}{changed}"

    @property
    def ladder_in_words(self) -> str:
        """What the picture of the ladder shows, for who cannot see it."""
        said = []
        for rung in self.rungs:
            names = ", ".join(one.text for one in rung.tafels) or "geen tafel"
            said.append(f"{rung.title}: {names}.")
        return " ".join(["Een ladder die per trede omhoog gaat.", *said])


# --- Reading --------------------------------------------------------------------------------------


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
        routes=tuple(_route(one) for one in region.crisis_routes),
        rungs=tuple(_rungs(Trede.objects.all(), tafels)),
        chapters=tuple(_chapter(one, names, today) for one in tafels),
        place=_place(place, organisations) if place else None,
        places=() if place else tuple(_place(one, organisations) for one in places),
        number=region.times_published or 0,  # type: ignore[attr-defined]
        changed_on=_day(region.last_published),  # type: ignore[attr-defined]
        made_on=today,
        url=settings.SITE_URL + address,
        name="-".join(one for one in parts if one) + ".pdf",
    )


def _regions() -> QuerySet[Region]:
    """The region, with how often and when last something was published, in one query.

    As in `editions.news`: the first edition of a gemeente is the page it began with, and no news.
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
        Value(0), "slug", "name", "email", "website", "description"
    )
    coded = [
        model._default_manager.order_by().values_list(
            Value(place), "code", "label", Value(""), Value(""), Value("")
        )
        for place, model in enumerate((SubmitterKind, Domain), start=1)
    ]
    names: tuple[dict[str, str], ...] = ({}, {}, {})
    found = {}
    for place, slug, name, email, website, description in organisations.union(*coded, all=True):
        names[place][slug] = name
        if place == 0:
            found[slug] = Organisation(
                slug=slug, name=name, email=email, website=website, description=description
            )
    return Names(*names), found


def _published(subject: Tafel | Gemeente) -> Values:
    return subject.edition_values or {}  # type: ignore[union-attr]


# --- One tafel ------------------------------------------------------------------------------------


def _next_meeting(tafel: Tafel, today: date) -> str:
    found = dates.coming(tafel, today)
    return capfirst(f"{found.first.words}.") if found else ""


def _last_day(tafel: Tafel, today: date) -> str:
    before, found = wording.submit_before(tafel), dates.coming(tafel, today)
    return f"{before} {found.sentence}" if before and found else before


# Parts that are said in another way than one by one: under which label and how, or not here (None)
# because the heading or another part says them.
INSTEAD: dict[str, tuple[str, Callable[[Tafel, date], str]] | None] = {
    "name": None,
    "alias": None,
    "place": None,
    "submit_weeks_before": ("Uiterlijk aanmelden", _last_day),
    "rhythm_weeks": ("Hoe vaak en hoe lang", lambda tafel, today: wording.rhythm(tafel)),
    "rhythm_anchor": ("Volgend overleg", _next_meeting),
    "duration_minutes": None,
}
# Nothing here is an answer: there is no such thing at this tafel.
MAY_BE_NOTHING = {"precondition", "extra_questions"}
# Who picks up a paper first looks for whom to call.
FIRST = next(part.section for part in TAFEL_PARTS if part.kind is Kind.EMAIL)


def _chapter(tafel: Tafel, names: Names, today: date) -> Chapter:
    values = _published(tafel)
    headings = dict.fromkeys([FIRST, *(part.section for part in TAFEL_PARTS)])
    sections = [_section(heading, tafel, values, names, today) for heading in headings]
    return Chapter(
        key=f"tafel-{tafel.slug}",
        name=tafel.name,
        place=tafel.place_on_ladder,
        alias=str(values.get("alias") or UNKNOWN),
        casuistry=str(values.get("casuistry") or UNKNOWN),
        contact=_reach(
            values.get("contact_email"), values.get("contact_phone"), values.get("website")
        ),
        sections=(
            *(one for one in sections if one.facts or one.missing),
            _still_true(tafel, today),
        ),
    )


def _section(heading: str, tafel: Tafel, values: Values, names: Names, today: date) -> Section:
    facts, missing = [], []
    for part in (one for one in TAFEL_PARTS if one.section == heading):
        # "submitters_note" is said with "submitters".
        if part.name.endswith("_note") or (part.name in INSTEAD and INSTEAD[part.name] is None):
            continue
        if other := INSTEAD.get(part.name):
            label, blocks = other[0], _prose(other[1](tafel, today))
        else:
            label = part.label
            blocks = _said(part, values.get(part.name), names)
            blocks += _prose(str(values.get(f"{part.name}_note") or ""))
        if blocks:
            facts.append(Fact(label, blocks))
        elif part.name not in MAY_BE_NOTHING:
            missing.append(label)
    return Section(heading, tuple(facts), _missing(heading, missing))


def _missing(heading: str, labels: Sequence[str]) -> str:
    if not labels:
        return ""
    if [heading] == labels:
        return f"{capfirst(UNKNOWN)}."
    return f"{capfirst(UNKNOWN)}: {', '.join(f'{one[0].lower()}{one[1:]}' for one in labels)}."


def _still_true(tafel: Tafel, today: date) -> Section:
    """Which edition this is, and who said that it holds (E-174)."""
    published = _day(tafel.edition_at)  # type: ignore[attr-defined]
    said = [f"Versie {tafel.version}, van {long_date(published)}."] if published else []
    facts = [
        Fact("Versie", _prose(" ".join(said))),
        Fact("Bevestigd", _prose(confirmations.state_of(tafel, today).sentence)),
    ]
    if tafel.checked_by_chair_on:
        seen = f"Op {long_date(tafel.checked_by_chair_on)}."
        facts.append(Fact("Bekeken door de voorzitter", _prose(seen)))
    address = settings.SITE_URL + reverse("tafel_detail", args=[tafel.slug])
    facts.append(Fact("De nieuwste versie", _reach_block(Kind.URL, address)))
    return Section("Klopt dit nog?", tuple(facts))


def _said(part: Part, value: Any, names: Names) -> tuple[Block, ...]:
    """The value of a part; nothing when there is none and that means nothing."""
    words = in_words(part, value, names)
    if not words or value in (None, "", []):
        return _prose(capfirst(words))
    match part.kind:
        case Kind.EMAIL | Kind.PHONE | Kind.URL:
            return _reach_block(part.kind, str(value))
        case Kind.LINKS:
            links = (
                Run(one["label"], one["url"], wording.address_text(one["url"])) for one in value
            )
            return (Block("list", tuple(links)),)
        case Kind.HOURS | Kind.QUESTIONS:
            return (Block("list", tuple(Run(line) for line in words.split("\n"))),)
        case Kind.SUBMITTERS | Kind.DOMAINS | Kind.ORGANISATIONS:
            return _prose(capfirst(words.replace("\n", ", ")))
        case Kind.INSTROOM:
            return tuple(_ways_in(value))
    return _prose(words)


def _ways_in(value: Mapping[str, Any]) -> Iterator[Block]:
    """The criteria per way in, as on the page of a tafel (templates/directory/_criteria.html)."""
    known = {one["code"]: one for one in value["criteria"]}
    ways = value["alternatives"]
    if len(ways) > 1:
        yield _line(
            "Eén van deze mogelijkheden is genoeg. Alles binnen een mogelijkheid moet kloppen."
        )
    for number, way in enumerate(ways, start=1):
        yield _line(
            f"Mogelijkheid {number}: {way['label']}" if len(ways) > 1 else way["label"], "strong"
        )
        counting = [known[code] for code in known if code in way["criteria"]]
        if len(ways) == 1 and len(counting) > 1:
            yield _line("Alles moet kloppen.")
        yield Block(
            "numbers",
            tuple(Run(one["text"], note=one["help"]) for one in counting if one["active"]),
        )
    for one in known.values():
        if not one["active"]:
            yield _line(
                f"Telt in deze regio nu niet mee: {one['text']} {one['help']}".strip(), "small"
            )


def _line(text: str, kind: str = "text") -> Block:
    return Block(kind, (Run(text),))


def _prose(text: str) -> tuple[Block, ...]:
    """Lines as paragraphs and "- " lines as a list, as `directory.templatetags.tafels.prose`."""
    blocks: list[Block] = []
    for line in (one.strip() for one in text.splitlines() if one.strip()):
        if not line.startswith("- "):
            blocks.append(_line(line))
        elif blocks and blocks[-1].kind == "list":
            blocks[-1] = Block("list", (*blocks[-1].runs, Run(line[2:])))
        else:
            blocks.append(_line(line[2:], "list"))
    return tuple(blocks)


# --- Reaching somebody ----------------------------------------------------------------------------


def _reach(email: str | None, phone: str | None, website: str | None) -> tuple[Run, ...]:
    ways = ((Kind.EMAIL, email), (Kind.PHONE, phone), (Kind.URL, website))
    return tuple(_reached(kind, value) for kind, value in ways if value)


def _reached(kind: Kind, value: str) -> Run:
    """An address as people write it, that can be clicked."""
    if kind is Kind.EMAIL:
        return Run(value, f"mailto:{value}")
    if kind is Kind.PHONE:
        return Run(value, wording.tel_link(value))
    return Run(wording.address_text(value), value)


def _route(route: Mapping[str, str]) -> Route:
    reach = _reach(None, route.get("phone"), route.get("url"))
    return Route(route["name"], route["text"], reach)


def _rungs(treden: Iterable[Trede], tafels: Sequence[Tafel]) -> Iterator[Rung]:
    """Lowest first, and what stands beside the treden last."""
    for trede in treden:
        on_it = _names(one for one in tafels if one.trede_id == trede.number)
        yield Rung(str(trede.number), trede.name, trede.description, on_it)
    if beside := _names(one for one in tafels if one.trede_id is None):
        yield Rung("", BESIDE, BESIDE_TEXT, beside)


def _names(tafels: Iterable[Tafel]) -> tuple[Run, ...]:
    return tuple(Run(one.name, f"#tafel-{one.slug}") for one in tafels)


def _place(gemeente: Gemeente, organisations: Mapping[str, Organisation]) -> Place:
    values = _published(gemeente)
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


def _door(one: Mapping[str, str]) -> Door:
    reach = (
        ("E-mailadres", Kind.EMAIL, one["email"]),
        ("Telefoonnummer", Kind.PHONE, one["phone"]),
        ("Website", Kind.URL, one["website"]),
    )
    rows = {
        "Soort ingang": _prose(capfirst(Entrance.Kind(one["kind"]).label)),
        **{label: _reach_block(kind, value) for label, kind, value in reach},
        "Bereikbaar": _prose(one["hours"]),
        "Toelichting": _prose(one["note"]),
    }
    facts = tuple(Fact(label, blocks) for label, blocks in rows.items() if blocks)
    missing = [label for label, blocks in rows.items() if not blocks]
    section = Section(one["name"], facts, _missing("", missing))
    return Door(one["name"], _reach(one["email"], one["phone"], one["website"]), section)


def _reach_block(kind: Kind, value: str) -> tuple[Block, ...]:
    return (Block("text", (_reached(kind, value),)),) if value else ()


def _supporter(organisation: Organisation) -> Fact:
    reach = _reach(organisation.email, None, organisation.website)
    return Fact(
        organisation.name,
        (*_prose(organisation.description), *(Block("text", (one,)) for one in reach)),
    )


def _day(moment: datetime | None) -> date | None:
    return clock.local_date(moment) if moment else None


# --- The PDF --------------------------------------------------------------------------------------

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
