"""Writing to the log, and checking it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.db import connection, transaction
from django.db.models import CharField
from django.utils.module_loading import import_string

from audit import chain
from audit import origin as origins
from audit.models import Action, AuditEntry, AuditHead, Purpose
from rdm.lib import clock

READING = (Action.READ, Action.SEARCH, Action.EXPORT, Action.PRINT)
"""Actions by which somebody gets to see something."""

WRITING = (Action.CREATE, Action.UPDATE)
"""Actions by which something changed."""

PAGE = 2000

SYSTEM_NAME = "systeem"
UNKNOWN_NAME = "niet ingelogd"


class Actor(Protocol):
    """What the log needs of a user. `pk` is None for a visitor who is not signed in."""

    pk: Any
    name: str


class LogUnavailable(RuntimeError):
    """The log cannot be written, so what it would have recorded must not happen."""


@dataclass(frozen=True, slots=True)
class Head:
    """Head of the chain. Noted elsewhere (backup manifest), it proves later that nothing went."""

    number: int
    hash: str


BEGINNING = Head(0, chain.START)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the log: the entry's number (0: the log as a whole) and why."""

    number: int
    reason: str


def record(
    *,
    actor: Actor | None,
    action: str,
    object_type: str,
    object_id: str | int = "",
    part: str = "",
    purpose: str = "",
    outcome: str = "ok",
    role: str = "",
    organisation: str = "",
    origin: str = "",
) -> AuditEntry:
    """Append one entry in the running transaction (or in one of its own) and return it.

    `actor` is a user, or None for the system itself; its id and name are frozen into the entry.
    `object_type`, `object_id`, `part` and `outcome` are codes: no spaces, no content of a casus, no
    address. `purpose` is one of `Purpose`. `role` and `organisation` are short names of the
    directory; they are cut to length. `origin` defaults to the address of the request, or
    "system". The time is `clock.now()`, UTC.

    Fails closed (security.md, promise 1): on any error the whole running transaction can only
    be rolled back, also when the caller swallows the error. Raises ValueError for something that
    is not a code or a purpose, LogUnavailable when there is no head.

    Three queries. The head stays locked until the transaction ends, so make this one of the
    last things a transaction does: others wait, and two transactions that lock the same rows in
    another order get a deadlock error.
    """
    came_from = origins.current()
    # savepoint=False: no extra queries, and an error here condemns the outer transaction.
    with transaction.atomic(savepoint=False):
        values: dict[str, Any] = {
            "at": clock.now(),
            **_who(actor),
            "role": _label(role, "role"),
            "organisation": _label(organisation, "organisation"),
            "action": Action(action).value,
            "object_type": _code(object_type, "object_type"),
            "object_id": _code(object_id, "object_id"),
            "part": _code(part, "part"),
            "purpose": Purpose(purpose).value if purpose else "",
            "outcome": _code(outcome, "outcome") or "ok",
            "origin": _label(origin or came_from.address, "origin"),
            "request_id": came_from.request_id,
        }
        head = AuditHead.objects.select_for_update().filter(pk=1).first()
        if head is None:
            raise LogUnavailable("the audit log has no head")
        values["number"] = head.number + 1
        entry_hash = chain.entry_hash(head.hash, values)
        entry = AuditEntry.objects.create(**values, hash=entry_hash)
        # Compare-and-set beside the lock: SQLite has no row locks.
        moved = AuditHead.objects.filter(pk=1, number=head.number, hash=head.hash).update(
            number=entry.number, hash=entry_hash, seal=chain.head_seal(entry.number, entry_hash)
        )
        if moved != 1:
            raise LogUnavailable("the audit log moved while it was being written")
    return entry


def head() -> Head:
    """The present head, for a backup manifest. Raises LogUnavailable when there is none."""
    row = AuditHead.objects.filter(pk=1).first()
    if row is None:
        raise LogUnavailable("the audit log has no head")
    return Head(row.number, row.hash)


def last_entry() -> Head:
    """The newest entry there is; that is the head, unless somebody meddled."""
    entry = AuditEntry.objects.order_by("-number").values_list("number", "hash").first()
    return Head(*entry) if entry else BEGINNING


