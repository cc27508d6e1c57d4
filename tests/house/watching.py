"""The part of the scene that is watched over: meldingen of ongewoon gebruik, and roles that
somebody went through."""

from __future__ import annotations

from typing import Any

from audit import log
from directory.models import Membership, MembershipReview, Procesafspraak
from directory.people.reviews import actions as review_actions
from directory.reading import reviews
from escalation.models import UnusualReading
from escalation.oversight.unusual import actions as oversight
from escalation.oversight.unusual import sweeps as unusual_sweeps
from tests.cast import Cast


def fill(cast: Cast, keys: dict[str, Any], code: str, text: str) -> None:
    """Make it, and note in `keys` what the pages need."""
    _meldingen(cast, keys, code, text)
    _review(cast, keys)


def _meldingen(cast: Cast, keys: dict[str, Any], code: str, text: str) -> None:
    """One in every state, as `unusual_<state>`, of three people who tried a code too often."""
    most = Procesafspraak.number_of("pogingen_per_uur")
    states = {"new": cast.outsider, "seen": cast.aanmelder, "done": cast.client_support}
    for who in states.values():
        for turn in range(most + 1):
            log.record(
                actor=who,
                action="refuse",
                object_type="casus",
                object_id=code if turn % 2 else "",
                part="dossier" if turn % 2 else "",
                role=", ".join(sorted(who.roles)),
                organisation=who.acting_for,
                outcome="not_visible" if turn % 2 else "not_found",
            )
    unusual_sweeps.watch_the_log()
    by = cast.privacy_officer
    for state, who in states.items():
        reading = UnusualReading.objects.get(actor_id=str(who.pk))
        keys[f"unusual_{state}"] = reading.pk
        if state != "new":
            oversight.move(reading=reading, by=by, name="look_into", note=text)
        if state == "done":
            oversight.move(reading=reading, by=by, name="settle", note=text)


def _review(cast: Cast, keys: dict[str, Any]) -> None:
    roles = reviews.undecided(cast.scot, None)
    review = review_actions.go_through(
        organisation=cast.scot, by=cast.admin, decisions={one.pk: "keep" for one in roles}
    )
    keys["review"] = review.pk


def more(keys: dict[str, Any], copies: Any) -> None:
    """More of everything that these pages list; `copies` is that of tests/house/growth.py."""
    for state in ("new", "seen", "done"):
        reading = UnusualReading.objects.get(pk=keys[f"unusual_{state}"])
        name = reading.actor_id
        copies(reading, {"actor_id": lambda turn, name=name: f"{name}-{turn}"})
        if step := reading.steps.first():
            copies(step, {})
        for turn in range(19):
            log.record(
                actor=_Known(reading.actor_id, reading.actor_name),
                action="refuse",
                object_type="casus",
                object_id=f"TW-{turn + 40}-XXXXX",
                part="dossier",
                outcome="not_visible",
            )
    review = MembershipReview.objects.get(pk=keys["review"])
    made = copies(review, {})
    line = review.lines.all()[0]
    for one in made:
        copies(line, {"review_id": lambda _, to=one: to.pk}, 1)
    memberships = Membership.objects.exclude(organisation=review.organisation).order_by("pk")[:19]
    for membership in memberships:
        copies(line, {"membership_id": lambda _, to=membership: to.pk}, 1)


class _Known:
    """Somebody as the log knows them."""

    def __init__(self, pk: str, name: str) -> None:
        self.pk, self.name = pk, name
