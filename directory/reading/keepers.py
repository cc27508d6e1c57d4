"""Who keeps the page of a tafel or a gemeente true, and where they can be reached (O-13)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from directory.models import Gemeente, Role, Tafel, User
from directory.permissions import is_contact


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


def address_of(tafel: Tafel) -> str:
    """The functional address of a tafel, or of the organisation that leads it; may be empty."""
    return tafel.contact_email or (tafel.led_by.email if tafel.led_by else "")
