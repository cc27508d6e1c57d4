"""A page with one form under the bar of the casus, and what every view that writes asks."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from audit.performing import show
from directory.web.signed_in import AuthedRequest
from escalation.models import Casus
from escalation.web.frame import casus_frame


def form_page(
    request: AuthedRequest, casus: Casus, form: Any, title: str, button: str, **more: Any
) -> HttpResponse:
    """A page with one form under the bar of the casus."""
    context = {
        **casus_frame(request, casus, "", page=title),
        "title": title,
        "button": button,
        "back": reverse("casus_detail", args=[casus.code]),
        **more,
    }
    return show(request, "escalation/web/casus_form.html", context, form=form)
