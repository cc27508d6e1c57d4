"""Emptying the test database after a test that committed.

Django truncates every table, which on PostgreSQL makes hundreds of files anew, and then fills in
again what it knows of the models. Here the rows go from the tables that have any, and what Django
knows stays. The triggers that only let a log grow have to be off: tests/audit/flush.py.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

# Follows from the models, so it is the same after every test.
STAYS = {"django_content_type", "auth_permission"}


def leave_empty(_: TransactionTestCase) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql" and _may_do_anything(cursor):
            # All rows go, so no row needs to be asked who leans on it.
            cursor.execute("SET LOCAL session_replication_role = replica")
        for table in _with_rows(cursor):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _with_rows(cursor: Any) -> list[str]:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = sorted(set(tables) - STAYS)
    asked = (f"EXISTS (SELECT 1 FROM {connection.ops.quote_name(one)})" for one in tables)
    cursor.execute(f"SELECT {', '.join(asked)}")
    return [table for table, found in zip(tables, cursor.fetchone(), strict=True) if found]


def _may_do_anything(cursor: Any) -> bool:
    cursor.execute("SELECT current_setting('is_superuser')")
    return cursor.fetchone() == ("on",)
