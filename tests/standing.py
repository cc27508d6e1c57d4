"""What stands in the test database, committed, for all tests that follow.

Nearly every test needs the region and the cast, and the inspectors a whole scene. Making those
takes seconds and putting them back a tenth of one; here they stand until a test needs another
beginning, and each test works in a transaction that is rolled back. Committed, because PostgreSQL
keeps every older version of a row for as long as the transaction that made them is open.

Tests are sorted by what they need (`order`), so that little is built twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

Make = Callable[[], object]

# Seconds at a time, and nobody else can help: these begin before the others with their beginning.
LONG = (
    "test_as_many_queries_at_twenty_rows_as_at_one_and_not_too_many",
    "test_every_cell",
    "test_every_form_is_accepted_and_leads_on_in_this_region",
    "test_nothing_that_is_typed_comes_into_the_log",
    "test_every_bad_value_is_typed_in_every_kind_of_field",
    "test_a_casus_on_its_way",
)


def stands(item: Any) -> bool:
    """Whether this test works in a transaction on what stands, and not in a database of its own."""
    alone = {"transactional_db", "live_server"} & set(item.fixturenames)
    return "db" in item.fixturenames and not alone and item.get_closest_marker("django_db") is None


def plays_elsewhere(item: Any) -> bool:
    """Whether this test plays in the invented region: it counts what a region may have more of."""
    return item.get_closest_marker("elsewhere") is not None


def order(item: Any) -> tuple[int, bool]:
    """Tests with the same beginning come after one another, and those that take long come first: at
    the end there must be something left for every process."""
    return _beginning(item), getattr(item, "originalname", item.name) not in LONG


def _beginning(item: Any) -> int:
    marker = item.get_closest_marker("django_db")
    if not stands(item):
        commits = marker.kwargs.get("transaction") if marker else "db" in item.fixturenames
        return 0 if commits else 5
    if "house" in item.path.parts:
        return 1
    if "cast" in item.fixturenames:
        return 2 if plays_elsewhere(item) else 3
    return 4 if "twente" in item.fixturenames else 5


class Standing:
    """The one thing that stands, if anything does."""

    def __init__(self) -> None:
        self.made: Make | None = None
        self.blocker: Any = None

    def up(self, make: Make | None, blocker: Any) -> None:
        """Have what `make` makes stand; None is an empty database."""
        if self.made is make:
            return
        self.down()
        if make is None:
            return
        self.blocker = blocker
        with blocker.unblock():
            make()
            self.made = make
            if connection.vendor == "postgresql":
                # The planner knows nothing yet of tables that were filled just now. What the server
                # looks after itself at this moment is left to it.
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE (SKIP_LOCKED)")

    def down(self) -> None:
        """Leave an empty database."""
        if self.made is None:
            return
        self.made = None
        with self.blocker.unblock():
            TransactionTestCase()._fixture_teardown()


standing = Standing()


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves no trace in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
