"""How an action says no: always with a reason in Dutch that says what to do."""

from __future__ import annotations


class Refused(Exception):
    """The action is not done. `reason` is shown to the person as it is.

    `field` names the form field that the reason is about, if there is one.
    """

    def __init__(self, reason: str, field: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


class Forbidden(Refused):
    """This person may not do this, now or ever: an HTTP 403 with the reason."""


class Conflict(Refused):
    """Somebody else was first; the caller keeps the text and shows both."""


class AlreadyDone(Exception):
    """The same form was sent before; its effect stands and is not repeated."""


def need(text: str | None, reason: str, field: str) -> str:
    """`text` without spaces around it; refuses with `reason` when nothing is left."""
    kept = (text or "").strip()
    if not kept:
        raise Refused(reason, field)
    return kept


def forbid(reason: str | None) -> None:
    """Raise Forbidden when there is a reason."""
    if reason:
        raise Forbidden(reason)
