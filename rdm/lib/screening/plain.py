"""A text in the few characters that the patterns are written in."""

from __future__ import annotations

import unicodedata

# Where a line was broken; a PDF often has a space before it.
BREAK = r"[ ]?\n[ ]?"


def plain(text: str) -> str:
    """Same length, with every kind of digit, dash and space in its ASCII form."""
    return "".join(c if c < "\x7f" else _character(c) for c in text).replace("\t", " ")


def _character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Pd" or character == "\u2212":
        return "-"
    if category == "Zs":
        return " "
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    return character