def last_write() -> Head:
    """The newest entry by which something changed; number 0 before there is one. One query.

    Every write of a casus leaves an entry in its own transaction, so what was counted when this
    was the newest one still holds.
    """
    entry = (
        AuditEntry.objects.filter(action__in=WRITING)
        .order_by("-number")
        .values_list("number", "hash")
        .first()
    )
    return Head(*entry) if entry else Head(0, chain.START)


def check(known: Head | None = None) -> Problem | None:
    """Walk the whole log; None when it is whole, else the first problem (promise 2). `known` is a
    head noted earlier, outside this database."""
    return next(problems(known=[known] if known else []), None)


def problems(*, since: Head = BEGINNING, known: Iterable[Head] = ()) -> Iterator[Problem]:
    """What is wrong with the log, in the order of its numbers.

    Finds an entry that was changed, removed, inserted or cut off, a wound-back head, and what
    guards the log and is gone or hollow. `since` is an entry that was looked at before: only what
    comes after it is walked, but it must still be there. With `known`, heads that were noted
    earlier outside this database, also a log that was replaced as a whole by an older copy is
    found. Locks nothing; entries written meanwhile are part of the walk or not.
    """
    row = AuditHead.objects.filter(pk=1).first()
    if row is None:
        yield Problem(0, "the head is gone")
        return
    if not _holds(since):
        yield Problem(since.number, "this entry is not what was looked at before")
    number, previous, reached = since.number, since.hash, row.number <= since.number
    for values in _entries(since.number):
        number += 1
        if values["number"] != number:
            yield Problem(number, "this entry is missing")
            number = values["number"]
        elif not chain.same(chain.entry_hash(previous, values), values["hash"]):
            yield Problem(number, "this entry is not what was written")
        previous = values["hash"]
        reached = reached or number == row.number
    if not reached:
        yield Problem(number + 1, "the last entries are missing")
    elif not _holds(Head(row.number, row.hash)):
        yield Problem(row.number, "the head does not belong to this entry")
    elif not chain.same(chain.head_seal(row.number, row.hash), row.seal):
        yield Problem(row.number + 1, "the head was wound back or forged")
    for head in known:
        if not _holds(head):
            yield Problem(head.number, "the log does not hold the head that was noted earlier")
    guards = map(import_string, settings.TRIGGER_GUARDS)
    if unguarded := [name for guard in guards for name in guard(connection)]:
        yield Problem(0, f"triggers are missing: {', '.join(unguarded)}")


def _holds(head: Head) -> bool:
    """Whether the entry with this number has this hash."""
    if head.number == 0:
        return chain.same(head.hash, chain.START)
    found = AuditEntry.objects.filter(number=head.number).values_list("hash", flat=True).first()
    return found is not None and chain.same(found, head.hash)


def _entries(last: int) -> Iterator[dict[str, Any]]:
    """Every entry after this number in order, in pages: one long query would meet the statement
    timeout."""
    while True:
        page = list(
            AuditEntry.objects.filter(number__gt=last)
            .order_by("number")
            .values(*chain.FIELDS, "hash")[:PAGE]
        )
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1]["number"]


def _who(actor: Actor | None) -> dict[str, str | None]:
    if actor is None:
        return {"actor_id": None, "actor_name": SYSTEM_NAME}
    if actor.pk is None:
        # Django's AnonymousUser has no name. Never str(actor): that may be an e-mail address.
        return {"actor_id": "", "actor_name": UNKNOWN_NAME}
    return {"actor_id": _code(actor.pk, "actor_id"), "actor_name": _label(actor.name, "actor_name")}


def _code(value: str | int, field: str) -> str:
    """An id or code exactly as given; anything that could be content is refused, not mended."""
    text = str(value)
    if len(text) > _room(field) or not all(c.isalnum() or c in "._:/#-+," for c in text):
        raise ValueError(f"{field} of an audit entry must be a code")
    if field == "object_type" and not text:
        raise ValueError("an audit entry needs an object_type")
    return text


def _label(value: str, field: str) -> str:
    """A short text on one line, cut to the column: too long a name must not stop the log."""
    line = "".join(c if c.isprintable() else " " for c in str(value))
    return " ".join(line.split())[: _room(field)]


def _room(field: str) -> int:
    column = AuditEntry._meta.get_field(field)
    assert isinstance(column, CharField) and column.max_length
    return column.max_length
