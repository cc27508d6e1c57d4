"""The page of the overleg: assignment, deelnemers, moments, record, afspraken and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse

from audit.performing import perform, show
from directory.models import DeelnemerKind, User
from directory.web.menu import REGIONAL_READERS
from directory.web.signed_in import AuthedRequest
from escalation.blocks import ROWS
from escalation.models import Afspraak, Casus, Deelnemer, Overleg
from escalation.overleg.date_poll.forms import ProposeForm
from escalation.overleg.date_poll.rules import Agenda, Asking, agenda_of, asking_of
from escalation.overleg.deelnemers.rules import by_kind, link_state
from escalation.overleg.outcome import actions as outcomes
from escalation.overleg.outcome.rules import VERDICTS, not_begun, rows_of
from escalation.overleg.rules import planned_words
from escalation.permissions import may, reason_denied
from escalation.reading.progress import Facts, facts_of
from escalation.web.frame import button, casus_frame, require
from escalation.web.load import load_casus, require_shared
from rdm.lib import clock
from rdm.lib.forms import OnceForm

NO_TREDE_4 = "Trede 4 kan alleen na een overleg zonder oplossing."


@dataclass(frozen=True)
class Place:
    """Where a page about the overleg stands: who looks, at which casus and overleg."""

    user: User
    casus: Casus
    facts: Facts
    overleg: Overleg


def load_place(request: AuthedRequest, code: str, action: str, *, part: str = "overleg") -> Place:
    """The casus and its latest overleg for a page on which `action` is done; 404 without one."""
    casus = load_casus(request, code, part=part)
    require(request, casus, action)
    facts = facts_of(casus)
    overleg = facts.overleg
    if overleg is None:
        raise Http404("Bij deze casus is geen overleg.")
    overleg.casus = casus
    return Place(request.user, casus, facts, overleg)


def to_overleg(casus: Casus) -> str:
    return reverse("overleg_detail", args=[casus.code])


def overleg_page(
    request: AuthedRequest, casus: Casus, *, propose: ProposeForm | None = None
) -> HttpResponse:
    """`propose` is the form for one more moment, when it was refused."""
    user = request.user
    require_shared(casus, ROWS["Overleg"])
    facts = facts_of(casus)
    overleg = facts.overleg
    context = casus_frame(request, casus, "overleg", facts=facts)
    context["overleg"] = overleg
    if overleg is None:
        return show(request, "escalation/overleg/overleg_detail.html", context)
    overleg.casus = casus
    # Seven or seventy deelnemers, promises or moments: one query for each of them.
    everybody = overleg.deelnemers.select_related("kind", "organisation")
    deelnemers = [one for one in everybody if one.removed_at is None]
    context |= _about(user, casus, overleg)
    context |= _people(overleg, deelnemers)
    context |= _agreed(user, casus, facts)
    if overleg.held_on is None and overleg.cancelled_at is None:
        agenda = agenda_of(overleg, deelnemers)
        context |= _dates(user, casus, overleg, agenda, propose)
        if context["best"] and not context["fix_denied"]:
            # To choose that moment is the same act: it stands there as the one primary button.
            context["step_buttons"][0]["tone"] = "secondary"
        if not deelnemers and not context["plan_denied"]:
            # Without anybody on the list there is no date to find.
            first = reverse("deelnemer_add", args=[casus.code])
            label = "Zet de eerste deelnemer op de lijst"
            context["step_buttons"] = [
                *button(user, casus, "plan_overleg", label, first),
                *({"tone": "secondary", **one} for one in context["step_buttons"]),
            ]
    context["answered"] = sum(one.answered_at is not None for one in deelnemers)
    return show(request, "escalation/overleg/overleg_detail.html", context, form=propose)


def _about(user: User, casus: Casus, overleg: Overleg) -> dict[str, Any]:
    code = casus.code
    late = (
        overleg.held_on is None
        and overleg.cancelled_at is None
        and overleg.starts_at is not None
        and overleg.starts_at.date() > overleg.hold_before
    )
    buttons: list[dict[str, Any]] = []
    for action, label, name in _steps(overleg):
        for item in button(user, casus, action, label, reverse(name, args=[code])):
            if action == "record_overleg":
                item["denied"] = item["denied"] or not_begun(overleg)
            if action == "nominate" and overleg.solution != Overleg.Solution.NONE:
                item["denied"] = item["denied"] or NO_TREDE_4
            buttons.append(item)
    return {
        "planned": planned_words(overleg),
        "late": late,
        "step_buttons": buttons,
        "may_plan": may(user, casus, "plan_overleg") is None,
        "plan_denied": reason_denied(user, casus, "plan_overleg"),
        "nomination": getattr(overleg, "nomination", None),
        "feedback": _feedback(user, casus, overleg),
    }


def _feedback(user: User, casus: Casus, overleg: Overleg) -> tuple[str, str] | None:
    """(Words, address) of the terugkoppeling, which belongs to the app above this one and is
    known by name only: to write it, or for who reads them the list."""
    try:
        if may(user, casus, "report_back") is None:
            url = reverse("terugkoppeling_write", args=[casus.code, overleg.pk])
            return "Naar de terugkoppeling", url
        if user.roles & REGIONAL_READERS:
            return "Naar de terugkoppelingen", reverse("terugkoppeling_list")
    except NoReverseMatch:
        pass
    return None


def _steps(overleg: Overleg) -> list[tuple[str, str, str]]:
    """What can come next: action, button and URL name, in the order of use."""
    if overleg.cancelled_at is not None:
        return []
    stop = ("stop_overleg", "Stop met het overleg", "overleg_stop")
    if overleg.held_on is None:
        if overleg.starts_at is None:
            return [("fix_date", "Leg de datum vast", "overleg_fix"), stop]
        record = ("record_overleg", "Leg de uitkomst vast", "overleg_record")
        change = [
            ("fix_date", "Wijzig datum of plaats", "overleg_fix"),
            ("cancel_date", "Zeg deze datum af", "overleg_cancel"),
            stop,
        ]
        return [record, *change] if overleg.starts_at <= clock.now() else [*change, record]
    if getattr(overleg, "nomination", None) is not None:
        return [("record_answer", "Leg het antwoord vast", "nomination_answer")]
    back = ("return_to_region", "Geef terug aan de regio", "casus_return")
    nominate = ("nominate", "Vraag om een besluit op trede 4", "casus_nominate")
    close = ("close", "Sluit de casus af", "casus_close")
    # The first is the obvious one, as "Wat nu" says on the dossier.
    unsolved = overleg.solution == Overleg.Solution.NONE
    return [back, nominate, close] if unsolved else [close, back, nominate]


def _people(overleg: Overleg, deelnemers: list[Deelnemer]) -> dict[str, Any]:
    groups = by_kind(DeelnemerKind.objects.all(), deelnemers)
    for one in deelnemers:
        one.link_label, one.link_tone = link_state(one)  # type: ignore[attr-defined]
    return {
        "deelnemers": deelnemers,
        "groups": [group for group in groups if group.deelnemers or group.kind.mandatory],
        "other_kinds": [
            group.kind for group in groups if not group.deelnemers and not group.kind.mandatory
        ],
        "missing_kinds": [group.kind for group in groups if group.is_missing],
    }


def _dates(
    user: User, casus: Casus, overleg: Overleg, agenda: Agenda, propose: ProposeForm | None
) -> dict[str, Any]:
    planned = overleg.starts_at is not None
    return {
        "agenda": agenda,
        "best": None if planned else agenda.best,
        "propose": propose or ProposeForm(),
        "ask_buttons": [] if planned else _ask_buttons(user, casus, asking_of(overleg, agenda)),
        "fix_denied": reason_denied(user, casus, "fix_date"),
    }


def _ask_buttons(user: User, casus: Casus, asking: Asking) -> list[dict[str, Any]]:
    """To ask everybody when they can, and to remind who did not answer."""
    if reason_denied(user, casus, "plan_overleg") or not asking.has_moments:
        return []
    rows = [("Vraag iedereen wanneer het kan", "dates_ask", asking.ask_denied)]
    if asking.was_asked:
        label = "Herinner wie nog niet antwoordde"
        rows.append((label, "dates_remind", asking.remind_denied))
    return [
        {
            "label": label,
            "url": reverse(name, args=[casus.code]),
            "denied": denied,
            "method": "post",
            "tone": "secondary",
            # Every button on the page is a form of its own, that works once.
            "hidden": [("request_id", uuid4())],
        }
        for label, name, denied in rows
    ]


def _agreed(user: User, casus: Casus, facts: Facts) -> dict[str, Any]:
    """The record of this overleg and of the ones before it, each with its promises."""
    found = [getattr(one, "overleg", None) for one in facts.submissions]
    held = [one for one in found if one is not None and one.held_on is not None]
    promises: dict[int, list[Afspraak]] = {one.pk: [] for one in held}
    if held:
        for afspraak in Afspraak.objects.filter(overleg__in=list(promises)):
            promises[afspraak.overleg_id].append(afspraak)
    records = [
        {
            "overleg": one,
            "rows": rows_of(one, without=VERDICTS),
            "afspraken": promises[one.pk],
        }
        for one in held
    ]
    current = [one for one in records if one["overleg"].pk == getattr(facts.overleg, "pk", None)]
    return {
        "record": current[0] if current else None,
        "earlier": [one for one in records if one not in current],
        "may_change_afspraak": reason_denied(user, casus, "change_afspraak") is None,
    }


def show_form(
    request: AuthedRequest, place: Place, form: Any, heading: str, template: str, **more: Any
) -> HttpResponse:
    """A page of its own with one form, under the bar of the casus."""
    overleg = place.overleg
    if getattr(form, "conflict", False):
        overleg.refresh_from_db()
        form.conflict_rows = _differences(form, overleg)
    context = {
        **casus_frame(request, place.casus, "overleg", facts=place.facts, page=heading),
        "heading": heading,
        "overleg": overleg,
        "planned": planned_words(overleg),
        "back": to_overleg(place.casus),
        **more,
    }
    return show(request, template, context, form=form)


def _differences(form: Any, overleg: Overleg) -> list[dict[str, Any]]:
    """What this person typed beside what somebody else kept meanwhile."""
    return [
        {
            "label": form.fields[name].label,
            "mine": form.cleaned_data.get(name),
            "current": getattr(overleg, name),
            "differs": True,
        }
        for name in ("place", "held_on", *outcomes.Outcome.__dataclass_fields__)
        if name in form.fields
        and name in form.cleaned_data
        and form.cleaned_data[name] != getattr(overleg, name)
    ]


def press(request: AuthedRequest, place: Place, do: Any, done: str) -> HttpResponse:
    """A button without any text: it works, or the page says why not."""
    form, back = OnceForm(request.POST), to_overleg(place.casus)
    if answer := perform(request, form, do, done=done, to=back):
        return answer
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return HttpResponseRedirect(back)
