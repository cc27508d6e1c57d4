"""Patterns in the signalen over the years, and what a year gives to the leersessie (E-173, E-179).

A signaal is about no person, so small numbers are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.safestring import SafeString

from directory.models import Signaal, SignaalStatus
from directory.signalen.rules import WHOLE
from directory.signalen.workflow import PASSED_ON
from rdm.lib import clock
from rdm.lib.charts import bar, grouped, swatch

# As many as fit beside each other on a phone, and as many as the bars have colours for.
MOST_YEARS = 3
MOST_PASSED_ON = 20
NO_THEME = "nog geen thema"
NO_SENDER = "niet vermeld"
# These stand last, and are no pattern.
UNKNOWN = (NO_THEME, NO_SENDER)
MOST_NAMED = 2


@dataclass(frozen=True)
class Row:
    """One tafel, theme or kind of sender: its number in each year, and the bars of those."""

    label: str
    cells: list[tuple[str, int]]  # the year, and how many
    bars: SafeString


@dataclass(frozen=True)
class Figure:
    """One way to divide the signalen, as a table with a picture, and what it says in words."""

    id: str
    title: str
    message: str
    column: str
    rows: list[Row]


@dataclass(frozen=True)
class Patterns:
    """The last years beside each other; without years when nobody left a signaal in them."""

    years: list[tuple[int, SafeString]]  # each with the colour of its bars
    figures: list[Figure]


@dataclass(frozen=True)
class Share:
    """How many signalen of a year, and the bar for it."""

    label: str
    count: int
    bar: SafeString


@dataclass(frozen=True)
class YearInput:
    """What the signalen of a year give to its leersessie."""

    year: int
    total: int
    themes: list[Share]
    tafels: list[Share]
    passed_on: list[Signaal]  # those that went to the expertgroep or the stuurgroep


def patterns() -> Patterns:
    """The present year and the two before it. Four queries."""
    this_year = clock.today().year
    start, _ = clock.year_bounds(this_year - MOST_YEARS + 1)
    found = Signaal.objects.filter(left_at__gte=start)
    by_tafel = _per_year(found, "tafel__name", WHOLE)
    seen = sorted({year for counts in by_tafel.values() for year in counts})
    if not seen:
        return Patterns([], [])
    years = list(range(seen[0], this_year + 1))
    by_status = _per_year(found, "status", "")
    totals = {"alle signalen": sum(by_tafel.values(), Counter())}
    figures = [
        _figure("aantal", "Hoeveel signalen", "Signalen", totals, years),
        _figure("tafels", "Waar het over gaat", "Tafel", by_tafel, years),
        _figure("themas", "Thema's", "Thema", _per_year(found, "theme__label", NO_THEME), years),
        _figure(
            "afzenders",
            "Wie het liet weten",
            "Afzender",
            _per_year(found, "sender_kind__label", NO_SENDER),
            years,
        ),
        _figure(
            "stand",
            "Wat ermee gebeurde",
            "Status",
            {
                str(status.label): by_status[status.value]
                for status in SignaalStatus
                if status.value in by_status
            },
            years,
            sort=False,
            message=_answered(by_status, years[-1]),
        ),
    ]
    return Patterns([(year, swatch(number)) for number, year in enumerate(years)], figures)


def _per_year(found: QuerySet[Signaal], path: str, empty: str) -> dict[str, Counter[int]]:
    """Label → year in Amsterdam → how many. One query."""
    rows = (
        found.order_by()
        .annotate(label=F(path), year=ExtractYear("left_at", tzinfo=clock.AMSTERDAM))
        .values_list("label", "year")
        .annotate(number=Count("pk"))
    )
    counts: dict[str, Counter[int]] = {}
    for label, year, number in rows:
        counts.setdefault(label or empty, Counter())[year] += number
    return counts


def _figure(
    key: str,
    title: str,
    column: str,
    counts: dict[str, Counter[int]],
    years: Sequence[int],
    *,
    sort: bool = True,
    message: str = "",
) -> Figure:
    widest = max((number for one in counts.values() for number in one.values()), default=0)
    labels = list(counts)
    if sort:
        labels.sort(key=lambda one: (one in UNKNOWN, -counts[one].total(), one))
    rows = [
        Row(
            label[:1].upper() + label[1:],
            [(str(year), counts[label][year]) for year in years],
            grouped([counts[label][year] for year in years], widest),
        )
        for label in labels
    ]
    return Figure(key, title, message or _message(counts, years[-1]), column, rows)


def _message(counts: dict[str, Counter[int]], year: int) -> str:
    """What stands out in the last year, in one sentence."""
    total = sum(one[year] for one in counts.values())
    numbers = {label: one[year] for label, one in counts.items() if label not in UNKNOWN}
    most = max(numbers.values(), default=0)
    top = [label for label, number in numbers.items() if number == most]
    if not most:
        return f"In {year} valt nog niets op."
    if len(counts) == 1:
        return f"In {year}: {total}."
    if len(top) > MOST_NAMED:
        return f"In {year} springt er niets uit."
    each = "elk " if len(top) > 1 else ""
    return f"In {year} het meest: {' en '.join(top)} ({each}{most} van {total})."


def _answered(by_status: dict[str, Counter[int]], year: int) -> str:
    total = sum(one[year] for one in by_status.values())
    done = by_status.get(SignaalStatus.DONE, Counter())[year]
    return f"Van de signalen uit {year} is dit afgehandeld: {done} van {total}."


def year_input(year: int) -> YearInput:
    """The signalen that came in during `year`. Three queries."""
    start, end = clock.year_bounds(year)
    found = Signaal.objects.filter(left_at__gte=start, left_at__lt=end)
    tafels = _shares(found, "tafel__name", WHOLE)
    gone_up = found.filter(steps__status__in=PASSED_ON).distinct()
    return YearInput(
        year,
        sum(one.count for one in tafels),
        _shares(found, "theme__label", NO_THEME),
        tafels,
        list(gone_up.select_related("tafel", "theme").order_by("left_at", "pk")[:MOST_PASSED_ON]),
    )


def _shares(found: QuerySet[Signaal], path: str, empty: str) -> list[Share]:
    counts = {label: one.total() for label, one in _per_year(found, path, empty).items()}
    widest = max(counts.values(), default=0)
    return [
        Share(label[:1].upper() + label[1:], number, bar(number, widest))
        for label, number in sorted(
            counts.items(), key=lambda one: (one[0] in UNKNOWN, -one[1], one[0])
        )
    ]
