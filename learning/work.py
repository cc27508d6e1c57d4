"""What waits for a person in this app ("Mijn werk")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from directory.models import Role
from escalation.models import Overleg
from learning.models import Leersessie, Terugkoppeling, TerugkoppelingVersion
from learning.models.terugkoppeling import unreported
from learning.permissions import may
from learning.workflow import LeersessieStatus, TerugkoppelingStatus
from learning.year import leersessie_year
from rdm.lib import clock
from rdm.lib.work import MOST, WorkItem

if TYPE_CHECKING:
    from directory.models import User


def for_user(user: User) -> list[WorkItem]:
    """Terugkoppelingen to write (gemeente), to wait for and to read; leersessies to plan."""
    items: list[WorkItem] = []
    writes_for = user.organisation_ids(Role.GEMEENTE)
    if writes_for:
        items += _to_write(Overleg.objects.filter(casus__gemeente__in=writes_for), waiting=False)
    # A procesmanager prepares the overleg, but the terugkoppeling is for the gemeente (O-05).
    waits_for = user.organisation_ids(Role.PROCESMANAGER) - writes_for
    others = Q(casus__gemeente__in=waits_for)
    if Role.COORDINATOR in user.roles:
        others = ~Q(casus__gemeente__in=writes_for)
    if waits_for or Role.COORDINATOR in user.roles:
        # A correction that was begun is nothing to wait for: the submitted version holds.
        never = Q(terugkoppeling=None) | Q(terugkoppeling__status=TerugkoppelingStatus.DRAFT)
        items += _to_write(Overleg.objects.filter(others).filter(never), waiting=True)
    if Role.PORTEFEUILLEHOUDER in user.roles:
        items += _to_read(user)
    if may(user, "plan_leersessie") is None:
        items += _leersessies()
    return items


def _to_write(overleggen: QuerySet[Overleg], *, waiting: bool) -> list[WorkItem]:
    todo = unreported(overleggen).order_by("feedback_due", "pk")[: MOST + 1]
    items = []
    for overleg in todo:
        casus, begun = overleg.casus, getattr(overleg, "terugkoppeling", None)
        correcting = begun is not None and begun.status == TerugkoppelingStatus.CORRECTING
        link = (
            reverse("casus_detail", args=[casus.code])
            if waiting
            else reverse("terugkoppeling_write", args=[casus.code, overleg.pk])
        )
        items.append(
            WorkItem(
                title="Correctie afmaken" if correcting else "Terugkoppeling indienen",
                url=link,
                due=None if correcting else overleg.feedback_due,
                who=f"gemeente {casus.gemeente}",
                waiting=waiting,
                kind="terugkoppeling-schrijven",
                casus_code=casus.code,
            )
        )
    return items


def _to_read(user: User) -> list[WorkItem]:
    """Of each terugkoppeling the last version, as long as this person did not confirm it."""
    newer = TerugkoppelingVersion.objects.filter(
        terugkoppeling=OuterRef("terugkoppeling"), number__gt=OuterRef("number")
    )
    unread = (
        TerugkoppelingVersion.objects.exclude(receipts__user=user)
        .filter(~Exists(newer), terugkoppeling__in=Terugkoppeling.objects.visible_to(user))
        .select_related("terugkoppeling__overleg__casus__gemeente__organisation")
        .order_by("submitted_at")[: MOST + 1]
    )
    return [
        WorkItem(
            title=f"Terugkoppeling lezen van gemeente {casus.gemeente}",
            url=reverse("terugkoppeling_detail", args=[casus.code, version.terugkoppeling_id]),
            due=None,
            who="u",
            waiting=False,
            kind="terugkoppeling-lezen",
            casus_code=casus.code,
        )
        for version in unread
        if (casus := version.terugkoppeling.overleg.casus)
    ]


def _leersessies() -> list[WorkItem]:
    """The session that a year at risk still needs, and sessions that were not rounded off."""
    today = clock.today()
    past = Leersessie.objects.filter(status=LeersessieStatus.PLANNED, held_on__lt=today)
    items = [
        WorkItem(
            title=f"Leersessie afronden: {one.title}",
            url=reverse("leersessie_detail", args=[one.pk]),
            due=None,
            who="u",
            waiting=False,
            kind="leersessie-afronden",
            casus_code="",
        )
        for one in past[: MOST + 1]
    ]
    if leersessie_year(today.year).at_risk:
        items.append(
            WorkItem(
                title=f"Plan de leersessie van {today.year}",
                url=reverse("leersessie_plan"),
                due=today.replace(month=12, day=31),
                who="u",
                waiting=False,
                kind="leersessie-plannen",
                casus_code="",
            )
        )
    return items
