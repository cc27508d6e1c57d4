"""What the rules allow a casus to do now and, for what they don't, why not.

Whether this reader may do it is another question; the buttons answer that one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.models import Overleg
from escalation.workflow import CasusStatus

if TYPE_CHECKING:
    from escalation.permissions import Standing
    from escalation.reading.progress import Progress

NO_OVERLEG = "Dat kan pas na een bestuurlijk overleg zonder oplossing."
OPEN_STEP = "Er staat nog een stap zonder uitkomst op de route."


@dataclass(frozen=True)
class WayOn:
    """`denied` is why not, or nothing."""

    label: str
    denied: str


def ways_on(standing: Standing, progress: Progress) -> list[WayOn]:
    """Every way on from here; none for a casus that is closed. Asks the database nothing."""
    if progress.casus.is_closed:
        return []
    ways = [("add_step", "Een tafel op trede 0, 1 of 2")]
    if progress.casus.status != CasusStatus.ACTIVE or not progress.steps:
        # Otherwise the gate says it, with all its conditions.
        ways.append(("submit", "Aanmelden voor trede 3"))
    ways += [("nominate", "Een besluit vragen op trede 4"), ("close", "De casus afsluiten")]
    return [WayOn(label, _denied(standing, progress, action)) for action, label in ways]


def _denied(standing: Standing, progress: Progress, action: str) -> str:
    casus = progress.casus
    if casus.restricted_at is not None and action != "nominate":
        return standing.may_now(action) or ""
    if action == "submit" and casus.status == CasusStatus.ACTIVE and progress.gate.gaps:
        return " ".join(progress.gate.gaps)
    if action == "nominate":
        return _no_nomination(standing, progress)
    if reason := standing.may_now(action):
        return reason
    return closing_denied(standing, progress) if action == "close" else ""


def closing_denied(standing: Standing, progress: Progress) -> str:
    """Why the casus cannot be closed now, as the button says it too; empty when it can."""
    if reason := standing.may_now("close"):
        return reason
    return OPEN_STEP if any(step.is_open for step in progress.steps) else ""


def _no_nomination(standing: Standing, progress: Progress) -> str:
    """O-04: only after an overleg without solution."""
    overleg = progress.overleg
    if overleg is None or overleg.held_on is None or overleg.solution != Overleg.Solution.NONE:
        return NO_OVERLEG
    return standing.may_now("nominate") or ""
