"""Keeping what the region agreed."""

from __future__ import annotations

from datetime import date

from audit import log
from audit.transaction import action, defer
from directory.models import Procesafspraak, ProcesafspraakChange, User
from directory.permissions import require
from rdm.lib import clock
from rdm.lib.refusal import Refused, need
from rdm.lib.versions import compare_and_set, somebody_was_first


@action
def change_procesafspraak(
    *,
    procesafspraak: Procesafspraak,
    by: User,
    number: int | None,
    text: str,
    state: str,
    decided_on: date | None,
    decided_by: str,
    reason: str,
    version: int | None = None,
) -> None:
    """Change one agreement. Settled needs a date and the body that decided; a reason always.

    Terms that already run keep their date: a new number counts from the next time on.
    """
    require(by, "change_procesafspraak")
    why = need(reason, "Leg uit waarom u de afspraak wijzigt.", "reason")
    if state == Procesafspraak.State.SETTLED:
        if decided_on is None:
            raise Refused("Vul in wanneer dit is vastgesteld.", "decided_on")
        need(decided_by, "Vul in wie dit heeft vastgesteld.", "decided_by")
    is_text = procesafspraak.unit == Procesafspraak.Unit.TEXT
    if not is_text and number is None:
        raise Refused("Vul een getal in.", "number")
    old_value, old_state = procesafspraak.value, procesafspraak.state
    compare_and_set(
        procesafspraak,
        seen=version,
        no=somebody_was_first("deze afspraak"),
        number=None if is_text else number,
        text=text.strip() if is_text else "",
        state=state,
        decided_on=decided_on if state == Procesafspraak.State.SETTLED else None,
        decided_by=decided_by.strip() if state == Procesafspraak.State.SETTLED else "",
    )
    ProcesafspraakChange.objects.create(
        procesafspraak=procesafspraak,
        at=clock.now(),
        actor_name=by.name,
        old_value=old_value,
        new_value=procesafspraak.value,
        old_state=old_state,
        new_state=state,
        reason=why[:500],
    )
    defer(
        lambda: log.record(
            actor=by,
            action="update",
            object_type="procesafspraak",
            object_id=procesafspraak.code,
        )
    )
