"""What waits for a person in this app ("Mijn werk")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from directory.models import Role
from escalation.models import Overleg
from learning.models import Terugkoppeling, TerugkoppelingVersion
from learning.workflow import TerugkoppelingStatus
from rdm.lib.work import WorkItem

if TYPE_CHECKING:
    from directory.models import User

MOST = 50


def for_user(user: User) -> list[WorkItem]:
    """Terugkoppelingen to write (gemeente), to wait for (coördinator) and to read."""
    items: list[WorkItem] = []
    gemeenten = user.organisation_ids(Role.GEMEENTE)
    if gemeenten:
        items += _to_write(Overleg.objects.filter(casus__gemeente__in=gemeenten), waiting=False)
    if Role.COORDINATOR in user.roles:
        items += _to_write(Overleg.objects.exclude(casus__gemeente__in=gemeenten), waiting=True)
    if Role.PORTEFEUILLEHOUDER in user.roles:
        items += _to_read(user)
    return items


def _to_write(overleggen, *, waiting: bool) -> list[WorkItem]:  # type: ignore[no-untyped-def]
    todo = (
        overleggen.filter(held_on__isnull=False)
        .exclude(terugkoppeling__status=TerugkoppelingStatus.SUBMITTED)
        .select_related("casus__gemeente__organisation")
        .order_by("feedback_due")[:MOST]
    )
    return [
        WorkItem(
            title="Terugkoppeling indienen",
            url=(
                reverse("casus_detail", args=[overleg.casus.code])
                if waiting
                else reverse("terugkoppeling_write", args=[overleg.casus.code, overleg.pk])
            ),
            due=overleg.feedback_due,
            who=f"gemeente {overleg.casus.gemeente}",
            waiting=waiting,
            kind="terugkoppeling-schrijven",
            casus_code=overleg.casus.code,
        )
        for overleg in todo
    ]


def _to_read(user: User) -> list[WorkItem]:
    unread = (
        TerugkoppelingVersion.objects.exclude(receipts__user=user)
        .filter(terugkoppeling__in=Terugkoppeling.objects.visible_to(user))
        .select_related("terugkoppeling__overleg__casus__gemeente__organisation")
        .order_by("submitted_at")[:MOST]
    )
    latest: dict[int, TerugkoppelingVersion] = {
        version.terugkoppeling_id: version for version in unread
    }
    return [
        WorkItem(
            title=f"Terugkoppeling lezen van gemeente {casus.gemeente}",
            url=reverse("terugkoppeling_detail", args=[casus.code, terugkoppeling_id]),
            due=None,
            who="u",
            waiting=False,
            kind="terugkoppeling-lezen",
            casus_code=casus.code,
        )
        for terugkoppeling_id, version in latest.items()
        if (casus := version.terugkoppeling.overleg.casus)
    ]
