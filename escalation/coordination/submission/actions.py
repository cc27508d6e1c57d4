"""From "this is stuck" to the coördinatiepunt: submitting, completing, taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max

from audit.transaction import action
from directory.models import Organisation, Tafel
from escalation import terms
from escalation.change import move, take, tell
from escalation.models import Casus, Submission
from escalation.notifications import inform, people_of, your_turn
from escalation.reading.changes import change_of
from escalation.reading.gate import Gate, gate_of
from escalation.workflow import Turn
from rdm.lib import clock
from rdm.lib.refusal import Forbidden, Refused, need

if TYPE_CHECKING:
    from directory.models import User

PENDING = (Submission.Verdict.PENDING, Submission.Verdict.COMPLETION)


@dataclass(frozen=True)
class Asked:
    """What the aanmelder asks, for which organisation, and why trede 3 when the gate misses
    something."""

    organisation: Organisation
    question: str
    plan_of_approach: str
    skipped_reason: str = ""
    exception_reason: str = ""
    spoed_asked: bool = False
    spoed_asked_reason: str = ""


@action
def submit(*, casus: Casus, by: User, asked: Asked, version: int | None = None) -> Submission:
    """Ask for a bestuurlijk escalatieoverleg (E-025, E-115, E-124).

    Refuses when the organisation is not a kind that may submit (T-01), and when the gate is not
    open and no exception is asked (T-02). Asking for spoed needs a reason; the coördinator decides.
    """
    take(casus)
    gate = check_submission(casus=casus, by=by, asked=asked)
    question, plan = asked.question.strip(), asked.plan_of_approach.strip()
    now = clock.now()
    due = terms.verdict_due(clock.today(), spoed=False)
    changes = change_of("geprobeerd", "Plan van aanpak", casus.plan_of_approach, plan)
    move(
        casus,
        "submit",
        by=by,
        version=version,
        due=due,
        first_submitted_at=casus.first_submitted_at or now,
        plan_of_approach=plan,
        advised_tafel=None,
    )
    last = casus.submissions.aggregate(last=Max("number"))["last"] or 0
    submission = Submission.objects.create(
        casus=casus,
        number=last + 1,
        organisation=asked.organisation,
        submitted_at=now,
        submitted_by_name=by.name,
        question=question,
        plan_of_approach=plan,
        skipped_reason=asked.skipped_reason.strip(),
        exception_reason=asked.exception_reason.strip(),
        gate_gaps=list(gate.gaps),
        warnings=list(gate.warnings),
        spoed_asked=asked.spoed_asked,
        spoed_asked_reason=asked.spoed_asked_reason.strip() if asked.spoed_asked else "",
        verdict_due=due,
    )
    tell(casus, "submitted", "Aangemeld voor trede 3", by=by, text=question, changes=changes)
    spoed = " De aanmelder vraagt om spoed." if asked.spoed_asked else ""
    your_turn(
        casus,
        subject="Nieuwe aanmelding voor trede 3",
        text=f"{asked.organisation} heeft een casus aangemeld voor trede 3.{spoed}",
    )
    return submission


def check_submission(*, casus: Casus, by: User, asked: Asked) -> Gate:
    """Everything that `submit` refuses, without changing anything, so that somebody can look over
    the answers before sending. Gives the gate as it will be kept."""
    _may_submit_as(by, asked.organisation)
    need(asked.question, "Vul in wat u van het overleg vraagt.", "question")
    need(asked.plan_of_approach, "Voeg het plan van aanpak toe.", "plan_of_approach")
    steps = casus.steps.select_related("tafel")
    gate = gate_of(casus, steps, skipped_reason=asked.skipped_reason)
    if gate.gaps and not asked.exception_reason.strip():
        raise Refused(
            f"{' '.join(gate.gaps)} Leg uit waarom trede 3 toch nodig is.",
            "exception_reason" if gate.needs_exception else "skipped_reason",
        )
    if asked.spoed_asked:
        need(asked.spoed_asked_reason, "Leg uit waarom het spoed heeft.", "spoed_asked_reason")
    return gate


def _may_submit_as(by: User, organisation: Organisation) -> None:
    if organisation.pk not in by.organisation_ids():
        raise Forbidden("U kunt alleen namens uw eigen organisatie aanmelden.")
    allowed = organisation.submits_as.filter(tafels__special=Tafel.Special.ESCALATION)
    if not allowed.exists():
        raise Refused(
            "Uw organisatie hoort niet bij de partijen die voor trede 3 mogen aanmelden. "
            "Vraag de gemeente om de casus aan te melden.",
            "organisation",
        )


@action
def withdraw(*, casus: Casus, by: User, reason: str, version: int | None = None) -> None:
    """Take the submission back; the route goes on."""
    take(casus)
    kept = need(reason, "Leg uit waarom u de aanmelding intrekt.", "reason")
    submission = pending_or_refuse(casus)
    move(casus, "withdraw", by=by, version=version, due=terms.news_due())
    judge(submission, Submission.Verdict.WITHDRAWN, by, reason=kept)
    tell(casus, "withdrawn", "Aanmelding voor trede 3 ingetrokken", by=by, text=kept)
    inform(
        casus,
        people_of(casus, Turn.COORDINATOR),
        subject="Aanmelding ingetrokken",
        text="De aanmelder heeft de aanmelding voor trede 3 ingetrokken.",
        key=f"withdrawn:{submission.pk}",
    )


@action
def complete(*, casus: Casus, by: User, text: str, version: int | None = None) -> None:
    """The aanmelder gives what was asked; the term of the coördinatiepunt starts again."""
    take(casus)
    kept = need(text, "Schrijf uw aanvulling op.", "text")
    submission = pending_or_refuse(casus)
    due = terms.verdict_due(clock.today(), spoed=submission.spoed)
    move(casus, "complete", by=by, version=version, due=due)
    submission.verdict = Submission.Verdict.PENDING
    submission.completion_given = kept
    submission.verdict_due = due
    submission.save(update_fields=["verdict", "completion_given", "verdict_due"])
    tell(casus, "completed", "Aanmelding aangevuld", by=by, text=kept)
    your_turn(casus, text="De aanmelder heeft de aanmelding aangevuld.")


def pending_or_refuse(casus: Casus) -> Submission:
    submission = casus.submissions.filter(verdict__in=PENDING).first()
    if submission is None:
        raise Refused("Er is geen aanmelding die op een oordeel wacht.")
    return submission


def judge(
    submission: Submission,
    verdict: str,
    by: User,
    *,
    reason: str,
    gate_reason: str = "",
    advised_tafel: Tafel | None = None,
) -> None:
    submission.verdict = verdict
    submission.verdict_at = clock.now()
    submission.verdict_by_name = by.name
    submission.verdict_reason = reason
    submission.gate_reason = gate_reason
    submission.advised_tafel = advised_tafel
    submission.save()
