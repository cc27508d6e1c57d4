"""Dates of birth in a text: those that are called so, and those of an adult."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rdm.lib import clock
from rdm.lib.screening.dates import A_MONTH, MONTHS, Dated, date_of, full_year
from rdm.lib.screening.hits import Hit

ADULT, OLDEST = 18, 120

_WORD = re.compile(
    r"(?<![\w-])(?:geboren|geboorte(?:[ -]{1,2}\n?dat\w*|\w*)|geb\.?[ ]?dat\w*|geb(?:\.|(?!\w))"
    r"|g\.[ ]?d\.|gd(?=[.]?:)"
    r"|verjaardag(?!\w)|jarig(?!\w)|geburts\w*|d\.?o\.?b\b\.?|date of birth|birth[ -]?da(?:te|y)"
    # With a capital it is also a place.
    r"|(?-i:born|BORN)(?!\w)|born(?=[ ]on\b|:))",
    re.IGNORECASE,
)
# Behind a date; with a colon it is about what follows.
_WORD_AFTER = re.compile(
    r"(?<![\w-])(?:geboren|geb|jarig|verjaardag)(?![\w:]|[. ]{1,2}:)", re.IGNORECASE
)
_BETWEEN = re.compile(r"[^\n.;]{0,12}\Z")
_REACH_BEFORE = 45
# How far a word reaches: on its own line, and over so many lines or cells, each no longer than
# the one of a form. A table has the word in one row and the date in the next.
_REACH_ON_LINE, _REACH_OF_CELL, _MOST_CELLS = 45, 40, 8
_REACH = _REACH_ON_LINE + _REACH_OF_CELL * _MOST_CELLS
# Its end may be a little further than the end of the reach: "3. Dezember 2015".
_REACH_OF_DATE = 20
_CELL_END = re.compile(r"[\n|]+")
# An end of a sentence ends it too, and so does the answer that nobody knows.
_STOP = re.compile(
    r"[.!?;](?=\s+[A-Z]|\s*\n)|\A[\s:|]*(?i:(?:is|nog)\s+)*(?i:onbekend|niet|geen|n\.?v\.?t)\b"
)
# What calls a date something else, right before it.
_CALLED_OTHERWISE = re.compile(
    r"\b(?:datum|d\.?d(?![-/. ]?mm)|overleg|gesprek|vergader|afspraak|melding|aanmeld|aangemeld|"
    r"regist|opname|opgenomen|indicatie|ingang|sinds|vanaf|per(?= )|start|begin|begonnen|eind|tot|"
    r"verzonden|ontvangen|besproken|besluit|brief|versie|nummer|dossier|zaak|kenmerk|casus)"
    r"\w*[^\n|]{0,20}\Z",
    re.IGNORECASE,
)
_JUST_DATE = re.compile(r"\A\W*(?:op\W*)?(?:datum|d\.?d)\b\.?", re.IGNORECASE)
# Beside the word a date is written in every way: 3.4.85, 12 03 84, 120384, maart '84, 03-2015.
_SHORT = "['’‘`´]"
# "Geboren in april, 20 weken te vroeg", "in mei 12 kinderen".
_NO_COUNT = (
    r"(?![ ]?(?:%|we{1,2}k|dag|maand|jaar|ja?ren|uur|uren|kind|keer|x\b|baby|mensen|gram)|[.,:]\d)"
)
_PART = r"(?:\d{1,2}|xx?|\?\??)"
_NAMED = re.compile(
    r"(?<![\w-])(?:"
    r"(?P<y1>\d{4})(?P<s1>[-/. ])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})"
    rf"|(?P<d2>{_PART})[ ]?(?P<s2>[-/. |]|\n{{1,2}})[ ]?(?P<m2>{_PART})[ ]?(?P=s2)[ ]?"
    rf"(?P<y2>\d{{4}}|{_SHORT}?\d\d)"
    rf"|(?P<d3>\d{{1,2}})(?:e|ste|de)?[ .-]{{0,2}}\n?(?P<m3>{A_MONTH})\.?"
    r"[ .,'’‘`´\n-]{0,2}(?P<y3>\d{4}|\d\d)"
    r"|(?P<d4>\d\d)(?P<m4>\d\d)(?P<y4>\d{4}|\d\d)"
    # In boxes, as on a form.
    r"|(?P<boxes>\d(?:(?:[ ]{1,3}|[ ]?\n{1,2}[ ]?|[ ]?\|[ ]?)\d){7})"
    r"|(?P<m5>\d\d?)[-/](?P<y5>(?:19|20)\d\d)"
    rf"|(?P<m7>{A_MONTH})\.?[ ](?P<d7>\d\d?)(?:st|nd|rd|th)?,?[ ](?P<y7>\d{{4}})"
    rf"|(?P<m6>{A_MONTH})\.?[ .\n-]{{0,2}}{_SHORT}?(?P<y6>\d{{4}}|\d\d{_NO_COUNT})"
    r")(?![\w]|[-/]\d)",
    re.IGNORECASE,
)
# Of somebody of whom the day is not known: 00-00-1963.
_DAY_UNKNOWN = re.compile(
    r"(?<![\w/.-])(?:(?:00|xx)(?P<s1>[-/.])(?:00|xx|\d\d)(?P=s1)(?P<y1>(?:19|20)\d\d)"
    r"|(?P<y2>(?:19|20)\d\d)(?P<s2>[-/.])(?:00|xx|\d\d)(?P=s2)(?:00|xx))(?![\w/-])",
    re.IGNORECASE,
)
# Laws and organisations are old as well.
_OF_NO_PERSON = re.compile(
    r"(?:\w*(?:wet|besluit|regeling|verordening|richtlijn|verdrag|arrest|uitspraak|vonnis|"
    r"circulaire|convenant|statuten)(?:(?:[ ][^\W\d]+){0,2}[ ](?:van|d\.?d\.?))?|"
    r"opgericht|oprichting|ontston\w+|ontstaan|bestaat(?:[ ]al)?|bestaan|getreden|gefuseerd|fusie|"
    r"inwerkingtreding)"
    r"(?:[ ](?:op|per|in|sinds|van|met ingang van))?[ ,:(]{0,3}\Z",
    re.IGNORECASE,
)


def birth_dates(text: str, dates: list[Dated]) -> Iterator[Hit]:
    """Every date of birth; `dates` are the dates in this text."""
    today = clock.today()
    for word in _WORD.finditer(text):
        found = _named(text, word.end(), today)
        if found is None and _WORD_AFTER.match(text, word.start()):
            found = _named_before(text, word.start(), today)
        if found:
            yield Hit(*found, "birth_date")
    for start, end, day in dates:
        of_no_person = _OF_NO_PERSON.search(text[max(0, start - 50) : start])
        if ADULT <= _years(day, today) <= OLDEST and not of_no_person:
            yield Hit(start, end, "birth_date")
    for match in _DAY_UNKNOWN.finditer(text):
        if ADULT <= today.year - int(match["y1"] or match["y2"]) <= OLDEST:
            yield Hit(*match.span(), "birth_date")


def _named(text: str, start: int, today: date) -> tuple[int, int] | None:
    """The first date within reach of a word that ends at `start`, when it may be of birth."""
    reach = start + _reach(text[start : start + _REACH])
    match = _NAMED.search(text, start, reach + _REACH_OF_DATE)
    while match and match.start() < reach:
        if _may_be_of_birth(match, today):
            called_otherwise = _CALLED_OTHERWISE.search(_leading_up(text[start : match.start()]))
            return None if called_otherwise else match.span()
        match = _NAMED.search(text, match.start() + 1, reach + _REACH_OF_DATE)
    return None


def _named_before(text: str, end: int, today: date) -> tuple[int, int] | None:
    """The date right before a word that begins at `end`: "12-03-2015 (geboren)"."""
    start = max(0, end - _REACH_BEFORE)
    found = None
    for match in _NAMED.finditer(text, start, end):
        if _BETWEEN.match(text[match.end() : end]) and _may_be_of_birth(match, today):
            found = match.span()
    return found


def _reach(after: str) -> int:
    """How many characters behind the word a date still belongs to it."""
    if stop := _STOP.search(after):
        after = after[: stop.start()]
    end = _CELL_END.search(after)
    if end is None or end.start() > _REACH_ON_LINE:
        return min(len(after), _REACH_ON_LINE)
    reach = end.end()
    for _ in range(_MOST_CELLS):
        end = _CELL_END.search(after, reach)
        length = (end.start() if end else len(after)) - reach
        if length > _REACH_OF_CELL or end is None:
            return reach + min(length, _REACH_OF_CELL)
        reach = end.end()
    return reach


def _leading_up(between: str) -> str:
    """What stands right before a date: in its own cell, or else in the one before; nothing for
    "geboren (datum):"."""
    pieces = [piece.strip(" :") for piece in _CELL_END.split(between)]
    if len(pieces) == 1 or (len(pieces) == 2 and not pieces[1]):
        return _JUST_DATE.sub("", pieces[0])
    return pieces[-1] or pieces[-2]


def _may_be_of_birth(match: re.Match[str], today: date) -> bool:
    """Whether these digits and words make a day, or a month, in the life of somebody."""
    days = (date_of(*one) for one in _readings(match))
    return any(day is not None and 0 <= _years(day, today) <= OLDEST for day in days)


def _readings(match: re.Match[str]) -> Iterator[tuple[int, int, int]]:
    """As year, month and day; of what is not known the first. Digits alone also the other way
    round: 20010312, 840312."""
    groups = match.groupdict()
    if groups["boxes"]:
        digits = "".join(c for c in groups["boxes"] if c.isdecimal())
        yield int(digits[4:]), int(digits[2:4]), int(digits[:2])
        return
    which = next(n for n in "1234567" if groups[f"y{n}"])
    month, day = groups[f"m{which}"], groups.get(f"d{which}")
    yield (
        full_year(groups[f"y{which}"].lstrip("'’‘`´")),
        MONTHS.get(month.lower()) or _number(month),
        _number(day),
    )
    if which == "4":
        digits = match.group()
        yield full_year(digits[:-4]), int(digits[-4:-2]), int(digits[-2:])


def _number(part: str | None) -> int:
    return (int(part) if part and part.isdecimal() else 0) or 1


def _years(day: date, today: date) -> int:
    """How many whole years ago that was; negative for a day that is still to come."""
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))
