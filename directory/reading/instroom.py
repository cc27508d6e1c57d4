"""What the answers to the criteria of a tafel mean: the result and what decides it.

A tafel has alternatives, each a list of criteria that must all hold. One alternative that holds is
enough (decisions.md, Instroom; T-10, T-11). The wegwijzer and the instroom check of a casus both
ask here, so that they cannot say different things.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from directory.models import InstroomAlternative, InstroomCriterium, Tafel

YES, NO, UNKNOWN = "yes", "no", "unknown"
MET, NOT_MET, NO_CRITERIA = "met", "not_met", "no_criteria"


@dataclass(frozen=True)
class Verdict:
    """`result` is met, not_met, unknown or no_criteria; `deciding` the codes that decide it.

    met: the criteria of the first alternative that holds. not_met: per alternative what is "no".
    unknown: what is still "unknown" in the alternatives that can still hold.
    """

    result: str
    deciding: tuple[str, ...]


def judge(alternatives: Sequence[Sequence[str]], answers: Mapping[str, str]) -> Verdict:
    """The verdict for `answers` (code → yes, no or unknown; a missing answer is unknown)."""
    usable = [alternative for alternative in alternatives if alternative]
    if not usable:
        return Verdict(NO_CRITERIA, ())
    for alternative in usable:
        if all(answers.get(code, UNKNOWN) == YES for code in alternative):
            return Verdict(MET, tuple(alternative))
    open_ones = [
        alternative
        for alternative in usable
        if all(answers.get(code, UNKNOWN) != NO for code in alternative)
    ]
    if open_ones:
        missing = (
            code
            for alternative in open_ones
            for code in alternative
            if answers.get(code, UNKNOWN) == UNKNOWN
        )
        return Verdict(UNKNOWN, tuple(dict.fromkeys(missing)))
    failing = (code for alternative in usable for code in alternative if answers.get(code) == NO)
    return Verdict(NOT_MET, tuple(dict.fromkeys(failing)))


@dataclass(frozen=True)
class Way:
    """One way in to a tafel: the criteria that must all hold, without those switched off."""

    label: str
    criteria: tuple[InstroomCriterium, ...]

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.criteria]


def ways_in(tafels: Iterable[Tafel]) -> dict[int, list[Way]]:
    """Per tafel (by its key) the ways in that have a criterium that counts, in order; one query."""
    through = InstroomAlternative.criteria.through
    rows = (
        through._default_manager.filter(
            instroomalternative__tafel__in=list(tafels), instroomcriterium__active=True
        )
        .select_related("instroomalternative", "instroomcriterium")
        .order_by(
            "instroomalternative__tafel",
            "instroomalternative__position",
            "instroomcriterium__position",
        )
    )
    found: dict[int, dict[int, tuple[str, list[InstroomCriterium]]]] = {}
    for row in rows:
        way, criterium = row.instroomalternative, row.instroomcriterium
        of_tafel = found.setdefault(way.tafel_id, {})
        of_tafel.setdefault(way.pk, (way.label, []))[1].append(criterium)
    return {
        tafel: [Way(label, tuple(criteria)) for label, criteria in ways.values()]
        for tafel, ways in found.items()
    }


def open_ways(ways: Sequence[Way], answers: Mapping[str, str]) -> list[list[str]]:
    """Per way in that can still hold, the texts of the criteria that are not known yet.

    A way that asks all of another and more is left out; empty when the verdict is known.
    """
    if judge([way.codes for way in ways], answers).result != UNKNOWN:
        return []
    missing = []
    for way in ways:
        said = [answers.get(one.code, UNKNOWN) for one in way.criteria]
        if NO not in said:
            pairs = zip(way.criteria, said, strict=True)
            missing.append([one.text for one, answer in pairs if answer == UNKNOWN])
    return [
        one
        for place, one in enumerate(missing)
        if not any(
            set(other) < set(one) or (set(other) == set(one) and earlier < place)
            for earlier, other in enumerate(missing)
        )
    ]


@dataclass(frozen=True)
class Reason:
    """A line and, under it, the criteria it is about; `ways` when one of several is enough."""

    text: str
    lines: Sequence[str] = ()
    ways: Sequence[Sequence[str]] = ()
