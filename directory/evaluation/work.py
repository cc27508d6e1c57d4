"""What waits for the themagroep ("Mijn werk"): a survey that nobody opened."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from directory.models import Evaluation, Region, Role, User
from rdm.lib import clock
from rdm.lib.work import WorkItem


def for_user(user: User) -> list[WorkItem]:
    """The survey of this year, as long as nobody opened it (E-174)."""
    if Role.THEMAGROEP not in user.roles:
        return []
    year = clock.today().year
    # A region that asks nothing has nothing to open.
    if Evaluation.objects.filter(year=year).exists() or not Region.objects.exclude(
        evaluation_questions=[]
    ):
        return []
    return [
        WorkItem(
            title=f"Vraag of het overzicht helpt: open de vragenlijst van {year}",
            url=reverse("evaluation_open"),
            due=date(year, 12, 31),
            who="u",
            waiting=False,
            kind="evaluatie",
            casus_code="",
        )
    ]
