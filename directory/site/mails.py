"""Mail about what the site says of itself; each is queued once."""

from __future__ import annotations

from datetime import date

from directory.reading import reviews
from directory.web.mails import full_address, letter
from outbox import queue
from rdm.lib.dates import long_date


def tell_of_security_txt(until: date, moment: str, *, over: bool) -> int:
    """Mail the functioneel beheerders that security.txt runs out; how many got it."""
    state = "is verlopen op" if over else "verloopt op"
    people = list(reviews.beheerders())
    for person in people:
        queue.put(
            key=f"security-txt:{until:%Y%m%d}:{moment}:{person.pk}",
            to=person.email,
            subject="Wie een zwakke plek meldt: kijk na of dat nog klopt",
            body=letter(
                person.name,
                "Wie een zwakke plek in de website vindt, leest in security.txt wie dat moet "
                f"weten. Dat bestand {state} {long_date(until)}.\n"
                "Kijk na of het adres klopt. Zet daarna in het regiobestand bij contact een nieuwe "
                "datum (security_until) en laad het.\n\n"
                f"{full_address('security_txt')}",
            ),
        )
    return len(people)
