"""The page of the overleg: assignment, deelnemers, moments, record, afspraken and what is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict
from uuid import uuid4

from django.contrib import messages
from django.db.models import OuterRef
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse

from audit.performing import perform, show
from directory.models import DeelnemerKind, User
from directory.web.menu import REGIONAL_READERS
from directory.web.signed_in import AuthedRequest
from escalation.blocks import ROWS
from escalation.models import Afspraak, Casus, Deelnemer, Nomination, Overleg
from escalation.overleg.date_poll.forms import ProposeForm
from escalation.overleg.date_poll.rules import Agenda, Asking, Moment, agenda_of, asking_of
from escalation.overleg.deelnemers.rules import KindGroup, by_kind, link_state, unreached
from escalation.overleg.outcome import actions as outcomes
from escalation.overleg.outcome.rules import VERDICTS, not_begun, rows_of
from escalation.overleg.rules import planned_words
from escalation.reading.progress import Progress, progress_of
from escalation.web.frame import Button, button, casus_frame
from escalation.web.load import Dossier, load_to, require_shared
from outbox.queue import given_up_at
from rdm.lib import clock
from rdm.lib.forms import OnceForm

NO_TREDE_4 = "Trede 4 kan alleen na een overleg zonder oplossing."


@dataclass(frozen=True)
class Place:
    """Where a page about the overleg stands: who looks, at which casus and overleg."""

    dossier: Dossier
    progress: Progress
    overleg: Overleg

    @property
    def user(self) -> User:
        return self.dossier.user

    @property
    def casus(self) -> Casus:
        return self.dossier.casus

    @property
    def url(self) -> str:
        """The page of the overleg itself."""
        return reverse("overleg_detail", args=[self.casus.code])


def load_place(request: AuthedRequest, code: str, action: str, *, part: str = "overleg") -> Place:
    """The casus and its latest overleg for a page on which `action` is done; 404 without one."""
    dossier = load_to(request, code, action, part=part)
    progress = progress_of(dossier.casus, dossier.seen)
    if progress.overleg is None:
        raise Http404("Bij deze casus is geen overleg.")
    progress.overleg.casus = dossier.casus
    return Place(dossier, progress, progress.overleg)


class About(TypedDict):
    """The overleg itself: when it is, and what can be done with it."""

    planned: str
    late: bool
    step_buttons: list[Button]
    may_plan: bool
    plan_denied: str | None
    nomination: Nomination | None
    feedback: tuple[str, str] | None


class People(TypedDict):
    """Who sits there, by kind."""

    deelnemers: Sequence[Deelnemer]
    groups: list[KindGroup]
    other_kinds: list[DeelnemerKind]
    missing_kinds: list[DeelnemerKind]
    answered: int


class Dates(TypedDict):
    """The moments to choose from, until it is held."""

    agenda: Agenda
    best: Moment | None
    propose: ProposeForm
    ask_buttons: list[Button]
    fix_denied: str | None


class Record(TypedDict):
    """What one overleg decided and promised."""

    overleg: Overleg
    rows: list[tuple[str, str]]
    afspraken: list[Afspraak]


class Agreed(TypedDict):
    record: Record | None
    earlier: list[Record]
    may_change_afspraak: bool


def overleg_page(
    request: AuthedRequest, dossier: Dossier, *, propose: ProposeForm | None = None
) -> HttpResponse:
    """`propose` is the form for one more moment, when it was refused."""
    require_shared(dossier, ROWS["Overleg"])
    progress = progress_of(dossier.casus, dossier.seen)
    frame = {**casus_frame(dossier, "overleg", progress=progress), "overleg": progress.overleg}
    if progress.overleg is None:
        return show(request, "escalation/overleg/overleg_detail.html", frame)
    progress.overleg.casus = dossier.casus
    place = Place(dossier, progress, progress.overleg)
    # Seven or seventy deelnemers, promises or moments: one query for each of them.
    everybody = place.overleg.deelnemers.select_related("kind", "organisation").annotate(
        given_up=given_up_at(OuterRef("email"))
    )
    deelnemers = [one for one in everybody if one.removed_at is None]
    about = _about(place)
    context = {**frame, **_people(deelnemers), **_agreed(place)}
    if place.overleg.held_on is None and place.overleg.cancelled_at is None:
        dates = _dates(place, agenda_of(place.overleg, deelnemers), propose)
        about["step_buttons"] = _while_planning(place, about, dates, bool(deelnemers))
        context |= dates
    context |= about
    return show(request, "escalation/overleg/overleg_detail.html", context, form=propose)


def _while_planning(place: Place, about: About, dates: Dates, anybody: bool) -> list[Button]:
    """The buttons, of which the first is not always the obvious one as long as there is no date."""
    buttons = about["step_buttons"]
    if dates["best"] and not dates["fix_denied"]:
        # To choose that moment is the same act: it stands there as the one primary button.
        buttons[0]["tone"] = "secondary"
    if anybody or about["plan_denied"]:
        return buttons
    # Without anybody on the list there is no date to find.
    first = reverse("deelnemer_add", args=[place.casus.code])
    label = "Zet de eerste deelnemer op de lijst"
    for one in buttons:
        one.setdefault("tone", "secondary")
    return [*button(place.dossier, "plan_overleg", label, first), *buttons]


def _about(place: Place) -> About:
    overleg, dossier = place.overleg, place.dossier
    late = (
        overleg.held_on is None
        and overleg.cancelled_at is None
        and overleg.starts_at is not None
        and overleg.starts_at.date() > overleg.hold_before
    )
    buttons: list[Button] = []
    for action, label, name in _steps(overleg):
        for item in button(dossier, action, label, reverse(name, args=[place.casus.code])):
            if action == "record_overleg":
                item["denied"] = item["denied"] or not_begun(overleg)
            if action == "nominate" and overleg.solution != Overleg.Solution.NONE:
                item["denied"] = item["denied"] or NO_TREDE_4
            buttons.append(item)
    return {
        "planned": planned_words(overleg),
        "late": late,
        "step_buttons": buttons,
        "may_plan": dossier.may("plan_overleg") is None,
        "plan_denied": dossier.denied("plan_overleg"),
        "nomination": getattr(overleg, "nomination", None),
        "feedback": _feedback(place),
    }


def _feedback(place: Place) -> tuple[str, str] | None:
    """(Words, address) of the terugkoppeling, which belongs to the app above this one and is
    known by name only: to write it, or for who reads them the list."""
    try:
        if place.dossier.allows("report_back"):
            url = reverse("terugkoppeling_write", args=[place.casus.code, place.overleg.pk])
            return "Naar de terugkoppeling", url
        if place.user.roles & REGIONAL_READERS:
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


def _people(deelnemers: Sequence[Deelnemer]) -> People:
    groups = by_kind(DeelnemerKind.objects.all(), deelnemers)
    # Asked along with the row: only where something was given up, it matters what that was.
    suspect = [one.pk for one in deelnemers if one.given_up]  # type: ignore[attr-defined]
    missed = {one.deelnemer.pk for one in unreached(pk__in=suspect)} if suspect else set()
    for one in deelnemers:
        label = link_state(one, is_unreached=one.pk in missed)
        one.link_label, one.link_tone = label  # type: ignore[attr-defined]
    return {
        "deelnemers": deelnemers,
        "groups": [group for group in groups if group.deelnemers or group.kind.mandatory],
        "other_kinds": [
            group.kind for group in groups if not group.deelnemers and not group.kind.mandatory
        ],
        "missing_kinds": [group.kind for group in groups if group.is_missing],
        "answered": sum(one.answered_at is not None for one in deelnemers),
    }


def _dates(place: Place, agenda: Agenda, propose: ProposeForm | None) -> Dates:
    planned = place.overleg.starts_at is not None
    return {
        "agenda": agenda,
        "best": None if planned else agenda.best,
        "propose": propose or ProposeForm(),
        "ask_buttons": [] if planned else _ask_buttons(place, asking_of(place.overleg, agenda)),
        "fix_denied": place.dossier.denied("fix_date"),
    }


def _ask_buttons(place: Place, asking: Asking) -> list[Button]:
    """To ask everybody when they can, and to remind who did not answer."""
    if place.dossier.denied("plan_overleg") or not asking.has_moments:
        return []
    rows = [("Vraag iedereen wanneer het kan", "dates_ask", asking.ask_denied)]
    if asking.was_asked:
        label = "Herinner wie nog niet antwoordde"
        rows.append((label, "dates_remind", asking.remind_denied))
    return [
        {
            "label": label,
            "url": reverse(name, args=[place.casus.code]),
            "denied": denied,
            "method": "post",
            "tone": "secondary",
            # Every button on the page is a form of its own, that works once.
            "hidden": [("request_id", uuid4())],
        }
        for label, name, denied in rows
    ]


def _agreed(place: Place) -> Agreed:
    """The record of this overleg and of the ones before it, each with its promises."""
    found = [getattr(one, "overleg", None) for one in place.progress.submissions]
    held = [one for one in found if one is not None and one.held_on is not None]
    promises: dict[int, list[Afspraak]] = {one.pk: [] for one in held}
    if held:
        for afspraak in Afspraak.objects.filter(overleg__in=list(promises)):
            promises[afspraak.overleg_id].append(afspraak)
    records: list[Record] = [
        {
            "overleg": one,
            "rows": rows_of(one, without=VERDICTS),
            "afspraken": promises[one.pk],
        }
        for one in held
    ]
    current = [one for one in records if one["overleg"].pk == place.overleg.pk]
    return {
        "record": current[0] if current else None,
        "earlier": [one for one in records if one not in current],
        "may_change_afspraak": place.dossier.allows("change_afspraak"),
    }


def show_form(
    request: AuthedRequest, place: Place, form: Any, heading: str, template: str, **more: Any
) -> HttpResponse:
    """A page of its own with one form, under the bar of the casus."""
    overleg = place.overleg
    if getattr(form, "conflict", False):
        overleg.refresh_from_db()
        form.conflict_rows = form.conflict_rows or _differences(form, overleg)
    context = {
        **casus_frame(place.dossier, "overleg", progress=place.progress, page=heading),
        "heading": heading,
        "overleg": overleg,
        "planned": planned_words(overleg),
        "back": place.url,
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
    form, back = OnceForm(request.POST), place.url
    if answer := perform(request, form, do, done=done, to=back):
        return answer
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return HttpResponseRedirect(back)
