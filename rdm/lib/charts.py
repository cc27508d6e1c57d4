"""Small charts as SVG, made on the server: no script, no style attribute, so no CSP problem.

A chart never stands alone. Bars are decoration under the name of a table row that holds the
figures, so they are hidden from a screen reader and never a cell of their own; a line says its
message in its label, and the page gives the figures in a table below. Colours come from the style
sheet by class name; the `fill` and `stroke` attributes are what shows without one.

Classes: chart-bar, chart-bar--grouped, chart-swatch, chart-fill, chart-fill--1 .. --6,
chart-unknown; chart-line, chart-grid, chart-axis, chart-path, chart-dot.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

BLUE = "#154273"
GREY = "#8a94a3"
# Told apart by lightness as well, for print and for who sees little colour.
SHADES = ("#154273", "#4f8fc4", "#b8d3ea", "#39870c", "#8dc06b", "#d9e8cc")


def bar(value: float | None, maximum: float) -> SafeString:
    """One bar for the head of a table row; the number itself belongs in the cell beside it.

    None is a value that is not shown (a suppressed count): a stub of a fixed length, so that
    the picture does not give away what the text hides.
    """
    if value is None:
        return _bar(
            format_html('<rect class="chart-unknown" width="3" height="10" fill="{}"></rect>', GREY)
        )
    return stacked([value], maximum)


def stacked(values: Sequence[float], maximum: float) -> SafeString:
    """Parts of one bar behind each other, at most six; the cells beside it hold the numbers."""
    start, parts = 0.0, []
    for number, value in enumerate(values):
        width = _percent(value, maximum)
        parts.append((number % 6 + 1, round(start, 1), width, SHADES[number % 6]))
        start += width
    return _bar(
        format_html_join(
            "",
            '<rect class="chart-fill chart-fill--{}" x="{}" width="{}" height="10" fill="{}">'
            "</rect>",
            ((n, str(x), str(w), fill) for n, x, w, fill in parts),
        )
    )


def grouped(values: Sequence[float | None], maximum: float) -> SafeString:
    """Bars under each other for one table row, at most six; None as in `bar`."""
    rows = (
        (
            "chart-unknown" if value is None else f"chart-fill chart-fill--{number % 6 + 1}",
            number * 6,
            "3" if value is None else str(_percent(value, maximum)),
            GREY if value is None else SHADES[number % 6],
        )
        for number, value in enumerate(values)
    )
    drawn = format_html_join(
        "", '<rect class="{}" y="{}" width="{}" height="5" fill="{}"></rect>', rows
    )
    return _bar(drawn, height=max(6 * len(values) - 1, 5), kind="chart-bar chart-bar--grouped")


def swatch(number: int) -> SafeString:
    """The colour of part `number` (from 0) of `stacked` and `grouped`, for beside its name."""
    return format_html(
        '<svg class="chart-swatch" viewBox="0 0 10 10" aria-hidden="true" focusable="false">'
        '<rect class="chart-fill chart-fill--{}" width="10" height="10" fill="{}"></rect></svg>',
        number % 6 + 1,
        SHADES[number % 6],
    )


@dataclass(frozen=True)
class FunnelStage:
    """One row of a funnel: what it is, how many reached it, and the bar."""

    label: str
    count: int
    percentage: int
    bar: SafeString


def funnel(stages: Sequence[tuple[str, int]]) -> list[FunnelStage]:
    """The stages as table rows, with the percentage of the first stage that got there."""
    first = stages[0][1] if stages else 0
    widest = max((count for _, count in stages), default=0)
    return [
        FunnelStage(label, count, round(100 * count / first) if first else 0, bar(count, widest))
        for label, count in stages
    ]


def line(points: Sequence[tuple[str, float]], title: str) -> SafeString:
    """A line through (label, value) points, values 0 or more.

    `title` is the message in words ("Aanmeldingen per maand, van 9 in juni tot 17 in november")
    and is what a screen reader hears. The page repeats the figures in a table.
    """
    width, height, left, right, top, bottom = 640, 240, 44, 16, 14, 30
    highest = max((value for _, value in points), default=0) or 1
    step = (width - left - right) / max(1, len(points) - 1)

    def y(value: float) -> float:
        return round(top + (height - top - bottom) * (1 - value / highest), 1)

    at = [(round(left + i * step, 1), y(value)) for i, (_, value) in enumerate(points)]
    grid = format_html_join(
        "",
        '<line class="chart-grid" x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}"></line>'
        '<text class="chart-axis" x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (left, width - right, str(y(v)), str(y(v)), GREY, left - 8, str(y(v) + 5), _short(v))
            for v in sorted({0, highest / 2, highest})
        ),
    )
    # At most twelve labels, or they run into each other.
    every = max(1, -(-len(points) // 12))
    labels = format_html_join(
        "",
        '<text class="chart-axis" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((str(x), height - 8, points[i][0]) for i, (x, _) in enumerate(at) if i % every == 0),
    )
    path = format_html(
        '<polyline class="chart-path" points="{}" fill="none" stroke="{}" stroke-width="3">'
        "</polyline>",
        " ".join(f"{x},{height_at}" for x, height_at in at),
        BLUE,
    )
    dots = format_html_join(
        "",
        '<circle class="chart-dot" cx="{}" cy="{}" r="4.5" fill="#fff" stroke="{}"></circle>',
        ((str(x), str(height_at), BLUE) for x, height_at in at),
    )
    return format_html(
        '<svg class="chart-line" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}</svg>',
        width,
        height,
        title,
        grid,
        labels,
        path,
        dots,
    )


def _bar(drawn: SafeString, height: int = 10, kind: str = "chart-bar") -> SafeString:
    return format_html(
        '<svg class="{}" viewBox="0 0 100 {}" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false">{}</svg>',
        kind,
        height,
        drawn,
    )


def _percent(value: float, maximum: float) -> float:
    return round(min(100.0, max(0.0, 100 * value / maximum)), 1) if maximum > 0 else 0.0


def _short(value: float) -> str:
    return f"{value:g}".replace(".", ",")
