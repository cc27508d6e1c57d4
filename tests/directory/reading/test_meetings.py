"""The next meeting of a tafel and the last day to hand in (E-064, E-073)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.models import Tafel
from directory.reading.meetings import AHEAD, coming, meetings

# A Monday that is no holiday.
MONDAY = date(2026, 11, 23)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def tafel(anchor: date | None = MONDAY, weeks: int | None = 2, lead: int | None = None) -> Tafel:
    return Tafel(rhythm_anchor=anchor, rhythm_weeks=weeks, submit_weeks_before=lead)


def test_every_two_weeks_from_the_known_day_on() -> None:
    days = [one.day for one in meetings(tafel(), MONDAY)]
    assert days[:3] == [MONDAY, date(2026, 12, 7), date(2026, 12, 21)]


def test_the_day_after_a_meeting_the_next_one_comes_first() -> None:
    found = coming(tafel(), MONDAY + timedelta(days=1))
    assert found and found.first.day == date(2026, 12, 7)


@pytest.mark.parametrize("unknown", [tafel(anchor=None), tafel(weeks=None), tafel(weeks=0)])
def test_without_a_day_or_a_rhythm_nothing_is_invented(unknown: Tafel) -> None:
    assert coming(unknown, MONDAY) is None


def test_the_last_day_to_hand_in_lies_the_lead_time_before() -> None:
    found = coming(tafel(lead=3), date(2026, 11, 10))
    assert found and found.first.submit_by == date(2026, 11, 2)
    # Too late for 23 November; 7 December is the first that can still be reached.
    assert found.is_late and found.open.day == date(2026, 12, 7)
    assert found.sentence == (
        "Volgend overleg: maandag 23 november 2026. Aanmelden kan nog voor "
        "maandag 7 december 2026: uiterlijk maandag 16 november 2026."
    )


def test_on_the_last_day_it_is_not_too_late() -> None:
    found = coming(tafel(weeks=6, lead=3), date(2026, 11, 2))
    assert found and not found.is_late
    assert found.sentence.endswith("Meld uiterlijk maandag 2 november 2026 aan.")


def test_a_meeting_on_a_public_holiday_says_so() -> None:
    found = coming(tafel(anchor=date(2027, 3, 29)), date(2027, 3, 20))
    assert found and "Tweede paasdag" in found.first.words


@given(anchor=DAYS, today=DAYS, weeks=st.integers(1, 60), lead=st.none() | st.integers(1, 12))
def test_the_rhythm_runs_both_ways(anchor: date, today: date, weeks: int, lead: int | None) -> None:
    subject = tafel(anchor, weeks, lead)
    found = list(meetings(subject, today))
    assert all(today <= one.day <= today + AHEAD for one in found)
    assert all((one.day - anchor).days % (7 * weeks) == 0 for one in found)
    assert found or weeks > 52
    next_one = coming(subject, today)
    if next_one and next_one.is_late:
        assert next_one.first.submit_by and next_one.first.submit_by < today
        assert next_one.open.submit_by and next_one.open.submit_by >= today
