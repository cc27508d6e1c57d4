"""A letter with everything in it, for the tests of documents."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rdm.lib.letterhead import Letterhead

HEAD = Letterhead(
    organisation="Regionale doorzettingsmacht Twente",
    code="TW-26-7K4QX",
    date="12 november 2026",
    footer="Vertrouwelijk. Alleen voor de proef.",
    reader="Gedownload door A. (Gemeente B) op 12 november 2026 om 14:30 uur.",
)


def letter(text: str = "Een tekst.", **more: Any) -> dict[str, Any]:
    """What goes into templates/typst for a letter."""
    data: dict[str, Any] = asdict(HEAD) | {
        "facts": [{"label": "Gemeente", "value": "Voorbeeldstad"}],
        "sections": [{"heading": "Casusbeschrijving", "text": text}],
        "afspraken": [{"what": "Plan maken", "who": "Gemeente", "due": "19 november 2026"}],
    }
    return data | more
