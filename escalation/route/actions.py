"""The route: bringing a casus to a tafel, the instroom check, and what the tafel said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max

from audit.transaction import action
from directory.models import Organisation, Tafel
from escalation.change import change_step, record, require, take, tell, touch
from escalation.models import Casus, ClientSupport, InstroomToets, RouteStep
from escalation.roles import REGISTRANTS
from escalation.route.client_support.actions import support_fields
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.refusal import Forbidden, Refused, need

if TYPE_CHECKING:
    from directory.models import User


@action
def add_step(
    *,
    casus: Casus,
    by: User,
    tafel: Tafel,
    question: str,
    client_support: str = ClientSupport.NOT_OFFERED,
    client_support_by: Organisation | None = None,
    client_support_reason: str = "",
    brought_in_by: Organisation | None = None,
) -> RouteStep:
    """Prepare a step at `tafel`. The escalatieoverleg itself goes through the coördinatiepunt."""
    require(by, casus, "add_step")
    if tafel.is_escalation:
        raise Refused("Het escalatieoverleg vraagt u aan via ‘Meld aan voor trede 3’.", "tafel")
    if casus.steps.filter(tafel=tafel).exclude(status="closed").exists():
        raise Refused("Deze tafel staat al open op de route.", "tafel")
    support = support_fields(
        client_support,
        client_support_by,
        client_support_reason,
        at=("client_support_by", "client_support_reason"),
    )
    organisation = brought_in_by or _own_organisation(by, casus)
    last = casus.steps.aggregate(last=Max("position"))["last"] or 0
    step = RouteStep.objects.create(
        casus=casus,
        tafel=tafel,
        position=last + 1,
        brought_in_by=organisation,
        carried_by=organisation,
        question=need(question, "Vul in wat u van deze tafel vraagt.", "question"),
        prepared_at=clock.now(),
        **support,
    )
    tell(casus, "step_added", f"{tafel} toegevoegd aan de route", by=by, text=question)
    # The advice was followed; another tafel leaves it standing.
    touch(casus, **({"advised_tafel": None} if casus.advised_tafel_id == tafel.pk else {}))
    record(casus, "add_step", by=by, part=f"step-{step.position}")
    return step


def _own_organisation(by: User, casus: Casus) -> Organisation:
    """The organisation for which `by` works on this casus."""
    for membership in by.active_memberships:
        if membership.organisation_id in (casus.carried_by_id, casus.gemeente_id) and (
            membership.role in REGISTRANTS
        ):
            return membership.organisation
    raise Forbidden("U werkt niet voor een organisatie die deze casus inbrengt.")


@action
def submit_step(
    *,
    step: RouteStep,
    by: User,
    submitted_on: date,
    against_check_reason: str = "",
    extra_answers: Mapping[str, str] | None = None,
    version: int | None = None,
) -> None:
    """The casus was brought to the tafel on `submitted_on`.

    Against a check that is not "voldoet" a reason is needed; what the tafel also asks (E-054,
    E-075) must be answered.
    """
    take(step.casus)
    _not_in_future(submitted_on, "submitted_on")
    toets = step.toetsen.first()
    if toets is None and step.tafel.criteria.filter(active=True).exists():
        raise Refused("Doe eerst de instroomtoets voor deze tafel.")
    if toets is not None and toets.result in (
        InstroomToets.Result.NOT_MET,
        InstroomToets.Result.UNKNOWN,
    ):
        need(
            against_check_reason,
            f"De instroomtoets zegt ‘{toets.get_result_display()}’. "
            "Leg uit waarom u toch aanmeldt.",
            "against_check_reason",
        )
    answers = {code: text.strip() for code, text in (extra_answers or {}).items()}
    for extra in step.tafel.extra_questions:
        need(answers.get(extra["code"]), f"Beantwoord: {extra['question']}", extra["code"])
    change_step(
        step,
        "submit_step",
        by=by,
        version=version,
        submitted_on=submitted_on,
        submitted_against_check_reason=against_check_reason.strip(),
        extra_answers=answers,
    )
    tell(
        step.casus,
        "step_submitted",
        f"Aangemeld bij {step.tafel}",
        by=by,
        text=against_check_reason,
    )


@action
def not_admit_step(
    *, step: RouteStep, by: User, on: date, reason: str, version: int | None = None
) -> None:
    """The tafel did not take the casus; the step still needs an outcome."""
    take(step.casus)
    _in_order(step, on, "on")
    kept = need(reason, "Vul in waarom de tafel de casus niet toeliet.", "reason")
    change_step(step, "not_admit_step", by=by, version=version, discussed_on=on)
    tell(step.casus, "step_not_admitted", f"Niet toegelaten bij {step.tafel}", by=by, text=kept)


@action
def discuss_step(
    *, step: RouteStep, by: User, on: date, advice: str = "", version: int | None = None
) -> None:
    """The tafel discussed the casus on day `on`, perhaps with advice."""
    take(step.casus)
    _in_order(step, on, "on")
    change_step(
        step, "discuss_step", by=by, version=version, discussed_on=on, advice=advice.strip()
    )
    tell(step.casus, "step_discussed", f"Besproken bij {step.tafel}", by=by, text=advice)


@action
def close_step(
    *,
    step: RouteStep,
    by: User,
    outcome: str,
    outcome_text: str,
    closed_on: date | None = None,
    version: int | None = None,
) -> None:
    """The outcome of the tafel and why; both required. Before a discussion it can only be
    withdrawn."""
    take(step.casus)
    kept = need(outcome_text, "Leg uit wat de uitkomst was.", "outcome_text")
    if step.status in ("prepared", "submitted") and outcome != RouteStep.Outcome.WITHDRAWN:
        raise Refused(
            "De tafel heeft nog niets besloten. U kunt de stap nu alleen intrekken.", "outcome"
        )
    if step.status == "not_admitted" and outcome == RouteStep.Outcome.SOLVED:
        raise Refused(
            "De tafel liet de casus niet toe en kan hem dus niet hebben opgelost.", "outcome"
        )
    on = closed_on or clock.today()
    _in_order(step, on, "closed_on")
    change_step(
        step,
        "close_step",
        by=by,
        version=version,
        outcome=outcome,
        outcome_text=kept,
        closed_on=on,
    )
    label = RouteStep.Outcome(outcome).label
    tell(step.casus, "step_closed", f"{step.tafel}: {label}", by=by, text=kept)


def _in_order(step: RouteStep, day: date, field: str) -> None:
    """A step goes forward in time; otherwise its lead time means nothing."""
    _not_in_future(day, field)
    earlier = max(filter(None, (step.submitted_on, step.discussed_on)), default=None)
    if earlier and day < earlier:
        raise Refused(
            f"Deze datum ligt voor de vorige gebeurtenis van deze stap ({long_date(earlier)}).",
            field,
        )


def _not_in_future(day: date, field: str) -> None:
    if day > clock.today():
        raise Refused("Deze datum ligt in de toekomst. Vul de dag in waarop het gebeurde.", field)
