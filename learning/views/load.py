"""Loading for a page: only what may be seen, and never without a committed audit row."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from audit import log
from directory.models import User
from escalation.models import Overleg
from escalation.views.load import known, load_casus
from learning.actions.terugkoppelingen import unwritten
from learning.models import Leersessie, Terugkoppeling
from learning.permissions import may, may_report


def require(request: HttpRequest, action: str) -> User:
    """The user, when it may do `action` at all; otherwise a 403 with the reason."""
    user: User = request.user  # type: ignore[assignment]
    if reason := may(user, action):
        raise PermissionDenied(reason)
    return user


def load_terugkoppeling(
    request: HttpRequest, code: str, pk: int, *, part: str, action: str = "read"
) -> Terugkoppeling:
    """A terugkoppeling that this person may read; 404 as for one that does not exist (promise 3).

    Showing it is written down first (promise 1). A POST is logged by its action.
    """
    user: User = request.user  # type: ignore[assignment]
    code = known(code)
    found = (
        Terugkoppeling.objects.visible_to(user)
        .filter(pk=pk, overleg__casus__code=code)
        .select_related("overleg__casus__gemeente__organisation")
        .first()
    )
    if found is None:
        record(user, "terugkoppeling", code, part, action="refuse", outcome="not_visible")
        raise Http404("Deze terugkoppeling bestaat niet, of u mag haar niet zien.")
    if request.method in ("GET", "HEAD"):
        record(user, "terugkoppeling", found.overleg.casus.code, part, action=action)
    return found


def load_to_write(request: HttpRequest, code: str, pk: int, *, part: str) -> Terugkoppeling | None:
    """The terugkoppeling of overleg `pk` for whoever may write it; not stored when not begun.

    None while the outcome of the overleg is not recorded: there is nothing to report about yet.

    404 outside the casussen of this person, 403 with a reason for who may not write.
    """
    user: User = request.user  # type: ignore[assignment]
    casus = load_casus(request, code, part=part)
    if reason := may_report(user, casus):
        raise PermissionDenied(reason)
    overleg = casus.overleggen.select_related("terugkoppeling").filter(pk=pk).first()
    if overleg is None:
        raise Http404("Dit overleg bestaat niet.")
    found = of_overleg(overleg)
    if found is not None:
        return found
    return unwritten(overleg) if overleg.held_on else None


def of_overleg(overleg: Overleg) -> Terugkoppeling | None:
    """The terugkoppeling of an overleg, if it was begun."""
    found: Terugkoppeling | None = getattr(overleg, "terugkoppeling", None)
    return found


def load_leersessie(request: HttpRequest, pk: int, *, part: str) -> Leersessie:
    """A leersessie, for who may see them; showing it is written down first."""
    user = require(request, "view_leersessies")
    found = Leersessie.objects.filter(pk=pk).first()
    if found is None:
        raise Http404("Deze leersessie bestaat niet.")
    if request.method in ("GET", "HEAD"):
        record(user, "leersessie", str(found.pk), part)
    return found


def record(
    user: User,
    kind: str,
    object_id: str,
    part: str,
    *,
    action: str = "read",
    outcome: str = "ok",
) -> None:
    """One audit row about what this person gets to see."""
    log.record(
        actor=user,
        action=action,
        object_type=kind,
        object_id=object_id,
        part=part,
        outcome=outcome,
        role=", ".join(sorted(user.roles)),
        organisation=user.acting_for,
    )
