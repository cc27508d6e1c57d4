"""Who may take which step with a signaal."""

from __future__ import annotations

from directory import permissions
from directory.models import Signaal, User
from directory.signalen.workflow import SIGNAAL_FLOW


def reason_denied_step(user: User, signaal: Signaal, name: str) -> str | None:
    """Why `user` cannot take the transition `name` now, in Dutch; None when it can."""
    if reason := permissions.reason_denied(user, "handle_signaal"):
        return reason
    return SIGNAAL_FLOW.reason_denied(name, signaal)
