"""The bar on top of every page of a casus, and asking for a right before a page is shown."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import dateformat

from audit import showing
from directory.models import User
from directory.web.signed_in import AuthedRequest
from escalation.blocks import ALL, NONE, in_words
from escalation.models import Casus
from escalation.permissions import may, may_now, open_admission, pending_transfer, reads_through
from escalation.reading.progress import Facts, facts_of
from rdm.lib import clock
from rdm.lib.dates import long_date


def casus_frame(
    request: AuthedRequest,
    casus: Casus,
    current: str,
    *,
    facts: Facts | None = None,
    actions: list[dict[str, Any]] | None = None,
    page: str = "",
) -> dict[str, Any]:
    """Context for `escalation/web/_casus_bar.html`, to be included in block `before`.

    `current` is the tab: "overview", "overleg", "timeline", "communication", "access_log" or ""
    on a page below.
    `page` names a page below the dossier in the breadcrumb. Two queries, none when `facts` are
    given and the casus came from `load_casus`.
    """
    user = request.user
    facts = facts or facts_of(casus)
    crumbs = [("Casussen", reverse("casus_list"))]
    if page:
        crumbs.append((casus.code, reverse("casus_detail", args=[casus.code])))
    return {
        "casus": casus,
        "facts": facts,
        "bar": {
            "crumbs": crumbs,
            "crumb": page or casus.code,
            "trede": f"Trede {facts.trede}" if facts.trede is not None else "",
            "tone": casus.upcoming.tone,
            "spoed": facts.spoed,
            # A restricted casus stands still.
            "due": casus.due if casus.restricted_at is None else None,
            "due_label": casus.upcoming.by,
            "meta": [*_shared(user, casus), *_responsibility(casus)],
            "actions": actions or [],
            "tabs": _tabs(user, facts, current),
        },
    }


def _shared(user: User, casus: Casus) -> list[tuple[str, str]]:
    """For who is involved: what of the casus they see, and until when."""
    through = reads_through(user, casus)
    if not through:
        return []
    seen = NONE.union(*(one.shares for one in through))
    ends = [one.until for one in through if one.until is not None]
    until = f", tot en met {long_date(max(ends))}" if len(ends) == len(through) else ""
    rows = [("Met u gedeeld", f"{in_words(seen)}{until}")]
    if seen != ALL:
        rows.append(("Niet met u gedeeld", in_words(ALL - seen)))
    return rows


def _responsibility(casus: Casus) -> list[tuple[str, str]]:
    """Who carries it besides the gemeente, or is asked to (E-122, E-123)."""
    rows = []
    if casus.restricted_at is not None:
        since = dateformat.format(clock.local_date(casus.restricted_at), "j F Y")
        rows.append(("Verwerking beperkt", f"sinds {since}. U kunt alleen lezen."))
    if (admission := open_admission(casus)) is not None:
        since = dateformat.format(admission.since, "j F Y")
        rows.append(("Opgenomen bij", f"{admission.party}, sinds {since}"))
        rows.append(("Draagt nu de verantwoordelijkheid", admission.party))
    if (offered := pending_transfer(casus)) is not None:
        since = dateformat.format(clock.local_date(offered.proposed_at), "j F Y")
        rows.append(("Overdracht", f"wacht sinds {since} op antwoord van {offered.to_gemeente}"))
    return rows


def _tabs(user: User, facts: Facts, current: str) -> list[dict[str, Any]]:
    code = facts.casus.code
    tabs = [("overview", "Overzicht", "casus_detail")]
    if facts.overleg is not None:
        tabs.append(("overleg", "Overleg", "overleg_detail"))
    tabs.append(("timeline", "Tijdlijn", "casus_timeline"))
    tabs.append(("communication", "Geïnformeerd", "communication_list"))
    if may(user, facts.casus, "view_access_log") is None:
        tabs.append(("access_log", "Inzage", "casus_access_log"))
    if may(user, facts.casus, "view_rights") is None and not facts.casus.is_draft:
        tabs.append(("rights", "Rechten en bewaren", "rights_detail"))
    return [
        {"label": label, "url": reverse(name, args=[code]), "current": key == current}
        for key, label, name in tabs
    ]


def require(request: AuthedRequest, casus: Casus, action: str) -> None:
    """Stop with a reason (403) when this person may not do `action`.

    When only the moment is wrong, a GET stops as well; a POST goes on, so that the action says no
    and the form keeps what was typed.
    """
    user = request.user
    reason = may(user, casus, action)
    if reason is None and request.method != "POST" and (reason := may_now(casus, action)):
        showing.refused(request, showing.NOT_NOW)
    if reason:
        raise PermissionDenied(reason)


def button(
    user: User, casus: Casus, action: str, label: str, url: str, **more: Any
) -> list[dict[str, Any]]:
    """A button for `{% actions %}`: none for who may never do it, with the reason if not now."""
    if may(user, casus, action):
        return []
    return [{"label": label, "url": url, "denied": may_now(casus, action), **more}]
