"""The roles that somebody may have, and what each may do where no casus is involved."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """What somebody may be, always for one organisation (decisions.md, Roles)."""

    PROCESMANAGER = "procesmanager", "procesmanager"
    GEMEENTE = "gemeente", "gemeente (overleg en terugkoppeling)"
    AANMELDER = "aanmelder", "aanmelder"
    CLIENT_SUPPORT = "clientondersteuner", "cliëntondersteuner"
    TAFEL_CONTACT = "tafelcontact", "contactpersoon van een tafel"
    COORDINATOR = "coordinator", "coördinator"
    PORTEFEUILLEHOUDER = "portefeuillehouder", "portefeuillehouder"
    THEMAGROEP = "themagroep", "themagroep"
    PRIVACY_OFFICER = "privacy_officer", "functionaris gegevensbescherming"
    ADMIN = "beheerder", "functioneel beheerder"


# Who has one of these sees every dossier of trede 3, who looked where, or lets people in. Two
# people give such a role.
HEAVY = frozenset({Role.COORDINATOR, Role.PRIVACY_OFFICER, Role.ADMIN})

TABLE: dict[str, frozenset[Role]] = {
    "manage_people": frozenset({Role.ADMIN}),
    # Of which role, directory.people.permissions says.
    "agree_to_role": HEAVY,
    "view_heavy_roles": HEAVY,
    "watch_log": frozenset({Role.PRIVACY_OFFICER, Role.ADMIN}),
    "retry_mail": frozenset({Role.ADMIN}),
    "watch_health": frozenset({Role.ADMIN}),
    "watch_copies": frozenset({Role.ADMIN}),
    "watch_scanner": frozenset({Role.ADMIN}),
    "review_memberships": frozenset({Role.ADMIN}),
    "change_procesafspraak": frozenset({Role.COORDINATOR}),
    "change_college_decision": frozenset({Role.COORDINATOR}),
    "change_covenant": frozenset({Role.COORDINATOR}),
    # Everybody with a role reads what the region agreed; the terms bind them all.
    "view_procesafspraken": frozenset(Role),
    # Keeping the overview true (O-13); of which tafel or gemeente, directory.permissions says.
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
