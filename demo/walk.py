"""Walking a casus through the real workflow, the way people do: one function per stretch.

Used by the demo world and by the tests, so that nobody ever reaches a state by writing it.
Every function takes the people who act; texts have visibly invented defaults.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from directory.models import (
    BasicNeed,
    DeelnemerKind,
    Domain,
    Gemeente,
    Organisation,
    Stagnation,
    Tafel,
    User,
)
from escalation import blocks
from escalation.coordination.decisions import actions as decisions
from escalation.coordination.submission import actions as submissions
from escalation.models import Casus, Involvement, Overleg, RouteStep, Submission
from escalation.overleg import actions as overleg_actions
from escalation.overleg.date_poll import actions as date_poll
from escalation.overleg.deelnemers import actions as deelnemers
from escalation.overleg.outcome import actions as outcomes
from escalation.registration import actions as registration
from escalation.route import actions as route
from escalation.route.instroom import actions as instroom
from escalation.sharing import actions as sharing
from rdm.lib import clock

TEXTS = {
    "situation": "Verzonnen voorbeeld: de inwoner woont alleen en krijgt geen passende hulp.",
    "tried_regular": "Verzonnen voorbeeld: drie verwijzingen, zonder resultaat.",
    "stagnation": "Verzonnen voorbeeld: iedere instelling verwijst naar een andere.",
    "sharing_purpose": "Samen passende zorg vinden.",
    "sharing_ground": "Taak van algemeen belang (Wmo 2015)",
}


def organisation_of(user: User, *roles: str) -> Organisation:
    """The organisation for which `user` acts (in one of `roles`, if given)."""
    return next(
        membership.organisation
        for membership in user.active_memberships
        if not roles or membership.role in roles
    )


def draft(registrant: User, **fields: Any) -> Casus:
    """A registration that was begun, with whatever answers are given."""
    casus = registration.start(
        by=registrant,
        organisation=organisation_of(registrant, "procesmanager", "aanmelder"),
        no_acute_danger=True,
        adult=True,
    )
    if fields:
        registration.save_registration(casus=casus, by=registrant, **fields)
    return casus


def registered(registrant: User, gemeente: Gemeente, **fields: Any) -> Casus:
    """A complete registration that was checked and registered."""
    casus = draft(registrant)
    complete(casus, registrant, gemeente=gemeente, **fields)
    return casus


def shared(casus: Casus, by: User, organisation: Organisation, **more: Any) -> Involvement:
    """Shared with `organisation`: all of it, for a while, with every answer that sharing asks."""
    answers: dict[str, Any] = {
        "part": "behandelaar",
        "purpose": "Verzonnen doel: samen een passende plek vinden.",
        "ground": "Taak van algemeen belang (Wmo 2015)",
        "blocks": blocks.ALL,
        "until": clock.today() + timedelta(days=90),
        "resident_informed_on": clock.today(),
        "secrecy_signed_on": clock.today(),
        **more,
    }
    new = sharing.NewInvolvement(organisation, **answers)
    return sharing.involve(casus=casus, by=by, new=new)


def complete(casus: Casus, by: User, **fields: Any) -> None:
    """Fill in a draft and register it."""
    answers: dict[str, Any] = {
        **TEXTS,
        "frameworks": ["zvw", "wmo"],
        "safety": Casus.Safety.YES,
        "safety_text": "Verzonnen voorbeeld: er waren twee meldingen bij de politie.",
        "resident_informed": True,
        "resident_informed_on": clock.today(),
        "plan_of_approach": "Verzonnen plan: één aanspreekpunt en een vaste begeleider.",
        "stagnations": [one.code for one in Stagnation.objects.all()[:2]],
        "local_phase": "Verzonnen fase 3",
        "basic_needs": _basis(),
        **fields,
    }
    if "domains" not in answers:
        answers["domains"] = list(Domain.objects.all()[:2])
    registration.save_registration(casus=casus, by=by, **answers)
    registration.register(casus=casus, by=by)


def _basis() -> dict[str, str]:
    """The first line of the checklist is in order, the second not, of the rest nobody knows."""
    said = iter(("yes", "no"))
    return {one.code: next(said, "unknown") for one in BasicNeed.objects.all()}


def step(
    casus: Casus,
    by: User,
    tafel: Tafel,
    *,
    question: str = "Verzonnen vraag: wie kan deze inwoner een passende plek bieden?",
    outcome: str = RouteStep.Outcome.NO_SOLUTION,
    outcome_text: str = "Verzonnen voorbeeld: de tafel vond geen passende plek.",
    answer: str = "yes",
    until: str = "closed",
) -> RouteStep:
    """Bring the casus to `tafel`, as far as `until` (prepared, submitted, discussed or closed).

    Every criterion of the tafel gets the same `answer`; cliëntondersteuning is as far as at the
    casus.
    """
    made = route.add_step(
        casus=casus,
        by=by,
        tafel=tafel,
        question=question,
        client_support=casus.client_support,
        client_support_by=casus.client_support_by,
        client_support_reason=casus.client_support_reason,
    )
    criteria = list(tafel.criteria.filter(active=True))
    if criteria:
        answers = {criterium.code: (answer, "") for criterium in criteria}
        instroom.check_instroom(step=made, by=by, answers=answers)
    if until == "prepared":
        return made
    against = "" if answer == "yes" else "Verzonnen reden: er is geen andere tafel."
    step_submitted(made, by, against=against)
    if until == "submitted":
        return made
    route.discuss_step(step=made, by=by, on=clock.today(), advice="")
    if until == "closed":
        route.close_step(step=made, by=by, outcome=outcome, outcome_text=outcome_text)
    return made


def step_submitted(step: RouteStep, by: User, *, against: str = "") -> None:
    """Brought to the tafel, with an answer to everything that it also asks."""
    route.submit_step(
        step=step,
        by=by,
        submitted_on=clock.today(),
        against_check_reason=against,
        extra_answers={extra["code"]: "Ja, besproken." for extra in step.tafel.extra_questions},
    )


def submitted(casus: Casus, by: User, **fields: Any) -> Submission:
    """Handed to the coördinatiepunt; the route is closed on trede 1, trede 2 motivated."""
    answers: dict[str, Any] = {
        "question": "Verzonnen vraag: wie neemt deze inwoner op?",
        "plan_of_approach": "Verzonnen plan: één aanspreekpunt en een vaste begeleider.",
        "skipped_reason": "Verzonnen reden: de andere trede past niet bij deze zorgvraag.",
        **fields,
    }
    asked = submissions.Asked(organisation_of(by), **answers)
    return submissions.submit(casus=casus, by=by, asked=asked)


def accepted(casus: Casus, by: User, **fields: Any) -> Overleg:
    """Taken by the coördinatiepunt: the gemeente has the assignment."""
    answers: dict[str, Any] = {
        "assignment": "Plan een bestuurlijk escalatieoverleg met alle betrokken partijen.",
        "initiator": "de burgemeester",
        **fields,
    }
    return decisions.accept(casus=casus, by=by, **answers)


def with_deelnemers(overleg: Overleg, by: User) -> Overleg:
    """Somebody of every mandatory kind on the list."""
    for number, kind in enumerate(DeelnemerKind.objects.filter(mandatory=True), start=1):
        deelnemers.add_deelnemer(
            overleg=overleg,
            by=by,
            new=deelnemers.NewDeelnemer(
                kind=kind,
                name=f"Verzonnen Deelnemer {number}",
                function="bestuurder",
                email=f"deelnemer{number}@voorbeeld.example",
                organisation_name=f"Verzonnen organisatie {number}",
                mandate=True,
                secrecy_signed_on=clock.today(),
            ),
        )
    return overleg


def planned(overleg: Overleg, by: User, *, starts_at: datetime | None = None) -> Overleg:
    """Deelnemers on the list, dates asked, one date fixed."""
    moment = starts_at or clock.now() + timedelta(days=7)
    if not overleg.deelnemers.exists():
        with_deelnemers(overleg, by)
    end = moment + timedelta(minutes=90)
    if not overleg.date_options.exists():
        date_poll.propose_date(overleg=overleg, by=by, starts_at=moment, ends_at=end)
    date_poll.ask_dates(overleg=overleg, by=by)
    overleg_actions.fix_date(
        overleg=overleg, by=by, starts_at=moment, ends_at=end, place="Gemeentehuis, zaal 1"
    )
    return overleg


def held(
    overleg: Overleg,
    by: User,
    *,
    solution: str = Overleg.Solution.FOUND,
    present: list[int] | None = None,
) -> Overleg:
    """The overleg took place today; call it under a clock after the planned date. Everybody was
    there, or who is `present`."""
    outcome = outcomes.Outcome(
        held_on=clock.today(),
        plan_verdict=Overleg.PlanVerdict.ADOPTED,
        solution=solution,
        solution_text="Verzonnen uitkomst: de partijen werken samen aan één plan.",
        missed_steps="Geen.",
        supply_missing="Er is in de regio geen plek voor deze combinatie van zorgvragen.",
        capacity_use="De bestaande plekken zijn bezet.",
        closing_the_gap="Een kleine woonvorm met behandeling aan huis.",
        way="Stap voor stap, met één vaste begeleider.",
        pace="Binnen vier weken een start.",
    )
    promises = [
        outcomes.NewAfspraak(
            text="Zorgt voor een vaste begeleider.",
            organisation_name="Verzonnen organisatie 1",
            function="directeur",
            due=clock.today() + timedelta(days=28),
        )
    ]
    outcomes.record_overleg(
        overleg=overleg,
        by=by,
        outcome=outcome,
        afspraken=promises,
        present=seated(overleg) if present is None else present,
    )
    return overleg


def seated(overleg: Overleg) -> list[int]:
    """Everybody who is on the list."""
    return list(overleg.deelnemers.filter(removed_at=None).values_list("pk", flat=True))
