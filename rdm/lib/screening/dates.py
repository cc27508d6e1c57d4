"""Dates in a text, in the ways in which people write them."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from rdm.lib import clock

# Dutch, and with that German and English: letters come over the border.
_MONTH_NAMES = (
    ("januari", "jan", "januar", "jänner", "jän", "january"),
    ("februari", "febr", "feb", "februar", "february"),
    ("maart", "mrt", "mrz", "märz", "maerz", "mär", "march", "mar"),
    ("april", "apr"),
    ("mei", "mai", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("augustus", "aug", "august"),
    ("september", "sept", "sep"),
    ("oktober", "okt", "october", "oct"),
    ("november", "nov"),
    ("december", "dec", "dezember", "dez"),
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}
A_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
# A document breaks its lines anywhere, so also before or after the name of a month.
_DATE = re.compile(
    r"(?<![\d-])(?:"
    r"(?P<y1>\d{4})(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})[ ]?(?P<s2>[-/. ])[ ]?(?P<m2>\d{1,2})[ ]?(?P=s2)[ ]?"
    r"(?P<y2>\d{4}|(?<=[-/])\d{2})"
    rf"|(?P<d3>\d{{1,2}})(?:e|ste|de)?(?:[ ./-]?[ ]?|[ ]?\n)"
    rf"(?P<m3>{A_MONTH})\.?"
    r"(?:[ .,'’/-]{0,2}|[ ]?\n(?=\d{4}))(?P<y3>\d{4}|\d{2})"
    rf"|\b(?P<m4>{A_MONTH})\.?[ ](?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?[ ](?P<y4>\d{{4}})"
    r")(?![\d]|[-/]\d)",
    re.IGNORECASE,
)


class Dated(NamedTuple):
    """One date, and where it stands: `text[start:end]`."""

    start: int
    end: int
    day: date


def dates_in(text: str) -> list[Dated]:
    """Every date of the calendar, written with digits or with the name of a month."""
    found = []
    for match in _DATE.finditer(text):
        groups = match.groupdict()
        year, month, day = next(
            (groups[f"y{n}"], groups[f"m{n}"], groups[f"d{n}"])
            for n in "1234"
            if groups[f"d{n}"] is not None
        )
        number = MONTHS.get(month.lower()) or int(month)
        if moment := date_of(full_year(year), number, int(day)):
            found.append(Dated(*match.span(), moment))
    return found


def without_dates(text: str, dates: list[Dated]) -> str:
    """The text, of the same length, with crosses for its dates."""
    pieces, so_far = [], 0
    for start, end, day in dates:
        if 1900 <= day.year <= 2100:
            pieces += [text[so_far:start], "x" * (end - start)]
            so_far = end
    return "".join([*pieces, text[so_far:]])


def full_year(year: str) -> int:
    """A year of two digits is the last year that ends so: 84 is 1984, 24 is 2024."""
    if len(year) == 4:
        return int(year)
    this_year = clock.today().year
    full = this_year - this_year % 100 + int(year)
    return full if full <= this_year else full - 100


def date_of(year: int, month: int, day: int) -> date | None:
    """That day, or None when there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
