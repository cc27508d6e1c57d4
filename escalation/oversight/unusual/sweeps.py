"""Looking for ongewoon gebruik in what the log got since the last look."""

from __future__ import annotations

from audit import watching as log_watching
from directory.models import Procesafspraak
from escalation.models import LogWatch, UnusualReading
from escalation.oversight.unusual import actions as oversight
from escalation.oversight.unusual import rules as watching


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
