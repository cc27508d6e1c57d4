"""A disk that is full, as each of them says it."""

import errno
import sqlite3

import pytest
from django.db import OperationalError

from rdm.lib.disk import is_full


def test_what_sqlite_says_of_a_full_disk() -> None:
    """For real: with no page more to write on."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA max_page_count = 3")
    connection.execute("CREATE TABLE t (x)")
    with pytest.raises(sqlite3.OperationalError) as found:
        connection.execute("INSERT INTO t VALUES (?)", ("a" * 100_000,))
    assert is_full(found.value)
    wrapped = OperationalError("database or disk is full")
    wrapped.__cause__ = found.value
    assert is_full(wrapped)


def test_other_errors_are_something_else() -> None:
    assert is_full(OSError(errno.ENOSPC, "no")) and is_full(OSError(errno.EDQUOT, "no"))
    for error in (OSError(errno.EACCES, "no"), OperationalError("away"), ValueError(), None):
        assert not is_full(error)
