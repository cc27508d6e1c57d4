"""A casus that was destroyed: who could see it reads when and why, on whatever page of it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from escalation.models import Destruction


class Destroyed(Exception):
    """Raised by a loader instead of the 404 that others get."""

    def __init__(self, tombstone: Destruction) -> None:
        super().__init__()
        self.tombstone = tombstone


class TombstoneMiddleware:
    """410 (gone) with the tombstone, whichever view asked for the casus."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Destroyed):
            return None
        context = {"tombstone": exception.tombstone}
        return render(request, "escalation/web/casus_destroyed.html", context, status=410)
