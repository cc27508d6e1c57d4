"""The mail about a melding of ongewoon gebruik."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from directory.models import User
from directory.web.mails import letter
from escalation.models import UnusualReading
from outbox import queue


def warn_of_unusual(reading: UnusualReading, people: Iterable[User]) -> None:
    """Tell the privacy officers that there is something to look at. Who it was and which casussen
    they were stays out of the mail (promise 6)."""
    address = settings.SITE_URL + reverse("unusual_detail", args=[reading.pk])
    for person in people:
        queue.put(
            key=f"unusual:{reading.pk}:{person.pk}",
            to=person.email,
            subject="Melding: ongewoon gebruik van dossiers",
            body=letter(
                person.name,
                "Het logboek laat iets ongewoons zien. Wilt u het bekijken?",
                address,
                left_out="niet om wie en om welke dossiers het gaat",
            ),
        )
