"""A test database is migrated once, and copied by every process that tests.

All migrations together take many seconds, in each process of each run; a copy takes none. What it
was made of is in the name of what is copied: other code is another database. On SQLite it is a file
in var/, on PostgreSQL a database beside the others on the server. Whoever comes first makes it, the
others wait; `python -m tests.prebuilt` makes it before anybody asks.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "test-database"
MADE_OF = ("rdm", "audit", "outbox", "directory", "escalation", "learning", "demo", "requirements")
# Databases of other code are left on a server for those who test that code, but not for ever.
KEPT = "7 days"
PREFIX = "rdm_prebuilt_"


@cache
def digest() -> str:
    """Of everything that can have a say in what the migrations leave behind."""
    total = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    for folder in MADE_OF:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                total.update(str(path.relative_to(ROOT)).encode())
                total.update(path.read_bytes())
    total.update(Path(__file__).read_bytes())
    return total.hexdigest()[:20]


def copy_to(name: str) -> None:
    """Make the test database `name`, as the migrations leave it, and work in it."""
    with _server() as server:
        server.copy(server.ready(), name)
    _work_in(name)


def remove(name: str, instead: str) -> None:
    """Throw the test database `name` away, and turn to `instead`."""
    _work_in(instead)
    with _server() as server:
        server.drop(name)


@contextmanager
def elsewhere() -> Iterator[None]:
    """Work in a copy of the database, whatever becomes of it."""
    here = str(connection.settings_dict["NAME"])
    _write_out()
    connection.close()
    there = f"{here}_elsewhere"
    with _server() as server:
        server.copy(here, there)
    _work_in(there)
    try:
        yield
    finally:
        remove(there, instead=here)


def _write_out() -> None:
    """Everything in the one file that is copied."""
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _work_in(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _migrate(name: str) -> None:
    before = str(connection.settings_dict["NAME"])
    _work_in(name)
    try:
        call_command("migrate", verbosity=0, interactive=False)
        _write_out()
    finally:
        _work_in(before)


class Files:
    """SQLite: a database is a file."""

    def ready(self) -> str:
        made = FOLDER / f"{digest()}.sqlite3"
        if not made.exists():
            shutil.rmtree(FOLDER)
            FOLDER.mkdir()
            half = FOLDER / "half-made.sqlite3"
            _migrate(str(half))
            half.rename(made)
        return str(made)

    def copy(self, made: str, name: str) -> None:
        self.drop(name)
        shutil.copyfile(made, name)

    def drop(self, name: str) -> None:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{name}{ending}").unlink(missing_ok=True)


class Server:
    """PostgreSQL, by a connection without the time limits of the product."""

    def __init__(self, known: Any) -> None:
        self.known = known

    def ready(self) -> str:
        made = PREFIX + digest()
        if not self._asked("SELECT 1 FROM pg_database WHERE datname = %s", made):
            self._forget_old()
            half = f"{PREFIX}half_made"
            self.drop(half)
            self._do(f'CREATE DATABASE "{half}"')
            _migrate(half)
            self._do(f"COMMENT ON DATABASE \"{half}\" IS '{datetime.now(UTC).isoformat()}'")
            self._do(f'ALTER DATABASE "{half}" RENAME TO "{made}"')
        return made

    def copy(self, made: str, name: str) -> None:
        self.drop(name)
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{made}"')

    def drop(self, name: str) -> None:
        self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _forget_old(self) -> None:
        """The comment on a database says when it was made."""
        old = self._asked(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            f" AND shobj_description(oid, 'pg_database')::timestamptz < now() - '{KEPT}'::interval",
            PREFIX,
        )
        for (name,) in old:
            self.drop(name)

    def _do(self, statement: str) -> None:
        self.known.execute(statement)

    def _asked(self, statement: str, *values: str) -> list[Any]:
        return list(self.known.execute(statement, values))


@contextmanager
def _server() -> Iterator[Files | Server]:
    """Where databases are made and dropped, by one process at a time."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if connection.vendor == "sqlite":
        with (FOLDER.parent / "test-database.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield Files()
        return
    import psycopg

    here = connection.settings_dict
    found = {"host": here["HOST"], "port": here["PORT"], "user": here["USER"]}
    found = {key: value for key, value in found.items() if value}
    with psycopg.connect(
        **found, password=here["PASSWORD"] or None, dbname="postgres", autocommit=True
    ) as known:
        known.execute("SELECT pg_advisory_lock(hashtext(%s))", [PREFIX])
        yield Server(known)


if __name__ == "__main__":
    import tests.env  # noqa: F401  before the settings are read

    os.environ["DJANGO_SETTINGS_MODULE"] = "rdm.settings"
    import django

    django.setup()
    with _server() as somewhere:
        somewhere.ready()
