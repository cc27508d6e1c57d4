"""Loading a casus for pages that the privacy officer has too, who never sees the dossier."""

from __future__ import annotations

from typing import TypedDict

from audit import showing
from audit.models import Action, Purpose
from directory.models import Role
from directory.web.signed_in import AuthedRequest
from escalation.models import Casus
from escalation.oversight.rules import overseen
from escalation.permissions import Standing
from escalation.web.frame import Frame, casus_frame
from escalation.web.load import (
    code_or_404,
    explain_on_timeline,
    load_to,
    require,
    stop_at_tombstone,
)


def load_overseen(
    request: AuthedRequest, code: str, action: str, *, part: str, verb: str = Action.READ
) -> Standing:
    """Before the casus, for who may do `action`; see `sees_dossier`.

    404 and 403 as for every page of a casus; the log gets its row.
    """
    user, code = request.user, code_or_404(code)
    standing = overseen(user, code)
    if standing is None:
        if Role.PRIVACY_OFFICER in user.roles:
            stop_at_tombstone(request, code)
        return load_to(request, code, action, part=part, action=verb)
    showing.about(
        request,
        "casus",
        code,
        part=part,
        action=verb,
        roles=[Role.PRIVACY_OFFICER],
        purpose=Purpose.OVERSEE,
    )
    explain_on_timeline(request, standing.casus)
    require(request, standing, action)
    return standing


def sees_dossier(standing: Standing) -> bool:
    """Whether this person reads the casus, and not only watches over the rights of the resident."""
    return standing.may("view") is None


class Seen(Frame):
    seen: bool


class Unseen(TypedDict):
    casus: Casus
    seen: bool


def frame_if_seen(standing: Standing, current: str, *, page: str = "") -> Seen | Unseen:
    """The bar of the casus for who sees it; only the code for the privacy officer."""
    if sees_dossier(standing):
        return {**casus_frame(standing, current, page=page), "seen": True}
    return {"casus": standing.casus, "seen": False}
