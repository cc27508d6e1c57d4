"""Two yearly surveys: that of last year, and one that people can answer now. All invented."""

from __future__ import annotations

from collections.abc import Callable

from demo.story import Story, World
from directory.evaluation import actions as evaluations
from directory.evaluation.rules import Question, questions_of

# When it opens, in working days before today, and how many people answer. More than a year lies
# between the two, so that each belongs to a year of its own.
SURVEYS = ((-290, 14), (-15, 9))
REMARKS = (
    "Verzonnen: zet erbij hoe lang het wachten is.",
    "Verzonnen: ik vond de tafel nu in één keer.",
    "Verzonnen: zeg ook wie er niet aan tafel zit.",
    "Verzonnen: ik mis een telefoonnummer voor de avond.",
    "Verzonnen: stuur ons bericht als een tafel van dag verandert.",
)


def _held(day: int, people: int) -> Callable[[World], Story]:
    """The story of one survey."""

    def story(world: World) -> Story:
        yield world.at(day, 9)
        evaluation = evaluations.open_year(by=world["themagroep"])
        questions = questions_of(evaluation.questions)
        for number in range(people):
            yield world.at(day + 1 + number // 2, 10 + number % 6)
            evaluations.answer(
                evaluation=evaluation,
                answers={
                    one.code: answer for one in questions if (answer := _answer(world, one, number))
                },
            )

    return story


def _answer(world: World, question: Question, number: int) -> str:
    """What one person says: mostly the first option; not everybody writes something."""
    if not question.is_choice:
        return "" if number % 3 else REMARKS[number // 3 % len(REMARKS)]
    codes = [code for code, _ in question.options]
    return world.random.choices(codes, [6, *[2] * (len(codes) - 1)])[0]


STORIES = tuple(_held(day, people) for day, people in SURVEYS)
