"""A page about keeping, also for who oversees the casus without reading it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from audit.performing import show
from directory.web.signed_in import AuthedRequest
from escalation.oversight.page import frame_if_seen
from escalation.permissions import Standing


def keeping_page(
    request: AuthedRequest,
    standing: Standing,
    form: Any,
    title: str,
    button: str,
    consequences: list[str],
) -> HttpResponse:
    context = {
        **frame_if_seen(standing, "", page=title),
        "title": title,
        "button": button,
        "consequences": consequences,
        "back": reverse("rights_detail", args=[standing.casus.code]),
    }
    return show(request, "escalation/oversight/overseen_form.html", context, form=form)
