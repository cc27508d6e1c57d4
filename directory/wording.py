"""Numbers and times of a tafel in words, and why mail did not go, for people (B1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .models import Tafel

NUMBERS = (
    "geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien",
    "elf", "twaalf",
)  # fmt: skip
# Why a mail was not sent, by the class of the error (outbox.models.Message.last_error).
MAIL_ERRORS = {
    "SMTPRecipientsRefused": "de mailserver kent dit adres niet of weigert het",
    "SMTPSenderRefused": "de mailserver weigert onze afzender",
    "SMTPDataError": "de mailserver weigert deze e-mail",
    "SMTPAuthenticationError": "inloggen op de mailserver lukt niet",
    "RestoredFromBackup": "dit stond klaar in een reservekopie, en is misschien al verstuurd",
    "LeaseExpired": "het versturen brak elke keer af",
}
DURATIONS = {15: "een kwartier", 30: "een half uur", 60: "een uur", 90: "anderhalf uur"}


def number_word(number: int) -> str:
    """0 up to 12 as a word, more as figures."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def count_words(number: int, one: str, many: str) -> str:
    """ "Zeven tafels", "Eén tafel", "Geen tafels": a count that starts a sentence."""
    return f"{_capital(number_word(number))} {one if number == 1 else many}"


def rhythm(tafel: Tafel) -> str:
    """How often and how long, in one sentence ("Elke twee weken, een half uur."), or empty."""
    parts = []
    if tafel.rhythm_weeks:
        weeks = tafel.rhythm_weeks
        parts.append("elke week" if weeks == 1 else f"elke {number_word(weeks)} weken")
    if tafel.duration_minutes:
        minutes = tafel.duration_minutes
        parts.append(DURATIONS.get(minutes, f"{minutes} minuten"))
    if tafel.rhythm_note:
        parts.append(tafel.rhythm_note.rstrip("."))
    sentence = ", ".join(parts)
    return f"{_capital(sentence)}." if sentence else ""


def any_of(words: Sequence[str]) -> str:
    """ "a", "a of b", "a, b of c"; empty when there are none."""
    *others, last = words or [""]
    return f"{', '.join(others)} of {last}" if others else last


def _capital(text: str) -> str:
    """A capital first letter; a Dutch capital loses its accent in "Eén"."""
    return f"Eén{text[3:]}" if text.startswith("één") else f"{text[0].upper()}{text[1:]}"


def submit_before(tafel: Tafel) -> str:
    """The term for handing in a casus, counted back from the meeting. Empty if there is none."""
    weeks = tafel.submit_weeks_before
    if not weeks:
        return ""
    words = "één week" if weeks == 1 else f"{number_word(weeks)} weken"
    return f"Uiterlijk {words} voor het overleg."


def response_times(tafel: Tafel) -> list[str]:
    """Within how many hours there is care when there is danger (E-083)."""
    return [f"Binnen {one['hours']} uur: {one['for']}." for one in tafel.response_hours]


def mail_error(kind: str) -> str:
    """Why a mail was not sent, from the class of its last error; that itself when it is unknown."""
    return MAIL_ERRORS.get(kind, f"een fout bij het versturen ({kind or 'onbekend'})")


def tel_link(phone: str) -> str:
    """The address behind a telephone number: digits, and a plus in front if there is one."""
    digits = re.sub(r"\D", "", phone)
    return f"tel:{'+' if phone.strip().startswith('+') else ''}{digits}"


def address_text(url: str) -> str:
    """A web address as people write it: without https:// and a slash at the end."""
    return re.sub(r"^https?://", "", url).rstrip("/")
