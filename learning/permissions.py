"""Who may read and write terugkoppelingen, leersessies, lessons and reports, as one table.

The portefeuillehouder and the leersessie see terugkoppelingen and figures, never the dossier
(O-07). Whether a gemeente may report about a casus is asked of `escalation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from directory.models import Role
from escalation.permissions import may as casus_may
from escalation.permissions import reason_denied as casus_reason_denied
from learning.workflow import (
    LEERSESSIE_FLOW,
    LESSON_FLOW,
    TERUGKOPPELING_FLOW,
    LeersessieStatus,
    TerugkoppelingStatus,
)

if TYPE_CHECKING:
    from directory.models import User
    from escalation.models import Casus
    from learning.models import Leersessie, Lesson, Terugkoppeling
    from learning.models.terugkoppeling import TerugkoppelingQuerySet

# Who reads what the region reported (E-154, E-172, E-176) and the coördinator, who organises.
REGIONAL_READERS = (Role.PORTEFEUILLEHOUDER, Role.THEMAGROEP, Role.COORDINATOR)
OWN_READERS = (Role.GEMEENTE, Role.PROCESMANAGER)
_ORGANISERS = frozenset({Role.COORDINATOR, Role.THEMAGROEP})

# action → the roles that may do it, whatever the object.
TABLE: dict[str, frozenset[Role]] = {
    "list_terugkoppelingen": frozenset({*REGIONAL_READERS, *OWN_READERS}),
    "confirm_read": frozenset({Role.PORTEFEUILLEHOUDER}),
    "view_leersessies": frozenset(REGIONAL_READERS),
    "plan_leersessie": _ORGANISERS,
    "change_leersessie": _ORGANISERS,
    "hold_leersessie": _ORGANISERS,
    "cancel_leersessie": _ORGANISERS,
    "add_lesson": _ORGANISERS | {Role.PORTEFEUILLEHOUDER},
    "pick_up_lesson": _ORGANISERS | {Role.PORTEFEUILLEHOUDER},
    "finish_lesson": _ORGANISERS | {Role.PORTEFEUILLEHOUDER},
    "drop_lesson": _ORGANISERS | {Role.PORTEFEUILLEHOUDER},
    "reopen_lesson": _ORGANISERS | {Role.PORTEFEUILLEHOUDER},
    "view_report": frozenset({*REGIONAL_READERS, *OWN_READERS}),
    # The whole figures, without hiding small numbers (decisions.md, Terugkoppeling and learning).
    "view_full_report": frozenset({Role.COORDINATOR}),
}
# Actions about the report of one overleg belong to the gemeente of that casus (O-05).
OF_THE_GEMEENTE = frozenset(
    {
        "write_terugkoppeling",
        "submit_terugkoppeling",
        "start_correction",
        "withdraw_correction",
    }
)


def visible(queryset: TerugkoppelingQuerySet, user: User) -> TerugkoppelingQuerySet:
    """`queryset` narrowed to what `user` may read; a draft stays with its own gemeente."""
    own = user.organisation_ids(*OWN_READERS)
    allowed = Q(overleg__casus__gemeente__in=own)
    if set(REGIONAL_READERS) & user.roles:
        allowed |= Q(first_submitted_at__isnull=False)
    return queryset.filter(allowed)


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
