"""What the steps of a route ask of whoever brought the casus in, for "Mijn werk".

A tafel that is handed in for too late is missed for weeks, a promised answer that does not come
is nobody's, and a step without news for too long must be solved or scaled up (E-008, E-064, E-083).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.urls import reverse

from directory.models import Tafel
from escalation.models import Casus, ClientSupport, RouteStep
from escalation.models.casus import AT_REST
from escalation.reading.step_terms import hand_in_by, promised_by, promised_hours
from escalation.reading.turn import brings_in
from escalation.roles import REGISTRANTS
from escalation.workflow import CasusStatus, StepStatus
from rdm.lib import clock
from rdm.lib.work import MOST, WorkItem

if TYPE_CHECKING:
    from directory.models import User
    from directory.region.snapshot import Snapshot

# A step can be worked on while the casus is in one of these.
AT_WORK = (CasusStatus.ACTIVE, CasusStatus.INCOMPLETE)
HAND_IN, PROMISED, NO_NEWS, SUPPORT = "hand-in", "promised", "no-news", "step-support"
# These say more precisely what the casus itself asks: to solve it or to scale up.
PRECISE = frozenset({HAND_IN, PROMISED, NO_NEWS})


def of_steps(user: User, region: Snapshot) -> list[WorkItem]:
    """One query. At most one line per step: the most pressing."""
    mine = user.organisation_ids(*REGISTRANTS)
    if not mine:
        return []
    today, tafels = clock.today(), region.tafels
    days = region.agreed["stap_zonder_nieuws"]
    hand_in, promised = _hand_in(tafels, today), _promised(tafels)
    silent = clock.now() - timedelta(days=days)
    wanted = (
        Q(status=StepStatus.PREPARED, tafel__in=hand_in)
        | Q(status=StepStatus.SUBMITTED, tafel__in=promised)
        | Q(news_at__lt=silent)
        | Q(client_support=ClientSupport.NOT_OFFERED)
        & ~Q(casus__client_support=ClientSupport.NOT_OFFERED)
    )
    steps = (
        RouteStep.objects.filter(wanted, carried_by__in=mine, casus__status__in=AT_WORK)
        .filter(casus__restricted_at=None)
        .filter(casus__in=Casus.objects.visible_to(user))
        .exclude(status=StepStatus.CLOSED)
        .select_related("casus", "tafel", "carried_by")
        .only(
            "position", "status", "news_at", "submitted_on", "client_support",
            "casus__code", "casus__client_support", "tafel__name", "carried_by__name",
            "carried_by__kind",
        )
        .order_by(F("news_at").asc(), "pk")[: 4 * (MOST + 1)]
    )  # fmt: skip
    items = []
    for step in steps:
        if step.status == StepStatus.PREPARED and step.tafel_id in hand_in:
            day = hand_in[step.tafel_id]
            items.append(_item(step, HAND_IN, f"Meld aan bij {step.tafel}", "step_detail", day))
        elif step.status == StepStatus.SUBMITTED and step.tafel_id in promised:
            items.append(_ask(step, promised[step.tafel_id]))
        elif step.news_at < silent:
            title = f"Geen nieuws van {step.tafel}: los op of schaal op"
            due = clock.local_date(step.news_at) + timedelta(days=days)
            items.append(_item(step, NO_NEWS, title, "step_detail", due))
        else:
            title = f"Bied cliëntondersteuning aan bij {step.tafel}"
            items.append(_item(step, SUPPORT, title, "step_client_support", None))
    return items


def _hand_in(tafels: Iterable[Tafel], today: date) -> dict[int, date]:
    """The tafels that name a last day to hand in, with that day."""
    days = ((one.pk, hand_in_by(one, today)) for one in tafels)
    return {pk: day for pk, day in days if day is not None}


def _promised(tafels: Iterable[Tafel]) -> dict[int, int]:
    """The tafels that promise care in danger, with the hours."""
    hours = ((one.pk, promised_hours(one)) for one in tafels)
    return {pk: number for pk, number in hours if number is not None}


def _ask(step: RouteStep, hours: int) -> WorkItem:
    """To wait for until the promise has passed, and to ask after from then on."""
    assert step.submitted_on is not None
    due = promised_by(step.submitted_on, hours)
    waiting = due >= clock.today()
    title = f"Zorg via {step.tafel}: beloofd binnen {hours} uur"
    item = _item(step, PROMISED, title, "step_detail", due)
    return replace(item, waiting=True, who=str(step.tafel)) if waiting else item


def _item(step: RouteStep, kind: str, title: str, url_name: str, due: date | None) -> WorkItem:
    return WorkItem(
        title=title,
        url=reverse(url_name, args=[step.casus.code, step.position]),
        due=due,
        who=brings_in(step.carried_by),
        waiting=False,
        kind=kind,
        casus_code=step.casus.code,
    )


def without_support(user: User, casussen: Iterable[Casus]) -> list[WorkItem]:
    """Those of `casussen` that the own organisation registered and of which the resident was not
    yet offered cliëntondersteuning (E-125, O-17). It blocks nothing, so it has no term."""
    mine = user.organisation_ids(*REGISTRANTS)
    return [
        WorkItem(
            title="Bied de inwoner cliëntondersteuning aan",
            url=reverse("casus_client_support", args=[casus.code]),
            due=None,
            who=brings_in(casus.carried_by),
            waiting=False,
            kind="client-support",
            casus_code=casus.code,
        )
        for casus in casussen
        if casus.carried_by_id in mine
        and casus.client_support == ClientSupport.NOT_OFFERED
        and casus.status not in AT_REST
        and casus.restricted_at is None
    ]
