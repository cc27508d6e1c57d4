"""Which tafel to try next for a casus, with the reasons: advice, the professional decides (E-029).

The engine is that of the wegwijzer (`directory.guide`), fed with what was answered there and with
what was registered since. What this adds is the route: what stands open, and what was tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst

from directory.guide.advice import FITS, FITS_NOT, MAYBE, Finding, advise
from directory.guide.words import Card, card_of
from directory.instroom import ways_in
from escalation.gate import is_finished
from escalation.guide import known_of
from escalation.tafels import tafels_for
from rdm.lib.dates import long_date

if TYPE_CHECKING:
    from escalation.facts import Facts
    from escalation.models import RouteStep

ANSWERED = "In de casus staat"


@dataclass(frozen=True)
class Option:
    """One tafel. `standing` is what the route says about it; `is_new`: it is not on the route."""

    card: Card
    standing: str
    is_new: bool


@dataclass(frozen=True)
class NextTafel:
    """`options`: what is not on the route yet, in the order to try it; `been`: what is or was."""

    options: tuple[Option, ...]
    been: tuple[Option, ...]

    @property
    def best(self) -> Option | None:
        """The first to try; none when nothing fits as far as is known."""
        return next((one for one in self.options if one.card.fit != FITS_NOT), None)

    @property
    def fitting(self) -> list[Option]:
        return [one for one in self.options if one.card.fit == FITS]

    @property
    def maybe(self) -> list[Option]:
        return [one for one in self.options if one.card.fit == MAYBE]

    @property
    def not_fitting(self) -> list[Option]:
        return [one for one in self.options if one.card.fit == FITS_NOT]


def advice_for(facts: Facts) -> NextTafel:
    """The advice for the next tafel of `facts.casus`. Six queries, however long the route is."""
    casus = facts.casus
    answers = known_of(casus)
    tafels = list(tafels_for(casus).prefetch_related("submitters"))
    found = advise(answers, tafels, ways_in(tafels)).findings
    on_route = {step.tafel_id: step for step in facts.steps}
    # Los op of schaal op (E-008): where a tafel found nothing, what lies below it comes last.
    reached = max(
        (one.tafel.trede_id or 0 for one in facts.steps if is_finished(one)),
        default=0,
    )
    new = [one for one in found if one.tafel.pk not in on_route]
    new.sort(key=lambda one: (_ORDER.index(one.fit), _is_below(one, reached)))
    return NextTafel(
        tuple(Option(_card(one), "", is_new=True) for one in new),
        tuple(
            Option(_card(one), _standing(on_route[one.tafel.pk]), is_new=False)
            for one in found
            if one.tafel.pk in on_route
        ),
    )


_ORDER: Sequence[str] = (FITS, MAYBE, FITS_NOT)


def _is_below(finding: Finding, reached: int) -> bool:
    trede = finding.tafel.trede_id
    return trede is not None and trede < reached


def _card(finding: Finding) -> Card:
    return card_of(finding, None, None, answered=ANSWERED)


def _standing(step: RouteStep) -> str:
    if step.is_open:
        return f"Staat nu op de route: {step.get_status_display()}"
    on = f", {long_date(step.closed_on)}" if step.closed_on else ""
    return f"{capfirst(step.get_outcome_display())}{on}"
