"""Who may see a casus and who may do what with it, as one table.

A person stands in a *relation* to a casus through each membership. The table says which role in
which relation may do what; everything else is refused with a reason. What the state of the casus
allows is another question: `workflow`. `reason_denied` asks both.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.text import Truncator

from directory.models import Role
from escalation.blocks import ALL, NONE, Block, Blocks, having
from escalation.workflow import CASUS_FLOW, CasusStatus

if TYPE_CHECKING:
    from directory.models import User
    from escalation.models import Admission, Casus, Involvement, Transfer
    from escalation.models.attachment import AttachmentQuerySet
    from escalation.models.casus import CasusQuerySet
    from escalation.models.retention import DestructionQuerySet
    from escalation.models.transfer import TransferQuerySet


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
    "export_dossier": _gemeente | _overseer,
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
_UNREGISTERED = (CasusStatus.DRAFT, CasusStatus.DISCARDED)
_REGISTERED = tuple(status for status in CasusStatus.values if status not in _UNREGISTERED)
_TRANSFERABLE = (CasusStatus.ACTIVE, CasusStatus.NOMINATED)
_AT_TREDE_3 = (
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
_WHILE_OPEN = (
    "offer_client_support",
    "add_note",
    "add_attachment",
    "involve",
    "change_involvement",
    "record_admission",
    "end_admission",
)
_OF_REGISTERED = ("keep_longer", "restrict", "correct_text", "export_dossier")
# What stays possible while the use of a casus is restricted (see `Restriction`): to look, and what
# the resident asks next.
_WHILE_RESTRICTED = frozenset(
    {
        "view",
        "view_access_log",
        "keep_longer",
        "view_rights",
        "lift_restriction",
        "export_dossier",
    }
)
# A casus that was offered to another gemeente stays as it was offered (see `Transfer`).
_NOT_WHILE_OFFERED = ("submit", "close", "propose_transfer")


def relations(user: User, casus: Casus) -> set[tuple[str, Relation]]:
    """Every (role, relation) in which `user` stands to `casus` now.

    A draft belongs to the people of the registering organisation alone; the coördinator comes in
    from the moment that a casus is submitted to trede 3. The gemeente that is asked to take the
    casus over is receiving: that alone lets it read nothing of the dossier. While its use is
    restricted, only the responsible gemeente, the coördinator and the privacy officer are left.
    """
    found: set[tuple[str, Relation]] = set()
    if casus.destroyed_at is not None:
        return found
    is_draft = casus.status in _UNREGISTERED
    restricted = casus.restricted_at is not None
    involved = None
    for membership in user.active_memberships:
        role, organisation = membership.role, membership.organisation_id
        is_own = not restricted or organisation == casus.gemeente_id
        if organisation == casus.registered_by_id and is_own:
            found.add((role, Relation.REGISTERING))
        if is_draft:
            continue
        if organisation == casus.gemeente_id:
            found.add((role, Relation.RESPONSIBLE))
        elif role in GEMEENTE_ROLES:
            offered = pending_transfer(casus)
            if offered is not None and offered.to_gemeente_id == organisation:
                found.add((role, Relation.RECEIVING))
        if role == Role.COORDINATOR and casus.first_submitted_at is not None:
            found.add((role, Relation.COORDINATING))
        if role == Role.PRIVACY_OFFICER:
            found.add((role, Relation.OVERSEEING))
        if role in CASE_ROLES and not restricted:
            if involved is None:
                involved = _involved_now(casus)
            if organisation in involved:
                found.add((role, Relation.INVOLVED))
    return found


def _involved_now(casus: Casus) -> set[int]:
    """The organisations the casus is shared with now. A page loads them along with the casus, so
    that asking about twenty buttons does not ask the database twenty times."""
    return {one.organisation_id for one in current_involvements(casus)}


def current_involvements(casus: Casus) -> list[Involvement]:
    """With whom the casus is shared today, and which blocks of it."""
    known = getattr(casus, "known_involvements", None)
    if known is not None:
        return [one for one in known if one.is_current]
    return list(casus.involvements.current())


def blocks_of(user: User, casus: Casus) -> Blocks:
    """The blocks of the dossier that `user` reads now (O-09); none for who does not see the casus.

    Who reads it as registering or responsible organisation or as coördinator reads all of it. Who
    is involved reads what was shared with the own organisation, with two of those both together.
    """
    if _reading(user, casus) - {Relation.INVOLVED}:
        return ALL
    return NONE.union(*(one.shares for one in reads_through(user, casus)))


def reads_through(user: User, casus: Casus) -> list[Involvement]:
    """What was shared with the organisations of `user`, for who reads the casus by that alone."""
    if _reading(user, casus) != {Relation.INVOLVED}:
        return []
    mine = user.organisation_ids(*CASE_ROLES)
    return [one for one in current_involvements(casus) if one.organisation_id in mine]


def _reading(user: User, casus: Casus) -> set[Relation]:
    return {relation for _, relation in TABLE["view"] & relations(user, casus)}


def pending_transfer(casus: Casus) -> Transfer | None:
    """The transfer that waits for an answer; a page loads it along with the casus."""
    if hasattr(casus, "known_transfer"):
        known: Transfer | None = casus.known_transfer
        return known
    return casus.transfers.pending().first()


def open_admission(casus: Casus) -> Admission | None:
    """The clinical admission that lasts; a page loads it along with the casus."""
    if hasattr(casus, "known_admission"):
        known: Admission | None = casus.known_admission
        return known
    return casus.admissions.filter(until=None).first()


def received(queryset: TransferQuerySet, user: User) -> TransferQuerySet:
    """`queryset` narrowed to what was offered to a gemeente of `user`, answered or not."""
    return queryset.filter(to_gemeente__in=user.organisation_ids(*GEMEENTE_ROLES))


def visible(queryset: CasusQuerySet, user: User, needed: Blocks = NONE) -> CasusQuerySet:
    """`queryset` narrowed to what `user` may read, and of which `user` sees all blocks `needed`: a
    search in a text asks for the blocks of that text. Agrees with `TABLE["view"]` and `blocks_of`,
    held by a test."""
    return queryset.filter(readable(user, needed))


def readable(user: User, needed: Blocks = NONE) -> Q:
    """What `visible` asks, as a condition on a casus."""
    from escalation.models import Involvement

    mine = user.organisation_ids(*CASE_ROLES)
    free = Q(restricted_at=None)
    allowed = Q(registered_by__in=user.organisation_ids(*REGISTRANTS)) & free
    if mine:
        # Not Exists: the database reads this list once instead of asking again for every casus.
        shared = Involvement.objects.current().filter(organisation__in=mine)
        involved = Q(pk__in=shared.values("casus"))
        for block in needed:
            involved &= Q(pk__in=shared.filter(blocks__in=having(block)).values("casus"))
        allowed |= ~Q(status__in=_UNREGISTERED) & (Q(gemeente__in=mine) | (involved & free))
    if Role.COORDINATOR in user.roles:
        allowed |= Q(first_submitted_at__isnull=False)
    return allowed & Q(destroyed_at=None)


def reads_in_part(user: User) -> bool:
    """Whether any casus is shared with `user` in blocks, so that a search must ask for those."""
    from escalation.models import Involvement

    mine = user.organisation_ids(*CASE_ROLES)
    return bool(mine) and Involvement.objects.current().filter(organisation__in=mine).exists()


def visible_attachments(queryset: AttachmentQuerySet, user: User) -> AttachmentQuerySet:
    """`queryset` narrowed to what `user` may see: of a casus of which this person reads the block
    of the attachment, and for everybody there, or of the own organisation, or seen by the
    coördinator."""
    from escalation.models import Casus

    shared = Q()
    for block in Block:
        seen = visible(Casus.objects.all(), user, frozenset({block}))
        shared |= Q(block=block, casus__in=seen)
    allowed = Q(audience="readers") | Q(organisation__in=user.organisation_ids(*CASE_ROLES))
    if Role.COORDINATOR in user.roles:
        allowed |= Q(casus__first_submitted_at__isnull=False)
    return queryset.filter(shared, allowed)


def in_reach(queryset: DestructionQuerySet, user: User) -> DestructionQuerySet:
    """`queryset` narrowed to the casussen of who decides about their destruction."""
    return queryset.filter(_reach(user))


def visible_tombstones(queryset: DestructionQuerySet, user: User) -> DestructionQuerySet:
    """The tombstones for who could see the casus until it was destroyed, and the privacy
    officer. Whoever it was shared with is gone with the casus."""
    mine = Q(gemeente__in=user.organisation_ids(*CASE_ROLES))
    mine |= Q(registered_by__in=user.organisation_ids(*REGISTRANTS))
    return queryset.tombstones().filter(mine | _reach(user))


def _reach(user: User) -> Q:
    reach = Q(gemeente__in=user.organisation_ids(*GEMEENTE_ROLES))
    if Role.COORDINATOR in user.roles:
        reach |= Q(was_submitted=True)
    if Role.PRIVACY_OFFICER in user.roles:
        reach |= Q(pk__isnull=False)
    return reach


def may(user: User, casus: Casus, action: str) -> str | None:
    """May this user do this at all? The reason if not (decisions.md, Roles)."""
    if TABLE[action] & relations(user, casus):
        return None
    who = sorted({Role(role).label for role, _ in TABLE[action]})
    return f"Dit doet de {' of de '.join(who)}. U heeft die rol niet bij deze casus."


def may_now(casus: Casus, action: str) -> str | None:
    """Does the state of the casus allow this? The reason if not."""
    if casus.restricted_at is not None and action not in _WHILE_RESTRICTED:
        return f"De verwerking van deze casus is beperkt. {restriction_words(casus)}"
    if action in CASUS_FLOW.transitions:
        reason = CASUS_FLOW.reason_denied(action, casus)
    else:
        reason = _status_denies(casus, action)
    return reason or _responsibility_denies(casus, action) or _keeping_denies(casus, action)


def _status_denies(casus: Casus, action: str) -> str | None:
    if action in _WHILE_OPEN:
        if casus.is_draft:
            return "Dit is nog een concept. Registreer de casus eerst."
        if casus.is_closed:
            return "De casus is afgesloten. Heropen de casus eerst."
    if action == "propose_transfer" and casus.status in _AT_TREDE_3:
        return (
            "De casus is bij trede 3. Het coördinatiepunt werkt dan met deze gemeente. Een andere "
            "gemeente kan de casus daarna overnemen."
        )
    allowed = ALLOWED_IN.get(action)
    if allowed is not None and casus.status not in allowed:
        labels = " of ".join(f"‘{CasusStatus(status).label}’" for status in allowed)
        return f"Dit kan alleen als de status {labels} is."
    return None


def restriction_words(casus: Casus) -> str:
    """Why nobody may change this casus now. Asked once, however many buttons a page has."""
    if not hasattr(casus, "known_restriction"):
        reasons = casus.restrictions.filter(lifted_at=None).values_list("reason", flat=True)
        casus.known_restriction = reasons.first()  # type: ignore[attr-defined]
    kept: str | None = casus.known_restriction  # type: ignore[attr-defined]
    reason = f" Reden: {Truncator(kept).chars(300)}" if kept else ""
    return f"U kunt hem alleen lezen.{reason}"


def _keeping_denies(casus: Casus, action: str) -> str | None:
    """What the resident's rights and the keeping of the casus have to say about `action`."""
    from escalation.retention import destruction_denies

    if action == "lift_restriction" and casus.restricted_at is None:
        return "De verwerking van deze casus is niet beperkt."
    if action in _OF_REGISTERED and casus.is_draft:
        return "Dit is nog een concept. Registreer de casus eerst."
    return destruction_denies(casus, action)


