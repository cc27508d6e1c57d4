"""What deelnemers receive: the question for dates, the calendar item, its change and its end.

None of it says anything about the casus but its code and gemeente (promise 6).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime

from escalation.links import link_for
from escalation.models import Deelnemer
from outbox import queue
from rdm.lib import ics

NOTHING_INSIDE = "In deze mail staat bewust niets over de inhoud van de casus.\nGroet,\nRDM Twente"


def ask_for_dates(deelnemer: Deelnemer) -> None:
    """Mail the link to answer dates; a new version of the link is a new mail."""
    overleg = deelnemer.overleg
    queue.put(
        key=f"dates:{deelnemer.pk}:{deelnemer.link_version}",
        to=deelnemer.email,
        subject=f"Wanneer kunt u? Escalatieoverleg {overleg.casus.code}",
        body=(
            f"Beste {deelnemer.name},\n\n"
            f"U bent uitgenodigd voor een bestuurlijk escalatieoverleg in de gemeente "
            f"{overleg.casus.gemeente}.\n"
            f"Laat ons weten wanneer u kunt. U hebt geen account nodig.\n\n"
            f"{link_for(deelnemer)}\n\n"
            f"Deze link is alleen voor u. Stuur hem niet door.\n\n{NOTHING_INSIDE}"
        ),
    )


def send_calendar(deelnemer: Deelnemer, *, method: str = "REQUEST") -> None:
    """Mail the calendar item for the fixed date, or its cancellation (`method` CANCEL).

    The UID stays the same over changes and `sequence` goes up, so that calendars follow along.
    """
    overleg = deelnemer.overleg
    assert overleg.starts_at is not None and overleg.ends_at is not None
    when = date_format(localtime(overleg.starts_at), "l j F Y \\o\\m H:i")
    cancelled = method == "CANCEL"
    subject = "Afgezegd: escalatieoverleg" if cancelled else "Uitnodiging: escalatieoverleg"
    if not cancelled and overleg.sequence:
        subject = "Gewijzigd: escalatieoverleg"
    news = (
        f"Het overleg van {when} uur gaat niet door."
        if cancelled
        else f"Het overleg is op {when} uur.\nPlaats: {overleg.place}\n\n"
        f"Laat weten of u komt: {link_for(deelnemer)}"
    )
    item = ics.event(
        uid=f"{overleg.uid}@{urlsplit(settings.SITE_URL).hostname}",
        sequence=overleg.sequence,
        starts=overleg.starts_at,
        ends=overleg.ends_at,
        summary=f"Escalatieoverleg {overleg.casus.code}",
        location=overleg.place,
        description="In dit agenda-item staat bewust niets over de inhoud van de casus.",
        organizer=settings.DEFAULT_FROM_EMAIL,
        attendee=deelnemer.email,
        method=method,
    )
    queue.put(
        key=f"calendar:{deelnemer.pk}:{overleg.sequence}:{method}",
        to=deelnemer.email,
        subject=f"{subject} {overleg.casus.code}",
        body=f"Beste {deelnemer.name},\n\n{news}\n\n{NOTHING_INSIDE}",
        ical=item,
        ical_method=method,
    )
