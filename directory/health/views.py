"""Beheer: is the program well?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.health import rules
from directory.web.beheer import admin_of, tabs
from directory.web.signed_in import AuthedRequest


@require_safe
def health_signs(request: AuthedRequest) -> HttpResponse:
    """What is looked at, and what is wrong."""
    admin_of(request, "watch_health")
    context = {"signs": rules.signs(), "tabs": tabs("health_signs")}
    return render(request, "directory/health/health_signs.html", context)
