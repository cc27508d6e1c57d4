"""Reminders for a gemeente that was asked to take a casus over."""

from __future__ import annotations

from escalation.models import Transfer
from escalation.notifications import people_at, remind_of
from escalation.reminding import Rounds
from escalation.sharing.transfer.mails import answer_link


def remind_of_transfers() -> int:
    """The same for a gemeente that was asked to take a casus over; returns how many were looked
    at."""
    rounds = Rounds()
    asked = (
        Transfer.objects.pending()
        .filter(due__lte=rounds.ahead, casus__restricted_at=None)
        .select_related("casus", "to_gemeente__organisation")
    )
    seen = 0
    for one in asked.iterator(500):
        assert one.due is not None
        seen += 1
        remind_of(
            one.casus,
            people_at(one.to_gemeente_id),
            task="Antwoord op de overdracht van een casus",
            due=one.due,
            key=f"transfer:{one.pk}:{rounds.moment(one.due)}",
            link=answer_link(one.casus),
            link_label="Geef antwoord",
        )
    return seen
