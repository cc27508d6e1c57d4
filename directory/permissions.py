"""Who manages people, mail, agreements and college decisions: rights that have no casus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.models import Role

if TYPE_CHECKING:
    from directory.models import Membership, User

TABLE: dict[str, frozenset[Role]] = {
    "manage_people": frozenset({Role.ADMIN}),
    "retry_mail": frozenset({Role.ADMIN}),
    "review_memberships": frozenset({Role.ADMIN}),
    "change_procesafspraak": frozenset({Role.COORDINATOR}),
    "change_college_decision": frozenset({Role.COORDINATOR}),
    "change_covenant": frozenset({Role.COORDINATOR}),
    # Everybody with a role reads what the region agreed; the terms bind them all.
    "view_procesafspraken": frozenset(Role),
    # Keeping the overview true (O-13); of which tafel or gemeente is for directory.upkeep to say.
    "propose_tafel": frozenset({Role.TAFEL_CONTACT, Role.THEMAGROEP}),
    "check_proposal": frozenset({Role.TAFEL_CONTACT, Role.THEMAGROEP}),
    "confirm_tafel": frozenset({Role.TAFEL_CONTACT, Role.THEMAGROEP}),
    "change_entrances": frozenset({Role.GEMEENTE, Role.PROCESMANAGER}),
    "see_proposal": frozenset(
        {Role.TAFEL_CONTACT, Role.THEMAGROEP, Role.GEMEENTE, Role.PROCESMANAGER}
    ),
    "view_upkeep": frozenset({Role.THEMAGROEP}),
    # Whether the overview helps (E-174): asked by the themagroep, read where the region learns.
    "view_evaluation": frozenset({Role.THEMAGROEP, Role.COORDINATOR, Role.PORTEFEUILLEHOUDER}),
    "run_evaluation": frozenset({Role.THEMAGROEP}),
    # What people say that does not work (E-175): read where the region learns (E-156, E-176), and
    # handled by the themagroep only.
    "view_signalen": frozenset({Role.THEMAGROEP, Role.COORDINATOR, Role.PORTEFEUILLEHOUDER}),
    "handle_signaal": frozenset({Role.THEMAGROEP}),
}


def reason_to_keep(by: User, membership: Membership) -> str | None:
    """Why `by` cannot end this membership, in Dutch; None when it can. Somebody must be left to
    let people in."""
    if membership.user_id == by.pk and membership.role == Role.ADMIN:
        return "U kunt uw eigen rol als functioneel beheerder niet stoppen."
    return None


def reason_to_stay_open(by: User, user: User) -> str | None:
    """Why `by` cannot shut or open this account, in Dutch; None when it can."""
    return "U kunt uw eigen account niet afsluiten." if user.pk == by.pk else None


def reason_denied(user: User, action: str) -> str | None:
    """Why `user` cannot do `action`, in Dutch; None when it can."""
    if TABLE[action] & user.roles:
        return None
    who = " of de ".join(sorted(role.label for role in TABLE[action]))
    return f"Dit is voor de {who}. U heeft die rol niet."
