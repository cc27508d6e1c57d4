"""Where the work that is now running came from: the address and the id of the request.

A context variable, so that `record()` need not be handed the request through every layer.
The full address is kept: it is personal data of staff, and the BIO asks for the origin of
every use. The log is closed to everyone but coördinator and FG.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """`address`: an IP address, or a word such as "system". `request_id`: "" outside a request."""

    address: str
    request_id: str = ""


SYSTEM = Origin("system")

_current: ContextVar[Origin] = ContextVar("audit_origin", default=SYSTEM)


def current() -> Origin:
    """The origin of the running work; `SYSTEM` outside a request."""
    return _current.get()


def new_request_id() -> str:
    """A fresh id (32 hex digits). Never taken from the client: it goes into the log."""
    return uuid.uuid4().hex


@contextmanager
def use(address: str, request_id: str = "") -> Iterator[Origin]:
    """Everything recorded inside this block carries this origin."""
    origin = Origin(address, request_id)
    token = _current.set(origin)
    try:
        yield origin
    finally:
        _current.reset(token)
