"""Loading a casus for a page: only what may be seen, and never without a committed audit row."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from audit import log
from directory.models import User
from escalation.models import Casus, Involvement
from escalation.permissions import relations
from rdm.lib import codes

NOT_FOUND = "Deze casus bestaat niet, of u mag hem niet zien."


def known(text: str) -> str:
    """`text` as a code; 404 when it cannot be one, so that no nonsense reaches the database."""
    code = codes.normalise(text)
    if not codes.is_valid(code):
        raise Http404(NOT_FOUND)
    return code


def load_casus(request: HttpRequest, code: str, *, part: str, action: str = "read") -> Casus:
    """The casus with this code, or 404 exactly as for a code that does not exist (promise 3).

    Showing it is written down first: a page that cannot be logged is not shown (promise 1). A
    POST is logged by its action.
    """
    user: User = request.user  # type: ignore[assignment]
    code = known(code)
    shared_with = Prefetch(
        "involvements",
        Involvement.objects.select_related("organisation"),
        to_attr="known_involvements",
    )
    found = Casus.objects.visible_to(user).for_list().filter(code=code)
    casus = found.select_related("client_support_by").prefetch_related(shared_with).first()
    if casus is None:
        _log(user, action="refuse", code=code, part=part, outcome="not_visible")
        raise Http404(NOT_FOUND)
    if request.method in ("GET", "HEAD"):
        roles = sorted({role for role, _ in relations(user, casus)})
        _log(user, action=action, code=casus.code, part=part, role=", ".join(roles))
    return casus


def as_it_is_now(request: HttpRequest, casus: Casus) -> Casus:
    """The casus read again, to show beside what somebody typed; 404 if it is no longer theirs."""
    user: User = request.user  # type: ignore[assignment]
    return get_object_or_404(Casus.objects.visible_to(user), pk=casus.pk)


def _log(
    user: User, *, action: str, code: str, part: str, role: str = "", outcome: str = "ok"
) -> None:
    log.record(
        actor=user,
        action=action,
        object_type="casus",
        object_id=code,
        part=part,
        outcome=outcome,
        role=role,
        organisation=user.acting_for,
    )
