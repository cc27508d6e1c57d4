"""Which role in which relation to a casus may do what, and in which statuses it makes sense."""

from __future__ import annotations

from enum import StrEnum

from directory.models import Role
from escalation.workflow import CasusStatus


class Relation(StrEnum):
    """How the organisation of a membership stands to a casus."""

    REGISTERING = "registering"
    RESPONSIBLE = "responsible"
    INVOLVED = "involved"
    RECEIVING = "receiving"
    COORDINATING = "coordinating"
    OVERSEEING = "overseeing"


CASE_ROLES = (Role.PROCESMANAGER, Role.GEMEENTE, Role.AANMELDER, Role.CLIENT_SUPPORT)
# Who may register, and so sees the drafts of the own organisation.
REGISTRANTS = (Role.PROCESMANAGER, Role.AANMELDER)
# Who works on the casussen of a gemeente.
GEMEENTE_ROLES = (Role.GEMEENTE, Role.PROCESMANAGER)

_registrants = frozenset({(role, Relation.REGISTERING) for role in REGISTRANTS})
_route = _registrants | {(Role.PROCESMANAGER, Relation.RESPONSIBLE)}
_gemeente = frozenset(
    {(Role.GEMEENTE, Relation.RESPONSIBLE), (Role.PROCESMANAGER, Relation.RESPONSIBLE)}
)
_transferring = _gemeente | {(Role.PROCESMANAGER, Relation.REGISTERING)}
_coordinator = frozenset({(Role.COORDINATOR, Relation.COORDINATING)})
_overseer = frozenset({(Role.PRIVACY_OFFICER, Relation.OVERSEEING)})
_readers = (
    frozenset(
        (role, relation)
        for role in CASE_ROLES
        for relation in (Relation.RESPONSIBLE, Relation.INVOLVED)
    )
    | _coordinator
    | _registrants
)

# action → the (role, relation) pairs that may do it. No row, no right.
TABLE: dict[str, frozenset[tuple[Role, Relation]]] = {
    "view": _readers,
    "view_access_log": _coordinator | _overseer,
    "edit": _route,
    "register": _registrants,
    "discard": _registrants,
    # A new registration that begins with what is known of this one.
    "copy": _registrants,
    "add_step": _route,
    "change_step": _route | _gemeente,
    "check_instroom": _route,
    "submit_step": _route,
    "not_admit_step": _route,
    "discuss_step": _route,
    "close_step": _route,
    # The submission on paper, for the tafel: everything that it needs to know.
    "export_step": _route | _gemeente,
    "offer_client_support": _route | _gemeente,
    "add_note": _readers,
    "add_attachment": _readers,
    "note_reference": _readers,
    # What somebody else added, only by who carries the casus: see `escalation.attachments`.
    "withdraw_attachment": _readers,
    "correct_note": _readers,
    "log_communication": _readers,
    "involve": _route | _gemeente,
    "change_involvement": _route | _gemeente,
    "end_involvement": _route | _gemeente,
    "propose_transfer": _transferring,
    "withdraw_transfer": _transferring,
    "answer_transfer": frozenset((role, Relation.RECEIVING) for role in GEMEENTE_ROLES),
    "record_admission": _route | _gemeente,
    "end_admission": _route | _gemeente,
    "submit": _route,
    "withdraw": _route,
    "complete": _route,
    "ask_completion": _coordinator,
    "mark_spoed": _coordinator,
    "accept": _coordinator,
    "return_with_advice": _coordinator,
    "plan_overleg": _gemeente | _coordinator,
    "fix_date": _gemeente | _coordinator,
    "cancel_date": _gemeente | _coordinator,
    "stop_overleg": _gemeente | _coordinator,
    "record_overleg": _gemeente | _coordinator,
    "change_afspraak": _gemeente | _coordinator,
    "return_to_region": _gemeente | _coordinator,
    "nominate": _gemeente | _coordinator,
    "record_answer": _gemeente | _coordinator,
    "close": _gemeente | _route | _coordinator,
    "reopen": _gemeente | _coordinator,
    # How long it is kept, and its end: the second of two is the privacy officer (O-10).
    "propose_destruction": _gemeente | _coordinator,
    "approve_destruction": _overseer,
    "keep_longer": _gemeente | _coordinator | _overseer,
    "release_hold": _gemeente | _coordinator | _overseer,
    # What a resident may ask.
    "view_rights": _gemeente | _coordinator | _overseer,
    "restrict": _gemeente | _overseer,
    "lift_restriction": _gemeente | _overseer,
    "correct_text": _gemeente,
    # Not the privacy officer: nobody reads a whole dossier by role alone.
    "export_dossier": _gemeente,
    # Asked by `learning`, which reports about the overleg of this casus.
    "report_back": frozenset({(Role.GEMEENTE, Relation.RESPONSIBLE)}),
}

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

