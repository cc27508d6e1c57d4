"""All rows of the domain at once, to see that something changed nothing."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

APPS = ("outbox", "directory", "escalation", "learning")


def everything() -> dict[str, list[Any]]:
    """Table → rows; not the log of who looked, nor who signed in when.

    Read without the ORM, which would take longer to make objects of them than to fetch them.
    """
    found = {}
    with connection.cursor() as cursor:
        for table, columns in _tables():
            cursor.execute(f"SELECT {columns} FROM {table} ORDER BY 1")
            found[table] = cursor.fetchall()
    return found


@cache
def _tables() -> list[tuple[str, str]]:
    """Every table of the domain with its columns, the primary key first."""
    return [
        (
            model._meta.db_table,
            ", ".join(f'"{one.column}"' for one in columns if one.name != "last_login"),
        )
        for label in APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if (columns := sorted(model._meta.concrete_fields, key=lambda one: not one.primary_key))
    ]
