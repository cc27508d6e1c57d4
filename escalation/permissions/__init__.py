"""Who may do what with a casus, and what its state allows: two questions, both with a reason.

A person stands in a *relation* to a casus through each membership (`relations`). One row per action
(`table`) says which role in which relation may do it, and when. Everything else is refused. What
somebody may read is a condition for the database, and stands with the queryset of each model.

An action asks `may` and `may_now`, which read afresh what they judge from. A page asks the
`Standing` of its reader, which was read with the casus.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.models import Role
from escalation.permissions.circumstances import Circumstances, open_admission, pending_transfer
from escalation.permissions.relations import blocks_of, relations
from escalation.permissions.standing import Standing, may_in, may_now_in, standing_of
from escalation.permissions.table import ACTIONS, CASUS_FLOW
from escalation.roles import GENERAL

if TYPE_CHECKING:
    from directory.models import Organisation, User
    from escalation.models import Casus

__all__ = [
    "ACTIONS",
    "CASUS_FLOW",
    "Circumstances",
    "Standing",
    "blocks_of",
    "general_reason_denied",
    "may",
    "may_now",
    "open_admission",
    "organisation_for",
    "pending_transfer",
    "reason_denied",
    "relations",
    "standing_of",
]


def may(user: User, casus: Casus, action: str) -> str | None:
    """May this user do this at all? The reason if not (decisions.md, Roles)."""
    return may_in(relations(user, casus), action)


def may_now(casus: Casus, action: str) -> str | None:
    """Does the state of the casus allow this? The reason if not."""
    return may_now_in(Circumstances(casus), action)


def reason_denied(user: User, casus: Casus, action: str) -> str | None:
    """Why `user` cannot do `action` on `casus` now, in Dutch; None when it can."""
    return may(user, casus, action) or may_now(casus, action)


def general_reason_denied(user: User, action: str) -> str | None:
    """Why `user` cannot do an action that has no casus (yet)."""
    if GENERAL[action] & user.roles:
        return None
    who = sorted(Role(role).label for role in GENERAL[action])
    return f"Dit is voor de {' of de '.join(who)}. U heeft die rol niet."


def organisation_for(user: User, casus: Casus, action: str) -> Organisation:
    """For which of their organisations somebody does `action` on this casus: the one that stands
    nearest to it. Ask `may` first."""
    standing = {role for role, _ in ACTIONS[action].who & relations(user, casus)}
    involved = casus.involvements.filter(ended_at=None).values_list("organisation_id", flat=True)
    near = [casus.carried_by_id, casus.gemeente_id, *involved]
    mine = [one.organisation for one in user.active_memberships if one.role in standing]
    return min(mine, key=lambda one: near.index(one.pk) if one.pk in near else len(near))
