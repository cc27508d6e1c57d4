"""What happens to every request: a number for the logs, headers, and the limits of a session."""

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from rdm import logs
from rdm.lib.typed import typed_in

Handler = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("rdm.request")

_PERMISSIONS = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "microphone=(), midi=(), payment=(), usb=()"
)
# Not "cookies": that of the session is replaced already, and the new one carries the message that
# says why somebody was signed out.
_FORGET = '"cache", "storage"'
# A page that stays open must not write to the session at every click.
_SEEN_PRECISION = 30


class RequestLog:
    """One log line per request. The route, never the path: paths hold codes and signed links."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = uuid.uuid4().hex
        # The audit log writes the same number.
        request.request_id = number  # type: ignore[attr-defined]
        token = logs.request_id.set(number)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-Id"] = number
            match = request.resolver_match
            log.info(
                "request",
                extra={
                    "method": request.method,
                    "route": match.route if match else "",
                    "status": response.status_code,
                    "milliseconds": round((time.perf_counter() - started) * 1000),
                },
            )
            return response
        finally:
            logs.request_id.reset(token)


class Headers:
    """Headers on every page; a page made for one person is never stored on the way or at home."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        name = settings.SESSION_COOKIE_NAME
        if name in request.COOKIES or name in response.cookies:
            response.headers["Cache-Control"] = "no-store"
        # What nobody said more about, like a form for a visitor, is asked for anew every time.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class LoginRequired(LoginRequiredMiddleware):
    """A page asks to sign in; a form with a text in it gives the text back as well.

    The form came from a page of ours: CsrfViewMiddleware looked before this one.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        to_sign_in = super().process_view(request, view_func, view_args, view_kwargs)
        if to_sign_in is None or not typed_in(request):
            return to_sign_in
        context = {"sign_in_url": to_sign_in.headers["Location"]}
        response = render(request, "signed_out.html", context, status=403)
        response.headers["Cache-Control"] = "no-store"
        return response


class SessionLimits:
    """Ends a session after too long without a click, and after a working day in any case.

    Where a session ended, for whatever reason, the browser is told to forget what it kept.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without the cookie there is no session to guard, and no reason to ask the database.
        came_with = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if came_with is None:
            return self.get_response(request)
        if request.user.is_authenticated:
            self._guard(request)
        response = self.get_response(request)
        if request.session.session_key != came_with and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = _FORGET
        return response

    def _guard(self, request: HttpRequest) -> None:
        # Wall-clock time on purpose: this is about the browser, not about the case work.
        now, session = int(time.time()), request.session
        started, seen = session.get("started", now), session.get("seen", now)
        idle = now - seen > settings.SESSION_IDLE_SECONDS
        if idle or now - started > settings.SESSION_MAX_SECONDS:
            logout(request)
            messages.info(
                request,
                "U bent uitgelogd, omdat u een tijd niets hebt gedaan. Log opnieuw in."
                if idle
                else "U bent uitgelogd, omdat u lang was ingelogd. Log opnieuw in.",
            )
            return
        if "started" not in session:
            session["started"] = now
        if "seen" not in session or now - seen > _SEEN_PRECISION:
            session["seen"] = now
