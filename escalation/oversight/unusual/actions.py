"""Keeping what the watch over the log found, and what the privacy officer does with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from audit import log
from audit.transaction import action, defer
from directory.models import User
from escalation.models import LogWatch, UnusualReading, UnusualStep
from escalation.oversight.unusual import mails, permissions
from escalation.oversight.unusual.workflow import NOTE_NEEDED, UNUSUAL_FLOW
from escalation.permissions import general_reason_denied
from rdm.lib import clock
from rdm.lib.refusal import Forbidden, Refused, need
from rdm.lib.versions import compare_and_set, somebody_was_first


@action
def report(
    *, kind: str, hour: datetime, number: int, allowed: int, who: Mapping[str, Any]
) -> UnusualReading:
    """Keep that this person did this in this hour, and tell the privacy officers, once.

    Found again in the same hour, the number goes up and nobody gets a second mail. `who` is a row
    of the log: actor_id, actor_name, role and organisation as they are frozen there.
    """
    found, created = UnusualReading.objects.get_or_create(
        kind=kind,
        actor_id=who["actor_id"],
        hour=hour,
        defaults={
            **{name: who[name] for name in ("actor_name", "role", "organisation")},
            "number": number,
            "allowed": allowed,
            "found_at": clock.now(),
        },
    )
    if created:
        mails.warn_of_unusual(found, permissions.overseers())
        _record(None, found, "found", verb="create")
    else:
        UnusualReading.objects.filter(pk=found.pk, number__lt=number).update(number=number)
    return found


@action
def looked_until(*, number: int) -> None:
    """Note up to which row of the log was looked; never back, also with two sweeps at once."""
    LogWatch.objects.get_or_create(pk=1)
    LogWatch.objects.filter(pk=1, number__lt=number).update(number=number)


@action
def move(
    *, reading: UnusualReading, by: User, name: str, note: str = "", version: int | None = None
) -> None:
    """Take the named transition of UNUSUAL_FLOW, with what there is to say.

    Raises Conflict when the melding is not the one of `version` any more.
    """
    if (reason := general_reason_denied(by, "oversee")) is not None:
        raise Forbidden(reason)
    if (reason := permissions.reason_denied_person(by, reading)) is not None:
        raise Refused(reason)
    no = somebody_was_first("deze melding")
    if version is not None and version != reading.version:
        raise no
    if (reason := UNUSUAL_FLOW.reason_denied(name, reading)) is not None:
        raise Refused(reason)
    said = need(note, NOTE_NEEDED[name], "note") if name in NOTE_NEEDED else note.strip()
    target = UNUSUAL_FLOW[name].target
    compare_and_set(reading, seen=version, no=no, status=target)
    UnusualStep.objects.create(
        reading=reading, status=target, note=said, at=clock.now(), by=by, by_name=by.name
    )
    _record(by, reading, name)


def _record(by: User | None, reading: UnusualReading, part: str, *, verb: str = "update") -> None:
    defer(
        lambda: log.record(
            actor=by,
            action=verb,
            object_type="unusual_reading",
            object_id=reading.pk,
            part=part,
            organisation=by.acting_for if by else "",
        )
    )
