"""The gate to trede 3: what a casus must have behind it (T-02, T-04, T-05, E-010, E-011).

A gap does not shut the gate for good: the aanmelder can ask for an exception with a reason, and
the coördinator can grant it with a reason that stays visible. A warning never blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.models import RouteStep

if TYPE_CHECKING:
    from escalation.models import Casus

LADDER = (1, 2)


@dataclass(frozen=True)
class Gate:
    """`gaps`: conditions that are not met. `warnings`: what to think about. `untried`: the
    tredes 1 and 2 that were not tried, for which the aanmelder must say why not. `stuck`: the
    steps that opened the gate."""

    gaps: tuple[str, ...]
    warnings: tuple[str, ...]
    untried: tuple[int, ...]
    stuck: tuple[RouteStep, ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.gaps

    @property
    def needs_exception(self) -> bool:
        """Saying why a trede was not tried is not enough: no tafel finished at all."""
        return not self.stuck


def is_finished(step: RouteStep) -> bool:
    """Whether the tafel dealt with the casus to an end; what was withdrawn never was."""
    return not step.is_open and step.outcome != RouteStep.Outcome.WITHDRAWN


def is_or_are(treden: Sequence[int]) -> str:
    """ "trede 2 is", or "trede 1 en 2 zijn"."""
    return f"trede {' en '.join(map(str, treden))} {'is' if len(treden) == 1 else 'zijn'}"


def gate_of(casus: Casus, steps: Iterable[RouteStep], *, skipped_reason: str = "") -> Gate:
    """Judge the route so far; `steps` come with their tafel."""
    on_ladder = [step for step in steps if step.tafel.trede_id in LADDER]
    finished = [step for step in on_ladder if is_finished(step)]
    stuck = tuple(step for step in finished if step.outcome in RouteStep.WITHOUT_SOLUTION)
    tried = {step.tafel.trede_id for step in finished}
    untried = tuple(trede for trede in LADDER if trede not in tried)
    gaps = []
    if not stuck:
        gaps.append("Er is nog geen tafel op trede 1 of 2 afgerond zonder oplossing.")
    if untried and not skipped_reason.strip():
        which = is_or_are(untried).capitalize()
        gaps.append(f"{which} niet afgerond, en er staat niet bij waarom dat niet kan.")
    return Gate(tuple(gaps), _warnings(casus, on_ladder), untried, stuck)


def _warnings(casus: Casus, on_ladder: list[RouteStep]) -> tuple[str, ...]:
    warnings = []
    if casus.safety == casus.Safety.NO:
        warnings.append(
            "Ingevuld is: geen risico voor de veiligheid. Trede 3 is bedoeld voor casussen "
            "met een groot veiligheidsrisico."
        )
    if casus.waiting_list_only:
        warnings.append("Het gaat alleen om een wachttijd. Daarvoor is de triagetafel de weg.")
    if any(step.is_open for step in on_ladder):
        warnings.append("Er staat nog een tafel open op trede 1 of 2, zonder uitkomst.")
    if casus.client_support == "not_offered":
        warnings.append("Cliëntondersteuning is nog niet aangeboden.")
    return tuple(warnings)
