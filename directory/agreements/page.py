"""What the pages of what the region agreed have in common: the right, and what it opens."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from directory.permissions import reason_denied
from directory.web.signed_in import AuthedRequest


def require(request: AuthedRequest, action: str) -> None:
    """Say why not, with 403, to who cannot do this."""
    if reason := reason_denied(request.user, action):
        raise PermissionDenied(reason)


def may(request: AuthedRequest, action: str) -> bool:
    return reason_denied(request.user, action) is None
