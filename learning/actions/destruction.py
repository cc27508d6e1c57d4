"""What becomes of a terugkoppeling when its casus is destroyed (O-10)."""

from __future__ import annotations

from audit.transaction import action
from learning.models import Terugkoppeling
from learning.models.terugkoppeling import RUBRIEKEN
from learning.workflow import TerugkoppelingStatus


@action
def back_to_what_was_submitted(*, report: Terugkoppeling) -> None:
    """A correction that was begun is forgotten; without a submitted version the whole report is.

    Part of the destruction that two people approved, so nobody is asked for a right here.
    """
    last = report.versions.order_by("-number").first()
    if last is None:
        report.delete()
        return
    Terugkoppeling.objects.filter(pk=report.pk).update(
        status=TerugkoppelingStatus.SUBMITTED,
        correction_reason="",
        **{name: getattr(last, name) for name, _ in RUBRIEKEN},
    )
