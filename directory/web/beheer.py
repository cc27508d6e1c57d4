"""What the pages of the functioneel beheerder have in common: the right, and the tabs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from directory.models import User
from directory.permissions import reason_denied
from directory.reading import reviews
from directory.web.signed_in import AuthedRequest
from rdm.lib import clock

PER_PAGE = 25
TABS = (
    ("Mensen", "member_list"),
    ("Uitnodigingen", "invitation_list"),
    ("Organisaties", "organisation_list"),
    ("Nalopen", "review_list"),
    ("E-mail", "mail_failed"),
    ("Gezondheid", "health_signs"),
    ("Reservekopieën", "copy_list"),
    ("Virusscanner", "scanner_state"),
    ("Toezicht", "log_watch"),
)


def admin_of(request: AuthedRequest, action: str = "manage_people") -> User:
    """The functioneel beheerder who asks; everybody else gets the reason why not."""
    user = request.user
    if reason := reason_denied(user, action):
        raise PermissionDenied(reason)
    return user


def tabs(current: str) -> list[dict[str, Any]]:
    """For components/subnav.html; `current` is the name of the address. Roles that were not gone
    through in time show as a number on every page of Beheer."""
    return subnav(TABS, current, {"review_list": reviews.overdue(clock.today())})


def subnav(
    pages: Iterable[tuple[str, str]], current: str, counts: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    """For components/subnav.html: label and name of the address of each page."""
    return [
        {
            "label": label,
            "url": reverse(name),
            "current": name == current,
            "count": (counts or {}).get(name, 0),
        }
        for label, name in pages
    ]
