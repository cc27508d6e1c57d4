"""Keeping a casus longer: a decision with a reason and a last day. It always wins (O-10)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from audit.transaction import action
from escalation.change import record, require, tell, touch
from escalation.keeping.destruction.actions import stop_destruction
from escalation.models import Casus, Hold
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.refusal import Conflict, Refused, need

if TYPE_CHECKING:
    from directory.models import User


def version_of(casus: Casus) -> int:
    """What of these decisions somebody sees: it goes up with each that is made."""
    return casus.holds.count()


@action
def keep_longer(
    *, casus: Casus, by: User, reason: str, until: date, version: int | None = None
) -> Hold:
    """Keep this casus, with why and until when. It wins from any destruction not yet done.

    `version` is `version_of` as it was on the page; raises Conflict when somebody else decided to
    keep it since.
    """
    require(by, casus, "keep_longer")
    if version not in (None, version_of(casus)):
        raise Conflict(
            "Iemand anders besloot intussen ook om deze casus te bewaren. Uw tekst staat er nog. "
            "Bekijk tot wanneer, en bewaar daarna opnieuw als dat nog nodig is."
        )
    if until <= clock.today():
        raise Refused("Kies een datum na vandaag.", "until")
    hold = Hold.objects.create(
        casus=casus,
        reason=need(reason, "Leg uit waarom u de casus langer bewaart.", "reason"),
        until=until,
        placed_at=clock.now(),
        placed_by_name=by.name,
    )
    title = f"Bewaren tot en met {long_date(until)}{stop_destruction(casus)}"
    tell(casus, "hold", title, by=by, text=reason.strip())
    touch(casus)
    record(casus, "keep_longer", by=by)
    return hold


@action
def release_hold(*, casus: Casus, by: User, reason: str) -> None:
    """The reason to keep it is gone; the ordinary term holds again."""
    kept = need(reason, "Leg uit waarom langer bewaren niet meer nodig is.", "reason")
    require(by, casus, "release_hold")
    ended = casus.holds.filter(ended_at=None, until__gte=clock.today()).update(
        ended_at=clock.now(), ended_by_name=by.name, end_reason=kept
    )
    if not ended:
        raise Refused("Er is geen besluit om deze casus te bewaren.")
    tell(casus, "hold_released", "Niet langer bewaren dan de termijn", by=by, text=kept)
    touch(casus)
    record(casus, "release_hold", by=by)
