"""Mail about the log; queued with the change (promise 5)."""

from __future__ import annotations

from datetime import date

from audit.log import Head
from audit.models import AuditAlarm
from directory.models import User
from directory.web.mails import full_address, letter
from outbox import queue


def tell_of_alarm(alarm: AuditAlarm, person: User) -> None:
    queue.put(
        key=f"log-alarm:{alarm.pk}:{person.pk}",
        to=person.email,
        subject="Alarm: er is iets mis met het logboek",
        body=letter(
            person.name,
            "Het programma kijkt elke minuut of het logboek nog heel is. Er klopt iets niet. "
            "Misschien is een reservekopie teruggezet, misschien heeft iemand in de database "
            "gewerkt.",
            f"Zoek het vandaag uit, en schrijf op wat het was:\n{full_address('log_watch')}",
        ),
    )


def send_head(head: Head, day: date, person: User) -> None:
    """The head of the log of this day, to keep outside the program."""
    queue.put(
        key=f"log-head:{day:%Y%m%d}:{person.pk}",
        to=person.email,
        subject=f"Kop van het logboek op {day:%d-%m-%Y}",
        body=letter(
            person.name,
            "Bewaar deze e-mail. Met deze regel is later na te gaan of het logboek van nu nog heel "
            "is:",
            f"{head.number}:{head.hash}",
        ),
    )
