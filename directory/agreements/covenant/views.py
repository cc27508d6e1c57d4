"""Which organisations are partner in the covenant."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse

from audit.performing import get_or_post, perform, show
from directory.agreements.covenant import actions as covenant
from directory.agreements.covenant.forms import CovenantForm
from directory.models import Organisation
from directory.permissions import reason_denied
from directory.web.signed_in import AuthedRequest


@get_or_post
def covenant_edit(request: AuthedRequest) -> HttpResponse:
    """One list of all organisations, with a tick for each partner."""
    if reason := reason_denied(request.user, "change_covenant"):
        raise PermissionDenied(reason)
    form = CovenantForm(
        request.POST or None,
        organisations=Organisation.objects.order_by("name"),
        version=covenant.version_now(),
    )
    if request.method == "POST" and form.is_valid():
        if answer := perform(
            request,
            form,
            lambda: covenant.set_partners(
                by=request.user,
                partners=form.chosen,
                version=form.cleaned_data["version"],
            ),
            done="De partners in het convenant zijn bewaard.",
            to=reverse("covenant_edit"),
        ):
            return answer
        form.show_version(covenant.version_now())
    context = {"crumbs": [("Procesafspraken", reverse("procesafspraak_list"))]}
    return show(request, "directory/agreements/covenant/covenant_edit.html", context, form=form)
