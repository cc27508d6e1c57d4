"""Which role may do what with what the region learns: a table without a model."""

from __future__ import annotations

from directory.models import Role

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
    "correct_lesson": _ORGANISERS | {Role.PORTEFEUILLEHOUDER},
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
