"""Days and moments in words, as pages and mail write them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import dateformat

from rdm.lib import clock


def long_date(value: date | datetime) -> str:
    """ "18 november 2026"; of an aware moment the day in Europe/Amsterdam."""
    day = clock.local_date(value) if isinstance(value, datetime) else value
    return dateformat.format(day, "j F Y")


def weekday_date(day: date) -> str:
    """ "woensdag 18 november 2026"."""
    return dateformat.format(day, "l j F Y")


def long_moment(value: datetime) -> str:
    """ "18 november 2026 om 14:30", the clock of Europe/Amsterdam; `value` is aware."""
    return dateformat.format(value.astimezone(clock.AMSTERDAM), "j F Y \\o\\m H:i")


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 28 February for a leap day that the year does not have."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
