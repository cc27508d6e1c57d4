"""Keeping the decision of each college."""

from __future__ import annotations

from datetime import date

from audit import log
from audit.transaction import action, defer
from directory.models import Gemeente, User
from directory.permissions import require
from rdm.lib import clock
from rdm.lib.refusal import Refused
from rdm.lib.versions import compare_and_set, somebody_was_first


@action
def set_college_decision(
    *,
    gemeente: Gemeente,
    by: User,
    state: str,
    decided_on: date | None,
    note: str = "",
    version: int | None = None,
) -> None:
    """Whether and when the college decided about trede 3 (E-243)."""
    require(by, "change_college_decision")
    if state == "unknown":
        decided_on = None
    elif decided_on is None:
        raise Refused("Vul de datum van het collegebesluit in.", "decided_on")
    if decided_on and decided_on > clock.today():
        raise Refused("Deze datum ligt in de toekomst.", "decided_on")
    compare_and_set(
        gemeente,
        seen=version,
        no=somebody_was_first("dit collegebesluit"),
        college_state=state,
        college_decided_on=decided_on,
        college_note=note.strip(),
    )
    defer(
        lambda: log.record(
            actor=by, action="update", object_type="gemeente", object_id=gemeente.slug
        )
    )
