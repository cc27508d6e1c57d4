"""What a state of cliëntondersteuning needs, for a casus and for a step alike (E-125, O-17)."""

from __future__ import annotations

from typing import Any

from directory.models import Organisation
from escalation.models import ClientSupport
from rdm.lib.refusal import Refused, need


def support_fields(
    state: str, organisation: Organisation | None, reason: str, *, at: tuple[str, str]
) -> dict[str, Any]:
    """The three fields as they are kept: linked names who, unavailable says why.

    `at` names the form fields of organisation and reason, for the refusal.
    """
    if state == ClientSupport.LINKED and organisation is None:
        raise Refused("Kies de organisatie van de cliëntondersteuner.", at[0])
    if state == ClientSupport.UNAVAILABLE:
        need(reason, "Leg uit waarom cliëntondersteuning niet beschikbaar is.", at[1])
    return {
        "client_support": state,
        "client_support_by": organisation if state == ClientSupport.LINKED else None,
        "client_support_reason": reason.strip(),
    }


def support_words(state: str, organisation: Organisation | None) -> str:
    """ "gekoppeld (Hulp)", for the timeline."""
    who = f" ({organisation})" if state == ClientSupport.LINKED else ""
    return f"{ClientSupport(state).label}{who}"
