"""What the pages of the functioneel beheerder have in common: the right, and the tabs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from directory.models import User
from directory.permissions import reason_denied

PER_PAGE = 25
TABS = (
    ("Mensen", "member_list"),
    ("Uitnodigingen", "invitation_list"),
    ("Organisaties", "organisation_list"),
    ("E-mail", "mail_failed"),
)


def admin_of(request: HttpRequest, action: str = "manage_people") -> User:
    """The functioneel beheerder who asks; everybody else gets the reason why not."""
    user: User = request.user  # type: ignore[assignment]
    if reason := reason_denied(user, action):
        raise PermissionDenied(reason)
    return user


def tabs(current: str) -> list[dict[str, Any]]:
    """For components/subnav.html; `current` is the name of the address."""
    return [
        {"label": label, "url": reverse(name), "current": name == current} for label, name in TABS
    ]
