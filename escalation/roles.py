"""Who may stand in which relation to a casus: the words of the permission table, without a model.

The rows themselves, one per action, are in `permissions.table`.
"""

from __future__ import annotations

from enum import StrEnum

from directory.models import Role


class Relation(StrEnum):
    """How the organisation of a membership stands to a casus."""

    REGISTERING = "registering"
    RESPONSIBLE = "responsible"
    INVOLVED = "involved"
    RECEIVING = "receiving"
    COORDINATING = "coordinating"
    OVERSEEING = "overseeing"


Who = frozenset[tuple[Role, Relation]]

CASE_ROLES = (Role.PROCESMANAGER, Role.GEMEENTE, Role.AANMELDER, Role.CLIENT_SUPPORT)
# Who may register, and so sees the drafts of the own organisation.
REGISTRANTS = (Role.PROCESMANAGER, Role.AANMELDER)
# Who works on the casussen of a gemeente.
GEMEENTE_ROLES = (Role.GEMEENTE, Role.PROCESMANAGER)

BY_REGISTRANT: Who = frozenset({(role, Relation.REGISTERING) for role in REGISTRANTS})
BY_GEMEENTE: Who = frozenset({(role, Relation.RESPONSIBLE) for role in GEMEENTE_ROLES})
ON_ROUTE: Who = BY_REGISTRANT | {(Role.PROCESMANAGER, Relation.RESPONSIBLE)}
BY_RECEIVER: Who = frozenset({(role, Relation.RECEIVING) for role in GEMEENTE_ROLES})
BY_COORDINATOR: Who = frozenset({(Role.COORDINATOR, Relation.COORDINATING)})
BY_OVERSEER: Who = frozenset({(Role.PRIVACY_OFFICER, Relation.OVERSEEING)})
READERS: Who = (
    frozenset(
        (role, relation)
        for role in CASE_ROLES
        for relation in (Relation.RESPONSIBLE, Relation.INVOLVED)
    )
    | BY_COORDINATOR
    | BY_REGISTRANT
)

# Actions without a casus of their own.
GENERAL: dict[str, frozenset[Role]] = {
    "start_casus": frozenset(REGISTRANTS),
    "list_casussen": frozenset({*CASE_ROLES, Role.COORDINATOR}),
    "export_casussen": frozenset({*CASE_ROLES, Role.COORDINATOR}),
    "keep_view": frozenset({*CASE_ROLES, Role.COORDINATOR}),
    "coordinate": frozenset({Role.COORDINATOR}),
    "find_access_log": frozenset({Role.COORDINATOR, Role.PRIVACY_OFFICER}),
    # What the log says about people: for the one who oversees, and for nobody else.
    "oversee": frozenset({Role.PRIVACY_OFFICER}),
    "list_retention": frozenset({*GEMEENTE_ROLES, Role.COORDINATOR, Role.PRIVACY_OFFICER}),
}
