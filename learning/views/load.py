"""Loading for a page: only what may be seen, and never without a committed audit row."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404

from audit import showing
from audit.models import Action, Purpose
from directory.models import User
from directory.web.signed_in import AuthedRequest
from escalation.models import Overleg
from escalation.web.load import code_or_404, explain_on_timeline, load_to
from learning.actions.terugkoppelingen import unwritten
from learning.models import Leersessie, Terugkoppeling
from learning.permissions import may


def require(request: AuthedRequest, action: str) -> User:
    """The user, when it may do `action` at all; otherwise a 403 with the reason."""
    user = request.user
    if reason := may(user, action):
        raise PermissionDenied(reason)
    return user


def load_terugkoppeling(
    request: AuthedRequest, code: str, pk: int, *, part: str, action: str = Action.READ
) -> Terugkoppeling:
    """A terugkoppeling that this person may read; 404 as for one that does not exist (promise 3).

    The log gets a row, under the code of the casus, when the answer shows or refuses it.
    """
    user = request.user
    code = code_or_404(code)
    found = (
        Terugkoppeling.objects.visible_to(user)
        .filter(pk=pk, overleg__casus__code=code)
        .select_related("overleg__casus__gemeente__organisation")
        .first()
    )
    about(request, "terugkoppeling", code, part, action=action)
    if found is None:
        showing.refused(request, showing.NOT_VISIBLE)
        raise Http404("Deze terugkoppeling bestaat niet, of u mag haar niet zien.")
    explain_on_timeline(request, found.overleg.casus)
    return found


def load_to_write(
    request: AuthedRequest, code: str, pk: int, *, part: str
) -> Terugkoppeling | None:
    """The terugkoppeling of overleg `pk` for whoever may write it; not stored when not begun.

    None while the outcome of the overleg is not recorded: there is nothing to report about yet.

    404 outside the casussen of this person, 403 with a reason for who may not write, or not now.
    """
    # Not now: before somebody types four texts that cannot be kept.
    casus = load_to(request, code, "report_back", part=part).casus
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


def load_leersessie(request: AuthedRequest, pk: int, *, part: str) -> Leersessie:
    """A leersessie, for who may see them; the log gets a row when the answer shows it."""
    require(request, "view_leersessies")
    found = Leersessie.objects.filter(pk=pk).first()
    if found is None:
        raise Http404("Deze leersessie bestaat niet.")
    about(request, "leersessie", found.pk, part)
    return found


def about(
    request: AuthedRequest, kind: str, object_id: str | int, part: str, *, action: str = Action.READ
) -> None:
    """For the log: what this request shows or refuses, see `audit.showing`."""
    user = request.user
    showing.about(
        request,
        kind,
        object_id,
        part=part,
        action=action,
        roles=user.roles,
        purpose=Purpose.LEARN,
    )
