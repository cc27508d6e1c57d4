"""The world of the demo: two years of work in the region, lived through in seconds.

Nothing is written but by calling the ordinary actions, in the order of time, with the clock of the
product standing at each moment. Mail of those years counts as sent: it went to nobody.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from datetime import datetime, time

from django.db import transaction
from django.test.utils import override_settings

from demo import (
    evaluations,
    followed,
    past,
    practice,
    present,
    region_work,
    resident,
    signalen,
    upkeep,
    watching,
)
from demo.people import invite_everybody
from demo.story import Story, World
from directory.people.reviews.sweeps import ask_to_review
from directory.upkeep.confirmations.sweeps import ask_to_confirm
from directory.upkeep.subscriptions.sweeps import tell_subscribers
from escalation.dossier import sweeps
from learning import sweeps as learning_sweeps
from outbox import sweeps as outbox_sweeps
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.workdays import add_workdays

STORIES: tuple[Callable[[World], Story], ...] = (
    *region_work.STORIES,
    *upkeep.STORIES,
    *signalen.STORIES,
    *evaluations.STORIES,
    *past.STORIES,
    *present.STORIES,
    *watching.STORIES,
    *followed.STORIES,
    *resident.STORIES,
)
# People come in this many working days before today.
BEGINNING = -500
# In the last days the reminders of every day are made, before that only now and then.
REMINDED_DAYS = 12
NOBODY = "django.core.mail.backends.dummy.EmailBackend"


def load() -> None:
    """Make the region, its people and their two years; all of it or nothing."""
    with transaction.atomic(), override_settings(EMAIL_BACKEND=NOBODY):
        today = clock.today()
        begin = datetime.combine(add_workdays(today, BEGINNING), time(9), clock.AMSTERDAM)
        with clock.travel(begin):
            practice.load()
            world = World(invite_everybody(), today)
        _live(world, [story(world) for story in STORIES])
        # What came after the last evening.
        _send()


def _live(world: World, stories: Iterable[Story]) -> None:
    """Resume the story with the earliest next act, until all are told."""
    queue: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate([*stories, _evenings(world)]):
        heapq.heappush(queue, (next(story), number, story))
    while queue:
        moment, number, story = heapq.heappop(queue)
        with clock.travel(moment):
            upcoming = next(story, None)
        if upcoming is None:
            continue
        if upcoming < moment:
            raise ValueError(f"story {number} goes back in time, to {upcoming}")
        heapq.heappush(queue, (upcoming, number, story))


def _evenings(world: World) -> Story:
    """The sweeps: now and then in the past, at the end of every day lately."""
    days = [*range(BEGINNING, -REMINDED_DAYS, 5), *range(-REMINDED_DAYS, 0)]
    for offset in days:
        yield datetime.combine(world.date(offset), time(18), clock.AMSTERDAM)
        if offset >= -REMINDED_DAYS:
            sweeps.remind()
            learning_sweeps.remind()
            ask_to_confirm()
            ask_to_review()
        tell_subscribers()
        _send()


def _send() -> None:
    while Message.objects.filter(state="ready", not_before__lte=clock.now()).exists():
        if not outbox_sweeps.send_ready():
            raise RuntimeError("the mail of the demo could not be put away")
