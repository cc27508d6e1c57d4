"""How the API answers: JSON, for programs on any website, without an account, and never changing
anything. After the NLGov REST API Design Rules (the names of its rules stand in the comments)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from directory.opendata import VERSION, problems
from directory.opendata.problems import Refused

View = Callable[..., HttpResponse]
JSON, CSV = "application/json", "text/csv"
_METHODS = "GET, HEAD, OPTIONS"
_READABLE = "API-Version, ETag, Link, Allow, Content-Disposition, Retry-After"


def api(view: View) -> View:
    """Make every answer of this view an answer of the API, also when it says no.

    Goes around `require_safe`: what that refuses becomes a problem as well. A POST needs no token
    of a form, because it is refused whatever it says.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return _finish(_preflight())
        try:
            response = view(request, *args, **kwargs)
        except Refused as refused:
            response = problems.answer(refused)
        except Http404:
            there = settings.SITE_URL + reverse("api_openapi")
            response = problems.answer(Refused(problems.NOT_FOUND, f"{_NOTHING} {there}"))
        if isinstance(response, HttpResponseNotAllowed):
            response = problems.answer(Refused(problems.METHOD, "Gebruik GET om te lezen."))
            response.headers["Allow"] = _METHODS
        return _finish(response)

    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


_NOTHING = "Op dit adres staat niets. De beschrijving van de API noemt alle adressen die er zijn:"


def _preflight() -> HttpResponse:
    """What a browser asks first when a script on another website wants to ask with an ETag."""
    response = HttpResponse(status=204)
    response.headers["Allow"] = _METHODS
    response.headers["Access-Control-Allow-Methods"] = _METHODS
    response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _finish(response: HttpResponse) -> HttpResponse:
    response.headers["API-Version"] = VERSION  # /core/version-header
    response.headers["Content-Language"] = "nl"
    return open_to_all(response)


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Let scripts on every other website read it: it is public (/core/transport/cors)."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _READABLE
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def everywhere(view: View) -> View:
    """The same for a file that is no part of the API; also when it says that nothing changed."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return open_to_all(view(request, *args, **kwargs))

    return answer


def wanted(request: HttpRequest, *offered: str) -> str:
    """Which of these forms the program asks for with Accept; the first when it does not mind."""
    if not request.headers.get("Accept", "").strip():
        return offered[0]
    found = request.get_preferred_type(list(offered))
    if found is None:
        raise Refused(problems.NOT_ACCEPTABLE, f"Dit adres geeft alleen: {' of '.join(offered)}.")
    return str(found)


def as_json(
    request: HttpRequest, body: Mapping[str, Any], links: Mapping[str, str] | None = None
) -> HttpResponse:
    """The body as JSON, with Link headers (relation → address, with attributes if need be)."""
    wanted(request, JSON)
    response = JsonResponse(dict(body), json_dumps_params={"ensure_ascii": False, "indent": 2})
    return linked(response, links or {})


def linked(response: HttpResponse, links: Mapping[str, str]) -> HttpResponse:
    """With the addresses that belong to this answer; it differs by what is accepted."""
    if links:
        response.headers["Link"] = ", ".join(links_in(links))
    patch_vary_headers(response, ["Accept"])
    return response


def links_in(links: Mapping[str, str]) -> list[str]:
    """Each as `<address>; rel="relation"`; the relation may bring a type: "alternate text/csv"."""
    found = []
    for relation, address in links.items():
        rel, _, type_ = relation.partition(" ")
        found.append(f'<{address}>; rel="{rel}"' + (f'; type="{type_}"' if type_ else ""))
    return found
