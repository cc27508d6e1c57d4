"""Does this casus belong at this tafel? Its criteria one by one, for anybody; nothing is kept.

The answers stand in the address. The verdict is that of the instroom check of a casus
(directory.reading.instroom), so that the two cannot say different things.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.models import InstroomCriterium
from directory.reading.instroom import MET, NO, NOT_MET, UNKNOWN, YES, Reason, Way, judge, open_ways

WORDS = {"ja": YES, "nee": NO, "weet-ik-niet": UNKNOWN}


@dataclass(frozen=True)
class Outcome:
    """What the answers mean, in words; `tone` is that of a badge."""

    title: str
    tone: str
    icon: str
    reasons: tuple[Reason, ...]


def criteria_of(ways: Sequence[Way]) -> list[InstroomCriterium]:
    """Every criterium once, in the order of the tafel."""
    found = {one.code: one for way in ways for one in way.criteria}
    return sorted(found.values(), key=lambda one: one.position)


def read(ways: Sequence[Way], given: Mapping[str, str]) -> dict[str, str]:
    """The answers in an address, per criterium; what is not an answer counts as not given."""
    said = {one.code: WORDS.get(given.get(one.code, "")) for one in criteria_of(ways)}
    return {code: answer for code, answer in said.items() if answer}


def outcome(ways: Sequence[Way], answers: Mapping[str, str]) -> Outcome | None:
    """The outcome of these answers; None when nothing was answered yet."""
    if not answers:
        return None
    verdict = judge([way.codes for way in ways], answers)
    text_of = {one.code: one.text for one in criteria_of(ways)}
    deciding = [text_of[code] for code in verdict.deciding]
    if verdict.result == MET:
        why = Reason("Want dit klopt:", deciding)
        return Outcome("Deze casus past hier", "success", "check", (why,))
    if verdict.result == NOT_MET:
        why = Reason("Want dit klopt niet:", deciding)
        return Outcome("Deze casus past hier niet", "outline", "x", (why,))
    missing = open_ways(ways, answers)
    why = (
        Reason("Past als dit ook klopt:", missing[0])
        if len(missing) == 1
        else Reason("Past als één hiervan klopt:", ways=missing)
    )
    return Outcome("Deze casus past hier misschien", "warning", "circle-question-mark", (why,))
