"""What the answers mean: per tafel whether it fits and why, in the order to try them.

Whether a tafel fits follows from `directory.reading.instroom.judge` over the criteria of the tafel,
with the answers that the guide settles; so a casus with the same answers gets the same verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from directory.models import Tafel
from directory.reading.instroom import (
    MET,
    NO_CRITERIA,
    NOT_MET,
    YES,
    Verdict,
    Way,
    judge,
    open_ways,
)

from .answers import Answers, said, settle
from .questions import CRISIS, UNDER_AGE, WAITING_LIST, asks_of

FITS, MAYBE, FITS_NOT = "fits", "maybe", "fits_not"
_ORDER = (FITS, MAYBE, FITS_NOT)
# Where an aanpak beside the treden is tried (T-07): with the first tafels above the basis (E-020).
BESIDE = 1


@dataclass(frozen=True)
class Ground:
    """Something that decides, and the answers of the visitor that say so."""

    text: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """One tafel and what the answers say about it.

    `verdict` is that of the instroom check; `audience` that of the people the tafel is for.
    `settled` and `audience_settled` hold yes, no or unknown per criterium and per audience.
    """

    tafel: Tafel
    answers: Answers
    ways: Sequence[Way]
    settled: Mapping[str, str]
    verdict: Verdict
    audience_settled: Sequence[str]
    audience: str
    pointed_to: bool

    @property
    def fit(self) -> str:
        """The criteria decide. Where they say nothing, or not yet, the audience does.

        Never "fits_not" where the instroom check says that the casus is let in, never "fits"
        where it does not.
        """
        if self.verdict.result == NOT_MET:
            return FITS_NOT
        if self.verdict.result == MET:
            return MAYBE if self.audience == NOT_MET else FITS
        if self.audience == NOT_MET:
            return FITS_NOT
        if self.verdict.result == NO_CRITERIA and self.audience == MET:
            return FITS
        return MAYBE

    def people(self, answer: str) -> list[Ground]:
        """For whom the tafel is, as far as the answers say so."""
        return [
            self._ground(one["text"], one.get("asks"))
            for one, said in zip(self.tafel.audience, self.audience_settled, strict=True)
            if said == answer
        ]

    @property
    def deciding(self) -> list[Ground]:
        """The criteria that decide the verdict."""
        known = {one.code: one for way in self.ways for one in way.criteria}
        found = (known[code] for code in self.verdict.deciding)
        return [self._ground(one.text, one.asks) for one in found]

    def _ground(self, text: str, asks: Mapping[str, Any] | None) -> Ground:
        return Ground(text, tuple(said(asks_of(asks), self.answers)))

    @cached_property
    def holding(self) -> tuple[int, int]:
        """How much of what the tafel asks holds, to sort by: how many of its criteria and of the
        people it is for, and then how general those are: by how many answers each could be so."""
        criteria = {one.code: asks_of(one.asks) for way in self.ways for one in way.criteria}
        held = [asks for code, asks in criteria.items() if self.settled[code] == YES]
        held += [
            asks_of(one.get("asks"))
            for one, said in zip(self.tafel.audience, self.audience_settled, strict=True)
            if said == YES
        ]
        return -len(held), sum(len(asks.yes) for asks in held if asks)

    @cached_property
    def open_ways(self) -> list[list[str]]:
        """Per way in that can still hold, the criteria that are not known yet."""
        return open_ways(self.ways, self.settled)


@dataclass(frozen=True)
class Advice:
    """Everything that the answers lead to; `findings` in the order to try the tafels."""

    answers: Answers
    findings: list[Finding]

    @property
    def crisis(self) -> bool:
        """Acute danger: who to call comes before everything else (O-03)."""
        return self.answers.leads_to(CRISIS)

    @property
    def under_age(self) -> bool:
        """This road is for adults (E-003)."""
        return self.answers.leads_to(UNDER_AGE)

    @property
    def only_waiting(self) -> Finding | None:
        """Where somebody goes for whom only the waiting is the problem (T-05)."""
        if not self.answers.leads_to(WAITING_LIST):
            return None
        return next((one for one in self.findings if one.pointed_to), None)

    def that(self, fit: str) -> list[Finding]:
        return [one for one in self.findings if one.fit == fit]


def derived(ways: Iterable[Way], answers: Answers) -> dict[str, str]:
    """What the answers say per criterium: yes, no or unknown, by the code of the criterium."""
    return {one.code: settle(asks_of(one.asks), answers) for way in ways for one in way.criteria}


def advise(answers: Answers, tafels: Iterable[Tafel], ways: Mapping[int, Sequence[Way]]) -> Advice:
    """The advice for these `tafels`, with their `ways` from `directory.reading.instroom.ways_in`.

    The order is los op of schaal op (E-008): what fits before what may fit, and then from the
    lowest trede up; within a trede the tafel comes first of which the most holds, and what is
    specific before what is general. The escalatieoverleg comes last (T-02).
    """
    pointed_to = {one.points_to for one in answers.options}
    findings = [_find(one, ways.get(one.pk, ()), answers, pointed_to) for one in tafels]
    return Advice(answers, sorted(findings, key=_place))


def _find(tafel: Tafel, ways: Sequence[Way], answers: Answers, pointed_to: set[str]) -> Finding:
    settled = derived(ways, answers)
    people = [settle(asks_of(one.get("asks")), answers) for one in tafel.audience]
    numbered = {str(place): said for place, said in enumerate(people)}
    return Finding(
        tafel=tafel,
        answers=answers,
        ways=ways,
        settled=settled,
        verdict=judge([way.codes for way in ways], settled),
        audience_settled=people,
        audience=judge([list(numbered)], numbered).result,
        pointed_to=tafel.slug in pointed_to,
    )


def _place(finding: Finding) -> tuple[int, bool, bool, int, tuple[int, int], int]:
    tafel = finding.tafel
    return (
        _ORDER.index(finding.fit),
        not finding.pointed_to,
        tafel.is_escalation,
        BESIDE if tafel.trede_id is None else tafel.trede_id,
        finding.holding,
        tafel.position,
    )
