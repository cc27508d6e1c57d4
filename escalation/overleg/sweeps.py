"""Reminders about the promises of an overleg."""

from __future__ import annotations

from escalation.models import Afspraak
from escalation.notifications import people_of, remind_of
from escalation.reminding import Rounds
from escalation.workflow import Turn


def remind_of_afspraken() -> int:
    """The same for the promises of an overleg that are still open, also after the casus was closed:
    to the gemeente, which keeps watch over them (E-122); returns how many were looked at."""
    rounds = Rounds()
    promised = (
        Afspraak.objects.filter(state=Afspraak.State.OPEN, due__lte=rounds.ahead)
        .filter(overleg__casus__restricted_at=None, overleg__casus__destroyed_at=None)
        .select_related("overleg__casus__gemeente__organisation")
    )
    seen = 0
    for one in promised.iterator(500):
        seen += 1
        casus = one.overleg.casus
        remind_of(
            casus,
            people_of(casus, Turn.GEMEENTE),
            task="Bewaak een afspraak van het overleg",
            due=one.due,
            key=f"afspraak:{one.pk}:{one.due:%Y%m%d}:{rounds.moment(one.due)}",
        )
    return seen
