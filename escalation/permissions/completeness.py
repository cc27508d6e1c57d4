"""What a casus must say before it can leave the desk of whoever registers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escalation.models import Casus


def registration_gaps(casus: Casus) -> list[tuple[str, str]]:
    """(field, what it is about) of each answer without which a casus cannot leave the desk of
    whoever registers it, and must stay complete afterwards."""
    told_field, told = (
        ("not_informed_reason", casus.not_informed_reason)
        if casus.resident_informed is False
        else ("resident_informed_on", casus.resident_informed_on)
    )
    answers = (
        ("no_acute_danger", "dat er geen acuut gevaar is", casus.no_acute_danger),
        ("adult", "dat de inwoner 18 jaar of ouder is", casus.adult),
        ("gemeente", "de gemeente", casus.gemeente_id),
        ("situation", "wat er aan de hand is", casus.situation),
        ("safety", "of er een veiligheidsrisico is", casus.safety),
        ("tried_regular", "wat er via de gewone weg is geprobeerd", casus.tried_regular),
        ("stagnation", "waarom het vastloopt", casus.stagnation),
        ("sharing_purpose", "het doel van het delen", casus.sharing_purpose),
        ("sharing_ground", "de grondslag voor het delen", casus.sharing_ground),
        ("resident_informed", "of de inwoner het weet", casus.resident_informed is not None),
        (
            told_field,
            "wanneer de inwoner het hoorde, of waarom niet",
            casus.resident_informed is None or told,
        ),
    )
    return [(field, what) for field, what, given in answers if not _is_given(given)]


def _is_given(answer: object) -> bool:
    return bool(answer.strip() if isinstance(answer, str) else answer)


def registration_complete(casus: Casus) -> str | None:
    """Guard: which answers still miss, in one sentence."""
    missing = [what for _, what in registration_gaps(casus)]
    return f"Nog niet ingevuld: {', '.join(missing)}." if missing else None
