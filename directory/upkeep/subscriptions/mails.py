"""Mail to who reads along; one a day at most (promise 5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings

from directory.models import Subscriber
from directory.region.names import region_name
from directory.upkeep.editions.changelog import LogEntry
from directory.web.mails import full_address, letter
from directory.web.readers import one_click_link, subscribe_link, unsubscribe_link
from outbox import queue
from rdm.lib import clock


def ask_subscriber(subscriber: Subscriber) -> None:
    """Mail the link by which somebody says that the subscription is theirs; once a day at most."""
    region = region_name()
    if subscriber.confirmed_at:
        text = (
            f"Iemand vroeg om bericht op dit e-mailadres als er iets wijzigt in het overzicht van "
            f"overlegtafels in {region}. Dat krijgt u al. U hoeft niets te doen.\n\n"
            f"Wilt u geen bericht meer? {unsubscribe_link(subscriber)}"
        )
        subject = "U krijgt al bericht van wijzigingen"
    else:
        text = (
            f"U vroeg om bericht als er iets wijzigt in het overzicht van overlegtafels in "
            f"{region}. Klopt dat? Bevestig het dan met deze link:\n\n"
            f"{subscribe_link(subscriber)}\n\n"
            "Hebt u niets gevraagd? Dan hoeft u niets te doen. Wij gooien dit e-mailadres weg."
        )
        subject = "Bevestig dat u bericht wilt van wijzigingen"
    standing = "known" if subscriber.confirmed_at else "ask"
    queue.put(
        key=f"subscribe:{subscriber.pk}:{standing}:{clock.today():%Y%m%d}",
        to=subscriber.email,
        subject=subject,
        body=letter("lezer", text),
    )


def changes_key(subscriber: Subscriber, today: date) -> str:
    """The key of the one mail with changes that a reader gets on a day."""
    return f"changes:{subscriber.pk}:{today:%Y%m%d}"


def tell_changes(
    subscriber: Subscriber, entries: Iterable[LogEntry], for_gp: frozenset[int]
) -> None:
    """Mail what changed, page by page. `for_gp` are the tafels to which a huisarts may submit:
    a reader of a huisartsenorganisatie sees those first, and that they are theirs (E-177)."""
    rows = list(entries)
    if subscriber.is_gp:
        rows.sort(key=lambda one: one.edition.tafel_id not in for_gp)
    blocks = [_block(one, subscriber.is_gp and one.edition.tafel_id in for_gp) for one in rows]
    pages = list(dict.fromkeys(one.page for one in rows))
    what = pages[0] if len(pages) == 1 else f"{len(pages)} pagina's"
    region = region_name()
    text = "\n\n".join(blocks)
    queue.put(
        key=changes_key(subscriber, clock.today()),
        to=subscriber.email,
        subject=f"Gewijzigd in het overzicht van {region}: {what}"[:200],
        body=letter(
            "lezer",
            f"Dit is er gewijzigd in het overzicht van overlegtafels in {region}."
            f"\n\n{text}\n\n"
            f"Alle wijzigingen: {full_address('change_log')}\n"
            f"Geen bericht meer? {unsubscribe_link(subscriber)}",
        ),
        unsubscribe_url=one_click_link(subscriber),
    )


def _block(entry: LogEntry, theirs: bool) -> str:
    lines = [entry.title, "Huisartsen mogen hier zelf aanmelden.", entry.text]
    if not theirs:
        del lines[1]
    # The sentence says it all when there is one short change; the lines say more otherwise.
    lines += [f"- {line}" for line in entry.lines]
    lines.append(settings.SITE_URL + entry.url)
    return "\n".join(lines)
