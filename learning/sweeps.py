"""Reminders for the terugkoppeling, before and after its term; each queued once."""

from __future__ import annotations

from directory.models import Procesafspraak, Role, User
from escalation.models import Casus, Overleg
from escalation.notifications import inform, people_of
from escalation.workflow import Turn
from learning.models.terugkoppeling import unreported
from rdm.lib import clock
from rdm.lib.workdays import add_workdays, workdays_between


def remind() -> int:
    """Queue what is due today for overleggen without a submitted terugkoppeling (O-06).

    Returns how many overleggen were looked at. A correction that was begun has no term: the
    version that was submitted holds.
    """
    today = clock.today()
    ahead = add_workdays(today, Procesafspraak.number_of("herinnering_vooraf"))
    every = max(1, Procesafspraak.number_of("herinnering_achteraf"))
    waiting = unreported(Overleg.objects.filter(feedback_due__lte=ahead)).filter(
        terugkoppeling__first_submitted_at=None
    )
    for overleg in waiting:
        due = overleg.feedback_due
        assert due is not None
        overdue = due < today
        rounds = (workdays_between(due, today) - 1) // every if overdue else 0
        moment = f"after-{rounds}" if overdue else "before"
        inform(
            overleg.casus,
            _writers(overleg.casus),
            subject="Termijn voorbij" if overdue else "Herinnering",
            text=f"Dien de terugkoppeling in van het overleg van {overleg.held_on:%d-%m-%Y}.\n"
            f"Uiterlijk op {due:%d-%m-%Y}.",
            key=f"feedback:{overleg.pk}:{moment}",
        )
    return len(waiting)


def _writers(casus: Casus) -> list[User]:
    """Who writes for the gemeente; without anybody in that role, who else works on the casus."""
    writers = User.objects.filter(
        is_active=True,
        memberships__ended_at=None,
        memberships__role=Role.GEMEENTE,
        memberships__organisation=casus.gemeente_id,
    ).distinct()
    return list(writers) or people_of(casus, Turn.GEMEENTE)
