"""Triggers that keep what was submitted, and who read it, as it is: on SQLite and PostgreSQL.

A submitted version and a read receipt are only ever added (O-06). Frozen together with migration
0002: change the SQL here only along with a new migration that removes and installs. A later
migration that rebuilds one of these tables on SQLite (any AlterField) loses the triggers there and
has to install them again; a test looks for them. Any other database engine is refused.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.backends.base.base import BaseDatabaseWrapper

from rdm.lib.guards import broken

TABLES = ("learning_terugkoppelingversion", "learning_readreceipt")
VERBS = ("update", "delete")

_REASON = "wat is ingediend of gelezen kan niet meer veranderen"
_FUNCTION = "learning_only_added"

Execute = Callable[[str], object]


def install(connection: BaseDatabaseWrapper, execute: Execute | None = None) -> None:
    """Create the triggers; an error when they are there already.

    `execute` is the schema editor's, inside a migration.
    """
    _run(connection, _creating(connection.vendor), execute)


def remove(connection: BaseDatabaseWrapper, execute: Execute | None = None) -> None:
    """Drop the triggers: only for the reverse of the migration and for a test database."""
    if connection.vendor == "sqlite":
        statements = [f"DROP TRIGGER IF EXISTS {name}" for name in names(connection)]
    else:
        # Dropping the function takes its triggers along; nothing else uses it.
        statements = [f"DROP FUNCTION IF EXISTS {_FUNCTION}() CASCADE"]
    _run(connection, statements, execute)


def names(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of all triggers that should be there."""
    verbs = VERBS if connection.vendor == "sqlite" else (*VERBS, "truncate")
    return [f"{table}_no_{verb}" for table in TABLES for verb in verbs]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of what should guard these tables but is not there, is off, or was hollowed out."""
    return broken(connection, _creating(connection.vendor))


def _creating(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_REASON}'); END"
            for table in TABLES
            for verb in VERBS
        ]
    if vendor != "postgresql":
        raise NotImplementedError(f"learning has no triggers for {vendor}")
    statements = [
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REASON}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ]
    for table in TABLES:
        statements += [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"FOR EACH {'STATEMENT' if verb == 'truncate' else 'ROW'} "
            f"EXECUTE FUNCTION {_FUNCTION}()"
            for verb in (*VERBS, "truncate")
        ]
    return statements


def _run(connection: BaseDatabaseWrapper, statements: list[str], execute: Execute | None) -> None:
    if execute is not None:
        for statement in statements:
            execute(statement)
        return
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
