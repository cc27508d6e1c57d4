"""Planning and holding a leersessie, and following its lessons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from audit import log
from audit.transaction import action, defer
from directory.models import Theme
from learning.models import Leersessie, Lesson, Terugkoppeling
from learning.permissions import may, reason_denied
from learning.workflow import LEERSESSIE_FLOW, LESSON_FLOW, LeersessieStatus, LessonStatus
from rdm.lib import clock
from rdm.lib.refusal import Forbidden, Refused, need
from rdm.lib.versions import compare_and_set, somebody_was_first

if TYPE_CHECKING:
    from directory.models import User


def _require(by: User, subject: Leersessie | Lesson | None, name: str) -> None:
    if reason := may(by, name):
        raise Forbidden(reason)
    if reason := reason_denied(by, subject, name):
        raise Refused(reason)


def _set(subject: Leersessie | Lesson, version: int | None, **fields: Any) -> None:
    noun = "deze leersessie" if isinstance(subject, Leersessie) else "dit leerpunt"
    compare_and_set(subject, seen=version, no=somebody_was_first(noun), **fields)


def _record(subject: Leersessie | Lesson, by: User, part: str, verb: str = "update") -> None:
    defer(
        lambda: log.record(
            actor=by,
            action=verb,
            object_type=subject._meta.model_name or "",
            object_id=subject.pk,
            part=part,
            organisation=by.acting_for,
        )
    )


def _submitted(terugkoppelingen: Iterable[Terugkoppeling]) -> list[Terugkoppeling]:
    """A session learns from what was submitted; a draft belongs to its gemeente."""
    chosen = list(terugkoppelingen)
    if any(one.first_submitted_at is None for one in chosen):
        raise Refused("Kies alleen terugkoppelingen die zijn ingediend.", "terugkoppelingen")
    return chosen


@action
def plan(
    *,
    by: User,
    title: str,
    held_on: date,
    place: str = "",
    agenda: str = "",
    terugkoppelingen: Iterable[Terugkoppeling] = (),
) -> Leersessie:
    """A new session with submitted terugkoppelingen as its input (E-171)."""
    _require(by, None, "plan_leersessie")
    chosen = _submitted(terugkoppelingen)
    leersessie = Leersessie.objects.create(
        title=need(title, "Geef de leersessie een naam.", "title"),
        held_on=held_on,
        place=place.strip(),
        agenda=agenda.strip(),
        created_at=clock.now(),
        created_by_name=by.name,
    )
    leersessie.terugkoppelingen.set(chosen)
    _record(leersessie, by, "plan", verb="create")
    return leersessie


@action
def change_plan(
    *,
    leersessie: Leersessie,
    by: User,
    title: str,
    held_on: date,
    place: str,
    agenda: str,
    terugkoppelingen: Iterable[Terugkoppeling],
    version: int | None = None,
) -> None:
    """Change a session that is still planned."""
    _require(by, leersessie, "change_leersessie")
    chosen = _submitted(terugkoppelingen)
    _set(
        leersessie,
        version,
        title=need(title, "Geef de leersessie een naam.", "title"),
        held_on=held_on,
        place=place.strip(),
        agenda=agenda.strip(),
    )
    leersessie.terugkoppelingen.set(chosen)
    _record(leersessie, by, "change")


@action
def hold(
    *,
    leersessie: Leersessie,
    by: User,
    attendees: str,
    conclusions: str,
    version: int | None = None,
) -> None:
    """The session took place: who came (functions) and what was concluded."""
    _require(by, leersessie, "hold_leersessie")
    if leersessie.held_on > clock.today():
        raise Refused("Deze leersessie ligt nog in de toekomst.")
    present = need(attendees, "Vul in wie er waren, als functies.", "attendees")
    kept = need(conclusions, "Schrijf op wat de leersessie opleverde.", "conclusions")
    _set(
        leersessie,
        version,
        status=LEERSESSIE_FLOW["hold_leersessie"].target,
        attendees=present,
        conclusions=kept,
    )
    _record(leersessie, by, "hold")


@action
def cancel(*, leersessie: Leersessie, by: User, reason: str, version: int | None = None) -> None:
    """The session does not take place; the reason is kept with the agenda."""
    _require(by, leersessie, "cancel_leersessie")
    kept = need(reason, "Leg uit waarom de leersessie niet doorgaat.", "reason")
    _set(
        leersessie,
        version,
        status=LEERSESSIE_FLOW["cancel_leersessie"].target,
        conclusions=kept,
    )
    _record(leersessie, by, "cancel")


@action
def add_lesson(
    *,
    by: User,
    theme: Theme,
    level: str,
    text: str,
    owner: str,
    due: date | None = None,
    leersessie: Leersessie | None = None,
    terugkoppeling: Terugkoppeling | None = None,
) -> Lesson:
    """A lesson, from a session or straight from a terugkoppeling; somebody must own it."""
    _require(by, None, "add_lesson")
    if leersessie is None and terugkoppeling is None:
        raise Refused("Een leerpunt hoort bij een leersessie of bij een terugkoppeling.")
    if leersessie is not None and leersessie.status == LeersessieStatus.CANCELLED:
        raise Refused("Deze leersessie is afgezegd.")
    lesson = Lesson.objects.create(
        leersessie=leersessie,
        terugkoppeling=terugkoppeling,
        theme=theme,
        level=Lesson.Level(level),
        text=need(text, "Schrijf het leerpunt op.", "text"),
        owner=need(owner, "Vul in wie dit leerpunt oppakt.", "owner"),
        due=due,
        created_at=clock.now(),
        updated_at=clock.now(),
    )
    _record(lesson, by, "add", verb="create")
    return lesson


@action
def correct_lesson(
    *,
    lesson: Lesson,
    by: User,
    theme: Theme,
    level: str,
    text: str,
    owner: str,
    due: date | None = None,
    version: int | None = None,
) -> None:
    """Put right what a lesson says, as long as somebody still has to do something about it."""
    _require(by, lesson, "correct_lesson")
    _set(
        lesson,
        version,
        theme=theme,
        level=Lesson.Level(level),
        text=need(text, "Schrijf het leerpunt op.", "text"),
        owner=need(owner, "Vul in wie dit leerpunt oppakt.", "owner"),
        due=due,
        updated_at=clock.now(),
    )
    _record(lesson, by, "correct")


@action
def move_lesson(
    *, lesson: Lesson, by: User, name: str, result: str = "", version: int | None = None
) -> None:
    """Take the named transition of LESSON_FLOW; ending a lesson says what came of it."""
    _require(by, lesson, name)
    target = LESSON_FLOW[name].target
    if target in (LessonStatus.DONE, LessonStatus.DROPPED):
        need(result, "Schrijf op wat dit leerpunt heeft opgeleverd.", "result")
    _set(
        lesson,
        version,
        status=target,
        result=result.strip() or lesson.result,
        updated_at=clock.now(),
    )
    _record(lesson, by, name)
