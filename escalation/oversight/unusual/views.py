"""Ongewoon gebruik: the list, one melding with what the log says, and handling it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Max, Min
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from audit import showing
from audit.models import Purpose
from audit.performing import get_or_post, perform, posted, show
from audit.watching import HOUR
from directory.models import Role, User
from directory.web.oversight import tabs
from directory.web.signed_in import AuthedRequest
from escalation.models import UnusualReading, UnusualStatus
from escalation.oversight.access_log.views import part_words, refusal_words, role_words
from escalation.oversight.unusual import actions, permissions, rules
from escalation.oversight.unusual import rules as watching
from escalation.oversight.unusual.forms import UnusualFilter, UnusualMoveForm
from escalation.oversight.unusual.workflow import UNUSUAL_FLOW
from escalation.web.load import require_general, stop_when_not_now
from rdm.lib.dates import long_date
from rdm.lib.paging import page_of

TONES: dict[str, str] = {
    UnusualStatus.NEW: "warning",
    UnusualStatus.SEEN: "info",
    UnusualStatus.DONE: "success",
}
# The Dutch word in the address of each step.
WORDS = {"uitzoeken": "look_into", "afhandelen": "settle", "heropenen": "open_again"}
ADDRESSES = {name: word for word, name in WORDS.items()}
TRYING = UnusualReading.Kind.TRYING


@require_safe
def unusual_list(request: AuthedRequest) -> HttpResponse:
    """What is not handled yet, the newest first; with the filter everything there ever was."""
    require_general(request, "oversee")
    _log(request, "", "list")
    form = UnusualFilter(request.GET)
    form.is_valid()
    page = page_of(request, form.narrow(UnusualReading.objects.all()))
    context = {
        "tabs": tabs(request.user, "unusual_list"),
        "form": form,
        "active": form.active,
        "page": page,
        "count": page.paginator.count_words("melding", "meldingen"),  # type: ignore[attr-defined]
        "columns": ["Wie", "Wanneer", "Wat", "Status"],
        "rows": [_row(one) for one in page],
    }
    return show(request, "escalation/oversight/unusual/unusual_list.html", context, form=form)


def _row(one: UnusualReading) -> list[Any]:
    return [
        {
            "text": one.actor_name,
            "url": reverse("unusual_detail", args=[one.pk]),
            "sub": role_words(one.role, one.organisation),
        },
        {"text": long_date(one.hour), "sub": _hours(one)},
        {"text": capfirst(one.get_kind_display()), "sub": _much(one)},
        {"text": capfirst(one.get_status_display()), "tone": TONES[one.status]},
    ]


def _much(one: UnusualReading) -> str:
    what = f"{one.number} keer" if one.kind == TRYING else f"{one.number} dossiers"
    return f"{what}, de afspraak is hoogstens {one.allowed}"


def _hours(one: UnusualReading) -> str:
    begin, end = (dateformat.format(localtime(at), "H:i") for at in (one.hour, one.hour + HOUR))
    return f"tussen {begin} en {end} uur"


@require_safe
def unusual_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """Which dossiers it was about, and when; and what was done with the melding."""
    user = require_general(request, "oversee")
    reading = get_object_or_404(UnusualReading, pk=pk)
    _log(request, pk, "detail")
    page = page_of(request, _lines(reading))
    context = {
        **_frame(reading),
        "facts": [
            (
                "Wie",
                "\n".join([reading.actor_name, role_words(reading.role, reading.organisation)]),
            ),
            ("Wanneer", f"{long_date(reading.hour)}, {_hours(reading)}"),
            ("Hoeveel", _much(reading)),
        ],
        "page": page,
        "columns": ["Dossier", "Wat", "Wanneer", {"label": "Hoe vaak", "numeric": True}],
        "rows": _cells(reading, list(page)),
        "buttons": _buttons(user, reading),
        "denied": permissions.reason_denied_person(user, reading),
        "own": permissions.is_about(user, reading),
        "events": _events(reading),
        "is_done": reading.status == UnusualStatus.DONE,
    }
    return show(request, "escalation/oversight/unusual/unusual_detail.html", context)


def _lines(reading: UnusualReading) -> Any:
    """One line per dossier, in the order in which they were opened."""
    return (
        watching.rows_behind(reading)
        .order_by()
        .values("object_type", "object_id", "outcome")
        .annotate(times=Count("number"), first=Min("at"), last=Max("at"))
        .order_by("first", "object_id")
    )


def _cells(reading: UnusualReading, lines: list[Mapping[str, Any]]) -> list[list[Any]]:
    seen: dict[tuple[str, ...], list[str]] = {}
    rows = watching.rows_behind(reading).filter(object_id__in=[one["object_id"] for one in lines])
    for row in rows.values_list("object_type", "object_id", "outcome", "part").distinct():
        seen.setdefault(row[:3], []).append(row[3])
    return [_cell(reading, one, seen) for one in lines]


def _cell(
    reading: UnusualReading, one: Mapping[str, Any], seen: Mapping[tuple[str, ...], Iterable[str]]
) -> list[Any]:
    code = one["object_id"]
    parts = seen.get((one["object_type"], code, one["outcome"]), ())
    what = ", ".join(sorted({part_words(part) for part in parts if part}))
    if reading.kind == TRYING:
        what = capfirst(refusal_words(one["outcome"], one["object_type"]))
    first, last = (dateformat.format(localtime(one[at]), "H:i") for at in ("first", "last"))
    by_words = one["outcome"] == showing.NOTHING_FOUND
    dossier: dict[str, Any] = {"text": "Woorden" if by_words else "Geen bestaande code"}
    if code:
        link = reverse("casus_access_log", args=[code])
        dossier = {"text": code, "url": f"{link}?wie={reading.actor_id}"}
    return [
        dossier,
        {"text": what},
        {"text": first if first == last else f"{first} – {last}"},
        {"text": one["times"], "numeric": True},
    ]


def _buttons(user: User, reading: UnusualReading) -> list[dict[str, Any]]:
    buttons = [
        {
            "label": step.label,
            "url": reverse("unusual_move", args=[reading.pk, ADDRESSES[name]]),
            "tone": "secondary",
        }
        for name, step in UNUSUAL_FLOW.transitions.items()
        if permissions.reason_denied(user, reading, name) is None
    ]
    if buttons and reading.status != UnusualStatus.DONE:
        buttons[0]["tone"] = "primary"
    return buttons


def _events(reading: UnusualReading) -> list[dict[str, Any]]:
    """What was done, newest first, as components/timeline.html shows it."""
    found = [{"title": "Gevonden in het logboek", "who": "het programma", "when": reading.found_at}]
    found += [
        {
            "title": capfirst(step.get_status_display()),
            "who": step.by_name,
            "when": step.at,
            "text": step.note,
            "kind": "decision" if step.status == UnusualStatus.DONE else "",
        }
        for step in reading.steps.all()
    ]
    return found[::-1]


@get_or_post
def unusual_move(request: AuthedRequest, pk: int, word: str) -> HttpResponse:
    """Take a step with a melding, with what there is to say."""
    if word not in WORDS:
        raise Http404("Deze stap bestaat niet.")
    name = WORDS[word]
    user = require_general(request, "oversee")
    reading = get_object_or_404(UnusualReading, pk=pk)
    _log(request, pk, "move")
    stop_when_not_now(request, permissions.reason_denied(user, reading, name))
    step = UNUSUAL_FLOW[name]
    form = UnusualMoveForm(
        posted(request),
        version=reading.version,
        name=name,
        button=step.label,
    )
    if answer := perform(
        request,
        form,
        lambda: actions.move(
            reading=reading,
            by=user,
            name=name,
            note=form.cleaned_data["note"],
            version=form.cleaned_data["version"],
        ),
        done=f"De melding is nu: {UnusualStatus(step.target).label}.",
        to=reverse("unusual_detail", args=[pk]),
        record=reading,
    ):
        return answer
    own_page = reverse("unusual_detail", args=[pk])
    frame = _frame(reading)
    context = {
        **frame,
        "crumbs": [*frame["crumbs"], (frame["name"], own_page)],
        "title": step.label,
        "own_page": own_page,
    }
    return show(request, "escalation/oversight/unusual/unusual_move.html", context, form=form)


def _log(request: AuthedRequest, pk: int | str, part: str) -> None:
    """Reading what the log says about somebody is itself in the log."""
    showing.about(
        request,
        "unusual_reading",
        pk,
        part=part,
        roles=[Role.PRIVACY_OFFICER],
        purpose=Purpose.OVERSEE,
    )


def _frame(reading: UnusualReading) -> dict[str, Any]:
    return {
        "reading": reading,
        "name": rules.what_happened(reading),
        "tone": TONES[reading.status],
        "crumbs": [("Toezicht", reverse("unusual_list"))],
    }
