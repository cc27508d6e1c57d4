"""Reminders before and after the term of a casus.

Run again and again; each mail is queued once. The key of a reminder names the casus, its status,
its term and the day counted from it, so an outage of days or a change of the clock leads to one
late mail, never to two (promise 5).
"""

from __future__ import annotations

from datetime import date

from escalation.models import Casus
from escalation.notifications import people_of, remind_of
from escalation.reminding import Rounds
from escalation.workflow import CasusStatus, Turn

# A casus has a term only while somebody must act within days.
REMINDED = [
    status
    for status in CasusStatus
    if status.next.turn is not Turn.NOBODY and status != CasusStatus.DRAFT
]


def remind() -> int:
    """Queue the reminders that are due today; returns how many casussen were looked at.

    Those days are in `reminding.Rounds`.
    """
    rounds = Rounds()
    seen = 0
    casussen = Casus.objects.filter(status__in=REMINDED, due__lte=rounds.ahead)
    # Nobody may do anything about a casus whose use is restricted.
    casussen = casussen.filter(restricted_at=None).for_list()
    for casus in casussen.iterator(500):
        assert casus.due is not None
        seen += 1
        _remind(casus, rounds.moment(casus.due), casus.due)
    return seen


def _remind(casus: Casus, moment: str, due: date) -> None:
    upcoming = casus.upcoming
    remind_of(
        casus,
        people_of(casus, upcoming.turn),
        task=upcoming.what,
        due=due,
        key=f"reminder:{casus.pk}:{casus.status}:{due:%Y%m%d}:{moment}",
    )
