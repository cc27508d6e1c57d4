"""Who may see a casus and who may do what with it, as one table.

A person stands in a *relation* to a casus through each membership. The table says which role in
which relation may do what; everything else is refused with a reason. What the state of the casus
allows is another question: `workflow`. `reason_denied` asks both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import Truncator

from directory.models import Role
from escalation.permissions.reading import (
    in_reach,
    readable,
    reads_in_part,
    received,
    visible,
    visible_attachments,
    visible_tombstones,
)
from escalation.permissions.standing import (
    blocks_of,
    current_involvements,
    open_admission,
    organisation_for,
    pending_transfer,
    reads_through,
    relations,
)
from escalation.permissions.table import (
    ALLOWED_IN,
    AT_TREDE_3,
    CASE_ROLES,
    GEMEENTE_ROLES,
    GENERAL,
    NOT_WHILE_OFFERED,
    OF_REGISTERED,
    OPEN_OVERLEG,
    REGISTRANTS,
    TABLE,
    WHILE_OPEN,
    WHILE_RESTRICTED,
    Relation,
)
from escalation.workflow import CASUS_FLOW, CasusStatus

if TYPE_CHECKING:
    from directory.models import User
    from escalation.models import Casus

__all__ = [
    "ALLOWED_IN",
    "CASE_ROLES",
    "GEMEENTE_ROLES",
    "GENERAL",
    "OPEN_OVERLEG",
    "REGISTRANTS",
    "TABLE",
    "Relation",
    "blocks_of",
    "current_involvements",
    "general_reason_denied",
    "in_reach",
    "may",
    "may_now",
    "open_admission",
    "organisation_for",
    "pending_transfer",
    "readable",
    "reads_in_part",
    "reads_through",
    "reason_denied",
    "received",
    "relations",
    "restriction_words",
    "visible",
    "visible_attachments",
    "visible_tombstones",
]


def may(user: User, casus: Casus, action: str) -> str | None:
    """May this user do this at all? The reason if not (decisions.md, Roles)."""
    if TABLE[action] & relations(user, casus):
        return None
    who = sorted({Role(role).label for role, _ in TABLE[action]})
    return f"Dit doet de {' of de '.join(who)}. U heeft die rol niet bij deze casus."


def may_now(casus: Casus, action: str) -> str | None:
    """Does the state of the casus allow this? The reason if not."""
    if casus.restricted_at is not None and action not in WHILE_RESTRICTED:
        return f"De verwerking van deze casus is beperkt. {restriction_words(casus)}"
    if action in CASUS_FLOW.transitions:
        reason = CASUS_FLOW.reason_denied(action, casus)
    else:
        reason = _status_denies(casus, action)
    return reason or _responsibility_denies(casus, action) or _keeping_denies(casus, action)


def _status_denies(casus: Casus, action: str) -> str | None:
    if action in WHILE_OPEN:
        if casus.is_draft:
            return "Dit is nog een concept. Registreer de casus eerst."
        if casus.is_closed:
            return "De casus is afgesloten. Heropen de casus eerst."
    if action == "propose_transfer" and casus.status in AT_TREDE_3:
        return (
            "De casus is bij trede 3. Het coördinatiepunt werkt dan met deze gemeente. Een andere "
            "gemeente kan de casus daarna overnemen."
        )
    allowed = ALLOWED_IN.get(action)
    if allowed is not None and casus.status not in allowed:
        labels = " of ".join(f"‘{CasusStatus(status).label}’" for status in allowed)
        return f"Dit kan alleen als de status {labels} is."
    return None


def restriction_words(casus: Casus) -> str:
    """Why nobody may change this casus now. Asked once, however many buttons a page has."""
    if not hasattr(casus, "known_restriction"):
        reasons = casus.restrictions.filter(lifted_at=None).values_list("reason", flat=True)
        casus.known_restriction = reasons.first()  # type: ignore[attr-defined]
    kept: str | None = casus.known_restriction  # type: ignore[attr-defined]
    reason = f" Reden: {Truncator(kept).chars(300)}" if kept else ""
    return f"U kunt hem alleen lezen.{reason}"


def _keeping_denies(casus: Casus, action: str) -> str | None:
    """What the resident's rights and the keeping of the casus have to say about `action`."""
    from escalation.permissions.keeping import destruction_denies

    if action == "lift_restriction" and casus.restricted_at is None:
        return "De verwerking van deze casus is niet beperkt."
    if action in OF_REGISTERED:
        if casus.is_draft:
            return "Dit is nog een concept. Registreer de casus eerst."
        if casus.status == CasusStatus.DISCARDED:
            return "Dit concept is verwijderd. Er staat niets meer in."
    return destruction_denies(casus, action)


def _responsibility_denies(casus: Casus, action: str) -> str | None:
    """What a transfer that waits, or an admission that lasts, has to say about `action`."""
    if action in NOT_WHILE_OFFERED and (offered := pending_transfer(casus)):
        return (
            f"De gemeente {offered.to_gemeente} moet nog antwoorden op een overdracht. "
            "Wacht op het antwoord, of trek de overdracht in."
        )
    if action in ("withdraw_transfer", "answer_transfer") and pending_transfer(casus) is None:
        return "Er is geen overdracht die op antwoord wacht."
    if action == "record_admission" and open_admission(casus) is not None:
        return "De inwoner is al opgenomen. Leg eerst het einde van die opname vast."
    if action == "end_admission" and open_admission(casus) is None:
        return "De inwoner is nu niet opgenomen."
    return None


def reason_denied(user: User, casus: Casus, action: str) -> str | None:
    """Why `user` cannot do `action` on `casus` now, in Dutch; None when it can."""
    return may(user, casus, action) or may_now(casus, action)


def general_reason_denied(user: User, action: str) -> str | None:
    """Why `user` cannot do an action that has no casus (yet)."""
    if GENERAL[action] & user.roles:
        return None
    who = sorted(Role(role).label for role in GENERAL[action])
    return f"Dit is voor de {' of de '.join(who)}. U heeft die rol niet."
