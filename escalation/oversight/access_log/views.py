"""Who saw a casus: for the coördinator and the privacy officer. Reading this is logged as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import dateformat
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from audit import readers, showing
from audit.models import Action, Purpose
from audit.performing import show
from directory.models import Role, User
from directory.web.signed_in import AuthedRequest
from escalation.models import Casus
from escalation.oversight.access_log.forms import AccessLogFilter, FindAccessLogForm
from escalation.oversight.page import frame_if_seen
from escalation.permissions import Standing, standing_of
from escalation.web.load import load_to, require_general
from rdm.lib import codes
from rdm.lib.numbers import whole
from rdm.lib.paging import page_of

PART = "access-log"
# What belongs to the dossier, in the words of the log. A terugkoppeling has the code of its casus.
OBJECTS = {"casus": "Casus", "terugkoppeling": "Terugkoppeling"}
PARTS = {
    PART: "wie de casus zag",
    "admission": "opname",
    "attachment": "bijlage",
    "advice": "advies voor een tafel",
    "certificate": "verklaring van vernietiging",
    "client-support": "cliëntondersteuning",
    "close": "afsluiten",
    "communication": "wie is geïnformeerd",
    "compare": "versies naast elkaar",
    "complete": "aanvulling",
    "copy": "nieuwe registratie met deze gegevens",
    "correct": "correctie",
    "correction": "correctie voor de inwoner",
    "destroyed": "bericht dat de casus vernietigd is",
    "discard": "concept weggooien",
    "docx": "Word-bestand",
    "export": "inzage voor de inwoner",
    "dossier": "overzicht",
    "last": "laatste versie",
    "lesson": "leerpunt",
    "note": "notitie",
    "overleg": "overleg",
    "process": "procesoverzicht",
    "pdf": "pdf",
    "read": "bevestigen van het lezen",
    "reference": "eigen kenmerk",
    "registration": "registratie",
    "restriction": "beperking van de verwerking",
    "retention": "bewaren en vernietigen",
    "rights": "rechten van de inwoner",
    "reopen": "heropenen",
    "route": "route",
    "share": "delen",
    "step": "stap op de route",
    "step-submission": "aanmelding bij een tafel",
    "submission": "aanmelding",
    "submit": "aanmelden voor trede 3",
    "terugkoppeling": "terugkoppeling schrijven",
    "timeline": "tijdlijn",
    "transfer": "overdracht",
    "version": "versie",
    "withdraw": "aanmelding intrekken",
}
REFUSALS = {
    showing.NOT_VISIBLE: "mag de {object} niet zien",
    showing.NOT_ALLOWED: "mag dit niet doen",
    showing.NOT_NOW: "kon toen niet",
    showing.NOT_FOUND: "bestaat niet",
    showing.NOTHING_FOUND: "niets gevonden",
}
COLUMNS = ["Wie", "Dag", "Wat", "Hoe vaak"]


@require_safe
def access_log_find(request: AuthedRequest) -> HttpResponse:
    """For who may read the log without seeing any casus: by the code of a casus."""
    user = require_general(request, "find_access_log")
    form = FindAccessLogForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        standing = _before_log(user, form.cleaned_data["code"])
        if standing is not None:
            return redirect("casus_access_log", standing.casus.code)
        # Trying codes leaves a trace, also of who may look into the log.
        showing.about(request, "casus", "", part=PART, roles=user.roles)
        showing.refused(request, showing.NOT_FOUND)
        form.add_error("code", "Er is geen casus met deze code. Controleer de code.")
    status = 422 if form.is_bound else 200
    return render(
        request,
        "escalation/oversight/access_log/casus_access_log_find.html",
        {"form": form},
        status=status,
    )


def _before_log(user: User, code: str) -> Standing | None:
    """Before the casus whose log this person may read. The privacy officer does not see the casus
    itself, so `visible_to` cannot answer this."""
    casus = Casus.objects.with_parties().filter(code=codes.within(code)).first()
    standing = standing_of(user, casus) if casus is not None else None
    return standing if standing and standing.may("view_access_log") is None else None


@require_safe
def casus_access_log(request: AuthedRequest, code: str) -> HttpResponse:
    """Who saw this casus or its terugkoppeling, who downloaded it, and who was refused."""
    standing = _load(request, code)
    casus = standing.casus
    form = AccessLogFilter(
        request.GET, find=lambda wanted: readers.people_about(OBJECTS, casus.code, wanted)
    )
    form.is_valid()
    page = page_of(request, readers.lines_about(OBJECTS, casus.code, form.wanted))
    lines = list(page)
    parts = readers.parts_of(lines, OBJECTS, casus.code)
    frame = frame_if_seen(standing, "access_log")
    context = {
        **frame,
        "form": form,
        "active": form.active,
        "totals": _totals(form.totals),
        "page": page,
        "columns": COLUMNS,
        "rows": [_row(line, seen) for line, seen in zip(lines, parts, strict=True)],
        "visible": frame["seen"],
    }
    return show(
        request, "escalation/oversight/access_log/casus_access_log.html", context, form=form
    )


def _totals(found: Mapping[str, int]) -> list[tuple[str, str]]:
    """What the lines come to, for components/data_list.html."""
    return [
        ("Mensen", whole(found["people"])),
        ("Bekeken", _often(found["seen"])),
        ("Gedownload", _often(found["exported"])),
        ("Geweigerd", _often(found["refused"])),
    ]


def _load(request: AuthedRequest, code: str) -> Standing:
    """Before the casus, which the privacy officer does not see."""
    oversees = Role.PRIVACY_OFFICER in request.user.roles
    standing = _before_log(request.user, code) if oversees else None
    if standing is None:
        return load_to(request, code, "view_access_log", part=PART)
    showing.about(
        request,
        "casus",
        standing.casus.code,
        part=PART,
        roles=[Role.PRIVACY_OFFICER],
        purpose=Purpose.OVERSEE,
    )
    return standing


def _row(line: Mapping[str, Any], parts: Iterable[str]) -> list[Any]:
    return [
        {"text": line["actor_name"], "sub": role_words(line["role"], line["organisation"])},
        {"day": line["day"]},
        _what(line, parts),
        {"text": _often(line["times"]), "sub": _moments(line)},
    ]


def _what(line: Mapping[str, Any], parts: Iterable[str]) -> dict[str, str]:
    seen = ", ".join(dict.fromkeys(part_words(part) for part in parts))
    name = OBJECTS[line["object_type"]]
    if line["action"] != Action.REFUSE:
        return {"text": f"{name} {Action(line['action']).label}", "sub": seen}
    why = refusal_words(line["outcome"], line["object_type"])
    sub = ": ".join(one for one in (why, seen) if one)
    return {"text": "Geweigerd", "tone": "warning", "sub": sub}


def part_words(part: str) -> str:
    """A part of the dossier as the log names it ("pdf:version-2"), in words."""
    head, _, detail = part.partition(":")
    name, _, number = head.partition("-")
    if number.isdecimal():
        head = f"{PARTS.get(name, name)} {number}"
    words = PARTS.get(head, head)
    return f"{words} ({part_words(detail)})" if detail else words


def refusal_words(outcome: str, object_type: str) -> str:
    """Why somebody was refused, after the name of that person ("mag de casus niet zien")."""
    return REFUSALS.get(outcome, "").format(object=OBJECTS[object_type].lower())


def role_words(role: str, organisation: str) -> str:
    """As what somebody acted, and for whom, as the log froze it."""
    roles = [Role(one).label for one in role.split(", ") if one in Role.values]
    return ", ".join(one for one in [*roles, organisation] if one)


def _often(times: int) -> str:
    return f"{whole(times)} keer"


def _moments(line: Mapping[str, Any]) -> str:
    first, last = (dateformat.format(localtime(line[name]), "H:i") for name in ("first", "last"))
    return first if first == last else f"{first} – {last}"
