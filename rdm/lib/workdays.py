"""Counting in working days (O-01, O-02): Monday to Friday without Dutch public holidays.

A public holiday is a day of article 3 of the Algemene termijnenwet. That is the reading
gemeenten already use for terms: it includes Goede Vrijdag, and 5 May in every year.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays
from holidays.constants import OPTIONAL, PUBLIC

ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=512)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year, categories=(PUBLIC, OPTIONAL)))


def holiday_on(day: date) -> str:
    """The Dutch name of the public holiday on `day`; empty on any other day."""
    if day not in _holidays(day.year):
        return ""
    year = holidays.country_holidays(
        "NL", years=day.year, categories=(PUBLIC, OPTIONAL), language="nl"
    )
    return str(year[day])


def is_workday(day: date) -> bool:
    """True when `day` is neither in the weekend nor a Dutch public holiday."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def on_workday(day: date) -> date:
    """`day` itself when it is a working day, else the first one after it: a term that is counted
    in calendar days never ends on a day on which nobody works."""
    while not is_workday(day):
        day += ONE_DAY
    return day


def add_workdays(start: date, n: int) -> date:
    """The n-th working day after `start` (before it when n is negative; `start` itself for 0).

    The day of the start does not count, whether it is a working day or not.
    """
    step = ONE_DAY if n >= 0 else -ONE_DAY
    day = start
    for _ in range(abs(n)):
        day += step
        while not is_workday(day):
            day += step
    return day


def workdays_between(a: date, b: date) -> int:
    """Working days from `a` (not counted) up to and including `b`; negative when b < a.

    The reverse of `add_workdays`: workdays_between(a, add_workdays(a, n)) == n.
    """
    step = ONE_DAY if b >= a else -ONE_DAY
    count, day = 0, a
    while day != b:
        day += step
        count += is_workday(day)
    return count if b >= a else -count
