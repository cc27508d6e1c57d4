"""What has to happen to a casus now: what, whose turn it is, by when, and the button for it.

`workflow.NEXT` says this per status in a few words; here the route makes it precise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import dateformat

from escalation.blocks import ROWS
from escalation.models import Destruction, InstroomToets, Overleg, RouteStep
from escalation.reading.step_terms import StepTerm, term_of
from escalation.reading.turn import MINISTRY, is_turn_of, who_is_next
from escalation.workflow import CARRY_OUT, DOES_NOT_FIT, CasusStatus, StepStatus
from rdm.lib import clock

if TYPE_CHECKING:
    from escalation.models import Casus
    from escalation.permissions import Standing
    from escalation.reading.progress import Progress


WHERE_TO_BEGIN = (
    "Begin zo laag mogelijk: op trede 0 als daar een tafel past, anders op trede 1. "
    "Vindt een tafel geen oplossing? Ga dan een trede hoger."
)


@dataclass(frozen=True)
class Suggestion:
    """`action` is what the button does, for the rights; `url` where it goes. `term` is what a tafel
    asks or promises, which is sooner or later than the term of the casus."""

    what: str
    action: str = ""
    url: str = ""
    button: str = ""
    text: str = ""
    term: StepTerm | None = None
    # Who has it now, when that is nobody of the casus itself: until the term has passed.
    waits_for: str = ""


@dataclass(frozen=True)
class NextStep:
    """For the component `next_step.html`. `mine`: the reader is the one to act."""

    what: str
    whose: str
    mine: bool
    due: date | None
    due_label: str
    text: str
    action: str
    url: str
    button: str
    denied: str


def next_step(standing: Standing, progress: Progress) -> NextStep:
    """What is next for the casus, as this person should see it."""
    casus = standing.casus
    suggestion = _suggest(standing, progress)
    allowed = bool(suggestion.action) and standing.may(suggestion.action) is None
    term, due = suggestion.term, casus.due if casus.restricted_at is None else None
    label, text = casus.upcoming.by, suggestion.text
    if term:
        text = f"{text} {term.sentence}".strip()
        if due is None or term.day <= due:
            due, label = term.day, term.label
    waits_for = suggestion.waits_for if due is None or due >= clock.today() else ""
    return NextStep(
        what=suggestion.what,
        whose=waits_for or who_is_next(casus),
        mine=not waits_for and is_turn_of(standing.user, casus),
        due=due,
        due_label=label,
        text=text,
        action=suggestion.action,
        url=suggestion.url if allowed else "",
        button=suggestion.button if allowed else "",
        denied=(standing.may_now(suggestion.action) or "") if allowed else "",
    )


def _suggest(standing: Standing, progress: Progress) -> Suggestion:
    casus = standing.casus
    if casus.restricted_at is not None:
        return Suggestion(
            "De casus staat stil, omdat de verwerking is beperkt",
            "lift_restriction",
            reverse("restriction_lift", args=[casus.code]),
            "Hef de beperking op",
            "De gemeente heft de beperking op als de gegevens weer gebruikt mogen worden.",
        )
    if not standing.sees(ROWS["RouteStep"]):
        # What makes it precise is the route, and that is not shared with this reader.
        return Suggestion(casus.upcoming.what)
    match casus.status:
        case CasusStatus.CLOSED:
            return _suggest_closed(casus, standing.now.leaving)
        case CasusStatus.ACTIVE:
            return _suggest_on_route(progress)
        case CasusStatus.PLANNED:
            return _suggest_planned(progress)
        case CasusStatus.HELD:
            return _suggest_held(progress)
    upcoming, text = casus.upcoming, ""
    if upcoming.do is None:
        return Suggestion(upcoming.what)
    if casus.status == CasusStatus.INCOMPLETE and progress.submission:
        text = f"Het coördinatiepunt vraagt: {progress.submission.completion_asked}"
    if casus.status == CasusStatus.NOMINATED:
        text = "De casus is voorgedragen. Het ministerie van VWS neemt een besluit."
    return Suggestion(
        upcoming.what,
        upcoming.do.action,
        reverse(upcoming.do.page, args=[casus.code]),
        upcoming.do.button,
        text,
        waits_for=MINISTRY if casus.status == CasusStatus.NOMINATED else "",
    )


def _suggest_on_route(progress: Progress) -> Suggestion:
    """Still looking for a solution: at the tafel where the casus is, or the next one."""
    casus, step = progress.casus, progress.last_step
    open_steps = [each for each in progress.steps if each.is_open]
    if open_steps:
        return _suggest_for_step(open_steps[-1])
    if (advised := casus.advised_tafel) is not None:
        return Suggestion(
            f"Ga naar {advised}",
            "add_step",
            f"{reverse('step_add', args=[casus.code])}?tafel={advised.slug}",
            "Zet de tafel op de route",
            "De casus kwam terug van trede 3, met het advies om naar deze tafel te gaan.",
        )
    if _is_decided(progress, step):
        nomination = getattr(progress.overleg, "nomination", None)
        return Suggestion(
            CARRY_OUT,
            "close",
            reverse("casus_close", args=[casus.code]),
            "Sluit de casus af",
            f"{AFTER_TREDE_4 if nomination else AFTER_TREDE_3} Lukt het niet? Kies dan een tafel.",
        )
    if step is None:
        return Suggestion(
            "Kies de tafel waar u de casus bespreekt",
            "add_step",
            reverse("step_add", args=[casus.code]),
            "Kies een tafel",
            WHERE_TO_BEGIN,
        )
    if step.outcome == RouteStep.Outcome.SOLVED:
        return Suggestion(
            f"{step.tafel} vond een oplossing. Sluit de casus af als dat klopt",
            "close",
            reverse("casus_close", args=[casus.code]),
            "Sluit de casus af",
        )
    if _just_stopped(progress, step):
        return Suggestion(
            "Het overleg ging niet door. Sluit de casus af, of zoek verder aan een tafel",
            "close",
            reverse("casus_close", args=[casus.code]),
            "Sluit de casus af",
        )
    if not progress.gate.gaps:
        return Suggestion(
            "Los op of schaal op: meld aan voor trede 3, of kies nog een tafel",
            "submit",
            reverse("casus_submit", args=[casus.code]),
            "Meld aan voor trede 3",
            "De tafels vonden geen oplossing. Een bestuurlijk overleg kan die wel vinden.",
        )
    return Suggestion(
        "Los op of schaal op: kies de volgende tafel",
        "add_step",
        reverse("step_add", args=[casus.code]),
        "Kies een tafel",
        f"{step.tafel}: {step.get_outcome_display()}.",
    )


def _suggest_closed(casus: Casus, leaving: str | None) -> Suggestion:
    """Nothing, unless it is about to be destroyed: that can still be held up (O-10)."""
    if leaving is None:
        return Suggestion(casus.upcoming.what)
    bar = "De gemeente kan hem nog langer bewaren, of heropenen."
    if leaving == Destruction.State.APPROVED:
        what, text = "Deze casus wordt vernietigd", f"Twee mensen gaven akkoord. {bar}"
    else:
        what = "Er is voorgesteld deze casus te vernietigen"
        text = f"Iemand anders moet nog akkoord geven. {bar}"
    url = reverse("rights_detail", args=[casus.code])
    return Suggestion(what, "keep_longer", url, "Naar bewaren en vernietigen", text)


def _just_stopped(progress: Progress, last: RouteStep) -> bool:
    """The overleg was stopped, and since then the casus went to no tafel."""
    overleg = progress.overleg
    stopped = overleg.cancelled_at if overleg else None
    return stopped is not None and last.prepared_at < stopped


AFTER_TREDE_3 = "Het overleg gaf de casus terug. Het advies staat op de tijdlijn."
AFTER_TREDE_4 = "Het ministerie heeft geantwoord. Het antwoord staat bij het overleg."


def _is_decided(progress: Progress, last: RouteStep | None) -> bool:
    """An overleg was held, and since then the casus went to no tafel."""
    recorded = progress.overleg.recorded_at if progress.overleg else None
    return recorded is not None and (last is None or last.prepared_at < recorded)


def _suggest_for_step(step: RouteStep) -> Suggestion:
    """What an open step of the route waits for."""
    tafel = step.tafel
    what = step.asks.format(tafel=tafel)
    match step.status:
        case StepStatus.PREPARED if _has_to_check(step):
            what = f"Past de casus bij {tafel}?"
            action, name, button = "check_instroom", "step_instroom", "Doe de instroomtoets"
        case StepStatus.PREPARED if _does_not_fit(step):
            return Suggestion(
                DOES_NOT_FIT.format(tafel=tafel),
                "add_step",
                reverse("step_add", args=[step.casus.code]),
                "Kies een andere tafel",
                "Toch aanmelden kan ook, met uitleg waarom.",
            )
        case StepStatus.PREPARED:
            action, name, button = "submit_step", "step_submit", "Leg de aanmelding vast"
        case StepStatus.SUBMITTED:
            action, name, button = "discuss_step", "step_result", "Leg vast wat de tafel deed"
        case _:
            action, name, button = "close_step", "step_close", "Leg de uitkomst vast"
    url = reverse(name, args=[step.casus.code, step.position])
    waits_for = str(tafel) if step.status == StepStatus.SUBMITTED else ""
    term = term_of(step, clock.today())
    return Suggestion(what, action, url, button, term=term, waits_for=waits_for)


def _does_not_fit(step: RouteStep) -> bool:
    return bool(getattr(step, "latest_check", None) == InstroomToets.Result.NOT_MET)


def _has_to_check(step: RouteStep) -> bool:
    """Only a tafel with criteria asks for a check; the progress tells both."""
    return getattr(step, "has_criteria", False) and not getattr(step, "latest_check", None)


def _suggest_planned(progress: Progress) -> Suggestion:
    code, overleg = progress.casus.code, progress.overleg
    starts = overleg.starts_at if overleg else None
    if starts and starts > clock.now():
        return Suggestion(
            f"Houd het overleg op {dateformat.format(clock.local_date(starts), 'j F')}",
            "fix_date",
            reverse("overleg_detail", args=[code]),
            "Naar het overleg",
            "Leg na het overleg de uitkomst vast.",
        )
    return Suggestion(
        "Leg de uitkomst van het overleg vast",
        "record_overleg",
        reverse("overleg_record", args=[code]),
        "Leg de uitkomst vast",
    )


def _suggest_held(progress: Progress) -> Suggestion:
    """After the overleg: close, go back to the region, or ask the bewindspersoon (O-04)."""
    code, overleg = progress.casus.code, progress.overleg
    text = ""
    if overleg and overleg.reported_at:
        text = "De terugkoppeling is ingediend."
    elif overleg and overleg.feedback_due:
        day = dateformat.format(overleg.feedback_due, "j F Y")
        text = f"De gemeente schrijft de terugkoppeling, uiterlijk {day}."
    if overleg and overleg.solution == Overleg.Solution.NONE:
        return Suggestion(
            "Er is geen oplossing. Geef de casus terug, of vraag om een besluit op trede 4",
            "nominate",
            reverse("overleg_detail", args=[code]),
            "Kies hoe het verdergaat",
            text,
        )
    return Suggestion(
        "Er is een oplossing. Sluit de casus af, of geef hem terug aan de regio",
        "close",
        reverse("overleg_detail", args=[code]),
        "Kies hoe het verdergaat",
        text,
    )
