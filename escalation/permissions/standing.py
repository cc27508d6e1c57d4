"""How one person stands to one casus: what of it they see, and what they may do with it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.models import Role
from escalation.permissions import keeping
from escalation.permissions.circumstances import Circumstances
from escalation.permissions.relations import (
    Relations,
    blocks_in,
    relations_in,
    shared_with,
    still_offered,
)
from escalation.permissions.table import ACTIONS

if TYPE_CHECKING:
    from directory.models import User
    from escalation.blocks import Blocks
    from escalation.models import Casus, Involvement


@dataclass(frozen=True)
class Standing:
    """One person before one casus, worked out once: twenty buttons then ask a set.

    `seen` are the blocks that this person reads, `now` what stands around the casus as far as this
    person may know it.
    """

    user: User
    now: Circumstances
    relations: Relations
    seen: Blocks

    @property
    def casus(self) -> Casus:
        return self.now.casus

    @property
    def shared(self) -> list[Involvement]:
        """What was shared with their organisations, for who reads the casus by that alone."""
        return shared_with(self.now, self.user, self.relations)

    def sees(self, needed: Blocks) -> bool:
        """Whether they see all of these blocks."""
        return needed <= self.seen

    def may(self, action: str) -> str | None:
        """May this person do this at all? The reason if not."""
        return may_in(self.relations, action)

    def may_now(self, action: str) -> str | None:
        """Does the state of the casus allow this? The reason if not."""
        return may_now_in(self.now, action)

    def denied(self, action: str) -> str | None:
        """Why they cannot do this now; None when they can."""
        return self.may(action) or self.may_now(action)

    def allows(self, action: str) -> bool:
        return self.denied(action) is None


def standing_of(user: User, casus: Casus) -> Standing:
    """As it is now: each thing around the casus is read when it is asked."""
    now = Circumstances(casus)
    found = relations_in(now, user)
    return Standing(user, now, found, blocks_in(now, user, found))


def may_in(standing: Relations, action: str) -> str | None:
    """May somebody in these relations do this? The reason if not (decisions.md, Roles)."""
    who = ACTIONS[action].who
    if who & standing:
        return None
    roles = sorted({Role(role).label for role, _ in who})
    return f"Dit doet de {' of de '.join(roles)}. U heeft die rol niet bij deze casus."


def may_now_in(now: Circumstances, action: str) -> str | None:
    """Do the casus and what stands around it allow this? The reason if not."""
    row = ACTIONS[action]
    if now.casus.restricted_at is not None and not row.while_restricted:
        return keeping.restricted(now)
    if reason := row.when.denies(now.casus):
        return reason
    if not row.while_offered and (reason := still_offered(now)):
        return reason
    reasons = (guard(now) for guard in row.guards)
    return next((reason for reason in reasons if reason), None)
