"""Who may read and write terugkoppelingen, leersessies, lessons and reports, as one table.

The portefeuillehouder and the leersessie see terugkoppelingen and figures, never the dossier
(O-07). Whether a gemeente may report about a casus is asked of `escalation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.permissions import may as casus_may
from escalation.permissions import reason_denied as casus_reason_denied
from learning.roles import OF_THE_GEMEENTE, TABLE
from learning.workflow import (
    LEERSESSIE_FLOW,
    LESSON_FLOW,
    LESSON_ONGOING,
    TERUGKOPPELING_FLOW,
    LeersessieStatus,
    TerugkoppelingStatus,
)

if TYPE_CHECKING:
    from directory.models import User
    from escalation.models import Casus
    from learning.models import Leersessie, Lesson, Terugkoppeling


def may(user: User, action: str) -> str | None:
    """May this user do this at all? The reason if not."""
    if TABLE[action] & user.roles:
        return None
    who = " of de ".join(sorted(role.label for role in TABLE[action]))
    return f"Dit is voor de {who}. U heeft die rol niet."


def may_report(user: User, casus: Casus) -> str | None:
    """May this user report about an overleg of this casus at all? The reason if not (O-05)."""
    return casus_may(user, casus, "report_back")


def reason_denied(
    user: User, subject: Terugkoppeling | Leersessie | Lesson | None, action: str
) -> str | None:
    """Why `user` cannot do `action` on `subject` now, in Dutch; None when it can."""
    if action in OF_THE_GEMEENTE:
        return _report_reason_denied(user, subject, action)  # type: ignore[arg-type]
    if reason := may(user, action):
        return reason
    if (
        action == "change_leersessie"
        and subject is not None
        and subject.status != LeersessieStatus.PLANNED
    ):
        return "Deze leersessie is niet meer gepland en kan niet meer veranderen."
    if action == "correct_lesson" and subject is not None and subject.status not in LESSON_ONGOING:
        return "Dit leerpunt is afgerond. Open het weer als de tekst niet klopt."
    for flow in (LEERSESSIE_FLOW, LESSON_FLOW):
        if action in flow.transitions and subject is not None:
            return flow.reason_denied(action, subject)
    return None


def _report_reason_denied(user: User, subject: Terugkoppeling, action: str) -> str | None:
    if reason := casus_reason_denied(user, subject.overleg.casus, "report_back"):
        return reason
    if action in TERUGKOPPELING_FLOW.transitions:
        return TERUGKOPPELING_FLOW.reason_denied(action, subject)
    if subject.status == TerugkoppelingStatus.SUBMITTED:
        return "De terugkoppeling is ingediend. Maak een correctie om iets te veranderen."
    return None
