"""Reminders for the terugkoppeling, before and after its term; each queued once."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.urls import reverse

from directory.models import Role, User
from escalation.models import Casus, Overleg
from escalation.notifications import people_of, remind_of
from escalation.reminding import Rounds
from escalation.workflow import Turn
from learning.models.terugkoppeling import unreported


def remind() -> int:
    """Queue what is due today for overleggen without a submitted terugkoppeling (O-06).

    Returns how many overleggen were looked at. A correction that was begun has no term: the
    version that was submitted holds.
    """
    rounds = Rounds()
    waiting = unreported(Overleg.objects.filter(feedback_due__lte=rounds.ahead)).filter(
        terugkoppeling__first_submitted_at=None, casus__restricted_at=None
    )
    for overleg in waiting:
        due = overleg.feedback_due
        assert due is not None
        _remind(overleg, due, key=f"feedback:{overleg.pk}:{rounds.moment(due)}")
    return len(waiting)


def _remind(overleg: Overleg, due: date, *, key: str) -> None:
    """To who writes for the gemeente; without anybody in that role, to who else works on the
    casus, who cannot open the page to write on."""
    casus = overleg.casus
    writers = _writers(casus)
    page = reverse("terugkoppeling_write", args=[casus.code, overleg.pk])
    where = {"link": settings.SITE_URL + page, "link_label": "Schrijf de terugkoppeling"}
    remind_of(
        casus,
        writers or people_of(casus, Turn.GEMEENTE),
        task="Dien de terugkoppeling in",
        due=due,
        key=key,
        **(where if writers else {}),
    )


def _writers(casus: Casus) -> list[User]:
    writers = User.objects.filter(
        is_active=True,
        memberships__ended_at=None,
        memberships__role=Role.GEMEENTE,
        memberships__organisation=casus.gemeente_id,
    )
    return list(writers.distinct())
