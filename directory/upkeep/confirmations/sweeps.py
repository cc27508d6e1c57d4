"""The yearly question, again and again until it is answered."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from directory.models import Procesafspraak, Proposal, ProposalStatus, Tafel
from directory.reading import confirmations
from directory.reading.reminders import rounds
from directory.upkeep.confirmations import mails
from rdm.lib import clock
from rdm.lib.workdays import add_workdays


def ask_to_confirm() -> int:
    """Ask each tafel whose term (`tafel_bevestigen`) nearly ends or is over; how many tafels.

    Before: `herinnering_vooraf` working days ahead of the term. After: `herinnering_achteraf`
    working days, and then each time twice as long, because a mailbox that nobody reads must not
    get a mail a day for a year. A tafel whose proposal waits to be checked did its part.
    """
    today = clock.today()
    ahead = add_workdays(today, Procesafspraak.number_of("herinnering_vooraf"))
    every = max(1, Procesafspraak.number_of("herinnering_achteraf"))
    waiting = Proposal.objects.filter(
        tafel=OuterRef("pk"), status=ProposalStatus.OPEN, confirms=True
    )
    tafels = Tafel.objects.select_related("led_by").filter(~Exists(waiting))
    asked = 0
    for tafel in confirmations.with_terms(tafels):
        state = confirmations.state_of(tafel, today)
        if state.due is None or state.due > ahead:
            continue
        moment = f"after-{rounds(state.due, today, every)}" if state.overdue else "before"
        mails.ask_to_confirm(tafel, state.due, moment, overdue=state.overdue)
        asked += 1
    return asked
