"""Whose role and whose account somebody may end (O-12)."""

from __future__ import annotations

from directory.models import Membership, User
from directory.roles import Role


def reason_to_keep(by: User, membership: Membership) -> str | None:
    """Why `by` cannot end this membership, in Dutch; None when it can. Somebody must be left to
    let people in."""
    if membership.user_id == by.pk and membership.role == Role.ADMIN:
        return "U kunt uw eigen rol als functioneel beheerder niet stoppen."
    return None


def reason_to_stay_open(by: User, user: User) -> str | None:
    """Why `by` cannot shut or open this account, in Dutch; None when it can."""
    return "U kunt uw eigen account niet afsluiten." if user.pk == by.pk else None
