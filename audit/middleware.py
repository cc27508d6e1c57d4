"""For the log: where a request came from, and what became of what it is about."""

import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from audit import origin, showing

GetResponse = Callable[[HttpRequest], HttpResponse]


class OriginMiddleware:
    """Sets the origin of everything recorded in this request, and `request.request_id`.

    Place it above everything that may record. The response carries the id as `X-Request-ID`,
    so that a person can name it when asking for help.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = getattr(request, "request_id", "") or origin.new_request_id()
        request.request_id = request_id  # type: ignore[attr-defined]
        with origin.use(client_address(request), request_id):
            response = self.get_response(request)
        response.headers.setdefault("X-Request-ID", request_id)
        return response


class ShowingMiddleware:
    """Writes the audit row of what a request shows or refuses, before the answer is sent.

    Place it last, so that it sees the answer of the view itself: an error while writing then
    still becomes an error page, in place of the answer.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.showing = showing.Showing()  # type: ignore[attr-defined]
        response = self.get_response(request)
        showing.write(request, response.status_code)
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Reached when no middleware above refused the request (a form without its token)."""
        request.showing.in_view = True  # type: ignore[attr-defined]


def client_address(request: HttpRequest) -> str:
    """Address of the client, or "unknown".

    Behind N trusted proxies (`ALLAUTH_TRUSTED_PROXY_COUNT`, so that log and rate limit agree)
    the Nth entry of X-Forwarded-For from the right; everything left of it the client may have
    made up, so with 0 proxies the header is not read at all.
    """
    proxies = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    address = request.META.get("REMOTE_ADDR", "")
    if proxies:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        address = hops[-proxies] if len(hops) >= proxies else ""
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return "unknown"
