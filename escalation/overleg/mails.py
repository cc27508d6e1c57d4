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


def _no_longer(deelnemer: Deelnemer) -> str:
    """Why an item goes out of the calendar: this deelnemer, the overleg, or only its date."""
    overleg = deelnemer.overleg
    when = f"Het overleg van {moment_words(overleg)} uur"
    if deelnemer.removed_at is not None:
        return f"{when} gaat voor u niet door: u staat niet meer op de lijst."
    if overleg.cancelled_at is not None:
        return f"{when} gaat niet door. Er komt geen andere datum."
    return f"{when} gaat dan niet door. U krijgt bericht als er een andere datum is."


def moment_words(overleg: Overleg) -> str:
    assert overleg.starts_at is not None
    return date_format(localtime(overleg.starts_at), "l j F Y \\o\\m H:i")


def send_calendar(
    deelnemer: Deelnemer, *, method: ics.Method = "REQUEST", changed: bool = False
) -> None:
    """Mail the calendar item for the fixed date, or its cancellation (`method` CANCEL).

    The UID stays the same over changes and `sequence` goes up, so that calendars follow along.
    `changed`: this deelnemer already had an item for an earlier moment or place.
    """
    overleg = deelnemer.overleg
    assert overleg.starts_at is not None and overleg.ends_at is not None
    if method == "CANCEL":
        subject = "Afgezegd: escalatieoverleg"
        news = [_no_longer(deelnemer)]
    else:
        subject = f"{'Gewijzigd' if changed else 'Uitnodiging'}: escalatieoverleg"
        news = [f"Het overleg is op {moment_words(overleg)} uur.\nPlaats: {overleg.place}"]
        if deelnemer.link_revoked_at is None:
            news += [f"Laat weten of u komt: {link_for(deelnemer)}", ONLY_FOR_YOU]
    item = ics.event(
        uid=f"{overleg.uid}@{urlsplit(settings.SITE_URL).hostname}",
        sequence=overleg.sequence,
        starts=overleg.starts_at,
        ends=overleg.ends_at,
        summary=f"Escalatieoverleg {overleg.casus.code}",
        location=overleg.place,
        description=f"In dit agenda-item staat bewust {NOTHING_INSIDE}.",
        organizer=settings.DEFAULT_FROM_EMAIL,
        attendee=deelnemer.email,
        method=method,
    )
    queue.put(
        key=f"calendar:{deelnemer.pk}:{overleg.sequence}:{method}",
        to=deelnemer.email,
        subject=f"{subject} {overleg.casus.code}",
        body=casus_letter(deelnemer.name, *news),
        ical=item,
        ical_method=method,
    )
