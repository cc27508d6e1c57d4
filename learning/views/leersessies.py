"""Planning and holding a leersessie."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    Count,
    Exists,
    OuterRef,
)
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.performing import get_or_post, perform, posted, show
from directory.models import User
from directory.web.signed_in import AuthedRequest
from escalation.models import Event
from escalation.web.load import stop_when_not_now
from learning.actions import leersessies as actions
from learning.forms.leersessies import CancelForm, HoldForm, PlanForm
from learning.models import Leersessie, Terugkoppeling
from learning.permissions import may, reason_denied
from learning.views.conflict import conflict_rows
from learning.views.lessons import COLUMNS, lesson_rows
from learning.views.load import load_leersessie, require
from learning.views.signalen import signaal_input
from learning.workflow import LeersessieStatus
from learning.year import leersessie_year
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.paging import page_of

TONES = {
    LeersessieStatus.PLANNED: "info",
    LeersessieStatus.HELD: "success",
    LeersessieStatus.CANCELLED: "outline",
}
# A session discusses a handful; who wants an older one finds it in the list.
MOST_CANDIDATES = 40
# Among these the ones that returned to the tafels come first.
NEWEST_CONSIDERED = 200


@require_safe
def leersessie_list(request: AuthedRequest) -> HttpResponse:
    """All sessions, and whether this year will make its number."""
    user = require(request, "view_leersessies")
    found = Leersessie.objects.annotate(
        inputs=Count("terugkoppelingen", distinct=True), points=Count("lessons", distinct=True)
    ).order_by("-held_on", "-pk")
    page = page_of(request, found)
    context = {
        "year": leersessie_year(clock.today().year),
        "page": page,
        "columns": [
            "Leersessie",
            "Datum",
            "Status",
            {"label": "Terugkoppelingen", "numeric": True},
            {"label": "Leerpunten", "numeric": True},
        ],
        "rows": [_row(one) for one in page],
        "may_plan": may(user, "plan_leersessie") is None,
    }
    return show(request, "learning/leersessie_list.html", context)


def _row(one: Any) -> list[Any]:
    return [
        {"text": one.title, "url": reverse("leersessie_detail", args=[one.pk])},
        {"day": one.held_on},
        _state(one),
        {"text": str(one.inputs), "numeric": True},
        {"text": str(one.points), "numeric": True},
    ]


def _state(one: Leersessie) -> dict[str, str]:
    if one.status == LeersessieStatus.PLANNED and one.held_on < clock.today():
        return {"text": "geweest, nog afronden", "tone": "warning"}
    return {"text": one.get_status_display(), "tone": TONES[LeersessieStatus(one.status)]}


@get_or_post
def leersessie_plan(request: AuthedRequest) -> HttpResponse:
    """A new session."""
    user = require(request, "plan_leersessie")
    form = PlanForm(posted(request), version=0, candidates=_candidates(user))
    if answer := perform(
        request,
        form,
        lambda: actions.plan(by=user, terugkoppelingen=form.chosen, **_plan_of(form)),
        done="De leersessie is gepland.",
        to=lambda made: reverse("leersessie_detail", args=[made.pk]),
    ):
        return answer
    context = {
        "title": "Plan een leersessie",
        **_frame(None),
        "signalen": signaal_input(user, clock.today().year),
    }
    return show(request, "learning/leersessie_form.html", context, form=form)


@get_or_post
def leersessie_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change a session that is still planned."""
    found = load_leersessie(request, pk, part="edit")
    user = _require_now(request, found, "change_leersessie")
    chosen = [str(key) for key in found.terugkoppelingen.values_list("pk", flat=True)]
    initial = {
        **{name: getattr(found, name) for name in ("title", "held_on", "place", "agenda")},
        "terugkoppelingen": chosen,
    }
    form = PlanForm(
        posted(request),
        version=found.version,
        initial=initial,
        candidates=_candidates(user, found),
    )
    if answer := perform(
        request,
        form,
        lambda: actions.change_plan(
            leersessie=found,
            by=user,
            terugkoppelingen=form.chosen,
            version=form.cleaned_data["version"],
            **_plan_of(form),
        ),
        done="De leersessie is gewijzigd.",
        to=reverse("leersessie_detail", args=[found.pk]),
        record=found,
    ):
        return answer
    context = {
        "title": "Leersessie wijzigen",
        **_frame(found),
        "conflict_rows": conflict_rows(form),
    }
    return show(request, "learning/leersessie_form.html", context, form=form)


def _plan_of(form: PlanForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("title", "held_on", "place", "agenda")}


def _candidates(user: User, leersessie: Leersessie | None = None) -> list[Any]:
    """Submitted terugkoppelingen: what this session has, then what returned to the tafels after
    the overleg (E-170), then the rest that no session discussed; newest first."""
    back = Event.objects.filter(
        casus=OuterRef("overleg__casus"),
        kind="returned_to_region",
        at__gte=OuterRef("overleg__recorded_at"),
    )
    held = Leersessie.objects.filter(status=LeersessieStatus.HELD)
    found = (
        Terugkoppeling.objects.visible_to(user)
        .filter(first_submitted_at__isnull=False)
        .select_related("overleg__casus__gemeente__organisation")
        .annotate(returned=Exists(back))
        .order_by("-first_submitted_at", "-pk")
    )
    mine: list[Any] = list(found.filter(leersessies=leersessie)) if leersessie else []
    # Chosen by key first: a report is four long texts, and only a few of them are shown.
    newest = list(
        found.exclude(pk__in=held.exclude(terugkoppelingen=None).values("terugkoppelingen"))
        .exclude(pk__in=[one.pk for one in mine])
        .values_list("pk", "returned")[:NEWEST_CONSIDERED]
    )
    newest.sort(key=lambda one: not one[1])
    chosen = [pk for pk, _ in newest[:MOST_CANDIDATES]]
    others = found.in_bulk(chosen)
    return [*mine, *(others[pk] for pk in chosen)]


