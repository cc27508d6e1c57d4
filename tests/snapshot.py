"""The rows that a first, honest run of actions left, put back in one go for the tests after it.

Hundreds of tests need the region and the cast. Making them takes hundreds of queries; putting the
same rows back takes a few dozen. A snapshot is only taken from, and put back into, an empty
database; the chain of the log is part of it, so `audit.log.check()` holds as before.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from audit.models import AuditEntry, AuditHead
from directory.models import Region, User

APPS = ("audit", "outbox", "directory", "escalation", "learning", "account")
Rows = list[tuple[type[models.Model], list[dict[str, Any]]]]

_kept: dict[str, Rows] = {}


def remember(name: str, make: Callable[[], None]) -> None:
    """Leave the database as `make` leaves it; `make` itself runs once per test process."""
    nothing_yet = not (
        Region.objects.exists() or User.objects.exists() or AuditEntry.objects.exists()
    )
    if name in _kept and nothing_yet:
        _put_back(_kept[name])
        return
    make()
    if nothing_yet:
        _kept[name] = _take()


def _take() -> Rows:
    found: Rows = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in APPS and model._meta.managed and not model._meta.proxy:
            rows = list(model._base_manager.order_by("pk").values())
            if rows:
                found.append((model, rows))
    return found


def _put_back(rows: Rows) -> None:
    with transaction.atomic():
        for model, values in rows:
            if model is AuditHead:
                _wind_on(values[0])
                continue
            model._base_manager.bulk_create(model(**deepcopy(one)) for one in values)
        _keep_numbering([model for model, _ in rows])


def _wind_on(head: dict[str, Any]) -> None:
    """The triggers let the head go up by one at a time, and here too they stay on."""
    for number in range(1, head["number"] + 1):
        AuditHead.objects.filter(pk=1).update(number=number, hash=head["hash"], seal=head["seal"])


def _keep_numbering(models_with_rows: list[type[models.Model]]) -> None:
    """PostgreSQL hands out the next number by itself; after a flush it may start at 1 again."""
    from django.core.management.color import no_style

    statements = connection.ops.sequence_reset_sql(no_style(), models_with_rows)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
