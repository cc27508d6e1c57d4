"""What a request shows or refuses, written down when it does so (security.md, promise 1).

A loader says what the request is about. Only the answer says what became of it: a page shows it,
and so does a form that comes back with a mistake in it; a redirect shows nothing; a 403 or a 404
refuses it. So the middleware writes the row between the making of the answer and the sending of
it. When the row cannot be written, the answer is not sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from django.db import transaction
from django.http import HttpRequest

from audit import log
from audit.models import Action

# Nothing of what was loaded is on these pages. Every other answer counts as showing it.
SHOWS_NOTHING = frozenset({400, 405, *range(300, 400), *range(500, 600)})
NOT_ALLOWED = "not_allowed"
NOT_NOW = "not_now"
NOT_VISIBLE = "not_visible"
NOT_FOUND = "not_found"
# Somebody searched, and there was nothing that this person may see.
NOTHING_FOUND = "nothing_found"
FORM_EXPIRED = "form_expired"


class Reader(log.Actor, Protocol):
    """Who looks: what `directory.User` tells about the roles and organisations of a person."""

    roles: set[str]
    acting_for: str


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that a request is about, as `log.record` takes it."""

    object_type: str
    object_id: str
    part: str = ""
    action: str = Action.READ
    role: str = ""
    purpose: str = ""


@dataclass(slots=True)
class Showing:
    """Of one request: what it is about, and the reason code when something was refused."""

    subjects: list[Subject] = field(default_factory=list)
    refusal: str = ""
    in_view: bool = False


def about(
    request: HttpRequest,
    object_type: str,
    object_id: str | int,
    *,
    part: str = "",
    action: str = Action.READ,
    roles: Iterable[str] = (),
    purpose: str = "",
) -> None:
    """This request shows this object, or refuses it; called before anything of it is used.

    `roles` are the roles in which the person stands to the object. Raises LogUnavailable outside
    `ShowingMiddleware`: nobody would write the row.
    """
    _of(request).subjects.append(
        Subject(object_type, str(object_id), part, action, ", ".join(sorted(roles)), purpose)
    )


def refused(request: HttpRequest, reason: str) -> None:
    """Why the 403 or 404 that follows is given: a code of this module, never a text."""
    _of(request).refusal = reason


def subject_of(request: HttpRequest) -> Subject:
    """What this request is about; the page itself when no loader said it."""
    showing = _of(request)
    return showing.subjects[0] if showing.subjects else _page(request)


def write(request: HttpRequest, status: int) -> None:
    """Record what an answer with this HTTP status shows or refuses, in one transaction."""
    showing = _of(request)
    if status == 403:
        _refuse(request, showing, showing.refusal or NOT_ALLOWED)
    elif status == 404:
        # What is not there for anybody (a page, a word in the address) is no refusal.
        if showing.subjects:
            _refuse(request, showing, showing.refusal or NOT_FOUND)
    elif status == 422 and showing.refusal:
        # A form that asked for something by name, and did not get it.
        _refuse(request, showing, showing.refusal)
    elif status not in SHOWS_NOTHING and showing.subjects:
        with transaction.atomic(savepoint=False):
            for subject in showing.subjects:
                _record(request.user, subject)  # type: ignore[arg-type]


def _refuse(request: HttpRequest, showing: Showing, reason: str) -> None:
    """One row per request, so that trying often costs as much as reading often."""
    user: Reader = request.user  # type: ignore[assignment]
    if user.pk is None:
        return  # a visitor without account is sent to sign in; there is nobody to name
    if not showing.in_view:
        reason = FORM_EXPIRED
    found = showing.subjects[0] if showing.subjects else _page(request)
    role = found.role or ", ".join(sorted(user.roles))
    _record(
        user, Subject(found.object_type, found.object_id, found.part, Action.REFUSE, role), reason
    )


def _page(request: HttpRequest) -> Subject:
    """The address by its name, with the row number in it: never a word that was typed."""
    match = request.resolver_match
    numbers = [one for one in match.kwargs.values() if isinstance(one, int)] if match else []
    part = ",".join(str(one) for one in numbers if one < 10**18)
    return Subject("page", (match.url_name if match else "") or "", part)


def _record(user: Reader, subject: Subject, outcome: str = "ok") -> None:
    log.record(
        actor=user,
        action=subject.action,
        object_type=subject.object_type,
        object_id=subject.object_id,
        part=subject.part,
        purpose=subject.purpose,
        outcome=outcome,
        role=subject.role,
        organisation=user.acting_for,
    )


def _of(request: HttpRequest) -> Showing:
    found: Showing | None = getattr(request, "showing", None)
    if found is None:
        raise log.LogUnavailable("this request is not under ShowingMiddleware")
    return found