@require_safe
def leersessie_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """One session: its input, its conclusions and its lessons."""
    found = load_leersessie(request, pk, part="detail")
    user = request.user
    inputs = (
        Terugkoppeling.objects.visible_to(user)
        .filter(leersessies=found)
        .select_related("overleg__casus__gemeente__organisation")
    )
    context = {
        **_frame(found),
        "crumbs": [("Leersessies", reverse("leersessie_list"))],
        "state": _state(found),
        "inputs": [_input(one) for one in inputs],
        "facts": _facts(found),
        "input_columns": ["Casus", "Gemeente", "Overleg", "Uitkomst"],
        "lesson_columns": COLUMNS,
        "lesson_rows": lesson_rows(found.lessons.select_related("theme")),
        "signalen": signaal_input(user, found.held_on.year),
        "actions": _actions(user, found),
    }
    return show(request, "learning/leersessie_detail.html", context)


def _facts(found: Leersessie) -> list[tuple[str, str]]:
    cancelled = found.status == LeersessieStatus.CANCELLED
    rows = [
        ("Datum", long_date(found.held_on)),
        ("Plaats", found.place),
        ("Agenda", found.agenda),
    ]
    if found.attendees:
        rows.append(("Wie er waren", found.attendees))
    if found.conclusions:
        label = "Waarom het niet doorging" if cancelled else "Wat het opleverde"
        rows.append((label, found.conclusions))
    return rows


def _input(one: Terugkoppeling) -> list[Any]:
    casus = one.overleg.casus
    return [
        {"text": casus.code, "url": reverse("terugkoppeling_detail", args=[casus.code, one.pk])},
        casus.gemeente,
        {"day": one.overleg.held_on},
        one.overleg.get_solution_display(),
    ]


def _actions(user: User, found: Leersessie) -> list[dict[str, Any]]:
    """Buttons; one that cannot be used in this state any more is left out."""
    buttons = []
    for action, label, name, tone in (
        ("hold_leersessie", "Rond de leersessie af", "leersessie_hold", "primary"),
        ("add_lesson", "Voeg een leerpunt toe", "lesson_add", "secondary"),
        ("change_leersessie", "Wijzig de leersessie", "leersessie_edit", "secondary"),
        ("cancel_leersessie", "Zeg de leersessie af", "leersessie_cancel", "secondary"),
    ):
        if reason_denied(user, found, action):
            continue
        if action == "add_lesson" and found.status == LeersessieStatus.CANCELLED:
            continue
        url = reverse(name, args=[found.pk])
        button: dict[str, Any] = {"label": label, "url": url, "tone": tone}
        if action == "hold_leersessie" and found.held_on > clock.today():
            button["denied"] = "U kunt de leersessie afronden vanaf de dag dat zij is."
        buttons.append(button)
    return buttons


@get_or_post
def leersessie_hold(request: AuthedRequest, pk: int) -> HttpResponse:
    """It took place: who came and what was concluded."""
    found = load_leersessie(request, pk, part="hold")
    user = _require_now(request, found, "hold_leersessie")
    form = HoldForm(posted(request), version=found.version)
    if answer := perform(
        request,
        form,
        lambda: actions.hold(
            leersessie=found,
            by=user,
            attendees=form.cleaned_data["attendees"],
            conclusions=form.cleaned_data["conclusions"],
            version=form.cleaned_data["version"],
        ),
        done="De leersessie is afgerond. Voeg nu de leerpunten toe.",
        to=reverse("leersessie_detail", args=[found.pk]),
        record=found,
    ):
        return answer
    context = {
        "title": "Rond de leersessie af",
        **_frame(found),
        "conflict_rows": conflict_rows(form),
    }
    return show(request, "learning/leersessie_form.html", context, form=form)


@get_or_post
def leersessie_cancel(request: AuthedRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    found = load_leersessie(request, pk, part="cancel")
    user = _require_now(request, found, "cancel_leersessie")
    form = CancelForm(posted(request), version=found.version)
    if answer := perform(
        request,
        form,
        lambda: actions.cancel(
            leersessie=found,
            by=user,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        ),
        done="De leersessie is afgezegd.",
        to=reverse("leersessie_detail", args=[found.pk]),
        record=found,
    ):
        return answer
    return show(request, "learning/leersessie_cancel.html", _frame(found), form=form)


def _frame(found: Leersessie | None) -> dict[str, Any]:
    crumbs = [("Leersessies", reverse("leersessie_list"))]
    if found is not None:
        crumbs.append((found.title, reverse("leersessie_detail", args=[found.pk])))
    return {"leersessie": found, "crumbs": crumbs}


def _require_now(request: AuthedRequest, found: Leersessie, action: str) -> User:
    """403 for who may never do this, and on a GET also when it cannot be done now."""
    user = require(request, action)
    stop_when_not_now(request, reason_denied(user, found, action))
    return user
