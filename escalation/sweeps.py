"""Reminders before and after each term. Run again and again; each mail is queued once.

The key of a reminder names the casus, its status, its term and the day counted from it, so an
outage of days or a change of the clock leads to one late mail, never to two (promise 5).
"""

from __future__ import annotations

from datetime import date

from audit import watching as log_watching
from directory.models import Procesafspraak
from escalation import watching
from escalation.actions import oversight
from escalation.models import Casus, LogWatch, UnusualReading
from escalation.notifications import people_of, remind_of
from escalation.workflow import NEXT, CasusStatus, Turn
from rdm.lib import clock
from rdm.lib.workdays import add_workdays, workdays_between

# A casus has a term only while somebody must act within days.
REMINDED = [
    status
    for status, upcoming in NEXT.items()
    if upcoming.turn is not Turn.NOBODY and status != CasusStatus.DRAFT
]


def remind() -> int:
    """Queue the reminders that are due today; returns how many casussen were looked at.

    Before: on the `herinnering_vooraf` working days ahead of the term. After: every
    `herinnering_achteraf` working days for as long as the term is overdue.
    """
    today = clock.today()
    ahead = add_workdays(today, Procesafspraak.number_of("herinnering_vooraf"))
    every = max(1, Procesafspraak.number_of("herinnering_achteraf"))
    seen = 0
    casussen = Casus.objects.filter(status__in=REMINDED, due__lte=ahead).for_list()
    for casus in casussen.iterator(500):
        assert casus.due is not None
        seen += 1
        if casus.due >= today:
            _remind(casus, "before", casus.due)
        else:
            rounds = (workdays_between(casus.due, today) - 1) // every
            _remind(casus, f"after-{rounds}", casus.due)
    return seen


def _remind(casus: Casus, moment: str, due: date) -> None:
    upcoming = NEXT[casus.status]
    remind_of(
        casus,
        people_of(casus, upcoming.turn),
        task=upcoming.what,
        due=due,
        key=f"reminder:{casus.pk}:{casus.status}:{due:%Y%m%d}:{moment}",
    )


def watch_the_log() -> int:
    """Report ongewoon gebruik in the rows of the log since the last look; how many hours of people.

    Where it stopped is noted after each stretch. What was reported before that was noted is found
    again and stays one melding and one mail, so it may stop anywhere and run twice.
    """
    known = LogWatch.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    found = 0
    while (stretch := log_watching.stretch_after(known)) is not None:
        for kind in UnusualReading.Kind.values:
            rule = watching.rule_of(kind)
            allowed = Procesafspraak.number_of(rule.agreement)
            for one in log_watching.busy_hours(rule.rows, stretch, rule.how, allowed):
                oversight.report(
                    kind=kind, hour=one["hour"], number=one["number"], allowed=allowed, who=one
                )
                found += 1
        oversight.looked_until(number=stretch.until)
        known = stretch.until
    return found
