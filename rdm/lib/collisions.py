"""What a database says when two people do something at the same moment."""

from __future__ import annotations

import sqlite3

from django.db import DatabaseError, IntegrityError

# PostgreSQL: it could not be put in an order, a deadlock, waited too long for a row, and for all.
_STATES = {"40001", "40P01", "55P03", "57014"}
_SQLITE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def is_collision(error: DatabaseError) -> bool:
    """Whether it goes well when it is tried again, as far as the database can know: it refused a
    row that somebody else was first with, or could not wait any longer. A lost connection is
    something else."""
    cause = error.__cause__
    return (
        isinstance(error, IntegrityError)
        or getattr(cause, "sqlstate", None) in _STATES
        or getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE
    )
