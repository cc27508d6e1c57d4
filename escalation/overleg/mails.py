"""What deelnemers receive: the calendar item, its change and its end.

None of it says anything about the casus but its code and gemeente (promise 6).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime

from escalation.models import Deelnemer, Overleg
from escalation.notifications import NOTHING_INSIDE, casus_letter
from escalation.overleg.deelnemers.links import link_for
from outbox import queue
from rdm.lib import ics

ONLY_FOR_YOU = "Deze link is alleen voor u. Stuur hem niet door."


def tell_stopped(deelnemer: Deelnemer) -> None:
    """Mail who was asked for dates that there will be no overleg; before there is a fixed date."""
    overleg = deelnemer.overleg
    queue.put(
        key=f"stopped:{deelnemer.pk}",
        to=deelnemer.email,
        subject=f"Gaat niet door: escalatieoverleg {overleg.casus.code}",
        body=casus_letter(
            deelnemer.name,
            f"Het bestuurlijk escalatieoverleg in de gemeente {overleg.casus.gemeente} gaat niet "
            "door. U hoeft geen data meer door te geven.",
        ),
    )


def _no_longer(deelnemer: Deelnemer, *, elsewhere: bool) -> str:
    """Why an item goes out of the calendar: the address, this deelnemer, the overleg, or only its
    date."""
    overleg = deelnemer.overleg
    when = f"Het overleg van {moment_words(overleg)} uur"
    if elsewhere:
        return (
            f"{when} hoort niet in deze agenda: de uitnodiging gaat naar een ander e-mailadres. "
            "De link die hier aankwam, werkt niet meer."
        )
    if deelnemer.removed_at is not None:
        return f"{when} gaat voor u niet door: u staat niet meer op de lijst."
    if overleg.cancelled_at is not None:
        return f"{when} gaat niet door. Er komt geen andere datum."
    return f"{when} gaat dan niet door. U krijgt bericht als er een andere datum is."


def moment_words(overleg: Overleg) -> str:
    assert overleg.starts_at is not None
    return date_format(localtime(overleg.starts_at), "l j F Y \\o\\m H:i")


def send_calendar(
    deelnemer: Deelnemer,
    *,
    number: int,
    method: ics.Method = "REQUEST",
    changed: bool = False,
    elsewhere: bool = False,
) -> None:
    """Mail the calendar item for the fixed date, or its cancellation (`method` CANCEL).

    Every deelnemer has an item of their own, also two who share a mailbox: its UID stays the same,
    and `number` counts what this deelnemer got, so that calendars follow along (RFC 5545).
    `changed`: this deelnemer already had an item for an earlier moment or place. `elsewhere`: what
    this address got goes to another one from now on.
    """
    overleg = deelnemer.overleg
    assert overleg.starts_at is not None and overleg.ends_at is not None
    if method == "CANCEL":
        subject = "Afgezegd: escalatieoverleg"
        news = [_no_longer(deelnemer, elsewhere=elsewhere)]
    else:
        subject = f"{'Gewijzigd' if changed else 'Uitnodiging'}: escalatieoverleg"
        news = [f"Het overleg is op {moment_words(overleg)} uur.\nPlaats: {overleg.place}"]
        if deelnemer.link_revoked_at is None:
            news += [f"Laat weten of u komt: {link_for(deelnemer)}", ONLY_FOR_YOU]
    item = ics.event(
        uid=f"{overleg.uid}-{deelnemer.pk}@{urlsplit(settings.SITE_URL).hostname}",
        sequence=number,
        starts=overleg.starts_at,
        ends=overleg.ends_at,
        summary=f"Escalatieoverleg {overleg.casus.code}",
        location=overleg.place,
        description=f"Voor {deelnemer.name}. In dit agenda-item staat bewust {NOTHING_INSIDE}.",
        organizer=settings.DEFAULT_FROM_EMAIL,
        attendee=deelnemer.email,
        attendee_name=deelnemer.name,
        method=method,
    )
    queue.put(
        key=f"calendar:{deelnemer.pk}:{number}:{method}",
        to=deelnemer.email,
        subject=f"{subject} {overleg.casus.code}",
        body=casus_letter(deelnemer.name, *news),
        ical=item,
        ical_method=method,
    )
