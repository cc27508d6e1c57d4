"""Mail with the yearly question to a tafel; each is queued once (promise 5)."""

from __future__ import annotations

from datetime import date

from directory.models import Tafel
from directory.reading import keepers
from directory.upkeep.confirmations.links import yearly_link
from directory.web.mails import full_address, letter
from outbox import queue
from rdm.lib.dates import long_date


def ask_to_confirm(tafel: Tafel, due: date, moment: str, *, overdue: bool) -> int:
    """Mail the tafel, and its contacts with an account, whether the page still holds; how many.

    Without anybody there the themagroep is asked. `moment` makes the mail unique for this term.
    """
    opening = (
        f"De pagina van {tafel} moest uiterlijk op {long_date(due)} zijn bevestigd. Op de pagina "
        "staat nu dat dit niet op tijd is gebeurd."
        if overdue
        else f"Elk jaar vragen wij of de pagina van {tafel} nog klopt. Dat kan tot en met "
        f"{long_date(due)}."
    )
    key = f"confirm:{tafel.pk}:{due:%Y%m%d}:{moment}"
    subject = f"{'Nog niet bevestigd:' if overdue else 'Klopt dit nog?'} {tafel}"
    people = list(keepers.contacts_of(tafel))
    address = keepers.address_of(tafel)
    if not people and not address:
        people = list(keepers.themagroep())
    known = {person.email for person in people}
    if address and address not in known:
        _ask(f"{key}:tafel", address, subject, "collega van de tafel", opening, yearly_link(tafel))
    own_page = full_address("tafel_confirm", tafel.slug)
    for person in people:
        _ask(f"{key}:{person.pk}", person.email, subject, person.name, opening, own_page)
    return len(people) + bool(address and address not in known)


def _ask(key: str, to: str, subject: str, name: str, opening: str, link: str) -> None:
    queue.put(
        key=key,
        to=to,
        subject=subject,
        body=letter(
            name,
            f"{opening}\n\n"
            f"Wilt u kijken of alles nog klopt? Klopt er iets niet, dan stelt u op dezelfde "
            f"plek een wijziging voor. Het kost een paar minuten.\n\n{link}",
        ),
    )
