"""The ways in which people write the same word or number.

A word becomes a regular expression that SQLite and PostgreSQL read alike. `contains` and `iexact`
differ per database: SQLite takes capitals alike for a to z only, PostgreSQL for none or for all,
and neither takes `clientondersteuning` for `cliëntondersteuning`. Here every way of writing is
spelled out, so that nothing is left to a database or to how it sorts. It is as fast as comparing
without capitals, which makes a copy of every text on the way.
"""

from __future__ import annotations

import re
from collections import defaultdict

from rdm.lib.search import plain, words_of

# What a keyboard, a phone and a word processor make of the same key.
_ALIKE = ("'‘’‚‛ʼ′`´", '"“”„‟″', "-‐‑‒–—−")
# As far as the Latin letters go in the languages of Europe.
_LATIN = [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]
# What people put in front of a number.
_CALLED = frozenset(
    {
        *("casus", "dossier", "dossiernr", "dossiernummer", "id", "kenmerk", "nr", "nummer"),
        *("ons", "onze", "ref", "referentie", "uw", "zaak", "zaakid", "zaaknr", "zaaknummer"),
    }
)


def _variants() -> dict[str, str]:
    """A plain letter, or the two that one sign stands for (IJ, æ), → the other ways to write it."""
    found: dict[str, str] = defaultdict(str)
    for sign in map(chr, _LATIN):
        if (letters := plain(sign)).isascii() and letters.isalpha():
            found[letters] += sign
    for signs in _ALIKE:
        for sign in signs:
            found[sign] = signs.replace(sign, "")
    return dict(found)


_VARIANTS = _variants()


def any_spelling(text: str) -> str:
    """A pattern that finds `text` with any capitals, accents, apostrophes and hyphens; "ij" is two
    letters or one sign."""
    typed, found, at = plain(text), "", 0
    while at < len(typed):
        both = typed[at : at + 2]
        if len(both) == 2 and both in _VARIANTS:
            found += f"(?:{_one(both[0])}{_one(both[1])}|[{_VARIANTS[both]}])"
            at += 2
        else:
            found += _one(typed[at])
            at += 1
    return found


def _one(sign: str) -> str:
    if not sign.isalnum() and sign not in _VARIANTS:
        return re.escape(sign)
    # A hyphen that stands first in a class is one.
    ways = sorted({sign, sign.upper(), *_VARIANTS.get(sign, "")})
    return f"[{''.join(way for way in ways if len(way) == 1)}]"


def number_in(text: str) -> str:
    """The letters and digits of a number that people write with or without hyphens, spaces and
    slashes, without what they call it: "Zaak Z2026 00123." → "z202600123". A word that is no name
    for a number stays when only digits come after it: "Wmo 12" and "Wlz 12" are two. Of a text
    without any letter or digit what was typed."""
    words = words_of(text)
    first = _first_with_digit(words)
    if not re.search("[a-z]", words[first] if words else ""):
        first = next((at for at, word in enumerate(words) if word not in _CALLED), 0)
    return "".join(words[first:]) or plain(text).strip()


def numbers_in(text: str) -> list[str]:
    """What somebody who typed this may be looking for: the number, also without any other word in
    front of it or behind it."""
    words = words_of(text)
    first = _first_with_digit(words)
    last = next((at for at in range(first, len(words)) if not _has_digit(words[at])), len(words))
    found = [number_in(text), "".join(words[first:]), number_in(" ".join(words[:last]))]
    found.append("".join(words[first:last]))
    return [number for number in dict.fromkeys(found) if number]


def _first_with_digit(words: list[str]) -> int:
    return next((at for at, word in enumerate(words) if _has_digit(word)), 0)


def _has_digit(word: str) -> bool:
    return re.search("[0-9]", word) is not None
