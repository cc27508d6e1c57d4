"""A copy of the whole database in a folder, and putting it back (security.md, promise 10).

The folder holds the copy and `manifest.json`: how many rows every table had, and the head of the
audit log. Both are read in the same snapshot as the copy, so they say exactly what is in it. With
the head a restored log can be told from one that was tampered with or cut off.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from audit import log
from outbox import queue
from rdm.lib import clock

FORMAT = 1
MANIFEST = "manifest.json"
FILES = {"sqlite": "database.sqlite3", "postgresql": "database.sql"}
Count = Callable[[str], list[tuple[Any, ...]]]


class BackupFailed(Exception):
    """What went wrong, in Dutch, for who runs the command."""


@dataclass(frozen=True)
class Manifest:
    """What the copy must hold. `sha256` is that of the copy itself."""

    format: int
    made_at: str
    engine: str
    sha256: str
    rows: dict[str, int]
    migrations: dict[str, str]
    head_number: int
    head_hash: str

    @property
    def head(self) -> log.Head:
        return log.Head(self.head_number, self.head_hash)


# --- Making one -----------------------------------------------------------------------------------


def make(folder: Path) -> Manifest:
    """Write a backup into `folder`, which must not exist yet; the product may go on meanwhile."""
    if folder.exists():
        raise BackupFailed(f"De map {folder} bestaat al. Kies een nieuwe map.")
    log.record(actor=None, action="export", object_type="backup")
    # Not for other users of the machine: everything is in it.
    folder.mkdir(parents=True, mode=0o700)
    copy = folder / FILES[connection.vendor]
    copy.touch(mode=0o600)
    rows, head = _copy_sqlite(copy) if connection.vendor == "sqlite" else _copy_postgres(copy)
    manifest = Manifest(
        format=FORMAT,
        made_at=clock.now().isoformat(),
        engine=connection.vendor,
        sha256=_digest(copy),
        rows=rows,
        migrations=_migrations(),
        head_number=head.number,
        head_hash=head.hash,
    )
    # Last: without it the folder is no backup.
    text = json.dumps(asdict(manifest), indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(f"{text}\n")
    return manifest


def _copy_sqlite(copy: Path) -> tuple[dict[str, int], log.Head]:
    with (
        closing(_sqlite()) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
        return _counted(lambda sql: target.execute(sql).fetchall())


def _copy_postgres(copy: Path) -> tuple[dict[str, int], log.Head]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        _run("pg_dump", f"--snapshot={snapshot}", "--no-owner", "--no-privileges", f"--file={copy}")

        def ask(sql: str) -> list[tuple[Any, ...]]:
            cursor.execute(sql)
            return list(cursor.fetchall())

        return _counted(ask)


def _counted(ask: Count) -> tuple[dict[str, int], log.Head]:
    quote = connection.ops.quote_name
    rows = {
        table: int(ask(f"SELECT COUNT(*) FROM {quote(table)}")[0][0])
        for table in sorted(connection.introspection.django_table_names(only_existing=True))
    }
    return rows, log.Head(*ask("SELECT number, hash FROM audit_audithead")[0])


def _migrations() -> dict[str, str]:
    """The last migration of each app: which version of the product this backup belongs to."""
    return dict(sorted(MigrationRecorder(connection).applied_migrations()))


# --- Putting it back ------------------------------------------------------------------------------


def read(folder: Path) -> Manifest:
    """The manifest of a backup whose copy is still what was written."""
    try:
        values: Mapping[str, Any] = json.loads((folder / MANIFEST).read_text())
        manifest = Manifest(**values)
    except (OSError, ValueError, TypeError):
        raise BackupFailed(f"In {folder} staat geen reservekopie.") from None
    if manifest.format != FORMAT or manifest.engine != connection.vendor:
        raise BackupFailed(
            f"Deze reservekopie is van {manifest.engine}, en deze database is {connection.vendor}."
        )
    if _digest(folder / FILES[manifest.engine]) != manifest.sha256:
        raise BackupFailed("De reservekopie is beschadigd of veranderd. Neem een andere.")
    return manifest


def restore(folder: Path, *, replace: bool = False) -> tuple[Manifest, int]:
    """Put a backup back; the manifest, and how many mails are held. Nobody may use the product
    meanwhile.

    Refuses when there is something in the database, unless `replace`. Afterwards row counts and
    audit log are those of the manifest, everybody is signed out, and mail that waited at the time
    of the backup is held: nobody knows whether it was sent since.
    """
    manifest = read(folder)
    if not replace and _in_use():
        raise BackupFailed("In deze database staan al gegevens. Met --replace gaan die weg.")
    connection.close()
    copy = folder / FILES[manifest.engine]
    if manifest.engine == "sqlite":
        _put_back_sqlite(copy)
    else:
        _put_back_postgres(copy)
    _check(manifest)
    with transaction.atomic():
        Session.objects.all().delete()
        held = queue.hold_unsent()
        log.record(actor=None, action="update", object_type="backup", part="restore")
    return manifest, held


def _in_use() -> bool:
    """Whether there is anything but an empty house: a person, or a row in the log."""
    tables = connection.introspection.table_names()
    if "directory_user" not in tables or "audit_auditentry" not in tables:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM directory_user), EXISTS (SELECT 1 FROM audit_auditentry)"
        )
        return any(cursor.fetchone())


def _put_back_sqlite(copy: Path) -> None:
    with (
        closing(sqlite3.connect(copy)) as source,
        closing(_sqlite()) as target,
    ):
        source.backup(target)


def _put_back_postgres(copy: Path) -> None:
    # In one transaction: a restore that fails halfway leaves what was there.
    _run(
        "psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1",
        "--command=SET client_min_messages = warning",
        "--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public",
        f"--file={copy}",
    )  # fmt: skip


def _check(manifest: Manifest) -> None:
    with connection.cursor() as cursor:

        def ask(sql: str) -> list[tuple[Any, ...]]:
            cursor.execute(sql)
            return list(cursor.fetchall())

        rows, _ = _counted(ask)
    wrong = [
        f"{table} {rows.get(table)} in plaats van {number}"
        for table, number in manifest.rows.items()
        if rows.get(table) != number
    ]
    if wrong:
        raise BackupFailed(f"Na het terugzetten kloppen aantallen niet: {', '.join(wrong)}.")
    if problem := log.check(manifest.head):
        raise BackupFailed(
            f"Het logboek klopt niet bij nummer {problem.number}: {problem.reason}. Is AUDIT_KEY "
            "dezelfde als toen?"
        )


# --- Both engines ---------------------------------------------------------------------------------


def _sqlite() -> sqlite3.Connection:
    name = str(connection.settings_dict["NAME"])
    return sqlite3.connect(name, uri=name.startswith("file:"))


def _run(program: str, *arguments: str) -> None:
    """A program of PostgreSQL on the database of the settings; the password is not on its command
    line, where everybody on the machine could read it."""
    to = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}
    names["PGPASSWORD"] = "PASSWORD"
    environment = {**os.environ, **{key: str(to[name]) for key, name in names.items() if to[name]}}
    with _explained(program):
        subprocess.run(
            [program, *arguments], env=environment, check=True, capture_output=True, text=True
        )


@contextmanager
def _explained(program: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise BackupFailed(f"Het programma {program} staat niet op deze machine.") from None
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip().splitlines() or ["zonder uitleg"])[-1]
        raise BackupFailed(f"{program} is mislukt: {last}") from None
    except DatabaseError as error:
        raise BackupFailed(f"De database weigert: {type(error).__name__}.") from None


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise BackupFailed(f"{path} is niet te lezen.") from None
