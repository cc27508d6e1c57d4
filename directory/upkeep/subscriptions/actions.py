"""Who hears of changes: asked for, confirmed from the mailbox, and gone with one click (E-174).

Nothing about a subscriber goes into the log: it would keep what was promised to be forgotten.
"""

from __future__ import annotations

from datetime import timedelta

from audit.transaction import action
from directory.models import Edition, Procesafspraak, Subscriber
from directory.upkeep.editions import changelog, publishing
from directory.upkeep.subscriptions import mails
from outbox import queue
from rdm.lib import clock
from rdm.lib.refusal import need

AT_ONCE = 500


@action
def subscribe(*, email: str, is_gp: bool) -> None:
    """Note the address and mail the link to confirm it. Says the same whether it was known.

    Who is subscribed already hears that; nothing changes for them.
    """
    address = need(email, "Vul uw e-mailadres in.", "email").lower()
    subscriber, new = Subscriber.objects.get_or_create(
        email=address, defaults={"is_gp": is_gp, "asked_at": clock.now()}
    )
    if not new and subscriber.confirmed_at is None:
        Subscriber.objects.filter(pk=subscriber.pk).update(is_gp=is_gp, asked_at=clock.now())
    mails.ask_subscriber(subscriber)


@action
def confirm(*, subscriber: Subscriber) -> None:
    """The link came back from the mailbox: from now on this reader hears of changes."""
    publishing.serialise()
    last = Edition.objects.order_by("-pk").first()
    Subscriber.objects.filter(pk=subscriber.pk, confirmed_at=None).update(
        confirmed_at=clock.now(), told_until=last
    )


@action
def unsubscribe(*, subscriber: Subscriber) -> None:
    """Forget this reader, and every mail to them; one that still waits is not sent."""
    _forget(subscriber)


@action
def tell(*, subscriber: Subscriber, until: Edition, for_gp: frozenset[int]) -> bool:
    """Mail this reader what was published after the last mail, up to and including `until`.

    False when there was no news for them, or when they had their one mail of today already.
    """
    if not _is_first_of_the_day(subscriber):
        return False
    published = changelog.news().filter(pk__lte=until.pk)
    if subscriber.told_until_id:
        published = published.filter(pk__gt=subscriber.told_until_id)
    else:
        published = published.filter(published_at__gt=subscriber.confirmed_at)
    entries = [changelog.log_entry(one) for one in published.order_by("pk")]
    if entries:
        mails.tell_changes(subscriber, entries, for_gp)
    Subscriber.objects.filter(pk=subscriber.pk).update(told_until=until)
    return bool(entries)


def _is_first_of_the_day(subscriber: Subscriber) -> bool:
    return not queue.known().filter(key=mails.changes_key(subscriber, clock.today())).exists()


@action
def forget_unconfirmed() -> int:
    """Forget who never answered the first mail within `abonneelink_geldig` days; how many."""
    days = Procesafspraak.number_of("abonneelink_geldig")
    late = Subscriber.objects.filter(
        confirmed_at=None, asked_at__lt=clock.now() - timedelta(days=days)
    )
    rows = list(late[:AT_ONCE])
    for subscriber in rows:
        _forget(subscriber)
    return len(rows)


def _forget(subscriber: Subscriber) -> None:
    queue.forget(f"changes:{subscriber.pk}:", f"subscribe:{subscriber.pk}:")
    Subscriber.objects.filter(pk=subscriber.pk).delete()
