"""Lets a test database be emptied although the log in it can only grow.

Ordinary tests roll back, and the triggers stay on. Tests that commit (`transactional_db`,
`live_server`, `TransactionTestCase`) end with a flush: DELETE on SQLite, TRUNCATE on PostgreSQL,
and both are exactly what the triggers refuse. So for the length of that flush, and nowhere else,
the triggers are taken off; afterwards they are put back and the log starts again with a fresh head.

`tests/conftest.py` takes this in with one line:

    from tests.audit.flush import append_only_flush  # noqa: F401
"""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import TransactionTestCase

from audit import chain, triggers


@pytest.fixture(scope="session", autouse=True)
def append_only_flush() -> Iterator[None]:
    flush = TransactionTestCase._fixture_teardown

    def flush_and_start_again(self: TransactionTestCase) -> None:
        aliases = self._databases_names(include_mirrors=False)
        for alias in aliases:
            triggers.remove(connections[alias])
        try:
            flush(self)
        finally:
            for alias in aliases:
                start_again(alias)

    TransactionTestCase._fixture_teardown = flush_and_start_again
    yield
    TransactionTestCase._fixture_teardown = flush


def start_again(alias: str = "default") -> None:
    """An empty log with its head and its triggers, as migration 0002 leaves it."""
    from audit.models import AuditHead  # a plugin may be imported before Django is ready

    heads = AuditHead.objects.using(alias)
    heads.all().delete()
    heads.create(pk=1, number=0, hash=chain.START, seal=chain.head_seal(0, chain.START))
    triggers.install(connections[alias])
