"""Which tafel to try next for a casus, with the reasons: advice, the professional decides (E-029).

The engine is that of the wegwijzer (`directory.guide`), fed with what was answered there and with
what was registered since. What this adds is the route: what stands open, and what was tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.text import capfirst

from directory.guide.advice import FITS, FITS_NOT, MAYBE, Finding, advise
from directory.guide.words import ICONS, LABELS, TONES, reasons, when
from directory.reading.instroom import Reason
from escalation.reading.gate import is_finished
from escalation.reading.guide import known_of
from rdm.lib.dates import long_date

if TYPE_CHECKING:
    from directory.models import Tafel
    from escalation.models import Casus, RouteStep
    from escalation.reading.progress import Progress

ANSWERED = "In de casus staat"


@dataclass(frozen=True)
class Option:
    """One tafel. `standing` is what the route says about it; `is_new`: it is not on the route."""

    finding: Finding
    standing: str
    is_new: bool

    @property
    def tafel(self) -> Tafel:
        return self.finding.tafel

    @property
    def fit(self) -> str:
        return self.finding.fit

    @property
    def label(self) -> str:
        return LABELS[self.fit]

    @property
    def tone(self) -> str:
        return TONES[self.fit]

    @property
    def icon(self) -> str:
        return ICONS[self.fit]

    @cached_property
    def reasons(self) -> list[Reason]:
        return list(reasons(self.finding, answered=ANSWERED))

    @property
    def when(self) -> str:
        return when(self.tafel)


@dataclass(frozen=True)
class NextTafel:
    """`options`: what is not on the route yet, in the order to try it; `been`: what is or was."""

    options: tuple[Option, ...]
    been: tuple[Option, ...]

    @property
    def best(self) -> Option | None:
        """The first to try; none when nothing fits as far as is known."""
        return next((one for one in self.options if one.fit != FITS_NOT), None)

    @property
    def fitting(self) -> list[Option]:
        return [one for one in self.options if one.fit == FITS]

    @property
    def maybe(self) -> list[Option]:
        return [one for one in self.options if one.fit == MAYBE]

    @property
    def not_fitting(self) -> list[Option]:
        return [one for one in self.options if one.fit == FITS_NOT]


def advice_for(progress: Progress) -> NextTafel:
    """The advice for the next tafel of `progress.casus`. Two queries, however long the route is."""
    casus, region = progress.casus, progress.region
    tafels = [one for one in region.tafels if _is_for(one, casus)]
    found = advise(known_of(casus, region), tafels, region.ways).findings
    on_route = {step.tafel_id: step for step in progress.steps}
    # Los op of schaal op (E-008): where a tafel found nothing, what lies below it comes last.
    reached = max(
        (one.tafel.trede_id or 0 for one in progress.steps if is_finished(one)),
        default=0,
    )
    new = [one for one in found if one.tafel.pk not in on_route]
    new.sort(key=lambda one: (_ORDER.index(one.fit), _is_below(one, reached)))
    return NextTafel(
        tuple(Option(one, "", is_new=True) for one in new),
        tuple(
            Option(one, _standing(on_route[one.tafel.pk]), is_new=False)
            for one in found
            if one.tafel.pk in on_route
        ),
    )


_ORDER: Sequence[str] = (FITS, MAYBE, FITS_NOT)


def _is_below(finding: Finding, reached: int) -> bool:
    trede = finding.tafel.trede_id
    return trede is not None and trede < reached


def _is_for(tafel: Tafel, casus: Casus) -> bool:
    """As `tafels_for` asks the database."""
    gemeenten = [one.pk for one in tafel.gemeenten.all()]
    return not tafel.is_escalation and (not gemeenten or casus.gemeente_id in gemeenten)


def _standing(step: RouteStep) -> str:
    if step.is_open:
        return f"Staat nu op de route: {step.get_status_display()}"
    on = f", {long_date(step.closed_on)}" if step.closed_on else ""
    return f"{capfirst(step.get_outcome_display())}{on}"
