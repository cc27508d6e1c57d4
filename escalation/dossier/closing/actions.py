"""The end of a casus, and its new beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.transaction import action
from escalation import terms
from escalation.change import move, take, tell
from escalation.keeping.destruction.actions import stop_destruction
from escalation.models import Casus
from rdm.lib import clock
from rdm.lib.refusal import Refused, need

if TYPE_CHECKING:
    from directory.models import User


@action
def close(*, casus: Casus, by: User, closing: str, reason: str, version: int | None = None) -> None:
    """End of the casus, with how and why. Steps without an outcome must be finished first."""
    take(casus)
    kept = need(reason, "Leg uit waarom u de casus afsluit.", "reason")
    if casus.steps.exclude(status="closed").exists():
        raise Refused(
            "Er staat nog een stap zonder uitkomst op de route. Leg eerst die uitkomst vast."
        )
    move(
        casus,
        "close",
        by=by,
        version=version,
        closed_at=clock.now(),
        closing=closing,
        closing_reason=kept,
        advised_tafel=None,
        due=None,
    )
    label = Casus.Closing(closing).label
    tell(casus, "closed", f"Casus afgesloten: {label}", by=by, text=kept)


@action
def reopen(*, casus: Casus, by: User, reason: str, version: int | None = None) -> None:
    """Back to the search for a solution; what closed it stays on the timeline.

    Nothing that was decided about its destruction is left: it counted from a day on which the casus
    turned out not to be over.
    """
    take(casus)
    kept = need(reason, "Leg uit waarom u de casus heropent.", "reason")
    move(
        casus,
        "reopen",
        by=by,
        version=version,
        closed_at=None,
        closing="",
        closing_reason="",
        due=terms.news_due(),
    )
    tell(casus, "reopened", f"Casus heropend{stop_destruction(casus)}", by=by, text=kept)
