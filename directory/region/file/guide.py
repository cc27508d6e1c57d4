"""Whether the wegwijzer of a region file makes sense: its questions, and who refers to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from directory.guide.questions import NOT_SURE
from directory.region.file.reader import Path, did_you_mean
from directory.region.file.schema import AsksPart, GuideQuestionPart, RegionFile

Say = Callable[[Path, str], None]
# Names in the address of the wegwijzer that are not questions.
RESERVED = frozenset({"stap"})


def check_guide(region: RegionFile, say: Say) -> None:
    """Say what is wrong with `guide`, with every `asks`, and with every `audience`."""
    questions = {each.code: each for step in region.guide for each in step.questions}
    earlier: dict[str, GuideQuestionPart] = {}
    for i, step in enumerate(region.guide):
        here: dict[str, GuideQuestionPart] = {}
        for j, question in enumerate(step.questions):
            path = ("guide", i, "questions", j)
            if question.code in earlier or question.code in here:
                say((*path, "code"), f"“{question.code}” staat al eerder in het bestand")
            if question.code in RESERVED:
                say((*path, "code"), f"“{question.code}” gebruikt het programma zelf")
            _question(path, question, region, say)
            _only_if(path, question, earlier, say)
            here[question.code] = question
        earlier.update(here)
    for i, tafel in enumerate(region.tafels):
        for part in ("criteria", "audience"):
            for j, one in enumerate(getattr(tafel, part)):
                if one.asks:
                    _asks(("tafels", i, part, j, "asks"), one.asks, questions, say)


def _question(path: Path, question: GuideQuestionPart, region: RegionFile, say: Say) -> None:
    if question.source and question.options:
        say((*path, "options"), "de antwoorden komen al uit source; laat dit veld weg")
    elif question.source and question.several:
        say((*path, "several"), "hier kan maar één antwoord gekozen worden")
    elif not question.source and len(question.options) < 2:
        say((*path, "options"), "een vraag heeft minstens twee antwoorden")
    domains = {one.code for one in region.domains}
    stagnations = {one.code for one in region.stagnations}
    submitters = {one.code for one in region.submitter_kinds}
    tafels = {one.slug for one in region.tafels}
    seen: set[str] = set()
    for i, option in enumerate(question.options):
        here = (*path, "options", i)
        if option.code in seen:
            say((*here, "code"), f"“{option.code}” staat hier al eerder")
        if option.code == NOT_SURE:
            say((*here, "code"), "dit antwoord zet het programma er zelf bij; zie not_sure")
        seen.add(option.code)
        if option.rest and not question.several:
            say((*here, "rest"), "dit kan alleen waar meer antwoorden gekozen kunnen worden")
        elif option.rest and any(one.rest for one in question.options[:i]):
            say((*here, "rest"), "één antwoord op deze vraag zegt al iets over de rest")
        _are_known((*here, "submits_as"), option.submits_as, submitters, say)
        if option.points_to is not None:
            _are_known((*here, "points_to"), [option.points_to], tafels, say)
        if option.prefill:
            begin = option.prefill
            _are_known((*here, "prefill", "domains"), begin.domains, domains, say)
            _are_known((*here, "prefill", "stagnations"), begin.stagnations, stagnations, say)


def _only_if(
    path: Path, question: GuideQuestionPart, earlier: dict[str, GuideQuestionPart], say: Say
) -> None:
    """It must point back to another page: on the same page nobody has answered it yet."""
    condition = question.only_if
    if condition is None:
        return
    if (asked := earlier.get(condition.question)) is None:
        message = f"“{condition.question}” is geen vraag uit een eerdere stap"
        say((*path, "only_if", "question"), message + did_you_mean(condition.question, earlier))
        return
    _options((*path, "only_if", "options"), condition.options, asked, say)


def _asks(path: Path, asks: AsksPart, questions: dict[str, GuideQuestionPart], say: Say) -> None:
    asked = questions.get(asks.question)
    if asked is None:
        message = f"“{asks.question}” is geen vraag van de wegwijzer"
        say((*path, "question"), message + did_you_mean(asks.question, questions))
        return
    _options((*path, "yes"), asks.yes, asked, say)
    _options((*path, "no"), asks.no, asked, say)
    if not asks.yes and not asks.no:
        say(path, "zeg bij yes of no welke antwoorden dit beslissen")
    elif asked.several and not asks.no:
        say(
            (*path, "no"),
            "zeg welk antwoord betekent dat dit niet zo is: een leeg vakje is geen nee",
        )
    for i, code in enumerate(asks.no):
        if code in asks.yes:
            say((*path, "no", i), f"“{code}” kan niet allebei zijn: ja en nee")


def _options(path: Path, codes: Sequence[str], question: GuideQuestionPart, say: Say) -> None:
    known = {one.code for one in question.options}
    for i, code in enumerate(codes):
        if code not in known:
            message = f"“{code}” is geen antwoord op de vraag “{question.code}”"
            say((*path, i), message + did_you_mean(code, known))


def _are_known(path: Path, codes: Sequence[str], known: set[str], say: Say) -> None:
    for i, code in enumerate(codes):
        if code not in known:
            message = f"“{code}” staat niet in dit bestand" + did_you_mean(code, known)
            say((*path, i), message)