def _responsibility_denies(casus: Casus, action: str) -> str | None:
    """What a transfer that waits, or an admission that lasts, has to say about `action`."""
    if action in _NOT_WHILE_OFFERED and (offered := pending_transfer(casus)):
        return (
            f"De gemeente {offered.to_gemeente} moet nog antwoorden op een overdracht. "
            "Wacht op het antwoord, of trek de overdracht in."
        )
    if action in ("withdraw_transfer", "answer_transfer") and pending_transfer(casus) is None:
        return "Er is geen overdracht die op antwoord wacht."
    if action == "record_admission" and open_admission(casus) is not None:
        return "De inwoner is al opgenomen. Leg eerst het einde van die opname vast."
    if action == "end_admission" and open_admission(casus) is None:
        return "De inwoner is nu niet opgenomen."
    return None


def reason_denied(user: User, casus: Casus, action: str) -> str | None:
    """Why `user` cannot do `action` on `casus` now, in Dutch; None when it can."""
    return may(user, casus, action) or may_now(casus, action)


def general_reason_denied(user: User, action: str) -> str | None:
    """Why `user` cannot do an action that has no casus (yet)."""
    if GENERAL[action] & user.roles:
        return None
    who = sorted(Role(role).label for role in GENERAL[action])
    return f"Dit is voor de {' of de '.join(who)}. U heeft die rol niet."
