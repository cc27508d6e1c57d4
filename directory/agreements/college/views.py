"""What each college decided about trede 3."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.performing import perform, show
from directory.agreements.college import actions as college
from directory.agreements.college.forms import CollegeForm
from directory.agreements.page import may, require
from directory.models import Gemeente
from directory.web.signed_in import AuthedRequest
from rdm.lib.refusal import Refused


@require_safe
def college_list(request: AuthedRequest) -> HttpResponse:
    """What each college decided about trede 3 (E-243). Public decisions, so every role reads."""
    require(request, "view_procesafspraken")
    context = {
        "gemeenten": Gemeente.objects.select_related("organisation"),
        "may_change": may(request, "change_college_decision"),
        "crumbs": [("Procesafspraken", reverse("procesafspraak_list"))],
    }
    return show(request, "directory/agreements/college/college_list.html", context)


def college_edit(request: AuthedRequest, slug: str) -> HttpResponse:
    require(request, "change_college_decision")
    gemeente = get_object_or_404(
        Gemeente.objects.select_related("organisation"), organisation__slug=slug
    )
    form = CollegeForm(request.POST or None, version=gemeente.version, gemeente=gemeente)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if answer := perform(
            request,
            form,
            lambda: _set_decision(request, gemeente, data),
            done=f"Het collegebesluit van {gemeente} is bewaard.",
            to=reverse("college_list"),
            record=gemeente,
        ):
            return answer
    crumbs = [
        ("Procesafspraken", reverse("procesafspraak_list")),
        ("Collegebesluiten", reverse("college_list")),
    ]
    context = {"gemeente": gemeente, "crumbs": crumbs}
    return show(request, "directory/agreements/college/college_edit.html", context, form=form)


def _set_decision(request: AuthedRequest, gemeente: Gemeente, data: dict[str, object]) -> None:
    try:
        college.set_college_decision(
            gemeente=gemeente,
            by=request.user,
            state=data["college_state"],  # type: ignore[arg-type]
            decided_on=data["college_decided_on"],  # type: ignore[arg-type]
            note=data["college_note"],  # type: ignore[arg-type]
            version=data["version"],  # type: ignore[arg-type]
        )
    except Refused as no:
        # The form names its fields as the columns, so that a conflict can show both texts.
        if no.field:
            no.field = f"college_{no.field}"
        raise
