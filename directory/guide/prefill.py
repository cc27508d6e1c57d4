"""What a registration can begin with, so that nobody answers the same question twice; and the other
way round: what a registration already answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from .answers import Answers
from .questions import Guide, Option, Prefill, Question


@dataclass(frozen=True)
class Start:
    """Codes of the region, and `tried`: what was tried, in the words of the region file."""

    gemeente: str
    domains: list[str]
    frameworks: list[str]
    safety: str
    waiting_list_only: bool | None
    stagnations: list[str]
    tried: str


def start_of(answers: Answers) -> Start:
    """What the options that count bring along; "yes" to safety wins over "no"."""
    chosen = list(answers.options)
    safety = {one.prefill.safety for one in chosen}
    waiting = [one.prefill.waiting_list_only for one in chosen]
    known = [one for one in waiting if one is not None]
    tried = [one.label for one in chosen if one.prefill.tried]
    return Start(
        gemeente=answers.gemeente,
        domains=_all(one.prefill.domains for one in chosen),
        frameworks=_all(one.prefill.frameworks for one in chosen),
        safety=next((one for one in ("yes", "no") if one in safety), ""),
        waiting_list_only=any(known) if known else None,
        stagnations=_all(one.prefill.stagnations for one in chosen),
        tried="\n".join(f"- {one}" for one in tried),
    )


def _all(codes: Iterable[Sequence[str]]) -> list[str]:
    """Each code once, in the order in which they come."""
    return list(dict.fromkeys(chain.from_iterable(codes)))


def answered_by(guide: Guide, known: Start) -> dict[str, list[str]]:
    """The options that what is registered stands for: question code → option codes.

    An option counts when everything that it would bring along is there. Of options that would bring
    along the same the first one counts, which is the plainest; but safety and waiting say too
    little to choose between options, so they count only where there is no choice.
    """
    found = {}
    for question in guide.questions:
        if question.source:
            codes = [known.gemeente] if known.gemeente in question.by_code else []
        else:
            codes = [one.code for one in _plainest(question) if _holds(one.prefill, known)]
        if codes:
            found[question.code] = codes if question.several else codes[:1]
    return found


def _plainest(question: Question) -> list[Option]:
    first: dict[Prefill, Option] = {}
    for one in question.options:
        first.setdefault(one.prefill, one)
    lone = [
        one
        for one in first.values()
        if (_of_the_casus(one.prefill) and not one.prefill.safety)
        or sum(other.prefill == one.prefill for other in question.options) == 1
    ]
    return [one for one in lone if not one.prefill.tried]


def _of_the_casus(prefill: Prefill) -> bool:
    """Whether it says enough of a casus to choose between options."""
    return bool(prefill.domains or prefill.frameworks or prefill.stagnations)


def _holds(prefill: Prefill, known: Start) -> bool:
    waiting = prefill.waiting_list_only
    says = _of_the_casus(prefill) or prefill.safety or waiting is not None
    return bool(says) and (
        set(prefill.domains) <= set(known.domains)
        and set(prefill.stagnations) <= set(known.stagnations)
        and set(prefill.frameworks) <= set(known.frameworks)
        and (not prefill.safety or prefill.safety == known.safety)
        and waiting in (None, known.waiting_list_only)
    )
