"""News for who reads along, and forgetting who never answered."""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import Q

from directory.models import Edition, Organisation, Subscriber, Tafel
from directory.upkeep.subscriptions import actions as subscriptions
from rdm.lib import clock


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
