"""A page with one form under the bar of the casus."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from audit.performing import show
from directory.web.signed_in import AuthedRequest
from escalation.reading.progress import Progress
from escalation.web.frame import casus_frame
from escalation.web.load import Dossier


def form_page(
    request: AuthedRequest,
    dossier: Dossier,
    form: Any,
    title: str,
    button: str,
    *,
    page: str = "",
    back: str = "",
    progress: Progress | None = None,
    template: str = "escalation/web/casus_form.html",
    **more: Any,
) -> HttpResponse:
    """`page` names it in the breadcrumb, when that is shorter than its title; `back` is where who
    changes their mind goes, the dossier when nothing is said. `more` is for the template."""
    context = {
        **casus_frame(dossier, "", progress=progress, page=page or title),
        "title": title,
        "button": button,
        "back": back or dossier.url,
        **more,
    }
    return show(request, template, context, form=form)
