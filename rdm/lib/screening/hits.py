"""What is found in a text: where it stands, and what it looks like."""

from __future__ import annotations

from dataclasses import dataclass

LABELS = {
    "iban": "een rekeningnummer (IBAN)",
    "email": "een e-mailadres",
    "birth_date": "een geboortedatum",
    "bsn": "een burgerservicenummer (BSN)",
    "phone": "een telefoonnummer",
    "address": "een adres (postcode met huisnummer)",
}


@dataclass(frozen=True, order=True)
class Hit:
    """One place in a text, `text[start:end]`, that looks like personal data.

    `certain`: the text itself says what it is, so nobody can say that it is something else.
    """

    start: int
    end: int
    kind: str
    certain: bool = False

    @property
    def label(self) -> str:
        """What it looks like, in Dutch."""
        return LABELS[self.kind]
