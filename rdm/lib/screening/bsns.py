"""Burgerservicenummers in a text: a number that passes the test and is not called otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.nl import bsn

from rdm.lib.screening.dates import Dated
from rdm.lib.screening.hits import Hit
from rdm.lib.screening.plain import BREAK

# Nine digits, or in three groups; with a + in front it is a telephone number.
_NUMBER = re.compile(r"(?<![\d+])(?:\d{9}|\d{2,4}([ .-])\d{2,3}\1\d{2,4})(?!\d)")
# So are the numbers of cases, with a year in front: 2026/12/345.
_IN_GROUPS = re.compile(
    r"(?<![\d/_])(?!(?:19|20)\d\d)(?:\d{4}([/_])\d{2}\1\d{3}|\d{3}([/_])\d{3}\2\d{3})(?![\d/_])"
)
# One digit per box, as on a form, or in spaced letters: digits alone, with the same kind of gap
# between all of them. A cell of a table in a document gives two line ends. Only a row of exactly
# nine counts, and the test lets one in eleven of those through that is a row of scores: that is
# rare enough to ask about.
_ONE = r"(?<!\w)(?<!\d[.,/:-])\d(?!\w|[.,/:-]\d)"
_GAPS = (r"[ ]{1,3}", r"[ ]?\n{1,2}[ ]?", r"[ ]?\|[ ]?")
_BOXES = re.compile("|".join(rf"{_ONE}(?:{gap}{_ONE})+" for gap in _GAPS))

_WORD = (
    r"(?<![^\W\d_])(?:b\.?s\.?n|burger[ -]?service[ -]?(?:nummer|nr)|sofi[ -]?(?:nummer|nr))"
    r"(?:[ -]?(?:nummer|nr)\b)?"
)
# Beside the word it is written in any way, and old numbers with eight digits: without the word any
# eight digits pass one time in eleven, and a chamber of commerce number is no personal data.
_NAMED = re.compile(
    rf"{_WORD}(?P<between>\D{{0,40}}?)(?P<number>\d(?:(?:[ ./_|-]|{BREAK})?\d){{7,8}})(?!\d)",
    re.IGNORECASE,
)
# Nothing but what leads up to the number itself: "BSN: …", "BSN kind …", "BSN van de inwoner is …".
# Any other word may say that there is none, or name another number: "BSN volgt, polis …". So may
# three dots, as one character; a row of them is the line of a form.
_PERSON = (
    r"(?:inwoner|bewoner|burger|cli[eë]nte?|pati[eë]nte?|deelnemer|verzekerde|leerling|betrokkene|"
    r"persoon|kind|jongere|jongen|meisje|zoon|dochter|moeder|vader|ouder|partner|broer|zus|man|"
    r"vrouw|heer|meneer|mevrouw|hem|haar|hen|mij)"
)
_WHOSE = (
    r"(?:van\s+(?:(?:de|het|een|deze|dit|die|dat|mijn|zijn|haar|hun|onze|uw)\s+)?)?"
    rf"{_PERSON}\b"
)
_NR = r"(?:nummer|nr|no)\b\.?"
_RIGHT_AFTER = re.compile(
    rf"{_WORD}(?:(?<=\.n)\.)?(?:[ (-]{{0,2}}{_NR}\)?)?(?:[\s(]{{1,3}}{_WHOSE}\)?)?"
    rf"(?:[ (-]{{1,2}}{_NR}\)?)?(?:\s{{1,3}}(?:is|was|luidt(?: als volgt)?)\b)?(?:[^\w?!…]|_)*\Z",
    re.IGNORECASE,
)
# "Dit is geen BSN: …" may be explained.
_DENIED = re.compile(r"\b(?:geen|niet|onbekend)\b[^\n.,;:]*\Z", re.IGNORECASE)

# Numbers of organisations that pass the same test, or that have as many digits.
_OF_ORGANISATION = r"\b(?:rsin|btw|omzetbelasting|loonheffing\w*|kvk|kamer van koophandel|agb)"
_CALLED_OTHERWISE = re.compile(
    rf"{_OF_ORGANISATION}(?:[^\d\n.,;]|nr\.){{0,30}}\n{{0,2}}\Z", re.IGNORECASE
)
# What else has eight digits.
_OF_SOMETHING = re.compile(
    rf"{_OF_ORGANISATION}|\b(?:kenmerk|zaak|dossier|casus|factuur|tel\b|telefoon|mobiel)",
    re.IGNORECASE,
)
# The end of a number for btw or loonheffingen, which begins with an RSIN.
_TAX = re.compile(r"[ .]?[BL][ .]?\d\d\b", re.IGNORECASE)
# "€ 123.456.782" and "123.456.782 euro".
_EURO_BEFORE = re.compile(r"(?:€|\beuro?|\beur)[ ]?\Z", re.IGNORECASE)
_AMOUNT_AFTER = re.compile(r",(?:\d\d?\b|-)|[ ]?(?:€|eur\b|euro\b)", re.IGNORECASE)


def bsns(text: str, dates: list[Dated]) -> Iterator[Hit]:
    """Every BSN that is none of the `dates`: those that the text calls so first, and `certain` when
    the word stands right before it."""
    days = {(start, end) for start, end, _ in dates}
    for match in _NAMED.finditer(text):
        between, span = match["between"], match.span("number")
        if span in days or _OF_SOMETHING.search(between):
            continue
        if passes_eleven_test(match["number"], old=True):
            yield Hit(*span, "bsn", certain=_is_certain(text, match.start(), span[0]))
    for pattern in (_NUMBER, _IN_GROUPS, _BOXES):
        for match in pattern.finditer(text):
            if passes_eleven_test(match.group()) and not _is_something_else(text, *match.span()):
                yield Hit(*match.span(), "bsn")


def _is_certain(text: str, start: int, end: int) -> bool:
    """Whether the word in `text[start:end]`, or the last of them, leads to the number behind it."""
    word = _RIGHT_AFTER.search(text, start, end)
    return word is not None and not _DENIED.search(text[max(0, word.start() - 12) : word.start()])


def _is_something_else(text: str, start: int, end: int) -> bool:
    """Whether the words around it say that this is the number of an organisation, or an amount."""
    before, after = text[max(0, start - 50) : start], text[end : end + 8]
    if _CALLED_OTHERWISE.search(before) or _TAX.match(after):
        return True
    amount = _EURO_BEFORE.search(before) or _AMOUNT_AFTER.match(after)
    return "." in text[start:end] and bool(amount)


def passes_eleven_test(text: str, *, old: bool = False) -> bool:
    """True when the digits in `text` form a BSN: nine digits that pass the eleven-test. An `old`
    one may have eight."""
    digits = "".join(c for c in text if c in "0123456789")
    if old and len(digits) == 8:
        digits = "0" + digits
    # Of fewer digits python-stdnum thinks zeros before them.
    return len(digits) == 9 and bsn.is_valid(digits)
