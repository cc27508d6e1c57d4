"""The legal grounds for sharing a casus, and what each of them asks (O-09).

No source names them; the words are those of the AVG. The privacy officers settle them.
"""

from __future__ import annotations

CONSENT = "Toestemming van de inwoner"
GROUNDS = {
    CONSENT: "De inwoner weet met wie u deelt en waarom, en vindt dat goed.",
    "Taak van algemeen belang (Wmo 2015)": "De gemeente moet passende ondersteuning regelen.",
    "Wettelijke plicht (Wvggz)": "De Wet verplichte ggz schrijft voor dat u gegevens deelt.",
    "Vitaal belang": "Het leven of de gezondheid van de inwoner of een ander is in gevaar.",
}


def contradiction(ground: str, informed: bool | None) -> str | None:
    """Why this ground cannot hold when the resident was told of the sharing, or was not; None when
    it can. Not answered yet contradicts nothing."""
    if ground == CONSENT and informed is False:
        return (
            "De inwoner weet het niet, en kan dus geen toestemming geven. Kies een andere "
            "grondslag, of vertel het de inwoner eerst."
        )
    return None
