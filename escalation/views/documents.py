"""A casus on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from audit.models import Action
from directory.models import User
from escalation.documents import process_overview
from escalation.reading.progress import facts_of
from escalation.web.load import load_casus
from rdm.lib.download import as_download


@require_safe
def casus_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The process overview as an accessible PDF; with a voordracht this is its dossier (O-04)."""
    user: User = request.user  # type: ignore[assignment]
    casus = load_casus(request, code, part="process", action=Action.EXPORT)
    if casus.is_draft:
        return redirect("casus_resume", casus.code)
    return as_download(process_overview(facts_of(casus), user))
