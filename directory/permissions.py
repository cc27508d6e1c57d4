"""Who manages people, agreements and college decisions: rights that have no casus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.models import Role

if TYPE_CHECKING:
    from directory.models import User

TABLE: dict[str, frozenset[Role]] = {
    "manage_people": frozenset({Role.ADMIN}),
    "change_procesafspraak": frozenset({Role.COORDINATOR}),
    "change_college_decision": frozenset({Role.COORDINATOR}),
    # Everybody with a role reads what the region agreed; the terms bind them all.
    "view_procesafspraken": frozenset(Role),
}


def reason_denied(user: User, action: str) -> str | None:
    """Why `user` cannot do `action`, in Dutch; None when it can."""
    if TABLE[action] & user.roles:
        return None
    who = " of de ".join(sorted(role.label for role in TABLE[action]))
    return f"Dit is voor de {who}. U heeft die rol niet."
