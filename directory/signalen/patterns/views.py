"""The signalen of the last years beside each other."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.signalen.page import require
from directory.signalen.patterns.rules import patterns
from directory.web.signed_in import AuthedRequest


@require_safe
def signaal_patterns(request: AuthedRequest) -> HttpResponse:
    """The signalen of the last years beside each other: what keeps coming back."""
    require(request, "view_signalen")
    context = {"patterns": patterns(), "crumbs": [("Signalen", reverse("signaal_list"))]}
    return render(request, "directory/signalen/patterns/signaal_patterns.html", context)
