"""Making a copy, while the product goes on.

Row counts and the head of the log are read in the same snapshot as the copy, so they say exactly
what is in it. Files come after the rows: a file that was added meanwhile is one too many, and that
is seen when the copy is put back; the other way round one would be missing.
"""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from audit import log
from rdm.backup import programs
from rdm.lib import clock, private_files
from rdm.lib.copies import CopyRefused, manifest, sealed, shelf
from rdm.lib.copies.manifest import Manifest

DATABASE = "database.age"
FILES = "files.tar.age"
TOMBSTONES = "tombstones.jsonl"
Ask = Callable[[str], list[tuple[Any, ...]]]
Found = tuple[dict[str, int], log.Head]


def make(folder: Path) -> Manifest:
    """Write a copy into `folder`, which must not exist yet; all of it or nothing."""
    if folder.exists():
        raise CopyRefused(f"De map {folder} bestaat al. Kies een nieuwe map.")
    sealed.recipients()
    log.record(actor=None, action="export", object_type="backup")
    # Not for other users of the machine, and under its own name only when it is whole.
    half = folder.with_name(f"{shelf.HALF}{folder.name}")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True, mode=0o700)
    try:
        made = _fill(half)
    except BaseException:
        shutil.rmtree(half)
        raise
    half.rename(folder)
    return made


def _fill(half: Path) -> Manifest:
    made_at = clock.now().isoformat()
    with sealed.writing(half / DATABASE) as sink:
        rows, head = _sqlite(sink) if connection.vendor == "sqlite" else _postgresql(sink)
    with sealed.writing(half / FILES) as sink:
        files, tombstones = _files(sink)
    made = Manifest(
        format=manifest.FORMAT,
        made_at=made_at,
        engine=connection.vendor,
        parts={name: manifest.digest(half / name) for name in (DATABASE, FILES)},
        rows=rows,
        files=files,
        tombstones=tombstones,
        migrations=dict(sorted(MigrationRecorder(connection).applied_migrations())),
        head_number=head.number,
        head_hash=head.hash,
    )
    manifest.write(half, made)
    return made


def counted(ask: Ask, tables: list[str]) -> dict[str, int]:
    quote = connection.ops.quote_name
    return {table: int(ask(f"SELECT COUNT(*) FROM {quote(table)}")[0][0]) for table in tables}


def _found(ask: Ask) -> Found:
    tables = sorted(connection.introspection.django_table_names(only_existing=True))
    return counted(ask, tables), log.Head(*ask("SELECT number, hash FROM audit_audithead")[0])


def _sqlite(sink: BinaryIO) -> Found:
    """By way of a file beside the database itself, so on a disk where it may lie in the clear."""
    name = str(connection.settings_dict["NAME"])
    aside = Path(f"{name}.copying")
    try:
        with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(aside)) as target:
            aside.chmod(0o600)
            source.backup(target)
            found = _found(lambda sql: target.execute(sql).fetchall())
        with aside.open("rb") as file:
            while block := file.read(sealed.BLOCK):
                sink.write(block)
    finally:
        aside.unlink(missing_ok=True)
    return found


def _postgresql(sink: BinaryIO) -> Found:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        programs.run(
            *("pg_dump", "--format=custom", f"--snapshot={snapshot}"),
            *("--no-owner", "--no-privileges"),
            stdout=sink,
        )

        def ask(sql: str) -> list[tuple[Any, ...]]:
            cursor.execute(sql)
            return list(cursor.fetchall())

        return _found(ask)


def _files(sink: BinaryIO) -> tuple[int, int]:
    """The files of people and the list of what was destroyed, as one archive; how many of each."""
    number = 0
    with tarfile.open(fileobj=sink, mode="w|") as archive:
        ledger = Path(settings.TOMBSTONES)
        lines = ledger.read_bytes() if ledger.exists() else b""
        about = tarfile.TarInfo(TOMBSTONES)
        about.size = len(lines)
        archive.addfile(about, BytesIO(lines))
        for key in private_files.stored():
            try:
                file = private_files.open_file(key)
            except FileNotFoundError:
                continue  # Taken away a moment ago.
            with file:
                about = tarfile.TarInfo(key)
                about.size = file.seek(0, 2)
                file.seek(0)
                archive.addfile(about, file)
                number += 1
    return number, len(lines.splitlines())
