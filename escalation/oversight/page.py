"""Loading a casus for pages that the privacy officer has too, who never sees the dossier."""

from __future__ import annotations

from typing import Any

from audit import showing
from audit.models import Action, Purpose
from directory.models import Role
from directory.web.signed_in import AuthedRequest
from escalation.models import Casus
from escalation.oversight.rules import overseen
from escalation.web.frame import casus_frame, require
from escalation.web.load import explain_on_timeline, known, load_casus, stop_at_tombstone


def load_overseen(
    request: AuthedRequest, code: str, action: str, *, part: str, verb: str = Action.READ
) -> tuple[Casus, bool]:
    """The casus for who may do `action`, and whether this person sees the dossier.

    404 and 403 as for every page of a casus; the log gets its row.
    """
    user = request.user
    code = known(code)
    casus = overseen(user, code)
    if casus is None:
        if Role.PRIVACY_OFFICER in user.roles:
            stop_at_tombstone(request, code)
        casus = load_casus(request, code, part=part, action=verb)
        require(request, casus, action)
        return casus, True
    showing.about(
        request,
        "casus",
        casus.code,
        part=part,
        action=verb,
        roles=[Role.PRIVACY_OFFICER],
        purpose=Purpose.OVERSEE,
    )
    explain_on_timeline(request, casus)
    require(request, casus, action)
    return casus, False


def frame_if_seen(
    request: AuthedRequest, casus: Casus, current: str, *, seen: bool, page: str = ""
) -> dict[str, Any]:
    """The bar of the casus for who sees it; only the code for the privacy officer."""
    if seen:
        return {**casus_frame(request, casus, current, page=page), "seen": True}
    return {"casus": casus, "seen": False}
