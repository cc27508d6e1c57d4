"""The yearly question whether the overview helps (E-174): what is asked, and what was answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from directory.models import Evaluation
from rdm.lib.charts import grouped, swatch

CHOICE = "choice"
MOST_YEARS = 3
MOST_TEXTS = 200


@dataclass(frozen=True)
class Question:
    """One question: a choice of `options` (code and label), or words of one's own."""

    code: str
    text: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()

    @property
    def is_choice(self) -> bool:
        return self.kind == CHOICE


@dataclass(frozen=True)
class Row:
    """One answer that could be chosen: how often, per year, with a share of who answered."""

    label: str
    cells: list[tuple[str, str]]
    bars: SafeString


@dataclass(frozen=True)
class Result:
    """What was answered to one question; `texts` for a question in words."""

    question: Question
    message: str
    rows: list[Row]
    texts: list[str]


@dataclass(frozen=True)
class Results:
    """All questions of one evaluation, beside the years before it that asked the same."""

    number: int
    years: list[tuple[int, SafeString]]  # each with the colour of its bars
    found: list[Result]


def questions_of(raw: Iterable[Mapping[str, Any]]) -> list[Question]:
    """The questions as the region file, or an evaluation, holds them."""
    return [
        Question(
            one["code"],
            one["text"],
            one["kind"],
            tuple((option["code"], option["label"]) for option in one.get("options", ())),
        )
        for one in raw
    ]


def results(evaluation: Evaluation) -> Results:
    """What was answered. Two queries, however many people answered.

    Nobody is named and no day is shown with an answer, so that nobody can be recognised.
    """
    before = Evaluation.objects.filter(
        year__lt=evaluation.year, year__gt=evaluation.year - MOST_YEARS
    )
    years = [*before.order_by("year").prefetch_related("answers"), evaluation]
    given = {one.year: [row.answers for row in one.answers.all()] for one in years}
    found = [
        _result(question, given, evaluation.year) for question in questions_of(evaluation.questions)
    ]
    return Results(
        len(given[evaluation.year]),
        [(one.year, swatch(number)) for number, one in enumerate(years)],
        found,
    )


def _result(
    question: Question, given: Mapping[int, Sequence[Mapping[str, str]]], year: int
) -> Result:
    said = {
        one: [answers[question.code] for answers in rows if answers.get(question.code)]
        for one, rows in given.items()
    }
    if not question.is_choice:
        # In the order of the alphabet, not of coming in: that would say who was first.
        texts = sorted(said[year])[:MOST_TEXTS]
        return Result(question, _how_many(len(said[year])), [], texts)
    counts = {one: Counter(answers) for one, answers in said.items()}
    rows = [
        Row(
            label[:1].upper() + label[1:],
            [(str(one), _cell(counts[one][code], len(said[one]))) for one in given],
            grouped(
                [_share(counts[one][code], len(said[one])) for one in given],
                100,
            ),
        )
        for code, label in question.options
    ]
    return Result(question, _message(question, counts[year]), rows, [])


def _share(number: int, total: int) -> float:
    return 100 * number / total if total else 0


def _cell(number: int, total: int) -> str:
    return f"{number} ({round(_share(number, total))}%)" if total else "–"


def _how_many(number: int) -> str:
    if not number:
        return "Niemand schreef hier iets op."
    return "Eén antwoord." if number == 1 else f"{number} antwoorden."


def _message(question: Question, counts: Counter[str]) -> str:
    """What most people said, in one sentence."""
    total, most = counts.total(), max(counts.values(), default=0)
    if not total:
        return "Niemand gaf hier antwoord."
    top = [label for code, label in question.options if counts[code] == most]
    each = "elk " if len(top) > 1 else ""
    return f"Het meest gekozen: ‘{'’ en ‘'.join(top)}’ ({each}{most} van {total})."
