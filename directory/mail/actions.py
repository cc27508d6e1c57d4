"""Another chance for mail that was given up (promise 5: never lost)."""

from __future__ import annotations

from audit import log
from audit.transaction import action, defer
from directory.models import User
from directory.permissions import reason_denied
from outbox import queue
from rdm.lib.refusal import Forbidden, Refused


def _require(by: User | None) -> None:
    """`by` is None only from the command line."""
    if by is not None and (reason := reason_denied(by, "retry_mail")):
        raise Forbidden(reason)


@action
def retry(*, pk: int, by: User) -> None:
    """Try one failed message again, from the next sweep on; Refused when it is no longer failed."""
    _require(by)
    if not queue.retry_failed(pk):
        raise Refused("Deze e-mail staat niet meer bij de mislukte e-mails.")
    _record(by, pk, "retry")


@action
def retry_all(*, by: User | None) -> int:
    """Try every failed message again, from the next sweep on; how many. None is fine."""
    _require(by)
    found = queue.retry_failed()
    if found:
        _record(by, "", "retry-all")
    return found


def _record(by: User | None, pk: int | str, part: str) -> None:
    defer(
        lambda: log.record(actor=by, action="update", object_type="mail", object_id=pk, part=part)
    )
