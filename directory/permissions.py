"""Who may do what has no casus: the table of `directory.roles`, and for which page (O-13).

A tafel is kept by its contact, who is a tafelcontact of the organisation that leads it, and by the
themagroep (E-176). A gemeente keeps its own local entrances (E-045).
"""

from __future__ import annotations

from directory.models import Gemeente, Tafel, User
from directory.roles import TABLE, Role
from rdm.lib.refusal import forbid


def reason_denied(user: User, action: str) -> str | None:
    """Why `user` cannot do `action`, in Dutch; None when it can."""
    if TABLE[action] & user.roles:
        return None
    who = " of de ".join(sorted(role.label for role in TABLE[action]))
    return f"Dit is voor de {who}. U heeft die rol niet."


_ONLY_ITS_OWN = {
    "propose_tafel": "Alleen de contactpersoon van deze tafel of de themagroep stelt iets voor.",
    "confirm_tafel": "Alleen de contactpersoon van deze tafel of de themagroep bevestigt haar.",
    "check_proposal": "Alleen een contactpersoon van deze tafel of de themagroep kijkt dit na.",
}


def is_contact(user: User, tafel: Tafel) -> bool:
    """Whether this person is a contact of the tafel."""
    return tafel.led_by_id in user.organisation_ids(Role.TAFEL_CONTACT)


def reason_denied_tafel(user: User, action: str, tafel: Tafel) -> str | None:
    """Why `user` cannot do `action` for this tafel, in Dutch; None when it can."""
    if reason := reason_denied(user, action):
        return reason
    if Role.THEMAGROEP in user.roles or is_contact(user, tafel):
        return None
    return _ONLY_ITS_OWN[action]


def reason_denied_gemeente(user: User, gemeente: Gemeente) -> str | None:
    """Why `user` cannot change the entrances of this gemeente, in Dutch; None when it can."""
    if reason := reason_denied(user, "change_entrances"):
        return reason
    if gemeente.pk in user.organisation_ids(*TABLE["change_entrances"]):
        return None
    return f"Alleen de gemeente {gemeente} zelf houdt deze gegevens bij."


def require(by: User, action: str) -> None:
    """Raise Forbidden, with the reason, when `by` cannot do `action`."""
    forbid(reason_denied(by, action))
