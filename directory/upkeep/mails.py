"""Mail to who checks a proposal; each is queued with the change (promise 5)."""

from __future__ import annotations

from directory.models import Proposal
from directory.reading import keepers
from directory.web.mails import full_address, letter
from outbox import queue


def ask_to_check(proposal: Proposal) -> None:
    """Mail everybody who may check a proposal for a tafel, except who made it."""
    tafel = proposal.tafel
    assert tafel is not None
    people = {one.pk: one for one in [*keepers.contacts_of(tafel), *keepers.themagroep()]}
    for person in people.values():
        if person.pk == proposal.proposed_by_id:
            continue
        queue.put(
            key=f"proposal:{proposal.pk}:new:{person.pk}",
            to=person.email,
            subject=f"Voorstel om {tafel} te wijzigen",
            body=letter(
                person.name,
                f"Er is een voorstel om de pagina van {tafel} te wijzigen.\n"
                f"Wilt u het nakijken? U ziet oud en nieuw naast elkaar.\n\n"
                f"{full_address('proposal_detail', proposal.pk)}",
            ),
        )
