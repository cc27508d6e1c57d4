"""Mail about what became of a proposal; each is queued with the change (promise 5)."""

from __future__ import annotations

from directory.models import Edition, Proposal, ProposalStatus
from directory.reading.keepers import address_of
from directory.web.mails import full_address, letter
from outbox import queue


def tell_decided(proposal: Proposal, *, edition: Edition | None = None) -> None:
    """Mail who proposed it what became of it; who came in by the link, at the tafel itself."""
    tafel = proposal.tafel
    assert tafel is not None
    person = proposal.proposed_by
    address = person.email if person else address_of(tafel)
    if not address or proposal.status == ProposalStatus.WITHDRAWN:
        return
    if edition is not None:
        news = f"Het voorstel voor {tafel} is gepubliceerd. Dit is nu versie {edition.number}."
        subject = f"Gepubliceerd: uw voorstel voor {tafel}"
    else:
        news = (
            f"Het voorstel voor {tafel} is niet overgenomen.\nDe reden: {proposal.decision_reason}"
        )
        subject = f"Niet overgenomen: uw voorstel voor {tafel}"
    queue.put(
        key=f"proposal:{proposal.pk}:{proposal.status}",
        to=address,
        subject=subject,
        body=letter(
            person.name if person else "collega van de tafel",
            f"{news}\n\n{full_address('tafel_detail', tafel.slug)}",
        ),
    )
