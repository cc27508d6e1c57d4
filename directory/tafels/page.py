"""What the page of a tafel says of its upkeep."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from directory.models import Tafel, User
from directory.permissions import reason_denied_tafel
from directory.reading import confirmations
from rdm.lib import clock


@dataclass(frozen=True)
class Panel:
    """Whether the page of a tafel still holds, and what this person can do about it."""

    state: confirmations.State
    may_keep: bool


def panel(tafel: Tafel, user: User | AnonymousUser) -> Panel:
    """For directory/tafels/_tafel_upkeep.html. Asks nothing more of the database for a visitor,
    when the tafel came by `confirmations.with_terms`."""
    denied = reason_denied_tafel(user, "propose_tafel", tafel) if user.pk else "no account"
    return Panel(confirmations.state_of(tafel, clock.today()), denied is None)
