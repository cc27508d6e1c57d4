"""The clock of the sweeps: nights with an hour more or less, a clock that jumps back, and a beat
that was down. Each mail goes once (promise 5).

Over the scene, in which every term there is runs or ran out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from outbox.models import Message
from rdm.lib import clock
from tests.house.scene import Scene
from tests.house.tried import note
from tests.standing import undone

# The first needs a mail server, the next two walk a log that is put back between runs, and the last
# one is about the day itself.
NOT_HERE = {
    "outbox.sweeps.send_ready",
    "audit.sweeps.look_at_new",
    "audit.sweeps.look_at_all",
    "directory.log_watch.sweeps.mail_head",
}
SWEEPS = [import_string(name) for name in settings.SWEEPS if name not in NOT_HERE]
# The clock goes forward on the first night, and back on the second.
NIGHTS = (date(2027, 3, 28), date(2027, 10, 31))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(11), UTC)


def swept(moments: Iterable[datetime]) -> set[str]:
    """The keys of the mails that are there after sweeping at these moments."""
    for moment in moments:
        with clock.travel(moment):
            for sweep in SWEEPS:
                note("sweeps")
                sweep()
    return set(Message.objects.values_list("key", flat=True))


def every_day(first: date, days: int) -> list[datetime]:
    return [noon(first + number * DAY) for number in range(days)]


def through_the_night(night: date) -> Iterator[datetime]:
    """From the noon before to the noon after, every hour and in the night every half; then the
    clock is put back an hour, and goes on."""
    at = noon(night - DAY)
    while at <= noon(night):
        yield at
        at += HOUR / 2 if at.hour < 4 else HOUR
    yield from (noon(night) - HOUR, noon(night) - HOUR / 2, noon(night))
    yield noon(night + DAY)


@pytest.mark.once
@pytest.mark.parametrize("night", NIGHTS, ids=str)
def test_a_night_with_another_hour_sends_what_any_night_sends(scene: Scene, night: date) -> None:
    with undone():
        before = swept([noon(night - 8 * DAY)])
        with undone():
            plain = swept(every_day(night - DAY, 3))
        odd = swept(through_the_night(night))
    assert odd == plain and before < plain


@pytest.mark.once
def test_a_beat_that_was_down_for_two_days_sends_each_thing_once(scene: Scene) -> None:
    first = clock.today() + 3 * DAY
    days = every_day(first, 9)
    with undone():
        whole = swept(days)
        mails = set(Message.objects.values_list("to", "subject"))
    with undone():
        late = swept([*days[:3], *days[5:]])
        found = set(Message.objects.values_list("to", "subject"))
    # Nothing new is invented to make up for it, and nobody misses what they had to hear.
    assert late <= whole and found == mails


@pytest.mark.nightly
def test_two_years_of_sweeps_say_each_thing_once(scene: Scene) -> None:
    """A second sweep on the same day, an hour later, adds nothing."""
    again = []
    for day in every_day(clock.today(), 731):
        known = swept([day])
        if more := swept([day + HOUR]) - known:
            again.append(f"{day:%Y-%m-%d}: {sorted(more)}")
    assert not again, "\n".join(again)
    assert len(known) > 100
