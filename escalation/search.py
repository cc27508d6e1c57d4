"""Searching the text of casussen. What is searched is named here and nowhere else.

Only ever narrows a queryset that began with `visible_to`: a search finds nothing that somebody may
not read. Each place says which part of the dossier it is (`Section.key`, or the name of a page), so
that who may not read that part can be kept from finding words in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from escalation.models import Casus, Event, RouteStep
from rdm.lib.search import MAX_WORDS, NOISE, SHORTEST_BEGINNING, plain, stem


@dataclass(frozen=True)
class Place:
    """A text column in which is searched, and the part of the dossier that it shows on."""

    model: type[Model]
    field: str
    part: str


SEARCHED: tuple[Place, ...] = (
    Place(Casus, "situation", "situatie"),
    Place(Casus, "safety_text", "situatie"),
    Place(Casus, "tried_regular", "geprobeerd"),
    Place(Casus, "stagnation", "geprobeerd"),
    Place(Casus, "local_escalation", "geprobeerd"),
    Place(Casus, "plan_of_approach", "geprobeerd"),
    Place(Casus, "resident_view", "inwoner"),
    Place(Casus, "client_support_reason", "inwoner"),
    Place(Casus, "closing_reason", "afgesloten"),
    Place(RouteStep, "question", "route"),
    Place(RouteStep, "advice", "route"),
    Place(RouteStep, "outcome_text", "route"),
    Place(Event, "title", "tijdlijn"),
    Place(Event, "text", "tijdlijn"),
)


def in_text(typed: str, within: QuerySet[Casus], places: Iterable[Place] = SEARCHED) -> Q | None:
    """Casussen that hold every word of `typed`, each in any of the places; None without a word
    that is long enough to look for. `within` are the casussen that may be found."""
    wanted = words_of(typed)
    if not wanted:
        return None
    found, places = Q(), tuple(places)
    for word in wanted:
        found &= _holds(word, within.order_by().values("pk"), places)
    return found


def words_of(typed: str) -> list[str]:
    """The words to look for: of a plural the part that the singular has as well ("woningen" also
    finds "woning")."""
    words = []
    for word in typed.casefold().split():
        word = word.strip(".,;:!?()'\"‘’“”")
        if len(word) < SHORTEST_BEGINNING or plain(word) in NOISE:
            continue
        short = stem(plain(word))
        words.append(short if len(short) > SHORTEST_BEGINNING and word.startswith(short) else word)
    return list(dict.fromkeys(words))[:MAX_WORDS]


def spellings(word: str) -> list[str]:
    """The word in small letters, with a capital, and in capitals. Much faster than comparing
    without capitals, which makes a copy of every text on the way."""
    return list(dict.fromkeys([word, word[:1].upper() + word[1:], word.upper()]))


def _holds(word: str, within: QuerySet[Casus, Any], places: tuple[Place, ...]) -> Q:
    found = Q()
    for model in dict.fromkeys(place.model for place in places):
        here = Q()
        for place in places:
            if place.model is model:
                for spelled in spellings(word):
                    here |= Q(**{f"{place.field}__contains": spelled})
        if model is not Casus:
            # Asked of the casussen that may be found. Otherwise the database first looks through
            # the texts of the whole region, to find out which casussen those belong to.
            rows = model._default_manager.filter(here, casus__in=within)
            here = Q(pk__in=rows.order_by().values("casus"))
        found |= here
    return found
