"""What waits for who keeps the overview true ("Mijn werk"): proposals, confirmations, entrances."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.urls import reverse

from directory.models import (
    Entrance,
    Gemeente,
    Procesafspraak,
    Proposal,
    ProposalStatus,
    Role,
    Tafel,
    User,
)
from directory.reading import confirmations
from directory.roles import TABLE
from directory.upkeep.editions.changelog import page_name
from directory.upkeep.proposals.permissions import reason_denied_check
from rdm.lib import clock
from rdm.lib.wording import count_words
from rdm.lib.work import MOST, WorkItem
from rdm.lib.workdays import add_workdays


def for_user(user: User) -> list[WorkItem]:
    """Proposals to check or to wait for, tafels to confirm, and an empty page of a gemeente."""
    found: list[WorkItem] = []
    if TABLE["see_proposal"] & user.roles:
        found += _proposals(user)
    if Role.TAFEL_CONTACT in user.roles:
        found += _own_tafels(user)
    if Role.THEMAGROEP in user.roles:
        found += _overdue()
    if TABLE["change_entrances"] & user.roles:
        found += _empty(user)
    return found


def _proposals(user: User) -> list[WorkItem]:
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


def _own_tafels(user: User) -> list[WorkItem]:
    """The yearly question, from `herinnering_vooraf` working days before its term on."""
    today = clock.today()
    ahead = add_workdays(today, Procesafspraak.number_of("herinnering_vooraf"))
    own = Tafel.objects.filter(led_by__in=user.organisation_ids(Role.TAFEL_CONTACT))
    items = []
    for tafel in confirmations.with_terms(own):
        due = confirmations.state_of(tafel, today).due
        if due is not None and due <= ahead:
            items.append(
                WorkItem(
                    title=f"{tafel}: klopt de pagina nog?",
                    url=reverse("tafel_confirm", args=[tafel.slug]),
                    due=due,
                    who="u",
                    waiting=False,
                    kind="bevestiging",
                    casus_code="",
                )
            )
    return items


def _overdue() -> list[WorkItem]:
    """One line for all tafels that are late: the board says which."""
    today = clock.today()
    states = [
        confirmations.state_of(tafel, today)
        for tafel in confirmations.with_terms(Tafel.objects.all())
    ]
    late = [state.due for state in states if state.overdue and state.due]
    if not late:
        return []
    words = count_words(len(late), "tafel is", "tafels zijn")
    return [
        WorkItem(
            title=f"{words} niet op tijd bevestigd",
            url=reverse("upkeep_board"),
            due=min(late),
            who="u",
            waiting=False,
            kind="bevestiging",
            casus_code="",
        )
    ]


def _empty(user: User) -> list[WorkItem]:
    """A gemeente of which nobody filled in where to begin (E-045)."""
    entrances = Entrance.objects.filter(gemeente=OuterRef("pk"))
    own = Gemeente.objects.filter(
        ~Exists(entrances), pk__in=user.organisation_ids(*TABLE["change_entrances"])
    )
    return [
        WorkItem(
            title=f"Gemeente {gemeente}: vul in waar inwoners terechtkunnen",
            url=reverse("entrances_edit", args=[gemeente.slug]),
            due=None,
            who="u",
            waiting=False,
            kind="ingang",
            casus_code="",
        )
        for gemeente in own.select_related("organisation")
    ]
