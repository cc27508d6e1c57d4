"""Sharing a casus with one more organisation, and ending that."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from directory.models import Organisation, User
from directory.web import perform, show
from escalation.actions import sharing
from escalation.forms.casus import ConfirmOnceForm
from escalation.forms.sharing import InvolveForm
from escalation.views.frame import casus_frame, require
from escalation.views.load import load_casus


@require_http_methods(["GET", "POST"])
def casus_involve(request: HttpRequest, code: str) -> HttpResponse:
    """With whom, why, and on which ground (O-09)."""
    user: User = request.user  # type: ignore[assignment]
    casus = load_casus(request, code, part="share")
    require(request, casus, "involve")
    organisations = Organisation.objects.exclude(pk__in=[casus.registered_by_id, casus.gemeente_id])
    posted = request.POST if request.method == "POST" else None
    form = InvolveForm(posted, organisations=organisations)
    if form.is_bound and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: sharing.involve(
                casus=casus,
                by=user,
                organisation=form.cleaned_data["organisation"],
                part=form.cleaned_data["part"],
                purpose=form.cleaned_data["purpose"],
                ground=form.ground_text,
            ),
            done="De organisatie kan de casus nu lezen.",
            to=reverse("casus_detail", args=[casus.code]),
        )
        if answer:
            return answer
    context = {
        **casus_frame(request, casus, "", page="Casus delen"),
        "title": "Casus delen met een organisatie",
        "button": "Casus delen",
        "intro": "De mensen van deze organisatie kunnen daarna de hele casus lezen.",
        "back": reverse("casus_detail", args=[casus.code]),
    }
    return show(request, "escalation/casus_form.html", context, form=form)


@require_http_methods(["GET", "POST"])
def casus_uninvolve(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End the sharing, after asking whether that is really meant."""
    user: User = request.user  # type: ignore[assignment]
    casus = load_casus(request, code, part="share")
    involvement = get_object_or_404(casus.involvements.select_related("organisation"), pk=pk)
    require(request, casus, "end_involvement")
    form = ConfirmOnceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: sharing.end_involvement(involvement=involvement, by=user),
            done=f"{involvement.organisation} ziet de casus niet meer.",
            to=reverse("casus_detail", args=[casus.code]),
        )
        if answer:
            return answer
    context = {
        "casus": casus,
        "title": f"Stoppen met delen met {involvement.organisation}?",
        "consequences": [
            "De mensen van deze organisatie zien de casus daarna niet meer.",
            "Op de tijdlijn blijft staan dat de casus gedeeld is geweest.",
        ],
        "back": reverse("casus_detail", args=[casus.code]),
    }
    return show(request, "escalation/casus_uninvolve.html", context, form=form)