OPEN_OVERLEG = (CasusStatus.ACCEPTED, CasusStatus.PLANNED)
UNREGISTERED = (CasusStatus.DRAFT, CasusStatus.DISCARDED)
_REGISTERED = tuple(status for status in CasusStatus.values if status not in UNREGISTERED)
_TRANSFERABLE = (CasusStatus.ACTIVE, CasusStatus.NOMINATED)
AT_TREDE_3 = (
    CasusStatus.SUBMITTED,
    CasusStatus.INCOMPLETE,
    CasusStatus.ACCEPTED,
    CasusStatus.PLANNED,
    CasusStatus.HELD,
)
# Actions that are no transition, with the statuses in which they make sense.
ALLOWED_IN: dict[str, tuple[str, ...]] = {
    "edit": (
        CasusStatus.DRAFT,
        CasusStatus.ACTIVE,
        CasusStatus.INCOMPLETE,
    ),
    "add_step": (CasusStatus.ACTIVE,),
    "change_step": (CasusStatus.ACTIVE, CasusStatus.INCOMPLETE),
    "check_instroom": (CasusStatus.ACTIVE, CasusStatus.INCOMPLETE),
    "submit_step": (CasusStatus.ACTIVE,),
    "not_admit_step": (CasusStatus.ACTIVE, CasusStatus.INCOMPLETE),
    "discuss_step": (CasusStatus.ACTIVE, CasusStatus.INCOMPLETE),
    "close_step": (CasusStatus.ACTIVE, CasusStatus.INCOMPLETE),
    "copy": (CasusStatus.DRAFT, *_REGISTERED),
    "export_step": _REGISTERED,
    "plan_overleg": OPEN_OVERLEG,
    "change_afspraak": _REGISTERED,
    "withdraw_attachment": _REGISTERED,
    "note_reference": _REGISTERED,
    # Withdrawn at once, also from a casus that is closed.
    "end_involvement": _REGISTERED,
    "report_back": _REGISTERED,
    # Also afterwards: the resident hears that the casus is closed, and a mistake can be put right.
    "correct_note": _REGISTERED,
    "log_communication": _REGISTERED,
    "propose_transfer": _TRANSFERABLE,
    "withdraw_transfer": _TRANSFERABLE,
    "answer_transfer": _TRANSFERABLE,
}
# What people note about a casus that is registered and not closed.
WHILE_OPEN = (
    "offer_client_support",
    "add_note",
    "add_attachment",
    "involve",
    "change_involvement",
    "record_admission",
    "end_admission",
)
OF_REGISTERED = ("keep_longer", "restrict", "correct_text", "export_dossier")
# What stays possible while the use of a casus is restricted (see `Restriction`): to look, and what
# the resident asks next.
WHILE_RESTRICTED = frozenset(
    {
        "view",
        "view_access_log",
        "keep_longer",
        "view_rights",
        "lift_restriction",
        "export_dossier",
        # Or the other gemeente could not answer, and this one could not take the question back.
        "withdraw_transfer",
    }
)
# A casus that was offered to another gemeente stays as it was offered (see `Transfer`).
NOT_WHILE_OFFERED = ("submit", "close", "propose_transfer")
