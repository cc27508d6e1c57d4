"""Each gemeente in public: where to begin, who supports, and which tafels there are (E-045)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.performing import perform, show
from directory.actions import proposals
from directory.forms.entrances import EntrancesForm
from directory.models import Edition, Gemeente, Tafel, User
from directory.permissions import reason_denied_gemeente
from directory.upkeep.editions import changelog
from directory.web.methods import GET_OR_POST
from rdm.lib.caching import shared
from rdm.lib.wording import address_text, tel_link

ABOVE = "Gemeenten"


@login_not_required
@require_safe
@shared
def gemeente_list(request: HttpRequest) -> HttpResponse:
    """All gemeenten, with what each has filled in."""
    rows = _gemeenten().annotate(number_of_entrances=Count("entrances"))
    return render(request, "directory/gemeente_list.html", {"gemeenten": rows})


@login_not_required
@require_safe
@shared
def gemeente_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about one gemeente; what nobody filled in says so (E-042)."""
    gemeente = get_object_or_404(_gemeenten(), organisation__slug=slug)
    tafels = Tafel.objects.filter(Q(gemeenten=None) | Q(gemeenten=gemeente))
    user: User = request.user  # type: ignore[assignment]
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
    return render(request, "directory/gemeente_detail.html", context)


@GET_OR_POST
def entrances_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The gemeente changes its own page; after this it sees old and new side by side."""
    gemeente = get_object_or_404(_gemeenten(), organisation__slug=slug)
    user: User = request.user  # type: ignore[assignment]
    if reason := reason_denied_gemeente(user, gemeente):
        raise PermissionDenied(reason)
    form = EntrancesForm(request.POST or None, edition=_edition(request, gemeente))
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: proposals.propose_entrances(
                    gemeente=gemeente,
                    by=user,
                    values=form.values,
                    based_on=form.cleaned_data["based_on"],
                    reason=form.cleaned_data["reason"],
                ),
                done="Uw wijziging is bewaard. Vergelijk oud en nieuw, en publiceer dan.",
                to=lambda proposal: reverse("proposal_detail", args=[proposal.pk]),
            )
        )
    ):
        return answer
    crumbs = [
        (ABOVE, reverse("gemeente_list")),
        (gemeente.name, reverse("gemeente_detail", args=[slug])),
    ]
    context = {"gemeente": gemeente, "crumbs": crumbs}
    return show(request, "directory/entrances_edit.html", context, form=form)


def _edition(request: HttpRequest, gemeente: Gemeente) -> Edition:
    """The edition that was on the screen, or the newest one when the form is opened."""
    known = changelog.of(gemeente)
    asked = request.POST.get("based_on", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 9:
        return known.filter(number=int(asked)).first() or known[0]
    return known[0]


def _gemeenten() -> QuerySet[Gemeente]:
    return Gemeente.objects.select_related("organisation", "ggz_provider")
