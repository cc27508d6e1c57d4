"""Numbers, choices and addresses as people write them (B1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

NUMBERS = (
    "geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien",
    "elf", "twaalf",
)  # fmt: skip


def number_word(number: int) -> str:
    """0 up to 12 as a word, more as figures."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def count_words(number: int, one: str, many: str) -> str:
    """ "Zeven tafels", "Eén tafel", "Geen tafels": a count that starts a sentence."""
    return f"{capital(number_word(number))} {one if number == 1 else many}"


def any_of(words: Sequence[str]) -> str:
    """ "a", "a of b", "a, b of c"; empty when there are none."""
    *others, last = words or [""]
    return f"{', '.join(others)} of {last}" if others else last


def capital(text: str) -> str:
    """A capital first letter; a Dutch capital loses its accent in "Eén"."""
    return f"Eén{text[3:]}" if text.startswith("één") else f"{text[0].upper()}{text[1:]}"


def tel_link(phone: str) -> str:
    """The address behind a telephone number: digits, and a plus in front if there is one."""
    digits = re.sub(r"\D", "", phone)
    return f"tel:{'+' if phone.strip().startswith('+') else ''}{digits}"


def address_text(url: str) -> str:
    """A web address as people write it: without https:// and a slash at the end."""
    return re.sub(r"^https?://", "", url).rstrip("/")
