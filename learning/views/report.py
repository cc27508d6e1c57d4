"""The year report on screen, on paper and as figures to download."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.models import Action
from audit.performing import show
from directory.models import User
from directory.web.signed_in import AuthedRequest
from learning.models import Lesson
from learning.permissions import may
from learning.report import Report, report_of
from learning.views.lessons import COLUMNS, lesson_rows
from learning.views.load import about, require
from rdm.lib import clock, csv_export
from rdm.lib.download import Document, as_download

MOST_LOBBY_POINTS = 20
FIGURE_COLUMNS = ["Jaar", "Onderwerp", "Regel", "Wat", "Waarde", "Getal", "Eenheid", "Gemaakt op"]


@require_safe
def report(request: AuthedRequest) -> HttpResponse:
    """The figures of one year (`?jaar=`), the present year by default."""
    user = require(request, "view_report")
    year = _year(request)
    found = report_of(year, full=may(user, "view_full_report") is None)
    points = _lobby_points(user, year) if not found.is_empty else []
    context = {
        "report": found,
        "previous": _link(year - 1) if found.first_year and year > found.first_year else "",
        "previous_year": year - 1,
        "next_year": year + 1,
        "empty_title": f"Over {year} zijn er geen gegevens",
        "next": _link(year + 1) if year < clock.today().year else "",
        "year": year,
        "csv_url": f"{reverse('report_csv')}?jaar={year}",
        "lobby_columns": COLUMNS,
        "lobby_rows": lesson_rows(points),
        "made_on": clock.today(),
    }
    return show(request, "learning/report.html", context)


@require_safe
def report_csv(request: AuthedRequest) -> HttpResponse:
    """The same figures, hidden in the same way, as CSV."""
    user = require(request, "view_report")
    year = _year(request)
    about(request, "report", year, "csv", action=Action.EXPORT)
    found = report_of(year, full=may(user, "view_full_report") is None)
    content = csv_export.render([FIGURE_COLUMNS, *_figure_rows(found)])
    return as_download(Document(f"rapportage-{year}.csv", csv_export.CSV, content))


def _figure_rows(found: Report) -> Iterable[list[object]]:
    """Every figure of the report under each other, in one table that a program reads."""
    for figure in found.figures:
        for row in figure.rows:
            for column, value in row.labelled:
                told = [value.text, value.number, value.unit]
                yield [found.year, figure.title, row.label, column, *told, clock.today()]


def _lobby_points(user: User, year: int) -> list[Lesson]:
    """The lobby points themselves, for who reads the lessons anyway (E-156)."""
    if may(user, "view_leersessies"):
        return []
    start, end = clock.year_bounds(year)
    return list(
        Lesson.objects.filter(
            level=Lesson.Level.NATIONAL, created_at__gte=start, created_at__lt=end
        ).select_related("theme")[:MOST_LOBBY_POINTS]
    )


def _year(request: AuthedRequest) -> int:
    """The year asked for; the present one for anything that is no year so far."""
    asked, now = request.GET.get("jaar", ""), clock.today().year
    if asked.isascii() and asked.isdigit() and len(asked) == 4 and 2000 <= int(asked) <= now:
        return int(asked)
    return now


def _link(year: int) -> str:
    return f"{reverse('report')}?jaar={year}"
