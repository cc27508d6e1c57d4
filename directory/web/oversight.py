"""The tabs of Toezicht."""

from __future__ import annotations

from typing import Any

from directory.models import User
from directory.roles import Role
from directory.web.beheer import subnav

TABS = (("Ongewoon gebruik", "unusual_list"), ("Zware rollen", "heavy_role_list"))


def tabs(user: User, current: str) -> list[dict[str, Any]]:
    """For components/subnav.html; who only sees the heavy roles needs none."""
    return subnav(TABS, current) if Role.PRIVACY_OFFICER in user.roles else []
