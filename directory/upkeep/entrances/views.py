"""A gemeente changes its own page (E-045)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from audit.performing import get_or_post, perform, show
from directory.models import Gemeente
from directory.permissions import reason_denied_gemeente
from directory.upkeep.entrances.actions import propose_entrances
from directory.upkeep.entrances.forms import EntrancesForm
from directory.upkeep.page import edition_on_screen
from directory.web.signed_in import AuthedRequest


@get_or_post
def entrances_edit(request: AuthedRequest, slug: str) -> HttpResponse:
    """The gemeente changes its own page; after this it sees old and new side by side."""
    gemeente = get_object_or_404(
        Gemeente.objects.select_related("organisation"), organisation__slug=slug
    )
    user = request.user
    if reason := reason_denied_gemeente(user, gemeente):
        raise PermissionDenied(reason)
    form = EntrancesForm(request.POST or None, edition=edition_on_screen(request, gemeente))
    if answer := perform(
        request,
        form,
        lambda: propose_entrances(
            gemeente=gemeente,
            by=user,
            values=form.values,
            based_on=form.cleaned_data["based_on"],
            reason=form.cleaned_data["reason"],
        ),
        done="Uw wijziging is bewaard. Vergelijk oud en nieuw, en publiceer dan.",
        to=lambda proposal: reverse("proposal_detail", args=[proposal.pk]),
    ):
        return answer
    crumbs = [
        ("Gemeenten", reverse("gemeente_list")),
        (gemeente.name, reverse("gemeente_detail", args=[slug])),
    ]
    context = {"gemeente": gemeente, "crumbs": crumbs}
    return show(request, "directory/upkeep/entrances/entrances_edit.html", context, form=form)
