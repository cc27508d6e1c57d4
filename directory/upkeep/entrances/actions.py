"""New local entrances of a gemeente, proposed by that gemeente."""

from __future__ import annotations

from audit.transaction import action
from directory.models import Gemeente, Proposal, User
from directory.permissions import reason_denied_gemeente
from directory.reading import keepers
from directory.upkeep.actions import make_proposal
from directory.upkeep.page_fields.fields import Values
from rdm.lib.refusal import forbid


@action
def propose_entrances(
    *, gemeente: Gemeente, by: User, values: Values, based_on: int, reason: str
) -> Proposal:
    """Propose new local entrances or cliëntondersteuning of a gemeente, by that gemeente itself.

    It publishes the proposal itself, after looking at old and new (E-045).
    """
    forbid(reason_denied_gemeente(by, gemeente))
    return make_proposal(
        gemeente,
        values=values,
        based_on=based_on,
        reason=reason,
        by=by,
        by_name=f"{by.name} ({keepers.public_name(by, gemeente)})",
    )
