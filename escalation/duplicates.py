"""Another casus with the same own reference: probably the same resident, registered twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.models import Casus

if TYPE_CHECKING:
    from directory.models import User

MOST = 5


def same_reference(user: User, casus: Casus, reference: str | None) -> list[Casus]:
    """Other casussen for which the registering organisation noted this number, as far as `user`
    sees them. A warning and no rule: one number can rightly belong to two casussen."""
    if not reference or not reference.strip():
        return []
    same = Casus.objects.visible_to(user).filter(
        own_references__organisation=casus.registered_by_id,
        own_references__reference__iexact=reference.strip(),
    )
    found = same.exclude(pk=casus.pk).only("code", "status").order_by("-updated_at", "-pk")
    return list(found[:MOST])
