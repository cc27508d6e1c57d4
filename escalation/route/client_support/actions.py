"""How far cliëntondersteuning is, for a casus and for a step of its route (E-125, O-17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.transaction import action
from directory.models import Organisation
from escalation.change import change, change_step, tell
from escalation.models import Casus, ClientSupport, RouteStep
from escalation.reading.changes import change_of
from rdm.lib.refusal import Refused, need

if TYPE_CHECKING:
    from directory.models import User


@action
def set_client_support(
    *,
    casus: Casus,
    by: User,
    state: str,
    organisation: Organisation | None = None,
    reason: str = "",
    version: int | None = None,
) -> None:
    """How far cliëntondersteuning is (E-125, O-17). Linked names who; unavailable says why."""
    fields = support_fields(state, organisation, reason, at=("organisation", "reason"))
    before = support_words(casus.client_support, casus.client_support_by)
    change(casus, "offer_client_support", by=by, version=version, **fields)
    words = support_words(state, organisation)
    tell(
        casus,
        "client_support",
        f"Cliëntondersteuning: {words}",
        by=by,
        text=reason,
        changes=change_of("inwoner", "Cliëntondersteuning", before, words),
    )


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


FINISHED = "Deze stap is afgerond. Dit kan niet meer veranderen."


@action
def set_step_client_support(
    *,
    step: RouteStep,
    by: User,
    state: str,
    organisation: Organisation | None = None,
    reason: str = "",
    version: int | None = None,
) -> None:
    """How far cliëntondersteuning is at this tafel, which may differ from the casus (E-125)."""
    if not step.is_open:
        raise Refused(FINISHED)
    fields = support_fields(state, organisation, reason, at=("organisation", "reason"))
    before = support_words(step.client_support, step.client_support_by)
    change_step(step, "change_step", by=by, version=version, **fields)
    words = support_words(state, organisation)
    title = f"Cliëntondersteuning bij {step.tafel}: {words}"
    changes = change_of("inwoner", "Cliëntondersteuning", before, words)
    tell(step.casus, "client_support", title, by=by, text=reason, changes=changes)
