"""From "this is stuck" to an overleg: submitting to trede 3 and what the coördinatiepunt does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from audit.transaction import action
from directory.models import Organisation, Tafel
from escalation import terms
from escalation.change import move, tell
from escalation.models import Casus, Overleg, Submission
from escalation.notifications import inform, people_of, your_turn
from escalation.reading.changes import change_of
from escalation.reading.gate import Gate, gate_of
from escalation.workflow import Turn
from rdm.lib import clock
from rdm.lib.refusal import Forbidden, Refused, need

if TYPE_CHECKING:
    from directory.models import User

PENDING = (Submission.Verdict.PENDING, Submission.Verdict.COMPLETION)


@action
def submit(
    *,
    casus: Casus,
    by: User,
    organisation: Organisation,
    question: str,
    plan_of_approach: str,
    skipped_reason: str = "",
    exception_reason: str = "",
    spoed_asked: bool = False,
    spoed_asked_reason: str = "",
    version: int | None = None,
) -> Submission:
    """Ask for a bestuurlijk escalatieoverleg (E-025, E-115, E-124).

    Refuses when the organisation is not a kind that may submit (T-01), and when the gate is not
    open and no exception is asked (T-02). Asking for spoed needs a reason; the coördinator decides.
    """
    asked, plan, gate = check_submission(
        casus=casus,
        by=by,
        organisation=organisation,
        question=question,
        plan_of_approach=plan_of_approach,
        skipped_reason=skipped_reason,
        exception_reason=exception_reason,
        spoed_asked=spoed_asked,
        spoed_asked_reason=spoed_asked_reason,
    )
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
        organisation=organisation,
        submitted_at=now,
        submitted_by_name=by.name,
        question=asked,
        plan_of_approach=plan,
        skipped_reason=skipped_reason.strip(),
        exception_reason=exception_reason.strip(),
        gate_gaps=list(gate.gaps),
        warnings=list(gate.warnings),
        spoed_asked=spoed_asked,
        spoed_asked_reason=spoed_asked_reason.strip() if spoed_asked else "",
        verdict_due=due,
    )
    tell(casus, "submitted", "Aangemeld voor trede 3", by=by, text=asked, changes=changes)
    spoed = " De aanmelder vraagt om spoed." if spoed_asked else ""
    your_turn(
        casus,
        subject="Nieuwe aanmelding voor trede 3",
        text=f"{organisation} heeft een casus aangemeld voor trede 3.{spoed}",
    )
    return submission


def check_submission(
    *,
    casus: Casus,
    by: User,
    organisation: Organisation,
    question: str,
    plan_of_approach: str,
    skipped_reason: str,
    exception_reason: str,
    spoed_asked: bool,
    spoed_asked_reason: str,
) -> tuple[str, str, Gate]:
    """Everything that `submit` refuses, without changing anything, so that somebody can look over
    the answers before sending. Gives the question, the plan and the gate as they will be kept."""
    _may_submit_as(by, organisation)
    asked = need(question, "Vul in wat u van het overleg vraagt.", "question")
    plan = need(plan_of_approach, "Voeg het plan van aanpak toe.", "plan_of_approach")
    gate = gate_of(casus, casus.steps.select_related("tafel"), skipped_reason=skipped_reason)
    if gate.gaps and not exception_reason.strip():
        raise Refused(
            f"{' '.join(gate.gaps)} Leg uit waarom trede 3 toch nodig is.",
            "exception_reason" if gate.needs_exception else "skipped_reason",
        )
    if spoed_asked:
        need(spoed_asked_reason, "Leg uit waarom het spoed heeft.", "spoed_asked_reason")
    return asked, plan, gate


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
    kept = need(reason, "Leg uit waarom u de aanmelding intrekt.", "reason")
    submission = _pending_or_refuse(casus)
    move(casus, "withdraw", by=by, version=version, due=terms.news_due())
    _judge(submission, Submission.Verdict.WITHDRAWN, by, reason=kept)
    tell(casus, "withdrawn", "Aanmelding voor trede 3 ingetrokken", by=by, text=kept)
    inform(
        casus,
        people_of(casus, Turn.COORDINATOR),
        subject="Aanmelding ingetrokken",
        text="De aanmelder heeft de aanmelding voor trede 3 ingetrokken.",
        key=f"withdrawn:{submission.pk}",
    )


@action
def ask_completion(*, casus: Casus, by: User, what: str, version: int | None = None) -> None:
    """The coördinatiepunt misses something before it can judge."""
    kept = need(what, "Schrijf op welke aanvulling u nodig hebt.", "what")
    submission = _pending_or_refuse(casus)
    due = terms.completion_due(clock.today(), spoed=submission.spoed)
    move(casus, "ask_completion", by=by, version=version, due=due)
    submission.verdict = Submission.Verdict.COMPLETION
    submission.completion_asked = kept
    submission.save(update_fields=["verdict", "completion_asked"])
    tell(casus, "completion_asked", "Aanvulling gevraagd", by=by, text=kept)
    your_turn(casus, text="Het coördinatiepunt heeft een aanvulling nodig op uw aanmelding.")


@action
def complete(*, casus: Casus, by: User, text: str, version: int | None = None) -> None:
    """The aanmelder gives what was asked; the term of the coördinatiepunt starts again."""
    kept = need(text, "Schrijf uw aanvulling op.", "text")
    submission = _pending_or_refuse(casus)
    due = terms.verdict_due(clock.today(), spoed=submission.spoed)
    move(casus, "complete", by=by, version=version, due=due)
    submission.verdict = Submission.Verdict.PENDING
    submission.completion_given = kept
    submission.verdict_due = due
    submission.save(update_fields=["verdict", "completion_given", "verdict_due"])
    tell(casus, "completed", "Aanmelding aangevuld", by=by, text=kept)
    your_turn(casus, text="De aanmelder heeft de aanmelding aangevuld.")


@action
def mark_spoed(*, casus: Casus, by: User, reason: str, version: int | None = None) -> None:
    """The coördinator decides that this is spoed; the short terms count from the submission."""
    kept = need(reason, "Leg uit waarom dit spoed is.", "reason")
    submission = _pending_or_refuse(casus)
    if submission.spoed:
        raise Refused("Deze aanmelding is al spoed.")
    submitted_on = clock.local_date(submission.submitted_at)
    due = terms.verdict_due(submitted_on, spoed=True)
    move(casus, "mark_spoed", by=by, version=version, due=due)
    submission.spoed = True
    submission.spoed_reason = kept
    submission.verdict_due = due
    submission.save(update_fields=["spoed", "spoed_reason", "verdict_due"])
    tell(casus, "spoed", "Spoed toegekend", by=by, text=kept)
    inform(
        casus,
        [*people_of(casus, Turn.GEMEENTE), *people_of(casus, Turn.REGISTRANT)],
        subject="Spoed",
        text="Het coördinatiepunt behandelt deze casus met spoed.",
        key=f"spoed:{submission.pk}",
    )


@action
def accept(
    *,
    casus: Casus,
    by: User,
    assignment: str,
    initiator: str,
    gate_reason: str = "",
    version: int | None = None,
) -> Overleg:
    """Take the casus and give the gemeente the assignment to hold the overleg (E-143, T-03).

    `initiator` is the function of the gemeentebestuurder (E-111), never a name. With gaps in the
    gate the coördinator says why the casus is let through (T-02).
    """
    task = need(assignment, "Schrijf de opdracht aan de gemeente op.", "assignment")
    initiated_by = need(initiator, "Vul in welke bestuurder het initiatief neemt.", "initiator")
    submission = _pending_or_refuse(casus)
    if submission.gate_gaps:
        need(
            gate_reason,
            "Niet alle voorwaarden voor trede 3 zijn vervuld. Leg uit waarom u de casus toelaat.",
            "gate_reason",
        )
    before = terms.hold_before(clock.today(), spoed=submission.spoed)
    move(casus, "accept", by=by, version=version, due=before)
    _judge(
        submission,
        Submission.Verdict.ACCEPTED,
        by,
        reason=task,
        gate_reason=gate_reason.strip(),
    )
    overleg = Overleg.objects.create(
        casus=casus,
        submission=submission,
        opened_at=clock.now(),
        hold_before=before,
        spoed=submission.spoed,
        initiator=initiated_by,
        assignment=task,
    )
    tell(casus, "accepted", "Aangenomen voor een escalatieoverleg", by=by, text=task)
    your_turn(
        casus,
        subject="Opdracht: plan een escalatieoverleg",
        text="Het coördinatiepunt vraagt uw gemeente om een bestuurlijk escalatieoverleg te "
        "houden.",
    )
    inform(
        casus,
        people_of(casus, Turn.REGISTRANT),
        subject="Casus aangenomen voor trede 3",
        text="Het coördinatiepunt heeft de casus aangenomen. De gemeente plant het overleg.",
        key=f"accepted:{submission.pk}",
    )
    return overleg


@action
def return_with_advice(
    *, casus: Casus, by: User, reason: str, advised_tafel: Tafel | None, version: int | None = None
) -> None:
    """Not (yet) for trede 3: back with a reason and the tafel to go to (O-25, E-031)."""
    kept = need(reason, "Leg uit waarom u de casus teruggeeft.", "reason")
    if advised_tafel is None or advised_tafel.is_escalation:
        raise Refused("Kies de tafel waar de casus wel terechtkan.", "advised_tafel")
    submission = _pending_or_refuse(casus)
    move(
        casus,
        "return_with_advice",
        by=by,
        version=version,
        due=terms.news_due(),
        advised_tafel=advised_tafel,
    )
    _judge(submission, Submission.Verdict.RETURNED, by, reason=kept, advised_tafel=advised_tafel)
    tell(
        casus,
        "returned",
        f"Teruggegeven met advies: {advised_tafel}",
        by=by,
        text=kept,
    )
    your_turn(
        casus,
        subject="Casus teruggegeven met advies",
        text="Het coördinatiepunt geeft de casus terug, met een advies voor de volgende stap.",
    )


def _pending_or_refuse(casus: Casus) -> Submission:
    submission = casus.submissions.filter(verdict__in=PENDING).first()
    if submission is None:
        raise Refused("Er is geen aanmelding die op een oordeel wacht.")
    return submission


def _judge(
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
