"""A change of a page: proposed, compared, decided (O-13)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from audit.transaction import action
from directory.models import Edition, Gemeente, Proposal, ProposalStatus, Tafel, User
from directory.permissions import reason_denied_tafel
from directory.reading import keepers
from directory.upkeep.actions import make_proposal, note_confirmation, record, write_page
from directory.upkeep.editions import publishing
from directory.upkeep.mails import ask_to_check
from directory.upkeep.page_fields.fields import Values
from directory.upkeep.proposals import mails
from directory.upkeep.proposals.permissions import reason_denied_check, reason_denied_withdraw
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Refused, forbid, need
from rdm.lib.versions import compare_and_set

SOMEBODY_DECIDED = "Iemand anders heeft dit voorstel net afgehandeld."
PAGE_CHANGED = (
    "De pagina is intussen gewijzigd. Hieronder ziet u wat er nu staat. Kijk opnieuw en kies dan."
)
NOTHING_LEFT = "Zo verandert er niets op de pagina. Neem het voorstel dan niet over."


@action
def propose_tafel(
    *,
    tafel: Tafel,
    by: User,
    values: Values,
    based_on: int,
    reason: str,
    confirms: bool = False,
) -> Proposal:
    """Propose to change a tafel; who may check it gets a mail.

    `values` is the page as it should become, or a part of it; `based_on` the number of the
    edition that was on the screen. `confirms`: this person looked at the whole page.
    """
    forbid(reason_denied_tafel(by, "propose_tafel", tafel))
    proposal = make_proposal(
        tafel,
        values=values,
        based_on=based_on,
        reason=reason,
        by=by,
        by_name=f"{by.name} ({keepers.public_name(by, tafel)})",
        confirms=confirms,
    )
    ask_to_check(proposal)
    return proposal


@action
def publish(*, proposal: Proposal, by: User, version: int, keep: Collection[str] = ()) -> Edition:
    """Put the proposal on the page as a new edition. Raises Conflict when somebody was first.

    `version` is the edition that was on the screen beside the proposal. `keep` names the parts
    in which the page stays as it is: for what somebody else changed after the proposal was made.
    """
    forbid(reason_denied_check(by, proposal))
    publishing.serialise()
    subject = _as_it_is_now(proposal, version)
    _decide(proposal, ProposalStatus.PUBLISHED, by)
    write_page(subject, {name: one for name, one in proposal.values.items() if name not in keep})
    edition = publishing.publish(
        subject, by_name=keepers.public_name(by, subject), proposal=proposal
    )
    if edition is None:
        raise Refused(NOTHING_LEFT)
    record(by, subject, f"edition:{edition.number}")
    if isinstance(subject, Tafel):
        if proposal.confirms:
            _confirm_with(proposal, subject, edition)
        mails.tell_decided(proposal, edition=edition)
    return edition


def _as_it_is_now(proposal: Proposal, version: int) -> Tafel | Gemeente:
    """The page, locked and fresh; Conflict when it is not the one that was looked at."""
    subject: Tafel | Gemeente
    if proposal.tafel_id is not None:
        subject = Tafel.objects.select_for_update().get(pk=proposal.tafel_id)
        number = subject.version
    else:
        subject = Gemeente.objects.select_for_update().get(pk=proposal.gemeente_id)
        number = subject.entrance_version
    if number != version:
        raise Conflict(PAGE_CHANGED)
    return subject


def _decide(proposal: Proposal, status: ProposalStatus, by: User, **more: Any) -> None:
    """Two people who decide at once have one winner."""
    compare_and_set(
        proposal,
        no=Conflict(SOMEBODY_DECIDED),
        among=Proposal.objects.filter(status=ProposalStatus.OPEN),
        status=status,
        decided_at=clock.now(),
        decided_by_name=by.name,
        **more,
    )
    # Its tafel too: who hears of the decision reads the name that it has from now on.
    proposal.refresh_from_db()


def _confirm_with(proposal: Proposal, tafel: Tafel, edition: Edition) -> None:
    """The one who proposed it went through the whole page, so the rest was right."""
    person = proposal.proposed_by
    note_confirmation(
        tafel,
        by_name=keepers.public_name(person, tafel) if person else proposal.proposed_by_name,
        by_link=person is None,
        edition_number=edition.number,
        note=f"Met het voorstel dat versie {edition.number} werd.",
    )


@action
def refuse(*, proposal: Proposal, by: User, reason: str) -> None:
    """Do not take the proposal over; whoever made it hears why."""
    forbid(reason_denied_check(by, proposal))
    why = need(reason, "Leg uit waarom u het voorstel niet overneemt.", "reason")
    _decide(proposal, ProposalStatus.REFUSED, by, decision_reason=why)
    record(by, _subject(proposal), f"proposal:{proposal.pk}:refused")
    if proposal.tafel is not None:
        mails.tell_decided(proposal)


@action
def withdraw(*, proposal: Proposal, by: User) -> None:
    """Whoever made the proposal takes it back."""
    forbid(reason_denied_withdraw(by, proposal))
    _decide(proposal, ProposalStatus.WITHDRAWN, by)
    record(by, _subject(proposal), f"proposal:{proposal.pk}:withdrawn")


def _subject(proposal: Proposal) -> Tafel | Gemeente:
    subject = proposal.tafel or proposal.gemeente
    assert subject is not None
    return subject
