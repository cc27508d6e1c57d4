"""The one clock of the product.

Everything that needs "now" or "today" asks here, so that tests and the demo world can live
through two years by calling the ordinary actions.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

# A context variable and not a global: travelling in one thread may never move the clock of
# a request that another thread is serving.
_travelled: ContextVar[datetime | None] = ContextVar("rdm_clock", default=None)


def now() -> datetime:
    """The current moment: aware, in UTC."""
    return _travelled.get() or datetime.now(UTC)


def today() -> date:
    """The current calendar day in Europe/Amsterdam."""
    return now().astimezone(AMSTERDAM).date()


def local_date(moment: datetime) -> date:
    """The calendar day in Europe/Amsterdam on which `moment` (aware) falls."""
    return moment.astimezone(AMSTERDAM).date()


def year_bounds(year: int) -> tuple[datetime, datetime]:
    """The first moment of `year` in Europe/Amsterdam and that of the next one (1 to 9998)."""
    return datetime(year, 1, 1, tzinfo=AMSTERDAM), datetime(year + 1, 1, 1, tzinfo=AMSTERDAM)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The first moment of `day` in Europe/Amsterdam and that of the next day: 23, 24 or 25 hours
    apart."""
    return (
        datetime.combine(day, time(), AMSTERDAM),
        datetime.combine(day + timedelta(days=1), time(), AMSTERDAM),
    )


@contextmanager
def travel(to: datetime) -> Iterator[datetime]:
    """Stop the clock at `to` inside the block, for the running thread only; may be nested.

    Raises ValueError for a datetime without time zone: guessing one would move deadlines.
    """
    if to.tzinfo is None:
        raise ValueError("travel() needs a datetime with a time zone")
    token = _travelled.set(to.astimezone(UTC))
    try:
        yield now()
    finally:
        _travelled.reset(token)
