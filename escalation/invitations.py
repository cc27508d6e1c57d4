"""What deelnemers receive: the question for dates, the calendar item, its change and its end.

None of it says anything about the casus but its code and gemeente (promise 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.timezone import localtime

from directory.product import product_name
from escalation.links import link_for
from escalation.models import Deelnemer, Overleg
from outbox import queue
from outbox.models import Message
from rdm.lib import clock, ics
from rdm.lib.dates import long_date

ONLY_FOR_YOU = "Deze link is alleen voor u. Stuur hem niet door."


def nothing_inside() -> str:
    """The end of every mail to a deelnemer."""
    return f"In deze mail staat bewust niets over de inhoud van de casus.\nGroet,\n{product_name()}"


def ask_for_dates(deelnemer: Deelnemer) -> None:
    """Mail the link: to say who can when, or, once the date is fixed, who comes.

    A new version of the link is a new mail, and so is a moment that was proposed later.
    """
    overleg = deelnemer.overleg
    if overleg.starts_at is None:
        subject = "Wanneer kunt u?"
        question = f"Laat ons weten wanneer u kunt.{_hurry(overleg)}"
    else:
        subject = "Komt u?"
        question = f"Het overleg is op {_moment(overleg)} uur. Laat ons weten of u komt."
    queue.put(
        key=_question_key(deelnemer, _newest_option(overleg)),
        to=deelnemer.email,
        subject=f"{subject} Escalatieoverleg {overleg.casus.code}",
        body=(
            f"Beste {deelnemer.name},\n\n"
            f"U bent uitgenodigd voor een bestuurlijk escalatieoverleg in de gemeente "
            f"{overleg.casus.gemeente}.\n"
            f"{question} U hebt geen account nodig.\n\n"
            f"{link_for(deelnemer)}\n\n{ONLY_FOR_YOU}\n\n{nothing_inside()}"
        ),
    )


def _hurry(overleg: Overleg) -> str:
    """By when the overleg must be, while that day can still be met (O-02)."""
    if overleg.hold_before < clock.today():
        return " Antwoord zo snel mogelijk."
    day = long_date(overleg.hold_before)
    return f" Het overleg is uiterlijk op {day}. Antwoord daarom zo snel mogelijk."


def tell_stopped(deelnemer: Deelnemer) -> None:
    """Mail who was asked for dates that there will be no overleg; before there is a fixed date."""
    overleg = deelnemer.overleg
    queue.put(
        key=f"stopped:{deelnemer.pk}",
        to=deelnemer.email,
        subject=f"Gaat niet door: escalatieoverleg {overleg.casus.code}",
        body=(
            f"Beste {deelnemer.name},\n\n"
            f"Het bestuurlijk escalatieoverleg in de gemeente {overleg.casus.gemeente} gaat niet "
            f"door. U hoeft geen data meer door te geven.\n\n{nothing_inside()}"
        ),
    )


def remind_of_dates(deelnemer: Deelnemer) -> None:
    """Mail the same question once more; a second reminder on one day is not sent."""
    casus = deelnemer.overleg.casus
    queue.put(
        key=_reminder_key(deelnemer),
        to=deelnemer.email,
        subject=f"Herinnering: wanneer kunt u? Escalatieoverleg {casus.code}",
        body=(
            f"Beste {deelnemer.name},\n\n"
            f"U bent uitgenodigd voor een bestuurlijk escalatieoverleg in de gemeente "
            f"{casus.gemeente}.\n"
            "Wij weten nog niet wanneer u kunt. Geef het hier door. U hebt geen account nodig.\n\n"
            f"{link_for(deelnemer)}\n\n{ONLY_FOR_YOU}\n\n{nothing_inside()}"
        ),
    )


def not_asked_and_not_reminded(
    people: Sequence[Deelnemer], *, newest_option: int
) -> tuple[list[Deelnemer], list[Deelnemer]]:
    """Those of `people` who never got the question about the moments up to `newest_option`, and
    those who got no reminder today. One query for both."""
    questions = {_question_key(one, newest_option): one for one in people}
    reminders = {_reminder_key(one): one for one in people}
    keys = [*questions, *reminders]
    sent = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    return (
        [one for key, one in questions.items() if key not in sent],
        [one for key, one in reminders.items() if key not in sent],
    )


def _newest_option(overleg: Overleg) -> int:
    return overleg.date_options.aggregate(newest=Max("pk"))["newest"] or 0


def _question_key(deelnemer: Deelnemer, newest_option: int) -> str:
    return f"dates:{deelnemer.pk}:{deelnemer.link_version}:{newest_option}"


def _reminder_key(deelnemer: Deelnemer) -> str:
    return f"reminder:{deelnemer.pk}:{deelnemer.link_version}:{clock.today():%Y%m%d}"


def _no_longer(deelnemer: Deelnemer) -> str:
    """Why an item goes out of the calendar: this deelnemer, the overleg, or only its date."""
    overleg = deelnemer.overleg
    when = f"Het overleg van {_moment(overleg)} uur"
    if deelnemer.removed_at is not None:
        return f"{when} gaat voor u niet door: u staat niet meer op de lijst."
    if overleg.cancelled_at is not None:
        return f"{when} gaat niet door. Er komt geen andere datum."
    return f"{when} gaat dan niet door. U krijgt bericht als er een andere datum is."


def _moment(overleg: Overleg) -> str:
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
        news = _no_longer(deelnemer)
    else:
        subject = f"{'Gewijzigd' if changed else 'Uitnodiging'}: escalatieoverleg"
        news = f"Het overleg is op {_moment(overleg)} uur.\nPlaats: {overleg.place}"
        if deelnemer.link_revoked_at is None:
            news += f"\n\nLaat weten of u komt: {link_for(deelnemer)}\n\n{ONLY_FOR_YOU}"
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
        body=f"Beste {deelnemer.name},\n\n{news}\n\n{nothing_inside()}",
        ical=item,
        ical_method=method,
    )
