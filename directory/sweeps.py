"""What happens by itself: the yearly question, mail to subscribers, and keeping nothing too long.

Run again and again; the key of each mail makes that it is queued once, also after an outage of
days (promise 5).
"""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import Exists, OuterRef, Q

from directory import notifications
from directory.actions import guide, subscriptions
from directory.models import (
    Edition,
    Organisation,
    Procesafspraak,
    Proposal,
    ProposalStatus,
    Subscriber,
    Tafel,
)
from directory.reading import confirmations
from directory.reading.reminders import rounds
from outbox import queue
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
        notifications.ask_to_confirm(tafel, state.due, moment, overdue=state.overdue)
        asked += 1
    return asked


def tell_subscribers() -> int:
    """Mail every reader what was published up to and including yesterday; how many mails.

    Whole days (in Amsterdam), so that a reader gets one mail a day at most.
    """
    midnight = datetime.combine(clock.today(), time.min, clock.AMSTERDAM)
    last = Edition.objects.filter(published_at__lt=midnight).order_by("-pk").first()
    if last is None:
        return 0
    readers = Subscriber.objects.exclude(confirmed_at=None).filter(
        Q(told_until=None) | Q(told_until__lt=last.pk)
    )
    for_gp = frozenset(
        Tafel.objects.filter(submitters__organisations__kind=Organisation.Kind.GP)
        .values_list("pk", flat=True)
        .distinct()
    )
    return sum(
        subscriptions.tell(subscriber=reader, until=last, for_gp=for_gp)
        for reader in readers.order_by("pk")[: subscriptions.AT_ONCE]
    )


def forget_unconfirmed() -> int:
    """Forget addresses that nobody confirmed in time; how many."""
    return subscriptions.forget_unconfirmed()


def forget_guide_mail() -> int:
    """Forget to whom a result of the wegwijzer was mailed, once that is done; how many mails."""
    return queue.forget_finished(guide.MAIL)
