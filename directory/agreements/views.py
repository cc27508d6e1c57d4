"""What the region agreed: the procesafspraken."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.performing import perform, show
from directory.agreements import actions as agreements
from directory.agreements.forms import ProcesafspraakForm
from directory.agreements.page import may, require
from directory.models import Procesafspraak
from directory.web.signed_in import AuthedRequest


@require_safe
def procesafspraak_list(request: AuthedRequest) -> HttpResponse:
    """Every agreement in its group, with its state and its last changes."""
    require(request, "view_procesafspraken")
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
        "may_change": may(request, "change_procesafspraak"),
    }
    return show(request, "directory/agreements/procesafspraak_list.html", context)


def procesafspraak_edit(request: AuthedRequest, code: str) -> HttpResponse:
    """Change one agreement. Terms that already run keep their date."""
    require(request, "change_procesafspraak")
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
                by=request.user,
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
    return show(request, "directory/agreements/procesafspraak_edit.html", context, form=form)
