"""The yearly survey: opened by the themagroep, answered by anybody with the link (E-174)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from audit import log
from audit.transaction import action, defer
from directory import permissions
from directory.evaluation import mails
from directory.evaluation.rules import questions_of
from directory.models import Evaluation, EvaluationAnswer, Procesafspraak, Region, User
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Forbidden, Refused
from rdm.lib.versions import compare_and_set
from rdm.lib.workdays import on_workday

CLOSED = "Deze vragenlijst is gesloten. Uw antwoorden zijn niet opgeslagen."


@action
def open_year(*, by: User) -> Evaluation:
    """Open the survey of this year, and mail everybody with an account and every reader, except who
    wants no survey.

    The questions are those of the region as they are now; it stays open for the days of the
    agreement `evaluatie_open`. Refused when this year has one, or the region asks nothing.
    """
    _may_run(by)
    year, questions = clock.today().year, Region.current().evaluation_questions
    if not questions:
        raise Refused("In het regiobestand staan geen vragen. Zet ze er eerst in.")
    days = timedelta(days=Procesafspraak.number_of("evaluatie_open"))
    try:
        with transaction.atomic():
            evaluation = Evaluation.objects.create(
                year=year,
                questions=questions,
                opened_at=clock.now(),
                opened_by_name=by.name,
                closes_on=on_workday(clock.today() + days),
            )
    except IntegrityError:
        raise Refused(f"De vragenlijst van {year} is al geopend.") from None
    mails.ask_to_evaluate(evaluation)
    _record(by, evaluation, "open", verb="create")
    return evaluation


@action
def answer(*, evaluation: Evaluation, answers: Mapping[str, str]) -> EvaluationAnswer:
    """Keep what somebody answered; a question may be left open, but not all of them.

    Nothing says who it was, and there is no row in the log: that would.
    """
    found = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if not found.is_open(clock.today()):
        raise Refused(CLOSED)
    kept = {}
    for question in questions_of(found.questions):
        said = answers.get(question.code, "").strip()
        if said and question.is_choice and said not in dict(question.options):
            raise Refused("Kies een antwoord uit de lijst.", question.code)
        if said:
            kept[question.code] = said
    if not kept:
        raise Refused("Beantwoord minstens één vraag.")
    return EvaluationAnswer.objects.create(evaluation=found, answers=kept, on=clock.today())


@action
def stop_asking(*, person: User) -> None:
    """This person gets no survey any more. They say so themselves, with the link from the mail."""
    _ask(person, stopped_at=clock.now())


@action
def ask_again(*, person: User) -> None:
    """This person wants the survey after all."""
    _ask(person, stopped_at=None)


def _ask(person: User, *, stopped_at: datetime | None) -> None:
    changed = User.objects.filter(pk=person.pk, surveys_stopped_at__isnull=stopped_at is not None)
    if changed.update(surveys_stopped_at=stopped_at):
        part = "stop_survey" if stopped_at else "ask_survey"
        defer(
            lambda: log.record(
                actor=person, action="update", object_type="user", object_id=person.pk, part=part
            )
        )


@action
def close(*, evaluation: Evaluation, by: User, version: int | None = None) -> None:
    """Close it before its last day."""
    _may_run(by)
    if not evaluation.is_open(clock.today()):
        raise Refused("Deze vragenlijst is al gesloten.")
    no = Conflict("Iemand anders heeft deze vragenlijst net gesloten.")
    running = Evaluation.objects.filter(closed_at=None)
    compare_and_set(evaluation, seen=version, no=no, among=running, closed_at=clock.now())
    _record(by, evaluation, "close")


def _may_run(by: User) -> None:
    if reason := permissions.reason_denied(by, "run_evaluation"):
        raise Forbidden(reason)


def _record(by: User, evaluation: Evaluation, part: str, *, verb: str = "update") -> None:
    defer(
        lambda: log.record(
            actor=by,
            action=verb,
            object_type="evaluation",
            object_id=evaluation.year,
            part=part,
            organisation=by.acting_for,
        )
    )
