"""Putting a copy back: restored beside, checked whole, and only then in the place of the real one.

Refused means untouched: until the last step nothing that runs has changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.module_loading import import_string

from audit import log
from outbox import queue
from rdm.backup import making
from rdm.backup.beside import Beside
from rdm.lib import private_files
from rdm.lib.copies import CopyRefused, manifest
from rdm.lib.copies.manifest import Manifest
from rdm.lib.copies.sealed import Identity


@dataclass(frozen=True)
class Restored:
    """What was put back. `held` mails waited in the copy, `destroyed` casussen had to go again, and
    `missing` files are named by a row and were not in the copy."""

    manifest: Manifest
    held: int
    destroyed: int
    missing: int


def restore(folder: Path, keys: list[Identity], *, replace: bool = False) -> Restored:
    """Put a copy back. Nobody may use the product meanwhile; on PostgreSQL that is made sure of.

    Refuses when there is something in the database, unless `replace`. Afterwards everybody is
    signed out, mail that waited is held (nobody knows whether it was sent since), and what was
    destroyed since then is destroyed again.
    """
    if not replace and _in_use():
        raise CopyRefused("In deze database staan al gegevens. Met --replace gaan die weg.")
    with checked(folder, keys) as (found, beside):
        with beside.inside(), transaction.atomic():
            Session.objects.all().delete()
            held = queue.hold_unsent()
            log.record(actor=None, action="update", object_type="backup", part="restore")
        noted = _lines(beside.tombstones)
        beside.swap()
        _note_again(noted)
    return Restored(found.manifest, held, found.destroyed, found.missing)


@contextmanager
def checked(folder: Path, keys: list[Identity]) -> Iterator[tuple[Restored, Beside]]:
    """A copy that was restored beside and found whole, and what was found; gone afterwards.

    CopyRefused when a signature, a file, a row count, the log or the list of what was destroyed is
    not what it should be.
    """
    known = manifest.read(folder)
    if known.engine != connection.vendor:
        raise CopyRefused(
            f"Deze reservekopie is van {known.engine}, en deze database is {connection.vendor}."
        )
    manifest.check_parts(folder, known)
    beside = Beside()
    try:
        beside.fill(folder, keys)
        with beside.inside():
            destroyed, missing = _check(known, beside)
        yield Restored(known, 0, destroyed, missing), beside
    except DatabaseError as error:
        raise CopyRefused(f"De database weigert: {type(error).__name__}.") from None
    finally:
        beside.remove()


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


# --- Is it whole? ---------------------------------------------------------------------------------


def _check(known: Manifest, beside: Beside) -> tuple[int, int]:
    """How many casussen had to go again and how many files are missing; inside the second house."""
    _same_rows(known.rows)
    _same("bijlagen", sum(1 for _ in private_files.stored()), known.files)
    _same("grafstenen", len(_lines(beside.tombstones)), known.tombstones)
    # A copy of an older version becomes one of this version, here and not in front of everybody.
    _not_newer()
    call_command("migrate", verbosity=0, interactive=False)
    if problem := log.check(log.Head(known.head_number, known.head_hash)):
        raise CopyRefused(
            f"Het logboek klopt niet bij nummer {problem.number}: {problem.reason}. Is AUDIT_KEY "
            "dezelfde als toen?"
        )
    destroyed = _hook("destroy_again")(Path(settings.TOMBSTONES), beside.tombstones)
    # Also gone: files that came in while the copy was made, of which no row of it speaks.
    wanted, here = set(_hook("file_keys")()), set(private_files.stored())
    for key in here - wanted:
        private_files.remove(key)
    return destroyed, len(wanted - here)


def _same_rows(known: dict[str, int]) -> None:
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:

        def ask(sql: str) -> list[tuple[Any, ...]]:
            cursor.execute(sql)
            return list(cursor.fetchall())

        # PostgreSQL asks this itself while it restores.
        if connection.vendor == "sqlite" and (
            ask("PRAGMA integrity_check") != [("ok",)] or ask("PRAGMA foreign_key_check")
        ):
            raise CopyRefused("De database in de reservekopie is niet heel.")
        found = making.counted(ask, [table for table in known if table in there])
    wrong = [
        f"{table} {found.get(table)} in plaats van {number}"
        for table, number in known.items()
        if found.get(table) != number
    ]
    if wrong:
        raise CopyRefused(f"In de reservekopie kloppen aantallen niet: {', '.join(wrong)}.")


def _same(what: str, found: int, known: int) -> None:
    if found != known:
        raise CopyRefused(f"In de reservekopie staan {found} {what} in plaats van {known}.")


def _not_newer() -> None:
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations or ())
    ours = {one for one in applied if one[0] in loader.migrated_apps}
    if unknown := sorted(ours - set(loader.disk_migrations)):
        raise CopyRefused(
            f"Deze reservekopie is van een nieuwere versie: {unknown[0][0]} {unknown[0][1]}."
        )


# --- The list of what was destroyed ---------------------------------------------------------------


def _note_again(lines: list[str]) -> None:
    """On an empty machine the list comes from the copy; elsewhere nothing is ever taken off it."""
    here = set(_lines(Path(settings.TOMBSTONES)))
    if new := [line for line in lines if line not in here]:
        with open(settings.TOMBSTONES, "a", encoding="utf-8", opener=_private) as file:
            file.writelines(f"{line}\n" for line in new)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _hook(name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = import_string(settings.RESTORED_HOUSE[name])
    return found
