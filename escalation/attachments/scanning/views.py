"""Beheer: the virus scanner, and the files that it does not judge."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.web.beheer import admin_of, tabs
from directory.web.signed_in import AuthedRequest
from escalation.attachments.scanning.page import COLUMNS, rows
from escalation.attachments.scanning.rules import away, without_verdict


@require_safe
def scanner_state(request: AuthedRequest) -> HttpResponse:
    """Whether it works, how many files wait for it, and which it cannot judge."""
    admin_of(request, "watch_scanner")
    context = {
        "tabs": tabs("scanner_state"),
        "on": bool(settings.CLAMAV_URL),
        "away": away(),
        "waiting": without_verdict().count(),
        "columns": COLUMNS,
        "rows": rows(),
    }
    return render(request, "escalation/attachments/scanning/scanner_state.html", context)
