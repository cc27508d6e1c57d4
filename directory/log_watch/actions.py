"""Telling of an alarm about the log, and saying what it was."""

from __future__ import annotations

from collections.abc import Iterable

from audit import heads, log
from audit.models import AuditAlarm
from audit.transaction import action, defer
from directory.log_watch import mails
from directory.models import User
from directory.permissions import require
from rdm.lib import clock
from rdm.lib.refusal import Refused, need


@action
def explain(*, alarm: AuditAlarm, by: User, explanation: str) -> None:
    """Say what it was; from then on it is on nobody's page. The head as it is now is noted, so that
    what happened next is found again."""
    require(by, "watch_log")
    said = need(explanation, "Schrijf op wat er aan de hand was.", "explanation")
    waiting = AuditAlarm.objects.filter(pk=alarm.pk, explained_at=None)
    if not waiting.update(
        explained_at=clock.now(), explained_by_name=by.name[:160], explanation=said
    ):
        raise Refused("Iemand anders heeft dit al uitgelegd.")
    heads.start_again(log.head())
    defer(
        lambda: log.record(
            actor=by, action="update", object_type="log", object_id=alarm.number, part="explain"
        )
    )


@action
def tell(*, alarm: AuditAlarm, people: Iterable[User]) -> None:
    """Mail these people that something was found; once."""
    for person in people:
        mails.tell_of_alarm(alarm, person)
    AuditAlarm.objects.filter(pk=alarm.pk).update(told_at=clock.now())
