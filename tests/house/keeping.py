"""The part of the scene in which the overview is kept true: proposals in every state, versions, the
yearly question and its links, entrances of a gemeente, and readers."""

from __future__ import annotations

from typing import Any

from directory import links
from directory.actions import confirmations, proposals, subscriptions
from directory.models import Edition, Entrance, Proposal, Subscriber, Tafel
from tests.cast import Cast
from tests.directory.keeping import ENTRANCE, REASON, own_tafel, proposed

CHAIR = "voorzitter van de tafel"


def fill(cast: Cast, keys: dict[str, Any], text: str, long_word: str) -> None:
    """Make it, and note in `keys` what the pages need."""
    _proposals(cast, keys, text)
    _entrances(cast, keys, text, long_word)
    _yearly(cast, keys, text)
    _readers(keys)


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
    first = proposals.propose_entrances(
        gemeente=cast.enschede,
        by=cast.gemeente,
        values={
            "entrances": [{**ENTRANCE, "name": f"Team {long_word}", "note": text}],
            "client_support": ["scot"],
        },
        based_on=1,
        reason=REASON,
    )
    proposals.publish(proposal=first, by=cast.gemeente, version=1)
    second = proposals.propose_entrances(
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

    keys["asked_reader"] = _token(links.subscribe_link(reader("gevraagd")))
    known = reader("lezer")
    subscriptions.confirm(subscriber=known)
    keys["known_reader"] = _token(links.subscribe_link(known))
    keys["reader"] = _token(links.unsubscribe_link(known))
    gone = reader("weg")
    keys["gone_reader"] = _token(links.unsubscribe_link(gone))
    subscriptions.unsubscribe(subscriber=gone)


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
