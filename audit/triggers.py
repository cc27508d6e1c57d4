"""Triggers that make the log append-only in the database itself, on SQLite and PostgreSQL.

Frozen together with migration 0002: change the SQL here only along with a new migration that
removes and installs. Any other database engine is refused; there the promise would be empty.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper

from rdm.lib.guards import broken

ENTRY = "audit_auditentry"
HEAD = "audit_audithead"

NAMES = (
    "audit_entry_no_update",
    "audit_entry_no_delete",
    "audit_head_no_delete",
    "audit_head_steps",
)
_REASON = "het logboek is alleen aan te vullen"

_SQLITE_CREATE = (
    f"CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON {ENTRY} "
    f"BEGIN SELECT RAISE(ABORT, '{_REASON}'); END",
    f"CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON {ENTRY} "
    f"BEGIN SELECT RAISE(ABORT, '{_REASON}'); END",
    f"CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON {HEAD} "
    f"BEGIN SELECT RAISE(ABORT, '{_REASON}'); END",
    f"CREATE TRIGGER audit_head_steps BEFORE UPDATE ON {HEAD} "
    f"WHEN NEW.number IS NOT OLD.number + 1 BEGIN SELECT RAISE(ABORT, '{_REASON}'); END",
)
_SQLITE_DROP = tuple(f"DROP TRIGGER IF EXISTS {name}" for name in NAMES)

_POSTGRES_CREATE = (
    "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REASON}' "
    "USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON {ENTRY} "
    "FOR EACH ROW EXECUTE FUNCTION audit_append_only()",
    f"CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON {ENTRY} "
    "FOR EACH ROW EXECUTE FUNCTION audit_append_only()",
    f"CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON {ENTRY} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()",
    f"CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON {HEAD} "
    "FOR EACH ROW EXECUTE FUNCTION audit_append_only()",
    f"CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON {HEAD} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()",
    f"CREATE TRIGGER audit_head_steps BEFORE UPDATE ON {HEAD} FOR EACH ROW "
    "WHEN (NEW.number IS DISTINCT FROM OLD.number + 1) EXECUTE FUNCTION audit_append_only()",
)
# Dropping the function takes its triggers along; nothing else uses it.
_POSTGRES_DROP = ("DROP FUNCTION IF EXISTS audit_append_only() CASCADE",)

Execute = Callable[[str], object]
T = TypeVar("T")


def install(connection: BaseDatabaseWrapper, execute: Execute | None = None) -> None:
    """Create the triggers; an error when they are there already.

    `execute` is the schema editor's, inside a migration.
    """
    _run(connection, _pick(connection, _SQLITE_CREATE, _POSTGRES_CREATE), execute)


def remove(connection: BaseDatabaseWrapper, execute: Execute | None = None) -> None:
    """Drop the triggers: only for the reverse of the migration and for a test database."""
    _run(connection, _pick(connection, _SQLITE_DROP, _POSTGRES_DROP), execute)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of what should guard the log but is not there, is switched off, or was hollowed out."""
    return broken(connection, _pick(connection, _SQLITE_CREATE, _POSTGRES_CREATE))


def _pick(connection: BaseDatabaseWrapper, sqlite: T, postgresql: T) -> T:
    try:
        return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
    except KeyError:
        raise NotImplementedError(
            f"the audit log has no triggers for {connection.vendor}"
        ) from None


def _run(
    connection: BaseDatabaseWrapper, statements: tuple[str, ...], execute: Execute | None
) -> None:
    if execute is not None:
        for statement in statements:
            execute(statement)
        return
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
