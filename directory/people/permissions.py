"""Who may get which role, and whose role and whose account somebody may end (O-12)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from directory.models import Invitation, Membership, Organisation, User
from directory.permissions import reason_denied
from directory.reading.roles import offered
from directory.roles import Role


def reason_to_keep(by: User, membership: Membership) -> str | None:
    """Why `by` cannot end this membership, in Dutch; None when it can. Somebody must be left to
    let people in."""
    if membership.user_id == by.pk and membership.role == Role.ADMIN:
        return "U kunt uw eigen rol als functioneel beheerder niet stoppen."
    return None


def reason_to_stay_open(by: User, user: User) -> str | None:
    """Why `by` cannot shut or open this account, in Dutch; None when it can."""
    return "U kunt uw eigen account niet afsluiten." if user.pk == by.pk else None


def reason_not_here(role: str, organisation: Organisation) -> str | None:
    """Why nobody can have this role at this organisation, in Dutch; None when somebody can."""
    if role in offered(organisation):
        return None
    return f"De rol ‘{Role(role).label}’ hoort niet bij {organisation}. Kies een andere rol."


def reason_not_to_give(by: User | None, address: str) -> str | None:
    """Why `by` cannot give a role to who has this address, in Dutch; None when it can. Nobody
    gives a role to themselves; None is who works at the command line."""
    if by is not None and by.email == address:
        return "U kunt uzelf geen rol geven. Vraag een andere functioneel beheerder."
    return None


def may_agree(role: str) -> QuerySet[User]:
    """The people of whom one must agree before somebody gets this heavy role: who has it, and the
    functionaris gegevensbescherming."""
    having = Membership.objects.filter(role__in={role, Role.PRIVACY_OFFICER}, ended_at=None)
    return User.objects.filter(is_active=True, pk__in=having.values("user"))


def reason_not_to_agree(by: User, invitation: Invitation) -> str | None:
    """Why `by` cannot agree to this heavy role, in Dutch; None when it can."""
    if reason := reason_denied(by, "agree_to_role"):
        return reason
    if invitation.invited_by_id == by.pk:
        return "U nodigde deze persoon zelf uit. Een ander moet akkoord gaan."
    if invitation.email == by.email:
        return "Dit gaat over uzelf. Een ander moet akkoord gaan."
    if not by.roles & {invitation.role, Role.PRIVACY_OFFICER}:
        role = invitation.get_role_display()
        return f"Alleen een {role} of een functionaris gegevensbescherming kan akkoord gaan."
    return None


def reason_nobody_agrees(by: User, role: str, address: str) -> str | None:
    """Why this heavy role cannot be given now, in Dutch: there is nobody to agree."""
    if may_agree(role).exclude(Q(pk=by.pk) | Q(email=address)).exists():
        return None
    return (
        f"Voor de rol ‘{Role(role).label}’ moet een tweede persoon akkoord gaan, en die is er nog "
        "niet. Vraag uw technisch beheerder om eerst een functionaris gegevensbescherming uit te "
        "nodigen."
    )
