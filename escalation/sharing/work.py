"""What sharing and handing over ask of people, for "Mijn werk"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from directory.region.snapshot import Snapshot
from escalation import terms
from escalation.models import Involvement, Transfer
from escalation.models.casus import AT_REST
from escalation.roles import GEMEENTE_ROLES, REGISTRANTS
from rdm.lib.work import MOST, WorkItem

if TYPE_CHECKING:
    from directory.models import User


def transfers(user: User) -> list[WorkItem]:
    """Casussen that another gemeente offers; the dossier stays shut until one is accepted."""
    if not user.roles & set(GEMEENTE_ROLES):
        return []
    offered = (
        Transfer.objects.received_by(user)
        .pending()
        .select_related("casus", "from_gemeente__organisation", "to_gemeente__organisation")
        .only(
            *("proposed_at", "due", "casus__code"),
            *("from_gemeente__organisation__name", "to_gemeente__organisation__name"),
        )
        .order_by("proposed_at", "pk")[: MOST + 1]
    )
    return [
        WorkItem(
            title=f"Antwoord op de overdracht van {transfer.from_gemeente}",
            url=reverse("transfer_answer", args=[transfer.casus.code]),
            due=transfer.due,
            who=f"de gemeente {transfer.to_gemeente}",
            waiting=False,
            kind="transfer",
            casus_code=transfer.casus.code,
            since=transfer.proposed_at,
        )
        for transfer in offered
    ]


def sharing_that_ends(user: User, region: Snapshot) -> list[WorkItem]:
    """Organisations that soon no longer see a casus; for who may extend that."""
    sharing = Q(casus__carried_by__in=user.organisation_ids(*REGISTRANTS))
    sharing |= Q(casus__gemeente__in=user.organisation_ids(*GEMEENTE_ROLES))
    before = terms.sharing_ends_before(region.agreed["delen_einde_vooraf"])
    ending = (
        Involvement.objects.current()
        .filter(sharing, until__lte=before, casus__restricted_at=None)
        .exclude(casus__status__in=AT_REST)
        .select_related("casus", "organisation")
        .only("until", "organisation__name", "casus__code")
        .order_by("until", "pk")[: MOST + 1]
    )
    return [
        WorkItem(
            title=f"Verleng het delen met {one.organisation}, of laat het aflopen",
            url=reverse("casus_involvement", args=[one.casus.code, one.pk]),
            due=one.until,
            who="u",
            waiting=False,
            kind="sharing",
            casus_code=one.casus.code,
        )
        for one in ending
    ]
