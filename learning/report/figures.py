"""The figures of the report: each a table with bars and one sentence that says what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from escalation.models import Overleg, RouteStep
from escalation.models.casus import ClientSupport
from learning.workflow import LessonStatus
from rdm.lib.charts import bar
from rdm.lib.numbers import decimal, share

from .counts import LeadTime, YearCounts, count_year, first_year
from .hiding import Cell, cell, parts_of_known_total, population, stages

STAGES = {
    "registered": "Geregistreerd",
    "trede_1": "Besproken of aangemeld op trede 1",
    "trede_2": "Besproken of aangemeld op trede 2",
    "trede_3": "Aangemeld voor trede 3",
    "held": "Escalatieoverleg gehouden",
    "trede_4": "Voorgedragen voor trede 4",
}
# In the report two states are one: a linked or wanted supporter is still on the way.
SUPPORT = (
    ("Gekoppeld", (ClientSupport.LINKED,)),
    ("Aangeboden of gewenst", (ClientSupport.OFFERED, ClientSupport.WANTED)),
    ("Niet gewenst", (ClientSupport.DECLINED,)),
    ("Niet beschikbaar", (ClientSupport.UNAVAILABLE,)),
    ("Nog niet aangeboden", (ClientSupport.NOT_OFFERED,)),
)
PERCENT = "%"


@dataclass(frozen=True)
class Value:
    """What a column says of a row: in words, and as a number where it shows one."""

    text: str
    number: int | float | None = None
    unit: str = ""


NO_SHARE = Value("–")


@dataclass(frozen=True)
class Row:
    """One row: its label, the values of the columns, and the bar that pictures one of them."""

    label: str
    values: list[Value]
    bar: SafeString
    labelled: list[tuple[str, Value]] = field(default_factory=list)


@dataclass(frozen=True)
class Figure:
    """One part of the report. `columns` names the label, then every cell."""

    id: str
    title: str
    message: str
    columns: list[str]
    rows: list[Row]
    note: str = ""

    def __post_init__(self) -> None:
        # On a phone every cell carries the label of its column.
        for row in self.rows:
            row.labelled.extend(zip(self.columns[1:], row.values, strict=True))


@dataclass(frozen=True)
class Report:
    """A year; `threshold` is None for the coördinator, who sees every count."""

    year: int
    first_year: int | None
    threshold: int | None
    figures: list[Figure]

    @property
    def is_empty(self) -> bool:
        return not self.figures


def report_of(year: int, *, full: bool) -> Report:
    """The report of `year`; with `full` every count is shown, else small ones are hidden.

    Without figures when the year has nothing to show. Whether a year of the region is empty is
    only said where no small count is hidden, or before the first casus.
    """
    first = first_year()
    if first is None or year < first:
        return Report(year, first, None, [])
    counts = count_year(year)
    threshold = None if full else counts.agreed["kleine_aantallen"]
    if full and counts.is_empty:
        return Report(year, first, threshold, [])
    return Report(year, first, threshold, _figures(counts, threshold))


def _figures(counts: YearCounts, threshold: int | None) -> list[Figure]:
    by_solution = [counts.solutions.get(value, 0) for value in Overleg.Solution.values]
    # Three ways to divide the same overleggen: hidden together, or one gives the other away.
    (solutions, overleg, feedback), number = population(
        [by_solution, _parts(counts.overleg), _parts(counts.feedback)], threshold
    )
    (verdict,), _ = population([_parts(counts.verdict)], threshold)
    return [
        _funnel(counts, threshold),
        _lead_times(counts, threshold, verdict, overleg, feedback),
        _overleggen(counts, number),
        _solutions(counts.year, solutions),
        _tafels(counts, threshold),
        _client_support(counts, threshold),
        _themes(counts, threshold),
        _lobby(counts, threshold),
    ]


def _parts(lead: LeadTime) -> list[int]:
    """`waiting` counts only where something waits; an empty part would always be a small one."""
    parts = [lead.in_time, lead.late]
    return [*parts, lead.waiting] if lead.waiting else parts


def _rows(labels: Sequence[str], cells: Sequence[Cell]) -> list[Row]:
    widest = max((one.value or 0 for one in cells), default=0)
    return [
        Row(label, [_count(one)], bar(one.value, widest))
        for label, one in zip(labels, cells, strict=True)
    ]


def _count(one: Cell) -> Value:
    return Value(one.text, one.value)


def _share(part: int | None, total: int | None) -> Value:
    """In whole percents; nothing when either of them is hidden, or when there is nothing."""
    if part is None or not total:
        return NO_SHARE
    return Value(share(part, total), round(100 * part / total), PERCENT)


def _with_shares(rows: list[Row], cells: Sequence[Cell], total: int | None) -> list[Row]:
    """The rows with what part each count is of the total."""
    return [
        Row(row.label, [*row.values, _share(one.value, total)], row.bar)
        for row, one in zip(rows, cells, strict=True)
    ]


def _funnel(counts: YearCounts, threshold: int | None) -> Figure:
    cells = stages(list(counts.stages.values()), threshold)
    rows = _with_shares(
        _rows([STAGES[name] for name in counts.stages], cells), cells, cells[0].value
    )
    third = cells[list(counts.stages).index("trede_3")]
    return Figure(
        "route",
        "Hoe ver casussen kwamen",
        f"Geregistreerde casussen in {counts.year}: {cells[0].words}. "
        f"Daarvan naar trede 3: {third.words}.",
        ["Trede", "Aantal casussen", "Deel van alle"],
        rows,
        "Een casus telt mee in het jaar van registratie, ook als een stap in een later jaar was.",
    )


def _lead_times(
    counts: YearCounts,
    threshold: int | None,
    verdict: list[Cell],
    overleg: list[Cell],
    feedback: list[Cell],
) -> Figure:
    rows = [
        _lead_row(label, lead, cells, counts.agreed[code], threshold)
        for label, lead, cells, code in (
            ("Oordeel van het coördinatiepunt", counts.verdict, verdict, "coordinatiepunt_oordeel"),
            ("Escalatieoverleg houden", counts.overleg, overleg, "overleg_houden"),
            ("Terugkoppeling indienen", counts.feedback, feedback, "terugkoppeling_indienen"),
        )
    ]
    told = [
        f"{row.label.lower()} {row.values[1].text}" for row in rows if row.values[1] != NO_SHARE
    ]
    if told:
        message = f"Zo vaak lukte het binnen de termijn: {', '.join(told)}."
    elif threshold is None:
        message = "Er is dit jaar nog niets waarvan de termijn voorbij is."
    else:
        message = "Hoe vaak het binnen de termijn lukte, tonen wij niet: te kleine aantallen."
    return Figure(
        "termijnen",
        "Doorlooptijden en termijnen",
        message,
        ["Stap", "Termijn", "Op tijd", "Aantal op tijd", "Aantal te laat", "Mediaan"],
        rows,
        "In werkdagen. Bij spoed geldt de kortere termijn. De mediaan is de middelste: de helft "
        "duurde korter, de helft langer.",
    )


def _lead_row(
    label: str, lead: LeadTime, cells: list[Cell], agreed: int, threshold: int | None
) -> Row:
    in_time, late = cells[0], cells[1]
    part, median, drawn = NO_SHARE, lead.median, None
    if in_time.value is not None and late.value is not None:
        part = _share(in_time.value, in_time.value + late.value)
        drawn = part.number or 0
    enough = threshold is None or lead.days.total() >= threshold
    return Row(
        label,
        [
            _days(agreed),
            part,
            _count(in_time),
            _count(late),
            _days(median) if median is not None and enough else NO_SHARE,
        ],
        bar(drawn, 100),
    )


def _days(number: float) -> Value:
    exact = int(number) if number == int(number) else number
    words = decimal(exact, 0 if isinstance(exact, int) else 1)
    unit = "werkdag" if exact == 1 else "werkdagen"
    return Value(f"{words} {unit}", exact, unit)


def _overleggen(counts: YearCounts, number: Cell) -> Figure:
    """The number against what was expected: a signal, never a limit (E-146)."""
    expected = counts.agreed["overleggen_signaal"]
    known = number.drawn
    if (known or 0) > expected:
        message = (
            f"Aantal overleggen: {number.text}. Dat zijn er meer dan verwacht ({expected}): "
            "een signaal om te bespreken, geen grens."
        )
    elif number.value is None:
        message = f"Aantal overleggen: {number.words}. Verwacht waren er {expected}."
    else:
        message = f"Aantal overleggen: {number.text}. Dat is niet meer dan verwacht ({expected})."
    widest = max(known or 0, expected)
    return Figure(
        "overleggen",
        "Aantal escalatieoverleggen",
        message,
        ["Escalatieoverleggen", "Aantal"],
        [
            Row(f"Gehouden in {counts.year}", [_count(number)], bar(known, widest)),
            Row("Verwacht in een jaar", [Value(str(expected), expected)], bar(expected, widest)),
        ],
    )


def _solutions(year: int, cells: list[Cell]) -> Figure:
    labels = [str(label).capitalize() for label in Overleg.Solution.labels]
    none = cells[Overleg.Solution.values.index(Overleg.Solution.NONE)]
    return Figure(
        "uitkomsten",
        "Uitkomsten van de overleggen",
        f"Aantal overleggen zonder oplossing in {year}: {none.words}.",
        ["Uitkomst", "Aantal overleggen"],
        _rows(labels, cells),
    )


def _tafels(counts: YearCounts, threshold: int | None) -> Figure:
    outcomes = RouteStep.Outcome
    table = []
    for name, per_outcome in counts.tafels:
        (cells,), total = population(
            [[per_outcome.get(value, 0) for value in outcomes.values]], threshold
        )
        table.append((name, cells, total))
    widest = max((total.drawn or 0 for _, _, total in table), default=0)
    stuck = sum(per.get(outcomes.NO_SOLUTION, 0) for _, per in counts.tafels)
    # Per tafel this number may be hidden; then the sum must not be said either.
    said = cell(stuck, threshold).words if threshold is None else ""
    if not table:
        message = f"In {counts.year} is er nog geen uitkomst van een tafel vastgelegd."
    elif said:
        message = f"Aantal keer dat een tafel geen passende oplossing vond: {said}."
    else:
        message = "Dit is wat de tafels met de casussen konden doen."
    return Figure(
        "tafels",
        "Uitkomsten per tafel",
        message,
        ["Tafel", "Totaal", *[str(label).capitalize() for label in outcomes.labels]],
        [
            Row(name, [_count(total), *map(_count, cells)], bar(total.drawn, widest))
            for name, cells, total in table
        ],
        "Een stap telt mee in het jaar waarin de uitkomst is vastgelegd.",
    )


def _client_support(counts: YearCounts, threshold: int | None) -> Figure:
    numbers = [
        sum(counts.client_support.get(state, 0) for state in states) for _, states in SUPPORT
    ]
    cells = parts_of_known_total(numbers, threshold)
    total = counts.stages["registered"]
    rows = _with_shares(_rows([label for label, _ in SUPPORT], cells), cells, total)
    return Figure(
        "clientondersteuning",
        "Cliëntondersteuning",
        f"Aantal inwoners met een gekoppelde cliëntondersteuner: {cells[0].words}.",
        ["Status", "Aantal casussen", "Deel van alle"],
        rows,
        f"Het gaat om de casussen die in {counts.year} zijn geregistreerd, met de status van nu.",
    )


def _themes(counts: YearCounts, threshold: int | None) -> Figure:
    numbers = counts.lessons
    cells = [cell(number, threshold) for number in numbers.values()]
    top = max(numbers, key=numbers.__getitem__, default="")
    if not numbers:
        message = f"In {counts.year} zijn geen leerpunten gemaakt."
    elif threshold is not None and numbers[top] < threshold:
        message = "Over elk thema zijn maar een paar leerpunten gemaakt."
    else:
        message = f"De meeste leerpunten gaan over: {top}."
    return Figure(
        "themas",
        "Thema's van de leerpunten",
        message,
        ["Thema", "Aantal leerpunten"],
        _rows([label.capitalize() for label in numbers], cells),
    )


def _lobby(counts: YearCounts, threshold: int | None) -> Figure:
    cells = [cell(counts.lobby.get(value, 0), threshold) for value in LessonStatus.values]
    done = cells[LessonStatus.values.index(LessonStatus.DONE)]
    return Figure(
        "lobby",
        "Punten voor de landelijke lobby",
        f"Aantal afgeronde lobbypunten: {done.words}.",
        ["Status", "Aantal"],
        _rows([str(label).capitalize() for label in LessonStatus.labels], cells),
        f"Het gaat om leerpunten uit {counts.year} waar alleen het Rijk iets aan kan doen.",
    )
