"""An upgrade with data, on both databases: the schema of an earlier commit, and back to this one.

The rows of the demo go down to the schema of `EARLIER` and up again, by the migrations themselves.
So every migration since then can be undone with data in the tables, and what the earlier schema had
room for comes back to the letter. A copy that was made there is put back here, as after a disaster
in the week of an upgrade.

What this does not prove: that the *program* of that day left such rows. Rows of this program went
down; an oddity that only the older program wrote is in no test. And where an earlier schema has no
room for what is written today, going back is impossible: that is why no app is listed below the
first migration that refuses, and `outbox` is not listed at all (0002 lets the text of a mail go).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from audit import log
from escalation.management.restored import walk
from escalation.models import Casus
from tests.prebuilt import elsewhere

# Migrating back and forth takes a minute on PostgreSQL, so there it is asked at night.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

EARLIER = {
    "learning": "0001_initial",
    "escalation": "0012_faster_lists",
    "directory": "0007_heavy_roles",
    "audit": "0004_explanation",
}
# Filled in by what Django knows of the models, not by people.
KNOWN = {"django_content_type", "auth_permission", "django_migrations"}
Rows = dict[str, dict[str, list[str]]]


def columns() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        asked = connection.introspection
        return {
            table: sorted(one.name for one in asked.get_table_description(cursor, table))
            for table in asked.table_names(cursor)
            if table not in KNOWN
        }


def rows(of: dict[str, list[str]]) -> dict[str, list[str]]:
    """Every row of these tables, as far as these columns go."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        found = {}
        for table, names in of.items():
            cursor.execute(f"SELECT {', '.join(map(quote, names))} FROM {quote(table)}")
            found[table] = sorted(map(str, cursor.fetchall()))
    return found


def test_rows_survive_an_upgrade_and_so_does_a_copy_of_before(
    region: None, identity: Path, tmp_path: Path
) -> None:
    newest, applied = columns(), MigrationRecorder(connection).applied_migrations()
    with elsewhere():
        before = rows(newest)
        for app, name in EARLIER.items():
            call_command("migrate", app, name, verbosity=0)
        earlier = columns()
        undone = applied.keys() - MigrationRecorder(connection).applied_migrations().keys()
        assert len(undone) > 15 and earlier != newest
        both = {
            table: sorted(set(names) & set(newest[table]))
            for table, names in earlier.items()
            if table in newest
        }
        there = rows(both)
        assert sum(map(len, there.values())) > 3000
        call_command("backup", str(tmp_path / "copy"))

        call_command("migrate", verbosity=0)
        assert columns() == newest
        again = rows(both)
        # The backup itself stands in the log.
        for table in both.keys() - {"audit_auditentry", "audit_audithead"}:
            assert again[table] == there[table], table
        assert {table: len(found) for table, found in before.items() if table in both} == {
            table: len(found) - (table == "audit_auditentry") for table, found in again.items()
        }
        assert log.check() is None
        assert walk(10)[0] == 10

    casussen = Casus.objects.count()
    Casus.objects.filter(status="active").update(situation="later")
    put_back = ("restore", str(tmp_path / "copy"), "--identity", str(identity), "--replace")
    call_command(*put_back)
    assert columns() == newest and Casus.objects.count() == casussen
    assert not Casus.objects.filter(situation="later").exists()
    assert log.check() is None
