"""Looking after the log: what is new every minute, the whole of it every night (promise 2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from audit import chain, heads, log
from audit.log import BEGINNING, Head, Problem
from audit.models import AuditAlarm, AuditWatch
from rdm.lib import clock

# The whole log is walked at night, when nobody waits: from two hours after midnight on.
NIGHT = timedelta(hours=2)


def look_at_new() -> int:
    """Look at what was written since the last time, and note the head outside the database; how
    many new alarms."""
    watch = _watch()
    since = _since(watch)
    head, last = log.head(), log.last_entry()
    found = list(log.problems(since=since, known=heads.noted()[-1:]))
    if not chain.same(watch.seal, chain.watch_seal(watch.number, watch.hash)):
        found.insert(0, Problem(watch.number, "how far was looked is not what was written"))
    alarms = raise_alarm(found)
    _looked(last, new_at=clock.now())
    if not found:
        heads.note(head)
    return alarms


def look_at_all() -> int:
    """Walk the whole log, once a night; how many new alarms."""
    now = clock.now()
    if (last := _watch().whole_at) is not None and last >= _begin_of_night(now):
        return 0
    newest = log.last_entry()
    alarms = raise_alarm(list(log.problems(known=heads.noted())))
    _looked(newest, whole_at=now)
    return alarms


def raise_alarm(found: list[Problem]) -> int:
    """Keep each of these problems until somebody says what it was; how many were not known."""
    made = [
        AuditAlarm.objects.get_or_create(
            number=one.number, reason=one.reason[:300], defaults={"found_at": clock.now()}
        )[1]
        for one in found
    ]
    return sum(made)


def _begin_of_night(now: datetime) -> datetime:
    today, _ = clock.day_bounds(clock.local_date(now))
    yesterday, _ = clock.day_bounds(clock.local_date(now) - timedelta(days=1))
    return max(begin + NIGHT for begin in (yesterday, today) if begin + NIGHT <= now)


def _watch() -> AuditWatch:
    seal = chain.watch_seal(BEGINNING.number, BEGINNING.hash)
    start = {"number": BEGINNING.number, "hash": BEGINNING.hash, "seal": seal}
    return AuditWatch.objects.get_or_create(pk=1, defaults=start)[0]


def _since(watch: AuditWatch) -> Head:
    """From where to look; from the beginning when somebody moved it."""
    if chain.same(watch.seal, chain.watch_seal(watch.number, watch.hash)):
        return Head(watch.number, watch.hash)
    return BEGINNING


def _looked(last: Head, **at: datetime) -> None:
    with transaction.atomic():
        AuditWatch.objects.filter(pk=1).update(
            number=last.number,
            hash=last.hash,
            seal=chain.watch_seal(last.number, last.hash),
            **at,
        )
