"""The submission to one tafel, on paper."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from audit.models import Action
from directory.models import User
from escalation.submission_document import submission_docx, submission_pdf
from escalation.views.route import load_step
from escalation.web.frame import require
from rdm.lib.download import Document, as_download


@require_safe
def step_pdf(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """As an accessible PDF, to send."""
    return _download(request, code, position, submission_pdf)


@require_safe
def step_docx(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """As a Word document, to work on further."""
    return _download(request, code, position, submission_docx)


def _download(
    request: HttpRequest, code: str, position: int, make: Callable[..., Document]
) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    step = load_step(request, code, position, part="step-submission", action=Action.EXPORT)
    require(request, step.casus, "export_step")
    return as_download(make(step.facts, step, user))  # type: ignore[attr-defined]
