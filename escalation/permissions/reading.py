"""What somebody may read, as a condition for the database: `visible_to` of every queryset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from directory.models import Role
from escalation.blocks import NONE, Block, Blocks, having
from escalation.permissions.table import CASE_ROLES, GEMEENTE_ROLES, REGISTRANTS, UNREGISTERED

if TYPE_CHECKING:
    from directory.models import User
    from escalation.models.attachment import AttachmentQuerySet
    from escalation.models.casus import CasusQuerySet
    from escalation.models.retention import DestructionQuerySet
    from escalation.models.transfer import TransferQuerySet


def received(queryset: TransferQuerySet, user: User) -> TransferQuerySet:
    """`queryset` narrowed to what was offered to a gemeente of `user`, answered or not; not of a
    casus while its use is restricted."""
    mine = user.organisation_ids(*GEMEENTE_ROLES)
    return queryset.filter(to_gemeente__in=mine, casus__restricted_at=None)


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
    allowed = Q(carried_by__in=user.organisation_ids(*REGISTRANTS)) & free
    if mine:
        # Not Exists: the database reads this list once instead of asking again for every casus.
        shared = Involvement.objects.current().filter(organisation__in=mine)
        involved = Q(pk__in=shared.values("casus"))
        for block in needed:
            involved &= Q(pk__in=shared.filter(blocks__in=having(block)).values("casus"))
        allowed |= ~Q(status__in=UNREGISTERED) & (Q(gemeente__in=mine) | (involved & free))
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
    mine |= Q(carried_by__in=user.organisation_ids(*REGISTRANTS))
    return queryset.tombstones().filter(mine | _reach(user))


def _reach(user: User) -> Q:
    reach = Q(gemeente__in=user.organisation_ids(*GEMEENTE_ROLES))
    if Role.COORDINATOR in user.roles:
        reach |= Q(was_submitted=True)
    if Role.PRIVACY_OFFICER in user.roles:
        reach |= Q(pk__isnull=False)
    return reach
