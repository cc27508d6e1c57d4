"""Reminders for the terugkoppeling, before and after its term; each queued once."""

from __future__ import annotations

from directory.models import Procesafspraak
from escalation.models import Overleg
from escalation.notifications import inform, people_of
from escalation.workflow import Turn
from learning.workflow import TerugkoppelingStatus
from rdm.lib import clock
from rdm.lib.workdays import add_workdays, workdays_between


def remind() -> int:
    """Queue what is due today for overleggen without a submitted terugkoppeling (O-06)."""
    today = clock.today()
    ahead = add_workdays(today, Procesafspraak.number_of("herinnering_vooraf"))
    every = max(1, Procesafspraak.number_of("herinnering_achteraf"))
    waiting = (
        Overleg.objects.filter(feedback_due__lte=ahead)
        .exclude(terugkoppeling__status=TerugkoppelingStatus.SUBMITTED)
        .select_related("casus__gemeente__organisation", "casus__registered_by")
    )
    for overleg in waiting:
        due = overleg.feedback_due
        assert due is not None
        overdue = due < today
        rounds = (workdays_between(due, today) - 1) // every if overdue else 0
        moment = f"after-{rounds}" if overdue else "before"
        inform(
            overleg.casus,
            people_of(overleg.casus, Turn.GEMEENTE),
            subject="Termijn voorbij" if overdue else "Herinnering",
            text=f"Dien de terugkoppeling in van het overleg van {overleg.held_on:%d-%m-%Y}.\n"
            f"Uiterlijk op {due:%d-%m-%Y}.",
            key=f"feedback:{overleg.pk}:{moment}",
        )
    return len(waiting)
