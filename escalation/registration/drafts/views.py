"""A draft that is thrown away."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from audit.performing import perform, show
from directory.web.signed_in import AuthedRequest
from escalation.registration.drafts import actions as drafts
from escalation.registration.start.views import is_post
from escalation.web.forms import ConfirmForm
from escalation.web.frame import require
from escalation.web.load import load_casus


@require_http_methods(["GET", "POST"])
def casus_discard(request: AuthedRequest, code: str) -> HttpResponse:
    """Throw a draft away, after asking whether that is really meant."""
    casus = load_casus(request, code, part="discard")
    require(request, casus, "discard")
    form = ConfirmForm(request.POST if is_post(request) else None, version=casus.version)
    if is_post(request) and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: drafts.discard(
                casus=casus,
                by=request.user,
                version=form.cleaned_data["version"],
            ),
            done=f"Het concept {casus.code} is weggegooid.",
            to=reverse("casus_list"),
            record=casus,
        )
        if answer:
            return answer
    consequences = [
        "Wat u hebt ingevuld, is daarna weg.",
        "Niemand kan het concept nog terughalen.",
    ]
    context = {"casus": casus, "consequences": consequences}
    return show(request, "escalation/registration/registration_discard.html", context, form=form)
