"""The mail about a melding of ongewoon gebruik."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from directory.models import User
from directory.region.names import product_name
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
            body=(
                f"Beste {person.name},\n\n"
                "Het logboek laat iets ongewoons zien. Wilt u het bekijken?\n\n"
                f"{address}\n\n"
                "In deze mail staat bewust niet om wie en om welke dossiers het gaat.\n"
                f"Groet,\n{product_name()}"
            ),
        )
