"""Finding a casus for the privacy officer, who oversees it and never sees the dossier itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from directory.models import Role
from escalation.models import Casus
from escalation.permissions import Standing, standing_of
from escalation.roles import GEMEENTE_ROLES

if TYPE_CHECKING:
    from directory.models import User


def overseen(user: User, code: str) -> Standing | None:
    """Before the casus with this code of which this person watches over the rights without seeing
    it."""
    if Role.PRIVACY_OFFICER not in user.roles:
        return None
    casus = Casus.objects.with_parties().filter(code=code).first()
    if casus is None:
        return None
    standing = standing_of(user, casus)
    if standing.may("view") is None or standing.may("view_rights"):
        return None
    return standing


def in_care_of(user: User) -> Q:
    """For a queryset of casussen: those whose keeping this person watches over. Agrees with
    `ACTIONS["view_rights"].who`, held by a test."""
    watched = Q(gemeente__in=user.organisation_ids(*GEMEENTE_ROLES))
    if Role.COORDINATOR in user.roles:
        watched |= Q(first_submitted_at__isnull=False)
    if Role.PRIVACY_OFFICER in user.roles:
        watched |= Q(registered_at__isnull=False)
    return watched & Q(registered_at__isnull=False, destroyed_at=None)
