"""What waits for who keeps the overview true ("Mijn werk"): the yearly question."""

from __future__ import annotations

from django.urls import reverse

from directory.models import Procesafspraak, Role, Tafel, User
from directory.reading import confirmations
from rdm.lib import clock
from rdm.lib.wording import count_words
from rdm.lib.work import WorkItem
from rdm.lib.workdays import add_workdays


def for_user(user: User) -> list[WorkItem]:
    """The tafels to confirm, and how many others did not."""
    found: list[WorkItem] = []
    if Role.TAFEL_CONTACT in user.roles:
        found += _own_tafels(user)
    if Role.THEMAGROEP in user.roles:
        found += _overdue()
    return found


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
