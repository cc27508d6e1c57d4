"""Each gemeente in public: where to begin, who supports, and which tafels there are (E-045)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.models import Gemeente, Tafel
from directory.permissions import reason_denied_gemeente
from directory.upkeep.editions import changelog
from directory.web.signed_in import AuthedRequest
from rdm.lib.caching import shared
from rdm.lib.wording import address_text, tel_link

ABOVE = "Gemeenten"


@login_not_required
@require_safe
@shared
def gemeente_list(request: HttpRequest) -> HttpResponse:
    """All gemeenten, with what each has filled in."""
    rows = _gemeenten().annotate(number_of_entrances=Count("entrances"))
    return render(request, "directory/gemeenten/gemeente_list.html", {"gemeenten": rows})


@login_not_required
@require_safe
@shared
def gemeente_detail(request: AuthedRequest, slug: str) -> HttpResponse:
    """Everything about one gemeente; what nobody filled in says so (E-042)."""
    gemeente = get_object_or_404(_gemeenten(), organisation__slug=slug)
    tafels = Tafel.objects.filter(Q(gemeenten=None) | Q(gemeenten=gemeente))
    user = request.user
    denied = user.is_authenticated and reason_denied_gemeente(user, gemeente)
    context = {
        "gemeente": gemeente,
        "crumbs": [(ABOVE, reverse("gemeente_list"))],
        "entrances": [
            (one, tel_link(one.phone), address_text(one.website))
            for one in gemeente.entrances.all()
        ],
        "supporters": [(one, address_text(one.website)) for one in gemeente.client_support.all()],
        "tafels": tafels.select_related("trede").distinct().order_by("position"),
        "edition": changelog.of(gemeente).defer("values").first(),
        "may_change": user.is_authenticated and not denied,
    }
    return render(request, "directory/gemeenten/gemeente_detail.html", context)


def _gemeenten() -> QuerySet[Gemeente]:
    return Gemeente.objects.select_related("organisation", "ggz_provider")
