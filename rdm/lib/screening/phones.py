"""Telephone numbers in a text: one that exists, is written as one, and can be somebody's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType

from rdm.lib.screening.hits import Hit
from rdm.lib.screening.plain import BREAK

# As people write one that can be called: with a 0 or a country in front. Without it the library
# knows the public numbers of gemeenten (14 with an area code), and any amount may be one of those.
_AS_A_NUMBER = re.compile(r"[^\d+]*[+0]")
# What belongs to nobody: 0800 and 0900, and the number of a gemeente, also from abroad.
_PUBLIC = {PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST}
_OF_GEMEENTE = re.compile(r"140?\d{2,3}")
_NETHERLANDS = 31

# Only a number with a 0 or a + in front, and broken once: two columns of numbers are no phone.
_BROKEN = re.compile(
    rf"(?<![\w.,/+-])(?:\+[1-9]|\(?0)[\d ().-]{{1,14}}{BREAK}(\d+(?:[ -]\d+){{0,3}})(?![\d,])"
)
# Behind a word that says what it is, also without the 0 or the +: "tel 612345678".
_CALLED = re.compile(
    r"(?<!\w)(?:(?:tel|telefoon|mob|mobiele?|gsm|bel|belt|bellen|sms|app|whatsapp|06|bereikbaar)"
    r"(?:[. -]{0,2}(?:nummer|nr))?\b|[MT](?=[:.]))"
    r"[ .:=|(\n]{0,4}(?:(?:op|is|naar|via|met|hem|haar|nummer)\b[ :]{1,2}){0,3}"
    r"(?P<number>[1-9](?:[ ._/-]?\d){8,11})(?!\w|[.,-]\d)",
    re.IGNORECASE,
)
# Between digits the library knows no underscore.
_UNDERSCORE = re.compile(r"(?<=\d)_(?=\d)")


def phones(undated: str) -> Iterator[Hit]:
    """Phone numbers that exist, Dutch or with a country number, in a text without dates: or
    "01-02-2026 12 uur" would be a number in the province."""
    undated = _UNDERSCORE.sub("-", undated)
    for match in phonenumbers.PhoneNumberMatcher(undated, "NL"):
        if _AS_A_NUMBER.match(match.raw_string) and not _is_public(match.number):
            yield Hit(match.start, match.end, "phone")
    for broken in _BROKEN.finditer(undated):
        # What follows on the second line may be another number: "78 3 keer per week".
        for group in re.finditer(r"\d+", broken[1]):
            end = broken.start(1) + group.end()
            if _is_phone(undated[broken.start() : end]):
                yield Hit(broken.start(), end, "phone")
                break
    for called in _CALLED.finditer(undated):
        number = called["number"]
        # Of nine digits the 0 is left out, of more the + of a country.
        if _is_phone(number if sum(map(str.isdecimal, number)) == 9 else f"+{number}"):
            yield Hit(*called.span("number"), "phone")


def _is_phone(text: str) -> bool:
    # Fewer than nine digits are a number of a company or of another country, and mostly neither.
    if sum(c.isdigit() for c in text) < 9:
        return False
    try:
        number = phonenumbers.parse(text.replace("\n", " "), "NL")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) and not _is_public(number)


def _is_public(number: PhoneNumber) -> bool:
    if phonenumbers.number_type(number) in _PUBLIC:
        return True
    of_gemeente = _OF_GEMEENTE.fullmatch(str(number.national_number))
    return number.country_code == _NETHERLANDS and bool(of_gemeente)
