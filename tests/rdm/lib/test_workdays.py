from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdm.lib.workdays import add_workdays, is_workday, on_workday, workdays_between

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2026, 1, 1), "Nieuwjaarsdag"),
        (date(2026, 4, 3), "Goede Vrijdag"),
        (date(2026, 4, 6), "tweede paasdag"),
        (date(2026, 4, 27), "Koningsdag"),
        (date(2025, 4, 26), "Koningsdag, a day early because the 27th is a Sunday"),
        (date(2026, 5, 5), "Bevrijdingsdag, also outside the lustrum"),
        (date(2026, 5, 14), "Hemelvaartsdag"),
        (date(2026, 5, 25), "tweede pinksterdag"),
        (date(2026, 12, 25), "eerste kerstdag"),
        (date(2028, 12, 26), "tweede kerstdag"),
        (date(2026, 3, 7), "a Saturday"),
        (date(2026, 3, 8), "a Sunday"),
    ],
)
def test_days_off(day: date, holiday: str) -> None:
    assert not is_workday(day), holiday


def test_ordinary_days_count() -> None:
    assert is_workday(date(2026, 4, 28))
    assert is_workday(date(2026, 12, 24))


def test_a_term_over_easter_and_over_new_year() -> None:
    assert add_workdays(date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert add_workdays(date(2026, 12, 24), 3) == date(2026, 12, 30)
    assert workdays_between(date(2026, 12, 31), date(2027, 1, 4)) == 1


def test_a_term_of_zero_days_ends_on_its_start() -> None:
    assert add_workdays(date(2026, 3, 7), 0) == date(2026, 3, 7)


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(-60, 60))
def test_between_is_the_reverse_of_add(start: date, n: int) -> None:
    end = add_workdays(start, n)
    assert workdays_between(start, end) == n
    assert n == 0 or is_workday(end)


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(0, 120))
def test_between_counts_day_by_day(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    expected = sum(is_workday(start + timedelta(days=i)) for i in range(1, length + 1))
    assert workdays_between(start, end) == expected


def test_a_term_never_ends_on_a_day_off() -> None:
    assert on_workday(date(2026, 12, 11)) == date(2026, 12, 11)
    assert on_workday(date(2026, 12, 13)) == date(2026, 12, 14)
    assert on_workday(date(2026, 12, 25)) == date(2026, 12, 28)
