"""A draft that is thrown away."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from audit.performing import get_or_post, perform, posted, show
from directory.web.signed_in import AuthedRequest
from escalation.registration.drafts import actions as drafts
from escalation.web.forms import ConfirmForm
from escalation.web.load import load_to


@get_or_post
def casus_discard(request: AuthedRequest, code: str) -> HttpResponse:
    """Throw a draft away, after asking whether that is really meant."""
    casus = load_to(request, code, "discard", part="discard").casus
    form = ConfirmForm(posted(request), version=casus.version)
    if answer := perform(
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
    ):
        return answer
    consequences = [
        "Wat u hebt ingevuld, is daarna weg.",
        "Niemand kan het concept nog terughalen.",
    ]
    context = {"casus": casus, "consequences": consequences}
    return show(
        request, "escalation/registration/drafts/registration_discard.html", context, form=form
    )
