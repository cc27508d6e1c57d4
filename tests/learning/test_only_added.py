"""What was submitted or read cannot change: the database itself refuses it (O-06)."""

import pytest
from django.db import DatabaseError, connection, transaction

from learning import triggers
from learning.actions import terugkoppelingen
from learning.models import ReadReceipt, TerugkoppelingVersion
from tests.cast import Cast
from tests.world import submitted_terugkoppeling


@pytest.fixture
def version(cast: Cast) -> TerugkoppelingVersion:
    found = submitted_terugkoppeling(cast).versions.get()
    terugkoppelingen.confirm_read(version=found, by=cast.portefeuillehouder)
    return found


@pytest.mark.parametrize("table", triggers.TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses(version: TerugkoppelingVersion, table: str, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="kan niet meer veranderen"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_django_is_refused_as_well(version: TerugkoppelingVersion) -> None:
    version.outcomes = "Iets anders."
    for attempt in (version.save, ReadReceipt.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    version.refresh_from_db()
    assert version.outcomes != "Iets anders."


@pytest.mark.django_db
def test_all_triggers_are_there() -> None:
    """A migration that rebuilds a table on SQLite would lose them without a word."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert {row[0] for row in cursor.fetchall()} >= set(triggers.names(connection))
