"""What the coördinatiepunt decides about a submission."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.transaction import action
from directory.models import Tafel
from escalation import terms
from escalation.change import move, take, tell
from escalation.coordination.submission.actions import judge, pending_or_refuse
from escalation.models import Casus, Overleg, Submission
from escalation.notifications import inform, people_of, your_turn
from escalation.workflow import Turn
from rdm.lib import clock
from rdm.lib.refusal import Refused, need

if TYPE_CHECKING:
    from directory.models import User


@action
def ask_completion(*, casus: Casus, by: User, what: str, version: int | None = None) -> None:
    """The coördinatiepunt misses something before it can judge."""
    take(casus)
    kept = need(what, "Schrijf op welke aanvulling u nodig hebt.", "what")
    submission = pending_or_refuse(casus)
    due = terms.completion_due(clock.today(), spoed=submission.spoed)
    move(casus, "ask_completion", by=by, version=version, due=due)
    submission.verdict = Submission.Verdict.COMPLETION
    submission.completion_asked = kept
    submission.save(update_fields=["verdict", "completion_asked"])
    tell(casus, "completion_asked", "Aanvulling gevraagd", by=by, text=kept)
    your_turn(casus, text="Het coördinatiepunt heeft een aanvulling nodig op uw aanmelding.")


@action
def mark_spoed(*, casus: Casus, by: User, reason: str, version: int | None = None) -> None:
    """The coördinator decides that this is spoed; the short terms count from the submission."""
    take(casus)
    kept = need(reason, "Leg uit waarom dit spoed is.", "reason")
    submission = pending_or_refuse(casus)
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
    take(casus)
    task = need(assignment, "Schrijf de opdracht aan de gemeente op.", "assignment")
    initiated_by = need(initiator, "Vul in welke bestuurder het initiatief neemt.", "initiator")
    submission = pending_or_refuse(casus)
    if submission.gate_gaps:
        need(
            gate_reason,
            "Niet alle voorwaarden voor trede 3 zijn vervuld. Leg uit waarom u de casus toelaat.",
            "gate_reason",
        )
    before = terms.hold_before(clock.today(), spoed=submission.spoed)
    move(casus, "accept", by=by, version=version, due=before)
    judge(
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
    take(casus)
    kept = need(reason, "Leg uit waarom u de casus teruggeeft.", "reason")
    if advised_tafel is None or advised_tafel.is_escalation:
        raise Refused("Kies de tafel waar de casus wel terechtkan.", "advised_tafel")
    submission = pending_or_refuse(casus)
    move(
        casus,
        "return_with_advice",
        by=by,
        version=version,
        due=terms.news_due(),
        advised_tafel=advised_tafel,
    )
    judge(submission, Submission.Verdict.RETURNED, by, reason=kept, advised_tafel=advised_tafel)
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
