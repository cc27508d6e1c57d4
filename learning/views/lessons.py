"""Lessons: the list with its filter, one lesson, adding one and moving it on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.performing import get_or_post, perform, posted, show
from directory.models import Theme, User
from directory.web.signed_in import AuthedRequest
from escalation.web.load import stop_when_not_now
from learning.actions import leersessies as actions
from learning.forms.leersessies import (
    CorrectLessonForm,
    LessonFilter,
    LessonForm,
    MoveLessonForm,
)
from learning.models import Leersessie, Lesson, Terugkoppeling
from learning.permissions import reason_denied
from learning.views.conflict import conflict_rows
from learning.views.load import load_leersessie, load_terugkoppeling, require
from learning.workflow import LESSON_FLOW, LESSON_ONGOING, LeersessieStatus, LessonStatus
from rdm.lib.paging import page_of

LESSON_FIELDS = ("text", "theme", "level", "owner", "due")
COLUMNS = ["Leerpunt", "Thema", "Niveau", "Wie pakt het op", "Klaar voor", "Status"]
TONES = {
    LessonStatus.OPEN: "warning",
    LessonStatus.IN_PROGRESS: "info",
    LessonStatus.DONE: "success",
    LessonStatus.DROPPED: "outline",
}
# The Dutch word in the address of each transition.
MOVES = {
    "oppakken": "pick_up_lesson",
    "afronden": "finish_lesson",
    "niet-verder": "drop_lesson",
    "heropenen": "reopen_lesson",
}


def lesson_rows(lessons: Iterable[Lesson]) -> list[list[Any]]:
    """Lessons as rows of the table component, under COLUMNS."""
    return [
        [
            {"text": _short(one.text), "url": reverse("lesson_detail", args=[one.pk])},
            one.theme.label,
            one.get_level_display(),
            one.owner,
            _due(one),
            {"text": one.get_status_display(), "tone": TONES[LessonStatus(one.status)]},
        ]
        for one in lessons
    ]


def _due(one: Lesson) -> Any:
    if one.due is None:
        return "geen datum"
    return {"due": one.due} if one.status in LESSON_ONGOING else {"day": one.due}


def _short(text: str, room: int = 140) -> str:
    line = " ".join(text.split())
    return line if len(line) <= room else f"{line[: room - 1].rsplit(' ', 1)[0]}…"


@require_safe
def lesson_list(request: AuthedRequest) -> HttpResponse:
    """All lessons, to follow them over the years; the level `landelijk` is the lobby."""
    require(request, "view_leersessies")
    form = LessonFilter(request.GET or None, themes=Theme.objects.values_list("code", "label"))
    found = Lesson.objects.select_related("theme")
    if form.is_bound and form.is_valid():
        found = form.narrow(found)
    page = page_of(request, found)
    context = {
        "crumbs": [("Leersessies", reverse("leersessie_list"))],
        "form": form,
        "active": form.active,
        "page": page,
        "count": page.paginator.count_words("leerpunt", "leerpunten"),  # type: ignore[attr-defined]
        "columns": COLUMNS,
        "rows": lesson_rows(page),
    }
    return show(request, "learning/lesson_list.html", context)


@require_safe
def lesson_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """One lesson, where it came from and what came of it."""
    user = require(request, "view_leersessies")
    lesson = _lesson(pk)
    words = {name: word for word, name in MOVES.items()}
    context = {
        "lesson": lesson,
        "crumbs": _crumbs(),
        "tone": TONES[LessonStatus(lesson.status)],
        "ended": lesson.status not in LESSON_ONGOING,
        "actions": [
            {"label": label, "url": url}
            for name, label, url in (
                *(
                    (name, step.label, reverse("lesson_move", args=[lesson.pk, words[name]]))
                    for name, step in LESSON_FLOW.transitions.items()
                ),
                ("correct_lesson", "Wijzig de tekst", reverse("lesson_correct", args=[lesson.pk])),
            )
            if reason_denied(user, lesson, name) is None
        ],
    }
    return show(request, "learning/lesson_detail.html", context)


@get_or_post
def lesson_move(request: AuthedRequest, pk: int, word: str) -> HttpResponse:
    """Take a step with a lesson; ending it asks what came of it."""
    if word not in MOVES:
        raise Http404("Deze stap bestaat niet.")
    name = MOVES[word]
    require(request, "view_leersessies")
    user = require(request, name)
    lesson = _lesson(pk)
    stop_when_not_now(request, reason_denied(user, lesson, name))
    step = LESSON_FLOW[name]
    form = MoveLessonForm(
        posted(request),
        version=lesson.version,
        initial={"result": lesson.result},
        ends=step.target not in LESSON_ONGOING,
        button=step.label,
    )
    if answer := perform(
        request,
        form,
        lambda: actions.move_lesson(
            lesson=lesson,
            by=user,
            name=name,
            result=form.cleaned_data["result"],
            version=form.cleaned_data["version"],
        ),
        done=f"Het leerpunt is nu: {LessonStatus(step.target).label}.",
        to=reverse("lesson_detail", args=[lesson.pk]),
        record=lesson,
    ):
        return answer
    context = {
        "lesson": lesson,
        "step": step,
        "crumbs": [*_crumbs(), ("Leerpunt", reverse("lesson_detail", args=[lesson.pk]))],
        "conflict_rows": conflict_rows(form),
    }
    return show(request, "learning/lesson_move.html", context, form=form)


@get_or_post
def lesson_correct(request: AuthedRequest, pk: int) -> HttpResponse:
    """What a lesson says was written down wrongly."""
    require(request, "view_leersessies")
    user = require(request, "correct_lesson")
    lesson = _lesson(pk)
    stop_when_not_now(request, reason_denied(user, lesson, "correct_lesson"))
    form = CorrectLessonForm(
        posted(request),
        version=lesson.version,
        initial={name: getattr(lesson, name) for name in LESSON_FIELDS},
    )
    if answer := perform(
        request,
        form,
        lambda: actions.correct_lesson(
            lesson=lesson,
            by=user,
            version=form.cleaned_data["version"],
            **{name: form.cleaned_data[name] for name in LESSON_FIELDS},
        ),
        done="Het leerpunt is gewijzigd.",
        to=reverse("lesson_detail", args=[lesson.pk]),
        record=lesson,
    ):
        return answer
    context = {
        "title": "Wijzig het leerpunt",
        "crumbs": [*_crumbs(), ("Leerpunt", reverse("lesson_detail", args=[lesson.pk]))],
        "conflict_rows": conflict_rows(form),
    }
    return show(request, "learning/leersessie_form.html", context, form=form)


@get_or_post
def lesson_add(request: AuthedRequest, pk: int) -> HttpResponse:
    """A lesson from a leersessie."""
    leersessie = load_leersessie(request, pk, part="lesson")
    if leersessie.status == LeersessieStatus.CANCELLED:
        stop_when_not_now(request, "Deze leersessie is afgezegd.")
    crumbs = [
        ("Leersessies", reverse("leersessie_list")),
        (leersessie.title, reverse("leersessie_detail", args=[pk])),
    ]
    return _add(request, crumbs, leersessie=leersessie)


@get_or_post
def lesson_add_from(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """A lesson straight from a terugkoppeling."""
    found = load_terugkoppeling(request, code, pk, part="lesson")
    if found.first_submitted_at is None:
        raise PermissionDenied("Deze terugkoppeling is nog niet ingediend.")
    code = found.overleg.casus.code
    crumbs = [
        ("Terugkoppelingen", reverse("terugkoppeling_list")),
        (code, reverse("terugkoppeling_detail", args=[code, pk])),
    ]
    return _add(request, crumbs, terugkoppeling=found)


def _add(
    request: AuthedRequest,
    crumbs: list[tuple[str, str]],
    *,
    leersessie: Leersessie | None = None,
    terugkoppeling: Terugkoppeling | None = None,
) -> HttpResponse:
    user: User = require(request, "add_lesson")
    form = LessonForm(posted(request))
    if answer := perform(
        request,
        form,
        lambda: actions.add_lesson(
            by=user,
            leersessie=leersessie,
            terugkoppeling=terugkoppeling,
            **{name: form.cleaned_data[name] for name in LESSON_FIELDS},
        ),
        done="Het leerpunt is toegevoegd.",
        to=crumbs[-1][1],
    ):
        return answer
    return show(request, "learning/lesson_add.html", {"crumbs": crumbs}, form=form)


def _lesson(pk: int) -> Lesson:
    return get_object_or_404(
        Lesson.objects.select_related(
            "theme", "leersessie", "terugkoppeling__overleg__casus__gemeente__organisation"
        ),
        pk=pk,
    )


def _crumbs() -> list[tuple[str, str]]:
    return [
        ("Leersessies", reverse("leersessie_list")),
        ("Leerpunten", reverse("lesson_list")),
    ]
