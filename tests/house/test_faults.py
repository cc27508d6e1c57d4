"""The database that says no in the middle of an action: a page of 409 with the text, never a 500.

A row that somebody else was first with, a deadlock and a wait that took too long are made by hand,
before a statement of the action that writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test import Client

from rdm.lib import clock
from tests.house.forms import Answer, Form, send
from tests.house.pages import GROUPS, visitor
from tests.house.scene import Scene
from tests.house.test_bad_input import all_posts, lost, posts
from tests.house.tried import note
from tests.rows import everything
from tests.standing import undone

WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
# Of the request and not of the action.
AROUND = ("django_session", "audit_")
# Sign-in and what belongs to it is not ours.
NOT_OURS = ("account_", "demo_sign_in", "language")


class Deadlock(Exception):
    sqlstate = "40P01"


class WaitedTooLong(Exception):
    sqlstate = "55P03"


def errors() -> Iterator[Exception]:
    yield IntegrityError("made by the test")
    for cause in (Deadlock, WaitedTooLong):
        error = OperationalError("made by the test")
        error.__cause__ = cause()
        yield error


class Fault:
    """Raises before the write with this number, and counts what it saw."""

    def __init__(self, at: int, error: Exception) -> None:
        self.at, self.error, self.seen = at, error, 0

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found = WRITES.match(sql)
        if found and not found[1].startswith(AROUND):
            self.seen += 1
            if self.seen - 1 == self.at:
                raise self.error
        return execute(sql, *rest)


@contextmanager
def broken(fault: Fault) -> Iterator[None]:
    with connection.execute_wrapper(fault):
        yield


def faulted(client: Client, form: Form, fault: Fault) -> Answer:
    with broken(fault):
        return send(client, form, form.filled_in())


def writes_of(client: Client, form: Form) -> int:
    """How many rows the action behind this form writes; 0 when it is not accepted."""
    counter = Fault(-1, IntegrityError())
    with undone():
        answer = faulted(client, form, counter)
    return counter.seen if answer.is_accepted else 0


def tried(client: Client, form: Form, fault: Fault, before: dict[str, Any]) -> list[str]:
    """What is wrong with the answer."""
    with undone():
        answer = faulted(client, form, fault)
        now = everything()
    changed = [one for one in now if now[one] != before[one] and not one.startswith(AROUND)]
    return [*problems(form, answer), *(f"{form}: {one} changed" for one in changed)]


def problems(form: Form, answer: Answer) -> Iterator[str]:
    """A button without a text goes back to its page with what there is to say, and a row that can
    be there once has a reason of its own."""
    said = any("op hetzelfde moment" in one for one in answer.complaints)
    if answer.status not in (302, 409, 422):
        yield f"{form}: {answer.status}"
        return
    yield from (f"{form}: {one}" for one in lost(answer, form.filled_in()))
    if not (answer.complaints if answer.status == 422 else said):
        yield f"{form}: does not say what happened, but {answer.complaints}"


def ours(forms: Iterable[Form]) -> Iterator[Form]:
    return (form for form in forms if not form.name.startswith(NOT_OURS))


@pytest.mark.once
def test_a_database_that_says_no_loses_nothing(scene: Scene) -> None:
    """At one statement of each action; which one changes with the day."""
    wrong, day, before = [], clock.today().toordinal(), everything()
    for turn, form in enumerate(ours(all_posts(scene))):
        client = visitor(scene, form.page.who)
        if writes := writes_of(client, form):
            note("forms")
            fault = Fault((day + turn) % writes, list(errors())[turn % 3])
            wrong += tried(client, form, fault, before)
    assert not wrong, "\n".join(wrong)


@pytest.mark.nightly
@pytest.mark.parametrize("group", GROUPS)
def test_at_every_statement_of_every_action(scene: Scene, group: str) -> None:
    wrong, before = [], everything()
    for form in ours(posts(scene, group)):
        client = visitor(scene, form.page.who)
        for at in range(writes_of(client, form)):
            for error in errors():
                wrong += tried(client, form, Fault(at, error), before)
    assert not wrong, "\n".join(wrong)
