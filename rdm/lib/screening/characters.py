"""Which characters may stand in a text: none that break documents, mail headers or trust."""

from __future__ import annotations

import re
import unicodedata

MAX_COMBINING_RUN = 8

# Invisible, but part of ordinary text that is pasted: emoji joiners and variation selectors,
# soft hyphens and the grapheme joiner. Taken out quietly; what is left reads the same.
_DROPPED = dict.fromkeys(
    [0x00AD, 0x034F, 0x200C, 0x200D, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
)
# Word pastes its bullets as private-use characters of the Symbol and Wingdings fonts.
_BULLETS = dict.fromkeys(range(0xF020, 0xF100), "•")
_NEWLINES = re.compile("\r\n|\r|\u2028|\u2029")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co"})
_NAMES = {
    "Cc": "een stuurteken",
    "Cf": "een onzichtbaar teken",
    "Cs": "een half teken",
    "Co": "een teken dat alleen in een eigen lettertype bestaat",
}
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """The text with line ends as "\\n" and in Unicode form NFC; the rest stays as typed.

    Quietly removed: the invisible parts of emoji, soft hyphens. Raises ValueError with a
    Dutch sentence, fit to show to the user, for NUL and other control characters, characters
    that turn the reading direction, zero-width characters, half characters (lone surrogates)
    and more than 8 accents on one letter.
    """
    text = _NEWLINES.sub("\n", text).translate(_DROPPED).translate(_BULLETS)
    marks = 0
    for position, character in enumerate(text):
        if character < "\x7f" and (character >= " " or character in "\n\t"):
            marks = 0
            continue
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > MAX_COMBINING_RUN:
            raise ValueError(
                f"{_where(text, position)} staan te veel accenten op één letter. "
                "Haal die accenten weg."
            )
        if name := _refused(character, category):
            raise ValueError(
                f"{_where(text, position)} staat {name} (U+{ord(character):04X}). "
                "Haal dat teken weg, of typ dit stuk tekst opnieuw."
            )
    return unicodedata.normalize("NFC", text)


def _refused(character: str, category: str) -> str | None:
    """What is wrong with this character, in Dutch; None when nothing is."""
    if character in _DIRECTION:
        return "een onzichtbaar teken dat de leesrichting omdraait"
    if character in _BLANK_LETTERS:
        return "een onzichtbaar teken"
    if category in _REFUSED_CATEGORIES:
        return _NAMES[category]
    if ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef":
        return "een teken dat niet bestaat"
    return None


def _where(text: str, position: int) -> str:
    """ "In regel 2, na “de buurman”," as the start of a sentence."""
    line = text.count("\n", 0, position) + 1
    before = text[max(0, position - 20) : position].split("\n")[-1]
    words = "".join(c for c in before if c.isprintable()).strip()
    after = f", na “{words}”," if words else ""
    return f"In regel {line}{after}" if line > 1 or after else "Aan het begin van de tekst"
