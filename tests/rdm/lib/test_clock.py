from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest

from rdm.lib import clock


def test_now_is_utc_and_moves() -> None:
    assert clock.now().utcoffset() == timedelta(0)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_travel_stops_the_clock_and_comes_back() -> None:
    with clock.travel(datetime(2024, 5, 1, 12, tzinfo=UTC)):
        assert clock.now() == datetime(2024, 5, 1, 12, tzinfo=UTC)
        with clock.travel(datetime(2020, 1, 1, tzinfo=UTC)):
            assert clock.now().year == 2020
        assert clock.now().year == 2024
    assert clock.now().year >= 2025


def test_today_is_the_day_in_amsterdam() -> None:
    with clock.travel(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)
    with clock.travel(datetime(2026, 12, 31, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 12, 31)


def test_travel_refuses_a_moment_without_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.travel(datetime(2026, 1, 1)):
        pass


def test_travelling_does_not_move_another_thread() -> None:
    seen = []
    with clock.travel(datetime(2020, 1, 1, tzinfo=UTC)):
        thread = Thread(target=lambda: seen.append(clock.now().year))
        thread.start()
        thread.join()
    assert seen[0] >= 2025
