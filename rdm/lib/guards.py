"""Triggers as they were made: whether each is still there, on, and does what it did.

A trigger that was dropped leaves a gap; one whose function was hollowed out keeps its name. So what
the database says of it is compared with the statement that made it. SQLite and PostgreSQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

_TRIGGER = re.compile(r"CREATE TRIGGER (\w+) ")
_FUNCTION = re.compile(r"CREATE OR REPLACE FUNCTION (\w+)\(\) .*\$\$(.*)\$\$", re.S)
_TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    # 'O' and 'A': on, for ordinary sessions.
    "postgresql": "SELECT t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)",
}
_FUNCTIONS = "SELECT proname, prosrc FROM pg_proc WHERE pg_function_is_visible(oid)"


def broken(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> list[str]:
    """The names of what these statements made and that is no longer as they made it."""
    wanted = dict(map(_made, statements))
    there = {name: _plain(text) for name, text in _asked(connection, _TRIGGERS[connection.vendor])}
    if connection.vendor == "postgresql":
        there |= {name: _plain(text) for name, text in _asked(connection, _FUNCTIONS)}
    return sorted(name for name, text in wanted.items() if there.get(name) != text)


def _made(statement: str) -> tuple[str, str]:
    """The name in a statement, and what the database keeps of it."""
    if found := _FUNCTION.search(statement):
        return found[1], _plain(found[2])
    name = _TRIGGER.search(statement)
    assert name is not None, statement
    return name[1], _plain(statement)


def _plain(text: str) -> str:
    """Without what a database adds or leaves out when it repeats a statement."""
    return re.sub(r"[\s()]|\bpublic\.", "", text).lower()


def _asked(connection: BaseDatabaseWrapper, query: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [(str(name), str(text)) for name, text in cursor.fetchall()]
