"""The bar on top of every page of a casus, and its buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict, Unpack

from django.urls import reverse
from django.utils import dateformat

from escalation.blocks import ALL, NONE, in_words
from escalation.models import Casus
from escalation.permissions import Standing
from escalation.reading.progress import Progress, progress_of
from rdm.lib import clock
from rdm.lib.dates import long_date


class Extra(TypedDict, total=False):
    """What a button may have besides its words and its address."""

    denied: str | None
    tone: str
    method: str
    hidden: list[tuple[str, Any]]


class Button(Extra):
    """For `{% actions %}`. `denied`: why it cannot be used now, which is shown with it."""

    label: str
    url: str


class Tab(TypedDict):
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Bar:
    """For `escalation/web/_casus_bar.html`."""

    crumbs: list[tuple[str, str]]
    crumb: str
    trede: str
    tone: str
    spoed: bool
    due: date | None
    due_label: str
    meta: list[tuple[str, str]]
    actions: list[Button]
    tabs: list[Tab]


class Frame(TypedDict):
    """What every page under the bar of a casus has."""

    casus: Casus
    progress: Progress
    bar: Bar


def casus_frame(
    standing: Standing,
    current: str,
    *,
    progress: Progress | None = None,
    actions: list[Button] | None = None,
    page: str = "",
) -> Frame:
    """Context for `escalation/web/_casus_bar.html`, to be included in block `before`.

    `current` is the tab: "overview", "overleg", "timeline", "communication", "access_log" or ""
    on a page below.
    `page` names a page below the dossier in the breadcrumb. Two queries, none when `progress` are
    given and `standing` came from `load_casus`.
    """
    casus = standing.casus
    progress = progress or progress_of(casus, standing.seen)
    crumbs = [("Casussen", reverse("casus_list"))]
    if page:
        crumbs.append((casus.code, reverse("casus_detail", args=[casus.code])))
    bar = Bar(
        crumbs=crumbs,
        crumb=page or casus.code,
        trede=f"Trede {progress.trede}" if progress.trede is not None else "",
        tone=casus.upcoming.tone,
        spoed=progress.spoed,
        # A restricted casus stands still.
        due=casus.due if casus.restricted_at is None else None,
        due_label=casus.upcoming.by,
        meta=[*_shared(standing), *_responsibility(standing)],
        actions=actions or [],
        tabs=_tabs(standing, progress, current),
    )
    return {"casus": casus, "progress": progress, "bar": bar}


def _shared(standing: Standing) -> list[tuple[str, str]]:
    """For who is involved: what of the casus they see, and until when."""
    through = standing.shared
    if not through:
        return []
    seen = NONE.union(*(one.shares for one in through))
    ends = [one.until for one in through if one.until is not None]
    until = f", tot en met {long_date(max(ends))}" if len(ends) == len(through) else ""
    rows = [("Met u gedeeld", f"{in_words(seen)}{until}")]
    if seen != ALL:
        rows.append(("Niet met u gedeeld", in_words(ALL - seen)))
    return rows


def _responsibility(standing: Standing) -> list[tuple[str, str]]:
    """Who carries it besides the gemeente, or is asked to (E-122, E-123)."""
    casus, now = standing.casus, standing.now
    rows = []
    if casus.restricted_at is not None:
        since = dateformat.format(clock.local_date(casus.restricted_at), "j F Y")
        rows.append(("Verwerking beperkt", f"sinds {since}. U kunt alleen lezen."))
    if now.admission is not None:
        since = dateformat.format(now.admission.since, "j F Y")
        rows.append(("Opgenomen bij", f"{now.admission.party}, sinds {since}"))
        rows.append(("Draagt nu de verantwoordelijkheid", now.admission.party))
    if (offered := now.transfer) is not None:
        since = dateformat.format(clock.local_date(offered.proposed_at), "j F Y")
        rows.append(("Overdracht", f"wacht sinds {since} op antwoord van {offered.to_gemeente}"))
    return rows


def _tabs(standing: Standing, progress: Progress, current: str) -> list[Tab]:
    casus = standing.casus
    tabs = [("overview", "Overzicht", "casus_detail")]
    if progress.overleg is not None:
        tabs.append(("overleg", "Overleg", "overleg_detail"))
    tabs.append(("timeline", "Tijdlijn", "casus_timeline"))
    tabs.append(("communication", "Geïnformeerd", "communication_list"))
    if standing.may("view_access_log") is None:
        tabs.append(("access_log", "Inzage", "casus_access_log"))
    if standing.may("view_rights") is None and not casus.is_draft:
        tabs.append(("rights", "Rechten en bewaren", "rights_detail"))
    return [
        {"label": label, "url": reverse(name, args=[casus.code]), "current": key == current}
        for key, label, name in tabs
    ]


def button(
    standing: Standing, action: str, label: str, url: str, **more: Unpack[Extra]
) -> list[Button]:
    """A button for `{% actions %}`: none for who may never do it, with the reason if not now."""
    if standing.may(action):
        return []
    found: Button = {"label": label, "url": url, **more}
    found.setdefault("denied", standing.may_now(action))
    return [found]
