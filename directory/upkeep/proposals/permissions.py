"""Who publishes, refuses or takes back a proposal (O-13)."""

from __future__ import annotations

from directory.models import Proposal, Role, User
from directory.permissions import reason_denied_gemeente, reason_denied_tafel

NOT_YOURS_ALONE = (
    "U hebt dit zelf voorgesteld. Een andere contactpersoon van deze tafel, of de themagroep, "
    "kijkt het na."
)


def reason_denied_check(user: User, proposal: Proposal) -> str | None:
    """Why `user` cannot publish or refuse this proposal, in Dutch; None when it can.

    Two people look at a change of a tafel: who proposed it does not check it. The themagroep is
    the exception: it keeps the whole overview (E-176), so it may publish what it wrote itself.
    A gemeente has nobody else to check its own entrances and publishes them after comparing.
    """
    if proposal.gemeente is not None:
        return reason_denied_gemeente(user, proposal.gemeente)
    assert proposal.tafel is not None
    if reason := reason_denied_tafel(user, "check_proposal", proposal.tafel):
        return reason
    if Role.THEMAGROEP in user.roles or proposal.proposed_by_id != user.pk:
        return None
    return NOT_YOURS_ALONE


def reason_denied_withdraw(user: User, proposal: Proposal) -> str | None:
    """Why `user` cannot take this proposal back, in Dutch; None when it can."""
    if proposal.gemeente is not None:
        return reason_denied_gemeente(user, proposal.gemeente)
    if proposal.proposed_by_id == user.pk:
        return None
    return "Alleen wie het voorstel deed, trekt het in."
