"""Searching the text of casussen. What is searched is named here and nowhere else.

Only ever narrows a queryset that began with `visible_to`: a search finds nothing that somebody may
not read. A word is only found in the blocks that are shared with the reader (escalation.blocks).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Model, Q, QuerySet

from escalation.blocks import STORED, Blocks, needs, read
from escalation.models import Casus, Event, RouteStep
from escalation.models.casus import readable, reads_in_part
from rdm.lib.search import MAX_WORDS, NOISE, SHORTEST_BEGINNING, plain, stem
from rdm.lib.spelling import any_spelling

if TYPE_CHECKING:
    from directory.models import User

# Casussen, or the numbers of some of them.
Among = QuerySet[Casus] | list[int]
FEW = 5000


@dataclass(frozen=True)
class Place:
    """A text column in which is searched."""

    model: type[Model]
    field: str

    @property
    def blocks(self) -> Blocks:
        """What somebody must see to find a word here; a line of the timeline has its own."""
        return needs(self.model.__name__, self.field)


SEARCHED: tuple[Place, ...] = (
    Place(Casus, "situation"),
    Place(Casus, "safety_text"),
    Place(Casus, "tried_regular"),
    Place(Casus, "stagnation"),
    Place(Casus, "local_escalation"),
    Place(Casus, "plan_of_approach"),
    Place(Casus, "resident_view"),
    Place(Casus, "client_support_reason"),
    Place(Casus, "closing_reason"),
    Place(RouteStep, "question"),
    Place(RouteStep, "advice"),
    Place(RouteStep, "outcome_text"),
    Place(Event, "title"),
    Place(Event, "text"),
)


def in_text(
    typed: str, within: QuerySet[Casus], user: User, places: Iterable[Place] = SEARCHED
) -> Q | None:
    """Casussen that hold every word of `typed`, each in any of the places that `user` may read;
    None without a word that is long enough to look for. `within` are the casussen that may be
    found."""
    wanted = words_of(typed)
    if not wanted:
        return None
    found, places = Q(), tuple(places)
    within, reader = within.order_by(), user if reads_in_part(user) else None
    among = within if reader else _written_out(within)
    for word in wanted:
        found &= _holds(word, among, places, reader)
    return found


def _written_out(within: QuerySet[Casus]) -> Among:
    """The casussen by number while they are few: the database then looks through their texts, and
    not first through those of the whole region."""
    few = list(within.values_list("pk", flat=True)[: FEW + 1])
    return few if len(few) <= FEW else within


def words_of(typed: str) -> list[str]:
    """The words to look for: of a plural the part that the singular has as well ("woningen" also
    finds "woning")."""
    words = []
    for word in plain(typed).split():
        word = word.strip(".,;:!?()'\"‘’“”")
        if len(word) < SHORTEST_BEGINNING or word in NOISE:
            continue
        short = stem(word)
        words.append(short if len(short) > SHORTEST_BEGINNING and word.startswith(short) else word)
    return list(dict.fromkeys(words))[:MAX_WORDS]


def _holds(word: str, within: Among, places: tuple[Place, ...], reader: User | None) -> Q:
    """`reader` is somebody with whom parts of casussen are shared; without one all is found."""
    found = Q()
    for model, needed in dict.fromkeys((place.model, place.blocks) for place in places):
        here = Q()
        for place in places:
            if (place.model, place.blocks) == (model, needed):
                here |= Q(**{f"{place.field}__regex": any_spelling(word)})
        if model is Casus:
            found |= here & readable(reader, needed) if reader else here
        else:
            # Asked of the casussen that may be found. Otherwise the database first looks through
            # the texts of the whole region, to find out which casussen those belong to.
            rows = model._default_manager.filter(here, _of(model, within, needed, reader))
            found |= Q(pk__in=rows.order_by().values("casus"))
    return found


def _of(model: type[Model], within: Among, needed: Blocks, reader: User | None) -> Q:
    """Rows of the casussen `within`, as far as `reader` sees the blocks that they are about."""
    if isinstance(within, list):
        return Q(casus__in=within)
    if reader is None:
        return Q(casus__in=within.values("pk"))
    if model is not Event:
        return Q(casus__in=within.filter(readable(reader, needed)).values("pk"))
    lines = Q()
    for blocks in STORED:
        shown = within.filter(readable(reader, read(blocks)))
        lines |= Q(blocks=blocks, casus__in=shown.values("pk"))
    return lines
