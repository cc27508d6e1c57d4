"""Another casus with the same own reference: probably the same resident, registered twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count

from escalation.models import Casus, OwnReference
from escalation.workflow import CasusStatus
from rdm.lib.spelling import number_in

if TYPE_CHECKING:
    from directory.models import User

MOST = 5


def same_reference(
    user: User, casus: Casus, reference: str | None, organisation: int | None = None
) -> list[Casus]:
    """Other casussen for which this organisation noted this number, as far as `user` sees them; the
    one that carries the casus when none is given. A warning and no rule: one number can rightly
    belong to two casussen."""
    if not reference or not reference.strip():
        return []
    same = Casus.objects.visible_to(user).filter(
        own_references__organisation=organisation or casus.carried_by_id,
        own_references__number=number_in(reference),
    )
    found = same.exclude(pk=casus.pk).only("code", "status").order_by("-updated_at", "-pk")
    return list(found[:MOST])


def doubled(user: User, references: Iterable[OwnReference]) -> set[OwnReference]:
    """Of these numbers the ones that the same organisation also noted for another casus, as far as
    `user` sees that one. One query."""
    given = list(references)
    if not given:
        return set()
    seen = Casus.objects.visible_to(user).exclude(status=CasusStatus.DISCARDED)
    same = (
        OwnReference.objects.filter(
            organisation__in={one.organisation_id for one in given},
            number__in={one.number for one in given},
            casus__in=seen,
        )
        .values("organisation", "number")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
    )
    found = {(one["organisation"], one["number"]) for one in same}
    return {one for one in given if (one.organisation_id, one.number) in found}
