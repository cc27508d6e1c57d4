"""What the wegwijzer asks: the questions of the region file, in steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

# An answer to every question; says as much as no answer at all.
NOT_SURE = "weet-niet"
GEMEENTEN = "gemeenten"

# Where an answer leads before any tafel (O-03, E-003, T-05).
CRISIS, UNDER_AGE, WAITING_LIST = "crisis", "under_age", "waiting_list"


@dataclass(frozen=True)
class Prefill:
    """What a registration can begin with when this option was chosen; codes of the region."""

    domains: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    safety: str = ""
    waiting_list_only: bool | None = None
    stagnations: tuple[str, ...] = ()
    tried: bool = False


@dataclass(frozen=True)
class Option:
    """One answer. `submits_as` are kinds of submitter; `points_to` the slug of a tafel.

    `rest`: says that what is not chosen of this list is not so.
    """

    code: str
    label: str
    rest: bool = False
    hint: str = ""
    group: str = ""
    leads_to: str = ""
    points_to: str = ""
    submits_as: tuple[str, ...] = ()
    prefill: Prefill = Prefill()


@dataclass(frozen=True)
class Asks:
    """Which options of a question say yes, and which say no."""

    question: str = ""
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Question:
    """One question; with `several` more than one option can be chosen.

    `only_if`: asked only after one of these options of an earlier question.
    """

    code: str
    text: str
    short: str
    help: str = ""
    several: bool = False
    source: str = ""
    not_sure: str = "Weet ik niet"
    only_if: Asks | None = None
    options: tuple[Option, ...] = ()

    @property
    def by_code(self) -> dict[str, Option]:
        return {one.code: one for one in self.options}


@dataclass(frozen=True)
class Step:
    """Questions that stand on one page."""

    code: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Guide:
    """All questions, in the order in which they are asked."""

    steps: tuple[Step, ...] = ()
    by_code: Mapping[str, Question] = field(default_factory=dict)

    @property
    def questions(self) -> list[Question]:
        return list(self.by_code.values())


def guide_of(stored: Iterable[Mapping[str, Any]], gemeenten: Iterable[tuple[str, str]]) -> Guide:
    """The guide as `Region.guide` keeps it; `gemeenten` are (slug, name), to choose from."""
    places = tuple(Option(slug, name) for slug, name in gemeenten)
    steps = []
    for one in stored:
        questions = tuple(_question(each, places) for each in one["questions"])
        steps.append(Step(one["code"], one["title"], questions))
    return Guide(tuple(steps), {one.code: one for step in steps for one in step.questions})


def asks_of(stored: Mapping[str, Any] | None) -> Asks | None:
    """What a criterium (or an audience) asks of the guide; None when it asks nothing."""
    if not stored:
        return None
    return Asks(
        stored["question"], frozenset(stored.get("yes", ())), frozenset(stored.get("no", ()))
    )


def _question(stored: Mapping[str, Any], places: tuple[Option, ...]) -> Question:
    only_if = stored.get("only_if")
    plain = {name: stored[name] for name in _PLAIN if stored.get(name)}
    question = Question(
        **plain,
        only_if=Asks(only_if["question"], frozenset(only_if["options"])) if only_if else None,
        options=tuple(_option(one) for one in stored.get("options", ())),
    )
    return replace(question, options=places) if question.source == GEMEENTEN else question


_PLAIN = ("code", "text", "short", "help", "several", "source", "not_sure")


def _option(stored: Mapping[str, Any]) -> Option:
    given = {name: stored[name] for name in _OPTION if stored.get(name)}
    prefill = dict(stored.get("prefill") or {})
    for name in ("domains", "frameworks", "stagnations"):
        prefill[name] = tuple(prefill.get(name, ()))
    return Option(
        **given, submits_as=tuple(stored.get("submits_as", ())), prefill=Prefill(**prefill)
    )


_OPTION = ("code", "label", "rest", "hint", "group", "leads_to", "points_to")
