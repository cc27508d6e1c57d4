"""In which relations somebody stands to a casus, and which blocks of it that person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.models import Role
from escalation.blocks import ALL, NONE, Blocks
from escalation.permissions.circumstances import Circumstances
from escalation.roles import CASE_ROLES, GEMEENTE_ROLES, READERS, Relation
from escalation.workflow import UNREGISTERED

if TYPE_CHECKING:
    from directory.models import User
    from escalation.models import Casus, Involvement

Relations = frozenset[tuple[str, Relation]]


def relations(user: User, casus: Casus) -> Relations:
    """Every (role, relation) in which `user` stands to `casus` now."""
    return relations_in(Circumstances(casus), user)


def relations_in(now: Circumstances, user: User) -> Relations:
    """The same, with what stands around the casus.

    A draft belongs to the people of the registering organisation alone; the coördinator comes in
    from the moment that a casus is submitted to trede 3. The gemeente that is asked to take the
    casus over is receiving: that alone lets it read nothing of the dossier. While its use is
    restricted, only the responsible gemeente, the coördinator and the privacy officer are left.
    """
    found: set[tuple[str, Relation]] = set()
    casus = now.casus
    if casus.destroyed_at is not None:
        return frozenset()
    is_draft = casus.status in UNREGISTERED
    restricted = casus.restricted_at is not None
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
            offered = now.transfer
            if offered is not None and offered.to_gemeente_id == organisation:
                found.add((role, Relation.RECEIVING))
        if role == Role.COORDINATOR and casus.first_submitted_at is not None:
            found.add((role, Relation.COORDINATING))
        if role == Role.PRIVACY_OFFICER:
            found.add((role, Relation.OVERSEEING))
        if role in CASE_ROLES and not restricted and _is_shared(now, organisation):
            found.add((role, Relation.INVOLVED))
    return frozenset(found)


def _is_shared(now: Circumstances, organisation_id: int) -> bool:
    return any(one.organisation_id == organisation_id for one in now.shared)


def blocks_of(user: User, casus: Casus) -> Blocks:
    """The blocks of the dossier that `user` reads now (O-09); none for who does not see the casus.

    Who reads it as registering or responsible organisation or as coördinator reads all of it. Who
    is involved reads what was shared with the own organisation, with two of those both together.
    """
    now = Circumstances(casus)
    return blocks_in(now, user, relations_in(now, user))


def blocks_in(now: Circumstances, user: User, standing: Relations) -> Blocks:
    """The same, for who is known to stand in these relations."""
    if _reading(standing) - {Relation.INVOLVED}:
        return ALL
    return NONE.union(*(one.shares for one in shared_with(now, user, standing)))


def shared_with(now: Circumstances, user: User, standing: Relations) -> list[Involvement]:
    """What was shared with the organisations of `user`, for who reads the casus by that alone."""
    if _reading(standing) != {Relation.INVOLVED}:
        return []
    mine = user.organisation_ids(*CASE_ROLES)
    return [one for one in now.shared if one.organisation_id in mine]


def _reading(standing: Relations) -> set[Relation]:
    return {relation for _, relation in READERS & standing}


# --- What stands in the way: guards of an action ------------------------------------------------


def still_offered(now: Circumstances) -> str | None:
    if offered := now.transfer:
        return (
            f"De gemeente {offered.to_gemeente} moet nog antwoorden op een overdracht. "
            "Wacht op het antwoord, of trek de overdracht in."
        )
    return None


def nothing_offered(now: Circumstances) -> str | None:
    if now.transfer is None:
        return "Er is geen overdracht die op antwoord wacht."
    return None


def already_admitted(now: Circumstances) -> str | None:
    if now.admission is not None:
        return "De inwoner is al opgenomen. Leg eerst het einde van die opname vast."
    return None


def not_admitted(now: Circumstances) -> str | None:
    return "De inwoner is nu niet opgenomen." if now.admission is None else None
