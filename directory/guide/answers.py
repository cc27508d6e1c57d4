"""What a visitor chose: codes of the region, read from the address and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from directory.reading.instroom import NO, UNKNOWN, YES

from .questions import NOT_SURE, Asks, Guide, Option, Question


class Query(Protocol):
    """Something with more than one value per name: a QueryDict."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True)
class Answers:
    """`given`: question code → option codes, known ones only, in the order of the guide.

    `strange`: something else stood in the address and was left out.
    """

    guide: Guide
    given: Mapping[str, tuple[str, ...]]
    strange: bool = False

    def chosen(self, question: str) -> tuple[str, ...]:
        """The options that count: none for a question that is not asked, or "weet ik niet"."""
        if not self.is_asked(question):
            return ()
        return tuple(one for one in self.given.get(question, ()) if one != NOT_SURE)

    def is_asked(self, question: str) -> bool:
        """Whether the earlier answers lead to this question."""
        found = self.guide.by_code.get(question)
        if found is None:
            return False
        # An earlier question, so this ends.
        return found.only_if is None or settle(found.only_if, self) == YES

    @property
    def options(self) -> Iterator[Option]:
        """Every option that counts, in the order of the guide."""
        for question in self.guide.questions:
            known = question.by_code
            yield from (known[code] for code in self.chosen(question.code))

    def leads_to(self, where: str) -> bool:
        return any(one.leads_to == where for one in self.options)

    def denies(self, where: str) -> bool:
        """Whether a question that can lead there got another answer."""
        return any(
            (chosen := self.chosen(question.code))
            and any(one.leads_to == where for one in question.options)
            and not any(question.by_code[code].leads_to == where for code in chosen)
            for question in self.guide.questions
        )

    @property
    def gemeente(self) -> str:
        """The slug of the gemeente, or nothing."""
        for question in self.guide.questions:
            if question.source and (chosen := self.chosen(question.code)):
                return chosen[0]
        return ""

    @property
    def submits_as(self) -> frozenset[str] | None:
        """As which kinds the visitor can submit; None when we do not know who it is."""
        kinds: set[str] = set()
        known = False
        for question in self.guide.questions:
            if not any(one.submits_as for one in question.options):
                continue
            for code in self.chosen(question.code):
                known = True
                kinds.update(question.by_code[code].submits_as)
        return frozenset(kinds) if known else None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Names and values for an address or for hidden fields."""
        return [(name, code) for name, codes in self.given.items() for code in codes]

    def query(self, **more: object) -> str:
        """The answers as the query of an address, after `more`."""
        return urlencode([*((name, str(value)) for name, value in more.items()), *self.pairs])

    def stored(self) -> dict[str, list[str]]:
        """What counts, as codes to keep with a casus."""
        kept = {one.code: list(self.chosen(one.code)) for one in self.guide.questions}
        return {name: codes for name, codes in kept.items() if codes}


def read(guide: Guide, query: Query) -> Answers:
    """The answers in an address. What the guide does not know is left out, never an error."""
    given: dict[str, tuple[str, ...]] = {}
    strange = False
    for question in guide.questions:
        wanted = [value for value in query.getlist(question.code) if value]
        known = [one.code for one in question.options] + [NOT_SURE]
        found = [code for code in known if code in wanted]
        strange = strange or not set(wanted) <= set(known)
        if len(found) > 1 and not question.several:
            last = [value for value in wanted if value in known][-1]
            found = [last]
        if NOT_SURE in found:
            found = _without_contradiction(question, found)
        if found:
            given[question.code] = tuple(found)
    return Answers(guide, given, strange)


def _without_contradiction(question: Question, found: list[str]) -> list[str]:
    """Who does not know, does not know that the rest is not so either: that would shut out tafels.
    What is chosen besides is so, and says nothing about the others."""
    so = [one for one in found if one != NOT_SURE and not question.by_code[one].rest]
    return so or [NOT_SURE]


def restore(guide: Guide, stored: Mapping[str, Iterable[str]]) -> Answers:
    """The answers that were kept with a casus, as far as the guide still knows them."""
    return read(guide, _Stored(stored))


@dataclass(frozen=True)
class _Stored:
    values: Mapping[str, Iterable[str]]

    def getlist(self, key: str) -> list[str]:
        return list(self.values.get(key, ()))


def settle(asks: Asks | None, answers: Answers) -> str:
    """Whether the answers say yes, no or nothing to what is asked.

    Where more than one option was chosen, one that says yes counts first: the others are then
    said besides it. No answer is never a no, so skipping a question shuts nobody out.
    """
    if asks is None:
        return UNKNOWN
    chosen = set(answers.chosen(asks.question))
    if chosen & asks.yes:
        return YES
    return NO if chosen & asks.no else UNKNOWN


def said(asks: Asks | None, answers: Answers) -> list[str]:
    """The answers, in words, that settle what is asked."""
    if asks is None or asks.question not in answers.guide.by_code:
        return []
    labels = answers.guide.by_code[asks.question].by_code
    deciding = asks.yes if settle(asks, answers) == YES else asks.no
    return [labels[code].label for code in answers.chosen(asks.question) if code in deciding]
