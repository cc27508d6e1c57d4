"""A database of its own for each size, filled once; the connection can stand in any of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

from bench.fill import Filler
from tests.cast import Cast, make_cast


class Databases:
    """Names by size. `stand_in` moves the connection; views and clients then use that database."""

    def __init__(self, sizes: list[int]) -> None:
        self.original = str(connection.settings_dict["NAME"])
        self.sizes = sizes
        self.casts: dict[int, Cast] = {}

    def name(self, size: int) -> str:
        between = "." if "/" in self.original else "_"
        return f"{self.original}{between}bench_{size}"

    def fill(self) -> None:
        """Make and fill every database; the log of each is checked."""
        for size in self.sizes:
            connection.settings_dict["NAME"] = self.original
            connection.settings_dict["TEST"]["NAME"] = self.name(size)
            connection.creation.create_test_db(verbosity=0, autoclobber=True)
            self.casts[size] = make_cast()
            Filler(size).run()
            with connection.cursor() as cursor:
                # As PostgreSQL itself does in use: with it an index can answer alone.
                cursor.execute("VACUUM")
            call_command("audit_check")

    def stand_in(self, size: int) -> Cast:
        if connection.settings_dict["NAME"] != self.name(size):
            connection.close()
            connection.settings_dict["NAME"] = self.name(size)
        connection.ensure_connection()
        return self.casts[size]

    def remove(self) -> None:
        for size in self.casts:
            self.stand_in(size)
            connection.creation.destroy_test_db(self.original, verbosity=0)


@contextmanager
def filled(sizes: list[int]) -> Iterator[Databases]:
    databases = Databases(sizes)
    try:
        databases.fill()
        yield databases
    finally:
        databases.remove()


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """A database for one question, with the region that comes with the program and nobody in it."""
    original = str(connection.settings_dict["NAME"])
    between = "." if "/" in original else "_"
    connection.settings_dict["TEST"]["NAME"] = f"{original}{between}bench_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        call_command("region", "load", verbosity=0)
        yield
    finally:
        connection.creation.destroy_test_db(original, verbosity=0)
