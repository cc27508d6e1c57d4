"""Walking all parts of a casus: to show them, or to take their content away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import OperationalError, connection
from django.utils.module_loading import import_string

from escalation.keeping.parts.part import Part, Section

if TYPE_CHECKING:
    from escalation.models import Casus


@cache
def parts() -> tuple[Part, ...]:
    """Every part of every app, in the order in which they can go: what leans on another first."""
    return tuple(part for path in settings.DOSSIER_PARTS for part in import_string(path))


def sections(casus: Casus) -> Iterator[Section]:
    """What is kept about this casus, from the casus itself outwards; empty parts left out."""
    for part in reversed(parts()):
        found = part.section(casus)
        if found.items:
            yield found


def destroy(casus: Casus) -> dict[str, int]:
    """Take everything away that is kept under the code of this casus; what went, as numbers.

    Part of the transaction of the action that two people approved.
    """
    counts: dict[str, int] = {}
    for part in parts():
        if number := part.destroy(casus, part.rows(casus)):
            counts[part.title] = counts.get(part.title, 0) + number
    return counts


def sweep_out() -> bool:
    """Let go of the pages in which the destroyed rows stood; False when that must be tried again.

    SQLite has overwritten them (secure_delete), but older copies of a page wait in the
    write-ahead file until it is cut off, which a reader can hold up. PostgreSQL keeps dead rows
    until a vacuum. Neither can be done inside a transaction.
    """
    if connection.in_atomic_block:
        return False
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return bool(cursor.fetchone()[0] == 0)
            for table in dict.fromkeys(part.model._meta.db_table for part in parts()):
                cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")
    except OperationalError:
        return False
    return True
