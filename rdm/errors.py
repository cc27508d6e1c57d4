"""Error pages that say what to do.

The pages 400, 500, 503 and 507 are made without the request, so without session, user or database:
they must also work when one of those is what broke.
"""

import logging
import sys
from collections.abc import Sequence

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from rdm.lib.disk import is_full
from rdm.lib.typed import typed_in

log = logging.getLogger("rdm.errors")

_BARE = (
    '<!doctype html><html lang="nl"><title>Er ging iets mis</title>'
    "<h1>Er ging iets mis</h1><p>Probeer het over een paar minuten opnieuw. "
    "Is er acuut gevaar? Bel 112.</p></html>"
)


def _without_request(status: int, texts: Sequence[str] = ()) -> HttpResponse:
    try:
        body = get_template(f"{status}.html").render({"texts": texts})
    except Exception:
        log.exception("error page failed", extra={"status": status})
        body = _BARE
    return HttpResponse(body, status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _without_request(400)


@login_not_required
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: visible, but not allowed. The reason is the text that reason_denied() gave."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same page for what does not exist and for what this person may not see."""
    return render(request, "404.html", status=404)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """500, 503 when the database could not be reached or was too busy, 507 when a disk is full.

    Decided here and not in a middleware, because this is the one place that also sees errors
    raised inside the middleware (loading or saving a session, for example).
    """
    error = sys.exc_info()[1]
    if is_full(error):
        return _without_request(507, _typed(request))
    lost = isinstance(error, OperationalError | InterfaceError)
    response = _without_request(503 if lost else 500, _typed(request))
    if lost:
        response.headers["Retry-After"] = "60"
    return response


def _typed(request: HttpRequest) -> Sequence[str]:
    """What was typed, unless that is what broke."""
    try:
        return typed_in(request)
    except Exception:
        log.exception("typed text lost")
        return ()


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open too long or came from elsewhere; `reason` is for the log."""
    log.warning("csrf refused")
    text = (
        "Dit formulier is verlopen, of het komt niet van deze website. "
        "Ga terug, laad de pagina opnieuw en verstuur het formulier nog een keer."
    )
    return render(request, "403.html", {"reason": text}, status=403)
