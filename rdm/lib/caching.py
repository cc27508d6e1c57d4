"""Pages that are the same for every visitor: kept on the way and at home, and sent compressed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page

View = Callable[..., HttpResponse]
# Long enough to help a busy proxy, short enough that a change is soon everywhere.
MAX_AGE = 300
_gzip = GZipMiddleware(lambda request: HttpResponse())


def shared(view: View) -> View:
    """Let the answer of a public page be kept for five minutes, with an ETag to ask for it again,
    and compress it.

    Only a whole page without a cookie; for who is signed in `rdm.middleware.Headers` says that
    nothing is kept. Their page holds a token beside what they typed, and compressed its length
    would tell of the token (BREACH).
    """

    @wraps(view)
    def show(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.cookies:
            patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response

    kept: View = conditional_page(show)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = kept(request, *args, **kwargs)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            return response
        _gzip.process_response(request, response)
        return response

    return answer


def private(response: HttpResponse) -> HttpResponse:
    """For the page behind a signed link: not kept, and not found by a search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
