"""In which relations somebody stands to a casus, and which blocks of it that person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.models import Role
from escalation.blocks import ALL, NONE, Blocks
from escalation.roles import CASE_ROLES, GEMEENTE_ROLES, READERS, Relation
from escalation.workflow import UNREGISTERED

if TYPE_CHECKING:
    from directory.models import User
    from escalation.models import Admission, Casus, Involvement, Transfer


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
    is_draft = casus.status in UNREGISTERED
    restricted = casus.restricted_at is not None
    involved = None
    for membership in user.active_memberships:
        role, organisation = membership.role, membership.organisation_id
        is_own = not restricted or organisation == casus.gemeente_id
        if organisation == casus.carried_by_id and is_own:
            found.add((role, Relation.REGISTERING))
        if is_draft:
            continue
        if organisation == casus.gemeente_id:
            found.add((role, Relation.RESPONSIBLE))
        elif role in GEMEENTE_ROLES and not restricted:
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
    return {relation for _, relation in READERS & relations(user, casus)}


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


# --- What stands in the way: guards of an action ------------------------------------------------


def still_offered(casus: Casus) -> str | None:
    if offered := pending_transfer(casus):
        return (
            f"De gemeente {offered.to_gemeente} moet nog antwoorden op een overdracht. "
            "Wacht op het antwoord, of trek de overdracht in."
        )
    return None


def nothing_offered(casus: Casus) -> str | None:
    if pending_transfer(casus) is None:
        return "Er is geen overdracht die op antwoord wacht."
    return None


def already_admitted(casus: Casus) -> str | None:
    if open_admission(casus) is not None:
        return "De inwoner is al opgenomen. Leg eerst het einde van die opname vast."
    return None


def not_admitted(casus: Casus) -> str | None:
    return "De inwoner is nu niet opgenomen." if open_admission(casus) is None else None
