"""The tabs of Toezicht."""

from __future__ import annotations

from typing import Any

from directory.models import User
from directory.roles import TABLE, Role
from directory.web.beheer import subnav

TABS = (
    ("Ongewoon gebruik", "unusual_list", frozenset({Role.PRIVACY_OFFICER})),
    ("Zware rollen", "heavy_role_list", TABLE["view_heavy_roles"]),
    ("Logboek", "log_watch", TABLE["watch_log"]),
)


def tabs(user: User, current: str) -> list[dict[str, Any]]:
    """For components/subnav.html: the parts that this person may see, none when it is one."""
    mine = [(label, name) for label, name, roles in TABS if roles & user.roles]
    return subnav(mine, current) if len(mine) > 1 else []
