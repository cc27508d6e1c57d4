"""Who keeps which page true (O-13): the rights of permissions.TABLE for one tafel or gemeente.

A tafel is kept by its contact, who is a tafelcontact of the organisation that leads it, and by the
themagroep (E-176). A gemeente keeps its own local entrances (E-045).
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from directory.models import Gemeente, Proposal, Role, Tafel, User
from directory.permissions import TABLE, reason_denied

_ONLY_ITS_OWN = {
    "propose_tafel": "Alleen de contactpersoon van deze tafel of de themagroep stelt iets voor.",
    "confirm_tafel": "Alleen de contactpersoon van deze tafel of de themagroep bevestigt haar.",
    "check_proposal": "Alleen een contactpersoon van deze tafel of de themagroep kijkt dit na.",
}
NOT_YOURS_ALONE = (
    "U hebt dit zelf voorgesteld. Een andere contactpersoon van deze tafel, of de themagroep, "
    "kijkt het na."
)


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


def visible_proposals(user: User) -> QuerySet[Proposal]:
    """The proposals this person may read: their own, and those about pages they keep."""
    if Role.THEMAGROEP in user.roles:
        ours = Q(tafel__isnull=False)
    else:
        ours = Q(tafel__led_by__in=user.organisation_ids(Role.TAFEL_CONTACT))
    ours |= Q(gemeente__in=user.organisation_ids(*TABLE["change_entrances"]))
    return (
        Proposal.objects.filter(ours | Q(proposed_by=user.pk))
        .select_related("tafel__led_by", "gemeente__organisation")
        .order_by("-proposed_at", "-pk")
    )


def public_name(user: User, subject: Tafel | Gemeente) -> str:
    """Who `user` is on a public page: a function and an organisation, never a name."""
    if isinstance(subject, Gemeente):
        return f"de gemeente {subject}"
    if is_contact(user, subject):
        return f"de contactpersoon van de tafel bij {subject.led_by}"
    return "de themagroep"


def contacts_of(tafel: Tafel) -> QuerySet[User]:
    """The people with an account who are contact of the tafel."""
    return _people(memberships__role=Role.TAFEL_CONTACT, memberships__organisation=tafel.led_by_id)


def themagroep() -> QuerySet[User]:
    """The people of the themagroep."""
    return _people(memberships__role=Role.THEMAGROEP)


def _people(**role: Any) -> QuerySet[User]:
    # In one filter, so that it is about one and the same membership.
    found = User.objects.filter(is_active=True, memberships__ended_at=None, **role)
    return found.distinct().order_by("pk")
