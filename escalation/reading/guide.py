"""What a casus takes along from the wegwijzer, so that nobody answers the same question twice.

Only codes of the region are kept; what they mean is asked of `directory.guide` each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.http import QueryDict

from directory.guide.advice import FITS, FITS_NOT, MAYBE, advise, derived
from directory.guide.answers import Answers, read, restore
from directory.guide.prefill import Start, answered_by
from directory.guide.questions import WAITING_LIST, guide_of
from directory.guide.words import answered
from directory.models import Gemeente, Region, Tafel
from directory.reading.instroom import UNKNOWN, Way
from directory.region.snapshot import Snapshot, snapshot

if TYPE_CHECKING:
    from escalation.models import Casus

WORDS = {
    FITS: "Past volgens uw antwoorden in de wegwijzer.",
    MAYBE: "Past misschien, volgens uw antwoorden in de wegwijzer.",
    FITS_NOT: "Past niet volgens uw antwoorden in de wegwijzer.",
}


WORDS_OF_CASUS = {
    FITS: "Past volgens de gegevens van de casus.",
    MAYBE: "Past misschien, volgens de gegevens van de casus.",
    FITS_NOT: "Past niet volgens de gegevens van de casus.",
}


def answers_in(query: QueryDict) -> Answers | None:
    """The answers that came along in an address; None when there are none. Two queries at most."""
    if not query:
        return None
    gemeenten = Gemeente.objects.values_list("organisation__slug", "organisation__name")
    found = read(guide_of(Region.current().guide, gemeenten), query)
    return found if found.given else None


def answers_of(casus: Casus) -> Answers | None:
    """The answers that `casus` began with; None when it began without the wegwijzer."""
    if not casus.guide_answers:
        return None
    return restore(guide_of(Region.current().guide, ()), casus.guide_answers)


def in_words(casus: Casus) -> str:
    """The questions and answers that `casus` began with; empty when it began without."""
    answers = answers_of(casus)
    if answers is None:
        return ""
    return "; ".join(f"{short}: {said}" for _, short, said, _ in answered(answers) if said)


def known_of(casus: Casus, region: Snapshot) -> Answers:
    """What is known of `casus` as answers: those it began with, and to the other questions what
    was registered since. One query, for what plays."""
    asked = guide_of(region.guide, ())
    registered = Start(
        gemeente="",
        domains=[one.code for one in casus.domains.all()],
        frameworks=casus.frameworks,
        safety=casus.safety,
        waiting_list_only=casus.waiting_list_only,
        stagnations=casus.stagnations,
        tried="",
    )
    return restore(asked, {**answered_by(asked, registered), **casus.guide_answers})


def for_who_only_waits() -> list[str]:
    """The tafels (by slug) that the wegwijzer names when there is only a waiting time (T-05)."""
    asked = guide_of(Region.current().guide, ()).questions
    return [
        option.points_to
        for question in asked
        for option in question.options
        if option.leads_to == WAITING_LIST and option.points_to
    ]


def settled(casus: Casus, ways: Iterable[Way]) -> dict[str, str]:
    """Which criteria the answers of `casus` settle: code → yes or no."""
    answers = answers_of(casus)
    if answers is None:
        return {}
    return {code: said for code, said in derived(ways, answers).items() if said != UNKNOWN}


def fits(casus: Casus, tafels: Sequence[Tafel]) -> dict[str, str]:
    """Per tafel (by slug) a sentence on whether it fits, and where that comes from."""
    region = snapshot()
    advice = advise(known_of(casus, region), tafels, region.ways)
    words = WORDS if casus.guide_answers else WORDS_OF_CASUS
    return {one.tafel.slug: words[one.fit] for one in advice.findings}
