"""The request of somebody who signed in."""

from __future__ import annotations

from django.http import HttpRequest

from directory.models import User


class AuthedRequest(HttpRequest):
    """For the type only: the request of somebody who signed in, which is every view that does not
    say `login_not_required` (LoginRequiredMiddleware)."""

    user: User
