"""The board of the themagroep: is the overview still true (E-174, E-176)?"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.models import (
    Confirmation,
    Gemeente,
    Proposal,
    ProposalStatus,
    Signaal,
    SignaalStatus,
    Subscriber,
    Tafel,
)
from directory.permissions import reason_denied
from directory.reading import confirmations
from directory.upkeep.editions import changelog
from directory.web.signed_in import AuthedRequest
from rdm.lib import clock
from rdm.lib.charts import bar

MOST = 50
LATEST = 5


@dataclass(frozen=True)
class Line:
    """One tafel on the board."""

    tafel: Tafel
    state: confirmations.State
    open_proposals: int
    note: str | None  # what was said with the last confirmation, for the themagroep only


@require_safe
def upkeep_board(request: AuthedRequest) -> HttpResponse:
    """Per tafel: confirmed when and by whom, due when, and what waits; and who reads along."""
    user = request.user
    if reason := reason_denied(user, "view_upkeep"):
        raise PermissionDenied(reason)
    today = clock.today()
    is_open = Q(proposals__status=ProposalStatus.OPEN)
    said = Confirmation.objects.filter(tafel=OuterRef("pk")).values("note")[:1]
    tafels = list(
        confirmations.with_terms(Tafel.objects.select_related("led_by")).annotate(
            open_proposals=Count("proposals", filter=is_open, distinct=True),
            note=Subquery(said),
        )
    )
    lines = [
        Line(one, confirmations.state_of(one, today), one.open_proposals, one.note)  # type: ignore[attr-defined]
        for one in tafels
    ]
    share = confirmations.share_of(tafels, today.year)
    all_of_them = Proposal.objects.filter(tafel__isnull=False).select_related("tafel")
    context = {
        "lines": sorted(lines, key=lambda one: (one.state.due is None, one.state.due)),
        "share": share,
        "share_bar": bar(share.confirmed, share.all),
        "overdue": sum(one.state.overdue for one in lines),
        "waiting": all_of_them.filter(status=ProposalStatus.OPEN).order_by("proposed_at")[:MOST],
        "decided": all_of_them.exclude(decided_at=None).order_by("-decided_at")[:LATEST],
        "empty": Gemeente.objects.filter(entrances=None).select_related("organisation"),
        "readers": Subscriber.objects.aggregate(
            all=Count("pk", filter=Q(confirmed_at__isnull=False)),
            gp=Count("pk", filter=Q(confirmed_at__isnull=False, is_gp=True)),
        ),
        "signalen": Signaal.objects.aggregate(
            waiting=Count("pk", filter=~Q(status=SignaalStatus.DONE)),
            new=Count("pk", filter=Q(status=SignaalStatus.NEW)),
        ),
        "news": [changelog.log_entry(one) for one in changelog.news()[:LATEST]],
        "crumbs": [("Overlegtafels", reverse("tafel_list"))],
    }
    return render(request, "directory/upkeep/board/upkeep_board.html", context)
