"""One tafel as a chapter: what its newest edition says, along the table of parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst

from directory.models import Tafel
from directory.overview.shapes import Chapter, Fact, Section
from directory.overview.words import (
    UNKNOWN,
    address_block,
    day_of,
    not_given,
    prose,
    published,
    value_blocks,
    ways_to_reach,
)
from directory.reading import confirmations, meetings
from directory.upkeep.page_fields.fields import TAFEL_PARTS, Kind, Values
from directory.upkeep.page_fields.words import Names
from rdm.lib.dates import long_date


def _next_meeting(tafel: Tafel, today: date) -> str:
    found = meetings.coming(tafel, today)
    return capfirst(f"{found.first.words}.") if found else ""


def _last_day(tafel: Tafel, today: date) -> str:
    before, found = meetings.submit_before(tafel), meetings.coming(tafel, today)
    return f"{before} {found.sentence}" if before and found else before


# Parts that are said in another way than one by one: under which label and how, or not here (None)
# because the heading or another part says them.
INSTEAD: dict[str, tuple[str, Callable[[Tafel, date], str]] | None] = {
    "name": None,
    "alias": None,
    "place": None,
    "submit_weeks_before": ("Uiterlijk aanmelden", _last_day),
    "rhythm_weeks": ("Hoe vaak en hoe lang", lambda tafel, today: meetings.rhythm(tafel)),
    "rhythm_anchor": ("Volgend overleg", _next_meeting),
    "duration_minutes": None,
}
# Nothing here is an answer: there is no such thing at this tafel.
MAY_BE_NOTHING = {"precondition", "extra_questions"}
# Who picks up a paper first looks for whom to call.
FIRST = next(part.section for part in TAFEL_PARTS if part.kind is Kind.EMAIL)


def chapter_of(tafel: Tafel, names: Names, today: date) -> Chapter:
    values = published(tafel)
    headings = dict.fromkeys([FIRST, *(part.section for part in TAFEL_PARTS)])
    sections = [_section(heading, tafel, values, names, today) for heading in headings]
    return Chapter(
        key=f"tafel-{tafel.slug}",
        name=tafel.name,
        place=tafel.place_on_ladder,
        alias=str(values.get("alias") or UNKNOWN),
        casuistry=str(values.get("casuistry") or UNKNOWN),
        contact=ways_to_reach(
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
            label, blocks = other[0], prose(other[1](tafel, today))
        else:
            label = part.label
            blocks = value_blocks(part, values.get(part.name), names)
            blocks += prose(str(values.get(f"{part.name}_note") or ""))
        if blocks:
            facts.append(Fact(label, blocks))
        elif part.name not in MAY_BE_NOTHING:
            missing.append(label)
    return Section(heading, tuple(facts), not_given(heading, missing))


def _still_true(tafel: Tafel, today: date) -> Section:
    """Which edition this is, and who said that it holds (E-174)."""
    since = day_of(tafel.edition_at)  # type: ignore[attr-defined]
    said = [f"Versie {tafel.version}, van {long_date(since)}."] if since else []
    facts = [
        Fact("Versie", prose(" ".join(said))),
        Fact("Bevestigd", prose(confirmations.state_of(tafel, today).sentence)),
    ]
    if tafel.checked_by_chair_on:
        seen = f"Op {long_date(tafel.checked_by_chair_on)}."
        facts.append(Fact("Bekeken door de voorzitter", prose(seen)))
    own_page = settings.SITE_URL + reverse("tafel_detail", args=[tafel.slug])
    facts.append(Fact("De nieuwste versie", address_block(Kind.URL, own_page)))
    return Section("Klopt dit nog?", tuple(facts))
