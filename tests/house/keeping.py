"""The part of the scene in which the overview is kept true: proposals in every state, versions, the
yearly question and its links, entrances of a gemeente, and readers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from directory.evaluation import actions as evaluations
from directory.evaluation.links import evaluation_link, stop_link
from directory.models import (
    Edition,
    Entrance,
    Evaluation,
    EvaluationAnswer,
    Proposal,
    Signaal,
    Subscriber,
    Tafel,
    Theme,
)
from directory.signalen import actions as signalen
from directory.upkeep.confirmations import actions as confirmations
from directory.upkeep.confirmations import links
from directory.upkeep.entrances.actions import propose_entrances
from directory.upkeep.proposals import actions as proposals
from directory.upkeep.subscriptions import actions as subscriptions
from directory.web.readers import subscribe_link, unsubscribe_link
from rdm.lib import clock
from tests.cast import Cast
from tests.directory.keeping import ENTRANCE, REASON, own_tafel, proposed
from tests.directory.signalen.ways import WAYS, reached

CHAIR = "voorzitter van de tafel"


def fill(cast: Cast, keys: dict[str, Any], text: str, long_word: str) -> None:
    """Make it, and note in `keys` what the pages need."""
    _proposals(cast, keys, text)
    _entrances(cast, keys, text, long_word)
    _yearly(cast, keys, text)
    _readers(keys)
    _signalen(cast, keys, text)
    _surveys(cast, keys, text)


def _proposals(cast: Cast, keys: dict[str, Any], text: str) -> None:
    keys["own_tafel"] = own_tafel(cast).slug
    # Made before the other one was published, so there are three texts.
    both = proposed(cast, chair="mijn verzonnen voorzitter", alias="verzonnen bijnaam")
    published = proposed(cast, chair="hun verzonnen voorzitter")
    proposals.publish(proposal=published, by=cast.themagroep, version=1)
    refused = proposed(cast, purpose=text)
    proposals.refuse(proposal=refused, by=cast.themagroep, reason=text)
    waiting = proposed(cast, purpose=text, rhythm_weeks=3)
    keys |= {
        "both": both.pk,
        "published": published.pk,
        "refused": refused.pk,
        "proposal": waiting.pk,
    }


def _entrances(cast: Cast, keys: dict[str, Any], text: str, long_word: str) -> None:
    first = propose_entrances(
        gemeente=cast.enschede,
        by=cast.gemeente,
        values={
            "entrances": [{**ENTRANCE, "name": f"Team {long_word}", "note": text}],
            "client_support": [cast.scot.slug],
        },
        based_on=1,
        reason=REASON,
    )
    proposals.publish(proposal=first, by=cast.gemeente, version=1)
    second = propose_entrances(
        gemeente=cast.enschede,
        by=cast.gemeente,
        values={"entrances": [ENTRANCE]},
        based_on=2,
        reason=text,
    )
    keys["gemeente_proposal"] = second.pk


def _yearly(cast: Cast, keys: dict[str, Any], text: str) -> None:
    """A link that works, one that was answered, and one whose proposal waits."""
    open_one, answered, waiting = Tafel.objects.exclude(led_by=cast.mediant)[:3]
    keys["yearly"] = _token(links.yearly_link(open_one))
    keys["answered"] = _token(links.yearly_link(answered))
    confirmations.confirm_by_link(question=_question(keys["answered"]), function=CHAIR, version=1)
    keys["waiting"] = _token(links.yearly_link(waiting))
    confirmations.propose_by_link(
        question=_question(keys["waiting"]),
        function=CHAIR,
        values={"purpose": text},
        based_on=1,
        reason=text,
    )


def _readers(keys: dict[str, Any]) -> None:
    def reader(name: str) -> Subscriber:
        subscriptions.subscribe(email=f"{name}@voorbeeld.example", is_gp=False)
        return Subscriber.objects.get(email=f"{name}@voorbeeld.example")

    keys["asked_reader"] = _token(subscribe_link(reader("gevraagd")))
    known = reader("lezer")
    subscriptions.confirm(subscriber=known)
    keys["known_reader"] = _token(subscribe_link(known))
    keys["reader"] = _token(unsubscribe_link(known))
    gone = reader("weg")
    keys["gone_reader"] = _token(unsubscribe_link(gone))
    subscriptions.unsubscribe(subscriber=gone)


def _signalen(cast: Cast, keys: dict[str, Any], text: str) -> None:
    """One in every state, as `signaal_<status>`; one was said to be about something."""
    for status, way in WAYS.items():
        made = reached(status, by=cast.themagroep, text=text, tafel=own_tafel(cast))
        keys[f"signaal_{status}"] = made.pk
        assert made.steps.count() == len(way)
    sorted_one = Signaal.objects.get(pk=keys["signaal_in_progress"])
    signalen.sort(signaal=sorted_one, by=cast.themagroep, theme=Theme.objects.all()[0], tafel=None)


def _surveys(cast: Cast, keys: dict[str, Any], text: str) -> None:
    """The survey of two years ago, closed, and that of last year, which somebody left open."""
    year = clock.today().year
    for name, back in (("closed_survey", 2), ("survey", 1)):
        with clock.travel(clock.now().replace(year=year - back, month=6, day=3)):
            opened = evaluations.open_year(by=cast.themagroep)
            answers = {"gevonden": "ja", "beter": text}
            evaluations.answer(evaluation=opened, answers=answers)
            if back == 2:
                evaluations.close(evaluation=opened, by=cast.themagroep)
        keys[f"{name}_year"] = opened.year
        keys[name] = _token(evaluation_link(opened))
    # Otherwise its last day would be behind us.
    Evaluation.objects.filter(year=year - 1).update(closes_on=clock.today() + timedelta(days=7))
    # One who may stop the next, and one who did.
    evaluations.stop_asking(person=cast.admin)
    keys["no_survey"] = _token(stop_link(cast.gemeente))
    keys["stopped_survey"] = _token(stop_link(cast.admin))


def _token(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


def _question(token: str) -> links.Question:
    found = links.question_of(token)
    assert found is not None
    return found


def more(keys: dict[str, Any], copies: Any) -> None:
    """More of everything that these pages list; `copies` is that of tests/house/growth.py."""
    for pk in (keys["proposal"], keys["gemeente_proposal"]):
        copies(Proposal.objects.get(pk=pk), {})
    for pk in (keys["published"], keys["gemeente_proposal"] - 1):
        edition = Edition.objects.get(proposal=pk)
        copies(edition, {"number": lambda turn: 100 + turn, "proposal_id": lambda _: None})
    copies(Entrance.objects.all()[0], {"name": lambda turn: f"Verzonnen team {turn}"})
    copies(
        Subscriber.objects.exclude(confirmed_at=None)[0],
        {"email": lambda turn: f"lezer{turn}@voorbeeld.example"},
    )
    copies(Tafel.objects.get(slug=keys["own_tafel"]).editions.all()[0], {
        "number": lambda turn: 200 + turn, "proposal_id": lambda _: None,
    })  # fmt: skip
    for signaal in Signaal.objects.filter(
        pk__in=[v for k, v in keys.items() if k.startswith("signaal_")]
    ):
        copies(signaal, {})
        if step := signaal.steps.first():
            copies(step, {})
    for evaluation in Evaluation.objects.all():
        copies(evaluation, {"year": lambda turn, one=evaluation: one.year + 3 + 2 * turn})
    copies(EvaluationAnswer.objects.all()[0], {})
