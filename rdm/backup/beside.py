"""A second house next to the real one, to fill and look at before anything is replaced.

On SQLite a file beside the database, on PostgreSQL a database beside it on the same server; and a
folder inside that of the files of people, so on the same disk. `Beside` knows how to fill it from a
copy, how to work in it, how to let it take the place of the real one, and how to throw it away.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import DatabaseError, connection
from django.test.utils import override_settings

from rdm.backup import making, programs
from rdm.lib import private_files
from rdm.lib.copies import CopyRefused, sealed
from rdm.lib.copies.sealed import Identity

FOLDER = ".beside"
BUSY = "Er werkt nog iemand met de database. Stop web, worker en beat, en probeer het opnieuw."


class Beside:
    """`name` is what Django calls the second database, `files` the folder with its files."""

    def __init__(self) -> None:
        self.real = str(connection.settings_dict["NAME"])
        self.name = f"{self.real}_beside" if _postgresql() else f"{self.real}.beside"
        self.files = Path(settings.PRIVATE_DIR) / FOLDER

    @property
    def tombstones(self) -> Path:
        """The list of what was destroyed, as it was in the copy."""
        return self.files / making.TOMBSTONES

    def fill(self, folder: Path, keys: list[Identity]) -> None:
        self.remove()
        with sealed.reading(folder / making.DATABASE, keys) as plain:
            _restore_postgresql(self.name, plain) if _postgresql() else _write(self.name, plain)
        self.files.mkdir(parents=True, mode=0o700)
        with sealed.reading(folder / making.FILES, keys) as plain:
            try:
                self._unpack(plain)
            except (tarfile.TarError, ValueError):
                raise CopyRefused("De bijlagen in de reservekopie zijn niet te lezen.") from None

    def _unpack(self, plain: BinaryIO) -> None:
        with (
            override_settings(PRIVATE_DIR=self.files),
            tarfile.open(fileobj=plain, mode="r|") as archive,
        ):
            for about in archive:
                file = archive.extractfile(about)
                if file is None:
                    raise ValueError("not a file")
                if about.name == making.TOMBSTONES:
                    self.tombstones.write_bytes(file.read())
                else:
                    # Refuses a name that is no key, so also one that leads out of the folder.
                    private_files.write(about.name, iter(partial(file.read, sealed.BLOCK), b""))

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Everything that this process asks or writes meanwhile is about the second house."""
        _turn_to(self.name)
        try:
            with override_settings(PRIVATE_DIR=self.files):
                yield
        finally:
            _turn_to(self.real)

    def swap(self) -> None:
        """The second house is the real one from now on. Its database in one go; then its files,
        which nothing asks for that a row does not name."""
        connection.close()
        try:
            self._swap_postgresql() if _postgresql() else self._swap_sqlite()
        except (DatabaseError, sqlite3.Error):
            raise CopyRefused(BUSY) from None
        self.tombstones.unlink()
        private_files.replace_all(self.files)
        self.remove()

    def _swap_postgresql(self) -> None:
        aside = f"{self.real}_replaced"
        _on_the_server(f"DROP DATABASE IF EXISTS {_quoted(aside)} WITH (FORCE)")
        # Two names in one transaction: at no moment there is none, or the wrong one.
        _on_the_server(
            "BEGIN",
            f"ALTER DATABASE {_quoted(self.real)} RENAME TO {_quoted(aside)}",
            f"ALTER DATABASE {_quoted(self.name)} RENAME TO {_quoted(self.real)}",
            "COMMIT",
        )
        _on_the_server(f"DROP DATABASE {_quoted(aside)} WITH (FORCE)")

    def _swap_sqlite(self) -> None:
        # By SQLite itself, in one transaction: a file that is put in its place by hand would meet
        # the log (-wal) of the other one.
        with (
            closing(sqlite3.connect(self.name)) as source,
            closing(sqlite3.connect(self.real)) as target,
        ):
            source.backup(target, progress=_not_waiting)

    def remove(self) -> None:
        """Nothing is left of the second house; there may have been none."""
        if _postgresql():
            _on_the_server(f"DROP DATABASE IF EXISTS {_quoted(self.name)} WITH (FORCE)")
        else:
            for ending in ("", "-wal", "-shm", "-journal"):
                Path(f"{self.name}{ending}").unlink(missing_ok=True)
        shutil.rmtree(self.files, ignore_errors=True)


def _not_waiting(status: int, remaining: int, total: int) -> None:
    """Python tries again for as long as somebody else writes, which may be for ever."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise CopyRefused(BUSY)


def _postgresql() -> bool:
    return connection.vendor == "postgresql"


def _turn_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _write(name: str, plain: BinaryIO) -> None:
    with Path(name).open("xb") as file:
        Path(name).chmod(0o600)
        shutil.copyfileobj(plain, file, sealed.BLOCK)


def _restore_postgresql(name: str, plain: BinaryIO) -> None:
    _on_the_server(f"CREATE DATABASE {_quoted(name)} TEMPLATE template0")
    programs.run(
        *("pg_restore", "--exit-on-error", "--single-transaction"),
        *("--no-owner", "--no-privileges", f"--dbname={name}"),
        stdin=plain,
    )


def _on_the_server(*statements: str) -> None:
    """Ask these of the server itself, outside any database of ours."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for statement in statements:
            cursor.execute(statement)


def _quoted(name: str) -> str:
    """Not `quote_name` alone: it takes a name with a quote at its end for quoted already."""
    if not re.fullmatch(r"[\w-]+", name):
        raise CopyRefused(f"De naam {name} past niet bij een tweede database ernaast.")
    return connection.ops.quote_name(name)
