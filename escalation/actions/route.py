"""The route: bringing a casus to a tafel, the instroom check, and what the tafel said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max

from audit.transaction import action
from directory.instroom import judge, ways_in
from directory.models import Organisation, Tafel
from escalation.change import change_step, record, require, tell, touch
from escalation.models import Casus, ClientSupport, InstroomAnswer, InstroomToets, RouteStep
from escalation.reading.changes import change_of
from escalation.roles import REGISTRANTS
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.refusal import Forbidden, Refused, need

from .client_support import support_fields, support_words

if TYPE_CHECKING:
    from directory.models import User

FINISHED = "Deze stap is afgerond. Dit kan niet meer veranderen."


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
def check_instroom(
    *, step: RouteStep, by: User, answers: Mapping[str, tuple[str, str]]
) -> InstroomToets:
    """A new instroom check: `answers` maps a criterion code to (yes/no/unknown, explanation).

    Only active criteria of the tafel count; a missing one is unknown. Earlier checks stay.
    """
    require(by, step.casus, "check_instroom")
    if not step.is_open:
        raise Refused("Deze stap is afgerond. De toets kan niet meer veranderen.")
    criteria = {criterium.code: criterium for criterium in step.tafel.criteria.filter(active=True)}
    if strange := set(answers) - set(criteria):
        raise Refused(f"Onbekend criterium: {', '.join(sorted(strange))}.")
    ways = ways_in([step.tafel]).get(step.tafel.pk, [])
    given = {code: value for code, (value, _) in answers.items()}
    verdict = judge([way.codes for way in ways], given)
    last = step.toetsen.aggregate(last=Max("number"))["last"] or 0
    toets = InstroomToets.objects.create(
        step=step,
        number=last + 1,
        at=clock.now(),
        actor_name=by.name,
        result=verdict.result,
        deciding=[criteria[code].text for code in verdict.deciding],
    )
    InstroomAnswer.objects.bulk_create(
        InstroomAnswer(
            toets=toets,
            criterium=criterium,
            criterium_code=code,
            criterium_text=criterium.text,
            value=answers.get(code, ("unknown", ""))[0],
            explanation=answers.get(code, ("unknown", ""))[1].strip(),
        )
        for code, criterium in criteria.items()
    )
    RouteStep.objects.filter(pk=step.pk).update(news_at=clock.now())
    tell(
        step.casus,
        "instroom",
        f"Instroomtoets voor {step.tafel}: {toets.get_result_display()}",
        by=by,
    )
    touch(step.casus)
    record(step.casus, "check_instroom", by=by, part=f"step-{step.position}")
    return toets


@action
def set_step_client_support(
    *,
    step: RouteStep,
    by: User,
    state: str,
    organisation: Organisation | None = None,
    reason: str = "",
    version: int | None = None,
) -> None:
    """How far cliëntondersteuning is at this tafel, which may differ from the casus (E-125)."""
    if not step.is_open:
        raise Refused(FINISHED)
    fields = support_fields(state, organisation, reason, at=("organisation", "reason"))
    before = support_words(step.client_support, step.client_support_by)
    change_step(step, "change_step", by=by, version=version, **fields)
    words = support_words(state, organisation)
    title = f"Cliëntondersteuning bij {step.tafel}: {words}"
    changes = change_of("inwoner", "Cliëntondersteuning", before, words)
    tell(step.casus, "client_support", title, by=by, text=reason, changes=changes)


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
    _in_order(step, on, "on")
    kept = need(reason, "Vul in waarom de tafel de casus niet toeliet.", "reason")
    change_step(step, "not_admit_step", by=by, version=version, discussed_on=on)
    tell(step.casus, "step_not_admitted", f"Niet toegelaten bij {step.tafel}", by=by, text=kept)


@action
def discuss_step(
    *, step: RouteStep, by: User, on: date, advice: str = "", version: int | None = None
) -> None:
    """The tafel discussed the casus on day `on`, perhaps with advice."""
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
