"""What the pages of what the region agreed have in common: the right, and what it opens."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from directory.permissions import reason_denied


def require(request: HttpRequest, action: str) -> None:
    """Say why not, with 403, to who cannot do this."""
    if reason := reason_denied(request.user, action):  # type: ignore[arg-type]
        raise PermissionDenied(reason)


def may(request: HttpRequest, action: str) -> bool:
    return reason_denied(request.user, action) is None  # type: ignore[arg-type]
