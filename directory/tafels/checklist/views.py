"""The criteria of one tafel as a checklist, for anybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.models import Tafel
from directory.reading import meetings
from directory.reading.instroom import ways_in
from directory.tafels.checklist import rules as checklist
from directory.tafels.checklist.forms import ChecklistForm
from rdm.lib import clock, wording
from rdm.lib.caching import shared


@login_not_required
@require_safe
@shared
def tafel_check(request: HttpRequest, slug: str) -> HttpResponse:
    """The criteria of one tafel as a checklist; the answers stand in the address only."""
    tafel = get_object_or_404(Tafel.objects.select_related("trede"), slug=slug)
    ways = ways_in([tafel]).get(tafel.pk, [])
    if not ways:
        return redirect("tafel_detail", slug)
    answers = checklist.read(ways, request.GET)
    context = {
        "tafel": tafel,
        "crumbs": [
            ("Overlegtafels", reverse("tafel_list")),
            (tafel.name, reverse("tafel_detail", args=[slug])),
        ],
        "questions": ChecklistForm(criteria=checklist.criteria_of(ways), answers=answers),
        "several": len(ways) > 1,
        "outcome": checklist.outcome(ways, answers),
        "coming": meetings.coming(tafel, clock.today()),
        "tel": wording.tel_link(tafel.contact_phone),
    }
    return render(request, "directory/tafels/checklist/tafel_check.html", context)
