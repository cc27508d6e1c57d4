"""What an organisation leaves behind when a casus is no longer shared with it: attachments that
only that organisation (and the coördinatiepunt) could see, and now cannot.

They stay, until whoever shares the casus clears them away unread or the casus is destroyed. Not
withdrawn at once: stopping takes one click and running out takes none, and either would destroy a
record of another organisation that a new sharing gives back, and that the resident may ask for.
Not kept in silence either: what nobody can read any more should not be kept by accident (AVG
art. 5), so who shares the casus sees how many there are and of whom, and nothing else of them.

It is told by what is shared now, so running out by date, and sharing fewer blocks, count alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.blocks import NONE, Block, Blocks
from escalation.models import Attachment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from escalation.models import Casus, Involvement

# Of each attachment that only its organisation can see: that organisation, and its block.
OwnAttachments = list[tuple[int, Block]]


@dataclass(frozen=True)
class LeftBehind:
    """How many attachments one organisation cannot reach; `involvement` is how it last could."""

    involvement: Involvement
    number: int

    @property
    def words(self) -> str:
        """ "2 bijlagen van Hulp, die alleen Hulp kon zien"."""
        of = self.involvement.organisation
        return f"{counted(self.number)} van {of}, die alleen {of} kon zien"


def counted(number: int) -> str:
    """ "1 bijlage" or "2 bijlagen"."""
    return "1 bijlage" if number == 1 else f"{number} bijlagen"


def own_of(involvement: Involvement) -> QuerySet[Attachment]:
    """The attachments that only this organisation can see, whether or not it can now."""
    return own_attachments().filter(
        casus=involvement.casus_id, organisation=involvement.organisation_id
    )


def out_of_reach(involvement: Involvement, blocks: Blocks = NONE) -> list[Attachment]:
    """What this organisation would not reach if it saw only these blocks. Nothing, for one that
    reads the casus without sharing."""
    if _reads_anyway(involvement.casus, involvement.organisation_id):
        return []
    return [one for one in own_of(involvement) if Block(one.block) not in blocks]


def left_behind(casus: Casus) -> list[LeftBehind]:
    """What is left behind by each organisation that the casus is, or was, shared with."""
    rows = own_attachments().filter(casus=casus).values_list("organisation", "block")
    own = [(organisation, Block(block)) for organisation, block in rows]
    return left_behind_in(casus, casus.involvements.select_related("organisation"), own)


def left_behind_in(
    casus: Casus, shared: Iterable[Involvement], own: OwnAttachments
) -> list[LeftBehind]:
    """The same, out of what a page loaded with the casus."""
    # The last one counts: it was shared again, or not.
    last = {
        one.organisation_id: one for one in shared if not _reads_anyway(casus, one.organisation_id)
    }
    numbers = Counter(
        organisation
        for organisation, block in own
        if organisation in last and block not in reach_of(last[organisation])
    )
    return [LeftBehind(last[one], number) for one, number in numbers.items()]


def reach_of(involvement: Involvement) -> Blocks:
    """The blocks that the organisation sees by this sharing now."""
    return involvement.shares if involvement.is_current else NONE


def own_attachments() -> QuerySet[Attachment]:
    """Those that only the organisation that added them can see."""
    return Attachment.objects.filter(audience=Attachment.Audience.OWN, withdrawn_at=None)


def in_pairs(text: str) -> OwnAttachments:
    """As a page loads them along with the casus: "7:care,7:process"."""
    pairs = [one.split(":") for one in text.split(",") if one]
    return [(int(organisation), Block(block)) for organisation, block in pairs]


def _reads_anyway(casus: Casus, organisation_id: int) -> bool:
    return organisation_id in (casus.carried_by_id, casus.gemeente_id)
