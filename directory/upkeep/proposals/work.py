"""What waits for who keeps the overview true ("Mijn werk"): proposals."""

from __future__ import annotations

from django.urls import reverse

from directory.models import Proposal, ProposalStatus, User
from directory.roles import TABLE
from directory.upkeep.editions.changelog import page_name
from directory.upkeep.proposals.permissions import reason_denied_check
from rdm.lib.work import MOST, WorkItem


def for_user(user: User) -> list[WorkItem]:
    """Proposals to check or to wait for."""
    if not TABLE["see_proposal"] & user.roles:
        return []
    open_ones = Proposal.objects.visible_to(user).filter(status=ProposalStatus.OPEN)
    items = []
    for proposal in open_ones.order_by("proposed_at", "pk")[: MOST + 1]:
        mine = reason_denied_check(user, proposal) is None
        if mine or proposal.proposed_by_id == user.pk:
            items.append(_proposal(proposal, mine=mine))
    return items


def _proposal(proposal: Proposal, *, mine: bool) -> WorkItem:
    page = page_name(proposal.tafel or proposal.gemeente)
    if proposal.gemeente is not None:
        title = f"{page}: publiceer de wijziging of trek die in"
    else:
        title = f"{page}: kijk het voorstel na" if mine else f"{page}: uw voorstel"
    return WorkItem(
        title=title,
        url=reverse("proposal_detail", args=[proposal.pk]),
        due=None,
        who="u" if mine else "de themagroep",
        waiting=not mine,
        kind="voorstel",
        casus_code="",
    )
