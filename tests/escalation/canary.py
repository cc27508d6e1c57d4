"""A casus with one and the same unique word in every text that somebody can type.

Reached through the actions, over the whole road: registration, route, trede 3, overleg,
terugkoppeling, and what a resident asks. A test says which fields still lack the word.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from demo import walk
from directory.models import DeelnemerKind, Gemeente, Tafel
from escalation import explained as screening
from escalation.attachments import actions as attachments
from escalation.coordination.decisions import actions as decisions
from escalation.coordination.submission import actions as submissions
from escalation.dossier.closing import actions as closing
from escalation.dossier.communication import actions as communication
from escalation.dossier.timeline import actions as timeline
from escalation.keeping.export import actions as export
from escalation.keeping.holds import actions as holds
from escalation.keeping.rights import actions as rights
from escalation.models import Casus, Overleg
from escalation.overleg import actions as overleg_actions
from escalation.overleg.date_poll import actions as date_poll
from escalation.overleg.deelnemers import actions as deelnemers
from escalation.overleg.nomination import actions as nominations
from escalation.overleg.nomination import rules as nomination_rules
from escalation.overleg.outcome import actions as outcomes
from escalation.registration import actions as registration
from escalation.route import actions as route
from escalation.route.client_support import actions as client_support
from escalation.route.instroom import actions as instroom
from escalation.sharing.admission import actions as admission
from escalation.sharing.transfer import actions as transfer
from learning.actions import terugkoppelingen
from rdm.lib import clock
from rdm.lib.forms import ScreeningOverride
from tests.cast import Cast
from tests.escalation.attachments.attached import attachment, version, word

WORD = "Zilverkwikstaart"
MAIL = f"{WORD.lower()}@voorbeeld.example"
CLEAN = {
    "case_description": "Een inwoner zonder passende plek.",
    "outcomes": "Er komt een vaste begeleider.",
    "regional_lessons": "Er is te weinig aanbod.",
    "national_advice": "geen",
}


def say(where: str) -> str:
    return f"{WORD} bij {where}."


def closed_casus(cast: Cast, *, years_ago: int = 6, report: bool = True) -> Casus:
    """Closed longer ago than the term, with the word everywhere."""
    with clock.travel(clock.now() - timedelta(days=366 * years_ago)):
        casus = _registered(cast)
        _on_the_route(casus, cast)
        overleg = _planned(casus, cast)
    with clock.travel(clock.now() - timedelta(days=366 * years_ago - 30)):
        _held(overleg, cast)
        if report:
            _reported(overleg, cast)
        casus = Casus.objects.get(pk=casus.pk)
        _asked_by_the_resident(casus, cast)
        casus = Casus.objects.get(pk=casus.pk)
        closing.close(casus=casus, by=cast.gemeente, closing="solved", reason=say("sluiten"))
    return Casus.objects.get(pk=casus.pk)


def _registered(cast: Cast) -> Casus:
    by = cast.procesmanager
    texts = {name: say(name) for name in registration.CONTENT if name != "sharing_ground"}
    casus = walk.draft(by)
    walk.complete(
        casus,
        by,
        gemeente=cast.enschede,
        own_reference=WORD,
        sharing_ground=WORD,
        safety=Casus.Safety.YES,
        **{name: text for name, text in texts.items() if name != "client_support_reason"},
    )
    client_support.set_client_support(
        casus=casus, by=by, state="unavailable", reason=texts["client_support_reason"]
    )
    timeline.add_note(casus=casus, by=by, text=say("notitie"))
    override = ScreeningOverride("situation", "Situatie", ("bsn",), say("uitleg"))
    screening.explain_overrides(casus=casus, by=by, overrides=[override])
    walk.shared(
        casus,
        by,
        cast.scot,
        part=WORD,
        purpose=say("doel"),
        ground=WORD,
        resident_informed_on=None,
        not_informed_reason=say("niet verteld"),
    )
    _followed(casus, cast)
    almelo = Gemeente.objects.get(organisation__slug="almelo")
    transfer.propose_transfer(casus=casus, by=by, gemeente=almelo, reason=say("overdracht"))
    transfer.withdraw_transfer(casus=casus, by=by, reason=say("toch niet"))
    admission.record_admission(casus=casus, by=by, since=clock.today(), organisation_name=WORD)
    admission.end_admission(casus=casus, by=by, until=clock.today())
    return casus


def _followed(casus: Casus, cast: Cast) -> None:
    """Files, what the timeline says that changed, and who was told."""
    by = cast.procesmanager
    made = attachment(
        casus, by, title=WORD, name=f"{WORD}.docx", content=word(say("bestand")),
        screening_reason=say("geen gegevens"),
    )  # fmt: skip
    version(made, by, note=say("versie"))
    version(made, by)
    attachments.remove_version(attachment=made, number=3, by=by, reason=say("fout bestand"))
    gone = attachment(casus, by)
    attachments.withdraw_attachment(attachment=gone, by=by, reason=say("intrekken"))
    registration.save_registration(casus=casus, by=by, situation=say("nu anders"))
    note = casus.events.filter(kind="note").first()
    assert note is not None
    timeline.correct_note(event=note, by=by, text=say("verbeterde notitie"))
    told = communication.Told("other", "talk", clock.today(), say("verteld"), who=WORD)
    communication.log_communication(casus=casus, by=by, told=told)


def _on_the_route(casus: Casus, cast: Cast) -> None:
    by = cast.procesmanager
    tafel = next(one for one in _tafels(cast) if one.criteria.filter(active=True).exists())
    step = route.add_step(
        casus=casus,
        by=by,
        tafel=tafel,
        question=say("vraag"),
        client_support="unavailable",
        client_support_reason=say("steun"),
    )
    criteria = tafel.criteria.filter(active=True)
    answers = {one.code: ("no", say("criterium")) for one in criteria}
    instroom.check_instroom(step=step, by=by, answers=answers)
    extra = {one["code"]: say("extra") for one in tafel.extra_questions}
    route.submit_step(
        step=step,
        by=by,
        submitted_on=clock.today(),
        against_check_reason=say("toch"),
        extra_answers=extra,
    )
    route.discuss_step(step=step, by=by, on=clock.today(), advice=say("advies"))
    route.close_step(step=step, by=by, outcome="no_solution", outcome_text=say("uitkomst"))


def _tafels(cast: Cast) -> Any:
    return Tafel.objects.filter(trede=1, special="").order_by("position")


def _planned(casus: Casus, cast: Cast) -> Overleg:
    by = cast.procesmanager
    asked = submissions.Asked(
        organisation=walk.organisation_of(by),
        question=say("vraag 3"),
        plan_of_approach=say("plan 3"),
        skipped_reason=say("overgeslagen"),
        exception_reason=say("uitzondering"),
    )
    # Once taken back, with a reason; that one leaves a submission without an overleg.
    submissions.submit(casus=casus, by=by, asked=asked)
    submissions.withdraw(casus=casus, by=by, reason=say("intrekken"))
    spoed = replace(asked, spoed_asked=True, spoed_asked_reason=say("spoed"))
    submissions.submit(casus=casus, by=by, asked=spoed)
    decisions.ask_completion(casus=casus, by=cast.coordinator, what=say("aanvulling"))
    submissions.complete(casus=casus, by=by, text=say("aangevuld"))
    decisions.mark_spoed(casus=casus, by=cast.coordinator, reason=say("spoed ja"))
    overleg = decisions.accept(
        casus=casus,
        by=cast.coordinator,
        assignment=say("opdracht"),
        initiator=WORD,
        gate_reason=say("poort"),
    )
    for number, kind in enumerate(DeelnemerKind.objects.filter(mandatory=True)[:2], start=1):
        deelnemers.add_deelnemer(
            overleg=overleg,
            by=by,
            new=deelnemers.NewDeelnemer(
                kind=kind,
                name=f"{WORD} {number}",
                function=WORD,
                email=f"{number}.{MAIL}",
                organisation_name=WORD,
            ),
        )
    start = clock.now() + timedelta(days=9)
    end = start + timedelta(minutes=60)
    option = date_poll.propose_date(overleg=overleg, by=by, starts_at=start, ends_at=end)
    date_poll.ask_dates(overleg=overleg, by=by)
    date_poll.answer_dates(deelnemer=overleg.deelnemers.all()[0], answers={option.pk: "yes"})
    overleg_actions.fix_date(
        overleg=overleg,
        by=by,
        starts_at=start,
        ends_at=end,
        place=WORD,
        missing_kinds_reason=say("ontbreekt"),
    )
    return Overleg.objects.get(pk=overleg.pk)


def _held(overleg: Overleg, cast: Cast) -> None:
    promise = outcomes.NewAfspraak(
        text=say("afspraak"), organisation_name=WORD, function=WORD, due=clock.today()
    )
    outcome = outcomes.Outcome(
        held_on=clock.today(),
        plan_verdict="adopted",
        solution="none",
        solution_text=say("oplossing"),
        missed_steps=say("gemist"),
        supply_missing=say("aanbod"),
        capacity_use=say("capaciteit"),
        closing_the_gap=say("gat"),
        way=say("weg"),
        pace=say("tempo"),
    )
    by = cast.gemeente
    there = walk.seated(overleg)
    outcomes.record_overleg(
        overleg=overleg, by=by, outcome=outcome, afspraken=[promise], present=there
    )
    outcomes.change_afspraak(
        afspraak=overleg.afspraken.get(), by=by, state="dropped", note=say("vervallen")
    )


def _reported(overleg: Overleg, cast: Cast) -> None:
    """What is submitted is without the word, as it should be; the draft after it is not."""
    by = cast.gemeente
    report = terugkoppelingen.open_for(overleg=overleg, by=by)
    terugkoppelingen.submit(terugkoppeling=report, by=by, texts=CLEAN)
    terugkoppelingen.start_correction(terugkoppeling=report, by=by, reason=say("correctie"))
    texts = {name: say(name) for name in CLEAN}
    terugkoppelingen.save_draft(terugkoppeling=report, by=by, texts=texts)


def _asked_by_the_resident(casus: Casus, cast: Cast) -> None:
    by = cast.gemeente
    nominations.nominate(
        casus=casus,
        by=by,
        motivation=say("voordracht"),
        checklist=nomination_rules.trede_4_conditions(),
    )
    nominations.record_answer(casus=casus, by=by, answer=say("antwoord"), answered_on=clock.today())
    rights.restrict(casus=casus, by=by, reason=say("beperking"))
    rights.lift_restriction(casus=casus, by=by, reason=say("opgeheven"))
    for granted in (True, False):
        rights.correct_text(
            casus=casus,
            by=by,
            field="resident_view",
            asked=say("gevraagd"),
            granted=granted,
            new_text=say("nieuw"),
            reason=say("niet"),
        )
    request = export.start_access_request(casus=casus, by=by, received_on=clock.today())
    export.judge_people(access_request=request, by=by, people=[WORD], withheld=[WORD])
    tomorrow = clock.today() + timedelta(days=1)
    holds.keep_longer(casus=casus, by=by, reason=say("bewaren"), until=tomorrow)
    holds.release_hold(casus=casus, by=by, reason=say("niet bewaren"))


__all__ = ["CLEAN", "MAIL", "WORD", "closed_casus", "say"]
