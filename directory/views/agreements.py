"""What the region agreed (procesafspraken) and what each college decided about trede 3."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.performing import perform, show
from directory.actions import agreements
from directory.forms.agreements import CollegeForm, ProcesafspraakForm
from directory.models import Gemeente, Procesafspraak
from directory.permissions import reason_denied
from rdm.lib.refusal import Refused


def _require(request: HttpRequest, action: str) -> None:
    if reason := reason_denied(request.user, action):  # type: ignore[arg-type]
        raise PermissionDenied(reason)


def _may(request: HttpRequest, action: str) -> bool:
    return reason_denied(request.user, action) is None  # type: ignore[arg-type]


@require_safe
def procesafspraak_list(request: HttpRequest) -> HttpResponse:
    """Every agreement in its group, with its state and its last changes."""
    _require(request, "view_procesafspraken")
    rows = list(Procesafspraak.objects.prefetch_related("changes"))
    # In the order of the region file, with later additions to a group beside its first rows.
    groups: dict[str, list[Procesafspraak]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    provisional = sum(row.state == Procesafspraak.State.PROVISIONAL for row in rows)
    context = {
        "groups": list(groups.items()),
        "count": len(rows),
        "provisional": provisional,
        "may_change": _may(request, "change_procesafspraak"),
    }
    return show(request, "directory/procesafspraak_list.html", context)


def procesafspraak_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change one agreement. Terms that already run keep their date."""
    _require(request, "change_procesafspraak")
    agreement = get_object_or_404(Procesafspraak, code=code)
    form = ProcesafspraakForm(
        request.POST or None, version=agreement.version, procesafspraak=agreement
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if answer := perform(
            request,
            form,
            lambda: agreements.change_procesafspraak(
                procesafspraak=agreement,
                by=request.user,  # type: ignore[arg-type]
                number=data.get("number"),
                text=data.get("text", ""),
                state=data["state"],
                decided_on=data["decided_on"],
                decided_by=data["decided_by"],
                reason=data["reason"],
                version=data["version"],
            ),
            done=f"De afspraak “{agreement.title}” is bewaard.",
            to=reverse("procesafspraak_list"),
            record=agreement,
        ):
            return answer
    context = {
        "agreement": agreement,
        "changes": agreement.changes.all(),
        "crumbs": [("Procesafspraken", reverse("procesafspraak_list"))],
    }
    return show(request, "directory/procesafspraak_edit.html", context, form=form)


@require_safe
def college_list(request: HttpRequest) -> HttpResponse:
    """What each college decided about trede 3 (E-243). Public decisions, so every role reads."""
    _require(request, "view_procesafspraken")
    context = {
        "gemeenten": Gemeente.objects.select_related("organisation"),
        "may_change": _may(request, "change_college_decision"),
        "crumbs": [("Procesafspraken", reverse("procesafspraak_list"))],
    }
    return show(request, "directory/college_list.html", context)


def college_edit(request: HttpRequest, slug: str) -> HttpResponse:
    _require(request, "change_college_decision")
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
    return show(request, "directory/college_edit.html", context, form=form)


def _set_decision(request: HttpRequest, gemeente: Gemeente, data: dict[str, object]) -> None:
    try:
        agreements.set_college_decision(
            gemeente=gemeente,
            by=request.user,  # type: ignore[arg-type]
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
