"""Everything that can be done with a casus, by anybody, with right or with empty answers.

For the tests that try all of it: in every status, and in any order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from demo import walk
from directory.models import DeelnemerKind, Organisation, Tafel, User
from escalation.attachments import actions as attachments
from escalation.attachments import intake as files
from escalation.blocks import Block
from escalation.coordination.decisions import actions as decisions
from escalation.coordination.submission import actions as submissions
from escalation.dossier.closing import actions as closing
from escalation.dossier.communication import actions as communication
from escalation.dossier.timeline import actions as timeline
from escalation.keeping.destruction import actions as destructions
from escalation.keeping.export import actions as export
from escalation.keeping.holds import actions as holds
from escalation.keeping.rights import actions as rights
from escalation.models import Casus, Deelnemer, Overleg, RouteStep, Transfer
from escalation.overleg import actions as overleg_actions
from escalation.overleg.date_poll import actions as date_poll
from escalation.overleg.deelnemers import actions as deelnemers
from escalation.overleg.nomination import actions as nominations
from escalation.overleg.nomination import rules as nomination_rules
from escalation.overleg.outcome import actions as outcomes
from escalation.permissions import may_now
from escalation.registration import actions as registration
from escalation.registration.drafts import actions as drafts
from escalation.registration.references import actions as references
from escalation.route import actions as route
from escalation.route.client_support import actions as client_support
from escalation.route.instroom import actions as instroom
from escalation.sharing import actions as sharing
from escalation.sharing.admission import actions as admission
from escalation.sharing.transfer import actions as transfer
from learning.actions import terugkoppelingen
from rdm.lib import clock
from rdm.lib.refusal import Refused
from tests.cast import Cast
from tests.escalation.attachments import attached


@dataclass(frozen=True)
class Act:
    """One attempt: on which casus, by whom, with which text, on which version."""

    casus: Casus
    by: User
    cast: Cast
    text: str = "Verzonnen tekst."
    version: int | None = None
    old: bool = False  # of several overleggen the first one, as in an old tab

    def begun(self) -> Overleg:
        """The overleg to act on. Without any the state says no."""
        overleggen = self.casus.overleggen.order_by("pk")
        found = overleggen.first() if self.old else overleggen.last()
        if found is None:
            raise Refused(may_now(self.casus, "fix_date") or "Er is geen overleg.")
        return found

    def somebody(self) -> Deelnemer:
        found = self.begun().deelnemers.filter(removed_at=None).first()
        if found is None:
            raise Refused("Er is geen deelnemer.")
        return found

    def step(self, *statuses: str) -> RouteStep:
        """The step to act on: one in these statuses if there is one, otherwise any."""
        steps = self.casus.steps.select_related("tafel", "casus").order_by("-position")
        found = steps.filter(status__in=statuses).first() or steps.first()
        if found is None:
            raise Refused("Er is geen stap.")
        return found

    def offered(self) -> Transfer:
        found = self.casus.transfers.order_by("-pk").first()
        if found is None:
            raise Refused("Er is geen overdracht.")
        return found


def moment() -> dict[str, Any]:
    start = clock.now() + timedelta(days=3)
    return {"starts_at": start, "ends_at": start + timedelta(hours=1)}


def outcome(text: str) -> outcomes.Outcome:
    return outcomes.Outcome(
        held_on=clock.today(),
        plan_verdict="adopted",
        solution="none",
        solution_text=text,
        missed_steps="geen",
        supply_missing="ja",
        capacity_use="goed",
        closing_the_gap="meer plekken",
    )


# --- The casus itself -----------------------------------------------------------------------------


def _submit(act: Act) -> object:
    return submissions.submit(
        casus=act.casus,
        by=act.by,
        asked=submissions.Asked(
            organisation=walk.organisation_of(act.by),
            question=act.text,
            plan_of_approach="Plan",
            exception_reason="Uitzondering",
        ),
        version=act.version,
    )


def _accept(act: Act) -> object:
    return decisions.accept(
        casus=act.casus,
        by=act.by,
        assignment=act.text,
        initiator="de burgemeester",
        gate_reason="g",
        version=act.version,
    )


def _involve(act: Act) -> object:
    menzis = Organisation.objects.get(slug="menzis")
    return walk.shared(act.casus, act.by, menzis, purpose=act.text)


def _change_involvement(act: Act) -> object:
    found = act.casus.involvements.first()
    if found is None:
        raise Refused("Er is niemand betrokken.")
    seen = {Block.CARE} ^ found.shares or {Block.SAFETY}
    return sharing.change_involvement(
        involvement=found,
        by=act.by,
        blocks=seen,
        until=clock.today() + timedelta(days=9),
        why=act.text,
    )


def _end_involvement(act: Act) -> object:
    found = act.casus.involvements.first()
    if found is None:
        raise Refused("Er is niemand betrokken.")
    return sharing.end_involvement(involvement=found, by=act.by)


def _add_attachment(act: Act) -> object:
    with files.taken_in(attached.upload()) as file:
        return attachments.add_attachment(
            casus=act.casus, by=act.by, kind="plan", title=act.text, file=file
        )


def _withdraw_attachment(act: Act) -> object:
    found = act.casus.attachments.order_by("-pk").first()
    if found is None:
        raise Refused("Er is geen bijlage.")
    return attachments.withdraw_attachment(attachment=found, by=act.by, reason=act.text)


def _correct_note(act: Act) -> object:
    found = act.casus.events.filter(kind="note", correction=None).first()
    if found is None:
        raise Refused("Er is geen notitie.")
    return timeline.correct_note(event=found, by=act.by, text=f"{act.text} Anders.")


def _correct_communication(act: Act) -> object:
    found = act.casus.communications.filter(event__correction=None).first()
    if found is None:
        raise Refused("Er is niemand geïnformeerd.")
    return communication.correct_communication(
        communication=found, by=act.by, reason=act.text, told=None
    )


CASUS: dict[str, Callable[[Act], object]] = {
    "edit": lambda act: registration.save_registration(
        casus=act.casus, by=act.by, situation=act.text, version=act.version
    ),
    "register": lambda act: registration.register(casus=act.casus, by=act.by, version=act.version),
    "discard": lambda act: drafts.discard(casus=act.casus, by=act.by, version=act.version),
    "offer_client_support": lambda act: client_support.set_client_support(
        casus=act.casus, by=act.by, state="unavailable", reason=act.text, version=act.version
    ),
    "add_note": lambda act: timeline.add_note(casus=act.casus, by=act.by, text=act.text),
    "note_reference": lambda act: references.note_reference(
        casus=act.casus, by=act.by, reference=act.text, before=""
    ),
    "correct_note": _correct_note,
    "log_communication": lambda act: communication.log_communication(
        casus=act.casus,
        by=act.by,
        told=communication.Told("resident", "talk", clock.today(), act.text),
    ),
    "correct_communication": _correct_communication,
    "close": lambda act: closing.close(
        casus=act.casus, by=act.by, closing="solved", reason=act.text, version=act.version
    ),
    "reopen": lambda act: closing.reopen(
        casus=act.casus, by=act.by, reason=act.text, version=act.version
    ),
    "involve": _involve,
    "change_involvement": _change_involvement,
    "end_involvement": _end_involvement,
    "add_attachment": _add_attachment,
    "withdraw_attachment": _withdraw_attachment,
    "record_admission": lambda act: admission.record_admission(
        casus=act.casus, by=act.by, since=clock.today(), organisation_name=act.text
    ),
    "end_admission": lambda act: admission.end_admission(
        casus=act.casus, by=act.by, until=clock.today()
    ),
    "propose_transfer": lambda act: transfer.propose_transfer(
        casus=act.casus,
        by=act.by,
        gemeente=act.cast.hengelo,
        reason=act.text,
        version=act.version,
    ),
    "withdraw_transfer": lambda act: transfer.withdraw_transfer(
        casus=act.casus, by=act.by, reason=act.text, version=act.version
    ),
    "accept_transfer": lambda act: transfer.accept_transfer(transfer=act.offered(), by=act.by),
    "refuse_transfer": lambda act: transfer.refuse_transfer(
        transfer=act.offered(), by=act.by, reason=act.text
    ),
    "submit": _submit,
    "withdraw": lambda act: submissions.withdraw(
        casus=act.casus, by=act.by, reason=act.text, version=act.version
    ),
    "ask_completion": lambda act: decisions.ask_completion(
        casus=act.casus, by=act.by, what=act.text, version=act.version
    ),
    "complete": lambda act: submissions.complete(
        casus=act.casus, by=act.by, text=act.text, version=act.version
    ),
    "mark_spoed": lambda act: decisions.mark_spoed(
        casus=act.casus, by=act.by, reason=act.text, version=act.version
    ),
    "accept": _accept,
    "return_with_advice": lambda act: decisions.return_with_advice(
        casus=act.casus,
        by=act.by,
        reason=act.text,
        advised_tafel=act.cast.tafel(1),
        version=act.version,
    ),
}

# --- The route ------------------------------------------------------------------------------------


def _add_step(act: Act) -> object:
    open_now = act.casus.steps.exclude(status="closed").values("tafel")
    tafel = Tafel.objects.filter(special="").exclude(pk__in=open_now).first()
    if tafel is None:
        raise Refused("Alle tafels staan al open op de route.")
    return route.add_step(casus=act.casus, by=act.by, tafel=tafel, question=act.text)


def _submit_step(act: Act) -> object:
    step = act.step("prepared")
    return route.submit_step(
        step=step,
        by=act.by,
        submitted_on=clock.today(),
        against_check_reason=act.text,
        extra_answers={one["code"]: "ja" for one in step.tafel.extra_questions},
        version=act.version,
    )


def _close_step(act: Act) -> object:
    step = act.step("discussed", "not_admitted", "submitted", "prepared")
    undecided = step.status in ("prepared", "submitted")
    return route.close_step(
        step=step,
        by=act.by,
        outcome="withdrawn" if undecided else "no_solution",
        outcome_text=act.text,
        version=act.version,
    )


ROUTE: dict[str, Callable[[Act], object]] = {
    "add_step": _add_step,
    "check_instroom": lambda act: instroom.check_instroom(
        step=act.step("prepared"), by=act.by, answers={}
    ),
    "submit_step": _submit_step,
    "not_admit_step": lambda act: route.not_admit_step(
        step=act.step("submitted"),
        by=act.by,
        on=clock.today(),
        reason=act.text,
        version=act.version,
    ),
    "discuss_step": lambda act: route.discuss_step(
        step=act.step("submitted"), by=act.by, on=clock.today(), version=act.version
    ),
    "close_step": _close_step,
    "change_step": lambda act: client_support.set_step_client_support(
        step=act.step("prepared", "submitted", "discussed"),
        by=act.by,
        state="unavailable",
        reason=act.text,
        version=act.version,
    ),
}

# --- The overleg ----------------------------------------------------------------------------------


def _add_deelnemer(act: Act) -> object:
    overleg = act.begun()
    kind = DeelnemerKind.objects.filter(mandatory=True)[0]
    return deelnemers.add_deelnemer(
        overleg=overleg,
        by=act.by,
        new=deelnemers.NewDeelnemer(
            kind=kind,
            name=act.text,
            function="bestuurder",
            email=f"deelnemer{overleg.deelnemers.count()}@voorbeeld.example",
            organisation_name="Verzonnen organisatie",
        ),
    )


def _change_afspraak(act: Act) -> object:
    afspraken = [one for overleg in act.casus.overleggen.all() for one in overleg.afspraken.all()]
    if not afspraken:
        raise Refused("Er is geen afspraak.")
    return outcomes.change_afspraak(
        afspraak=afspraken[0], by=act.by, state="dropped", note=act.text
    )


def _report_back(act: Act) -> object:
    overleg = act.casus.overleggen.exclude(held_on=None).first()
    if overleg is None:
        raise Refused("Er is nog geen overleg gehouden.")
    return terugkoppelingen.open_for(overleg=overleg, by=act.by)


OVERLEG: dict[str, Callable[[Act], object]] = {
    "add_deelnemer": _add_deelnemer,
    "remove_deelnemer": lambda act: deelnemers.remove_deelnemer(
        deelnemer=act.somebody(), by=act.by, reason=act.text
    ),
    "renew_link": lambda act: deelnemers.renew_link(deelnemer=act.somebody(), by=act.by),
    "propose_date": lambda act: date_poll.propose_date(overleg=act.begun(), by=act.by, **moment()),
    "ask_dates": lambda act: date_poll.ask_dates(overleg=act.begun(), by=act.by),
    "fix_date": lambda act: overleg_actions.fix_date(
        overleg=act.begun(),
        by=act.by,
        place=act.text,
        missing_kinds_reason="r",
        version=act.version,
        **moment(),
    ),
    "cancel_date": lambda act: overleg_actions.cancel_date(
        overleg=act.begun(), by=act.by, reason=act.text, version=act.version
    ),
    "stop_overleg": lambda act: overleg_actions.stop_overleg(
        overleg=act.begun(), by=act.by, reason=act.text, version=act.version
    ),
    "record_overleg": lambda act: outcomes.record_overleg(
        overleg=act.begun(),
        by=act.by,
        outcome=outcome(act.text),
        afspraken=[],
        present=walk.seated(act.begun()),
        version=act.version,
    ),
    "change_afspraak": _change_afspraak,
    "return_to_region": lambda act: overleg_actions.return_to_region(
        casus=act.casus, by=act.by, advice=act.text, version=act.version
    ),
    "nominate": lambda act: nominations.nominate(
        casus=act.casus,
        by=act.by,
        motivation=act.text,
        checklist=nomination_rules.trede_4_conditions(),
        version=act.version,
    ),
    "record_answer": lambda act: nominations.record_answer(
        casus=act.casus,
        by=act.by,
        answer=act.text,
        answered_on=clock.today(),
        version=act.version,
    ),
    "report_back": _report_back,
}

# --- What the resident may ask, and how long it is kept -------------------------------------------


def _correct_text(act: Act) -> object:
    return rights.correct_text(
        casus=act.casus,
        by=act.by,
        field="situation",
        asked=act.text,
        granted=True,
        new_text=f"{act.text} Verbeterd.",
        version=act.version,
    )


RIGHTS: dict[str, Callable[[Act], object]] = {
    "restrict": lambda act: rights.restrict(casus=act.casus, by=act.by, reason=act.text),
    "lift_restriction": lambda act: rights.lift_restriction(
        casus=act.casus, by=act.by, reason=act.text
    ),
    "correct_text": _correct_text,
    "start_access_request": lambda act: export.start_access_request(
        casus=act.casus, by=act.by, received_on=clock.today()
    ),
    "keep_longer": lambda act: holds.keep_longer(
        casus=act.casus, by=act.by, reason=act.text, until=clock.today() + timedelta(days=9)
    ),
    "release_hold": lambda act: holds.release_hold(casus=act.casus, by=act.by, reason=act.text),
    "propose_destruction": lambda act: destructions.propose_destruction(
        casus=act.casus, by=act.by, ground="request"
    ),
    "approve_destruction": lambda act: destructions.approve_destruction(casus=act.casus, by=act.by),
}

ACTS = {**CASUS, **ROUTE, **OVERLEG, **RIGHTS}
# What has another name in the permission table than here.
_ROW = {
    "accept_transfer": "answer_transfer",
    "refuse_transfer": "answer_transfer",
    "correct_communication": "correct_note",
    "start_access_request": "export_dossier",
    **dict.fromkeys(
        ("add_deelnemer", "remove_deelnemer", "renew_link", "propose_date", "ask_dates"),
        "plan_overleg",
    ),
}
# Who of the cast does it, when it is not the procesmanager.
_BY = {
    **dict.fromkeys(
        ("ask_completion", "mark_spoed", "accept", "return_with_advice"), "coordinator"
    ),
    "report_back": "gemeente",
    "approve_destruction": "privacy_officer",
    "accept_transfer": "outsider",
    "refuse_transfer": "outsider",
}


def row_of(name: str) -> str:
    """The row of the permission table that guards this act."""
    return _ROW.get(name, name)


def usual(name: str) -> str:
    """Who of the cast usually does this."""
    return _BY.get(name, "procesmanager")


def take(name: str, casus: Casus, cast: Cast, *, by: str = "", **how: Any) -> object:
    """Do it, by who usually does it or by somebody else of the cast."""
    act = Act(casus, getattr(cast, by or usual(name)), cast)
    return ACTS[name](replace(act, **how))
