"""Lets a test database be emptied although versions and receipts can only be added.

The same problem and the same way out as tests/audit/flush.py: ordinary tests roll back and the
triggers stay on; for the flush after a test that commits, and nowhere else, they are taken off and
put back.

`tests/conftest.py` takes this in with one line:

    from tests.learning.flush import only_added_flush  # noqa: F401
"""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import TransactionTestCase

from learning import triggers


@pytest.fixture(scope="session", autouse=True)
def only_added_flush() -> Iterator[None]:
    flush = TransactionTestCase._fixture_teardown

    def flush_without_triggers(self: TransactionTestCase) -> None:
        aliases = self._databases_names(include_mirrors=False)
        for alias in aliases:
            triggers.remove(connections[alias])
        try:
            flush(self)
        finally:
            for alias in aliases:
                triggers.install(connections[alias])

    TransactionTestCase._fixture_teardown = flush_without_triggers
    yield
    TransactionTestCase._fixture_teardown = flush
