"""The tafels that a casus can be sent to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from directory.models import Tafel

if TYPE_CHECKING:
    from escalation.models import Casus


def tafels_for(casus: Casus) -> QuerySet[Tafel]:
    """Those of the whole region and of the gemeente of `casus`, with their trede; never the
    escalatieoverleg, which is asked for at the coördinatiepunt."""
    return (
        Tafel.objects.exclude(special=Tafel.Special.ESCALATION)
        .filter(Q(gemeenten=None) | Q(gemeenten=casus.gemeente_id))
        .select_related("trede")
        .distinct()
    )
