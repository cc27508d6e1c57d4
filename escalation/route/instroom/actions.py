"""The instroom check: answers with the text of each criterion frozen, and the result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import Max

from audit.transaction import action
from directory.reading.instroom import judge, ways_in
from escalation.change import record, require, tell, touch
from escalation.models import InstroomAnswer, InstroomToets, RouteStep
from rdm.lib import clock
from rdm.lib.refusal import Refused

if TYPE_CHECKING:
    from directory.models import User


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
