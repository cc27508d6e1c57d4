"""The wegwijzer: a few questions, and then which tafel fits. Public; nothing is kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from audit.performing import get_or_post, perform, show
from directory.guide import actions, words
from directory.guide.advice import FITS, FITS_NOT, MAYBE, Advice, advise
from directory.guide.answers import Answers, read
from directory.guide.forms import GuideForm, GuideMailForm
from directory.guide.place import Place, place_of
from directory.guide.questions import CRISIS, UNDER_AGE, guide_of
from directory.models import Gemeente, Region, Role, Tafel
from directory.reading.instroom import ways_in
from rdm.lib import clock
from rdm.lib.caching import shared

STEP = "stap"
# Who starts a casus; what they may do there is for that page to say.
REGISTRANTS = {Role.PROCESMANAGER, Role.AANMELDER}


@login_not_required
@require_safe
@shared
def guide_step(request: HttpRequest) -> HttpResponse:
    """One page of questions. Acute danger and under 18 go straight to the result."""
    region = Region.current()
    gemeenten = Gemeente.objects.values_list("organisation__slug", "organisation__name")
    guide = guide_of(region.guide, gemeenten)
    answers = read(guide, request.GET)
    number = _number(request.GET.get(STEP), len(guide.steps))
    if not guide.steps or (number > 1 and _leads_away(answers)):
        return redirect(_result_url(answers))
    step = guide.steps[number - 1]
    form = GuideForm(
        questions=[one for one in step.questions if answers.is_asked(one.code)], answers=answers
    )
    context = {
        "questions": form,
        "step": step,
        "number": number,
        "count": len(guide.steps),
        "previous": number - 1,
        "following": number + 1 if number < len(guide.steps) else 0,
        "progress": _progress(answers, number),
        "strange": answers.strange,
    }
    return render(request, "directory/guide/guide_step.html", context)


@login_not_required
@require_safe
@shared
def guide_result(request: HttpRequest) -> HttpResponse:
    """Which tafels fit, in the order to try them; who to call comes first (O-03)."""
    region = Region.current()
    advice, place = _advice(request, region)
    context = _result(advice, place)
    context |= {
        "crisis_routes": region.crisis_routes,
        "start_url": _start_url(request, advice),
        "answered": _answered(advice.answers),
        "gemeente_url": _gemeente_url(advice.answers),
        "query": advice.answers.query(),
        "strange": advice.answers.strange,
        "today": clock.today(),
    }
    return render(request, "directory/guide/guide_result.html", context)


@login_not_required
@get_or_post
def guide_mail(request: HttpRequest) -> HttpResponse:
    """Mail the result to oneself. The address is used once and then forgotten."""
    region = Region.current()
    advice, place = _advice(request, region)
    result = _result_url(advice.answers)
    form = GuideMailForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and form.allow(request, "guide_mail", form.cleaned_data["email"])
    ):
        answer = perform(
            request,
            form,
            lambda: actions.mail_advice(
                request_id=form.cleaned_data["request_id"],
                email=form.cleaned_data["email"],
                text=words.as_text(advice, place, region.crisis_routes),
                link=f"{settings.SITE_URL}{result}",
            ),
            done="De e-mail is onderweg. Wij bewaren uw e-mailadres niet.",
            to=result,
        )
        if answer:
            return answer
    return show(request, "directory/guide/guide_mail.html", {"result_url": result}, form=form)


# --- From the address to the advice -----------------------------------------------------------


def _advice(request: HttpRequest, region: Region) -> tuple[Advice, Place | None]:
    """Four queries, however many tafels there are."""
    asked = guide_of(region.guide, ())
    wanted = [request.GET.get(one.code, "") for one in asked.questions if one.source]
    place = place_of(wanted[0]) if wanted else None
    guide = guide_of(region.guide, [(place.slug, place.name)] if place else ())
    answers = read(guide, request.GET)
    tafels = Tafel.objects.select_related("trede").prefetch_related("submitters")
    if place:
        # A tafel that names no gemeenten is there for all of them.
        tafels = tafels.filter(
            Q(gemeenten=None) | Q(gemeenten__organisation__slug=place.slug)
        ).distinct()
    found = list(tafels)
    return advise(answers, found, ways_in(found)), place


def _leads_away(answers: Answers) -> bool:
    return answers.leads_to(CRISIS) or answers.leads_to(UNDER_AGE)


def _number(text: str | None, count: int) -> int:
    """The number of a step, 1 for anything else."""
    numbers = {str(number): number for number in range(1, count + 1)}
    return numbers.get(text or "", 1)


# --- What the pages show ----------------------------------------------------------------------


def _result(advice: Advice, place: Place | None) -> dict[str, Any]:
    fitting, maybe, not_fitting = (
        words.cards(advice, fit, place) for fit in (FITS, MAYBE, FITS_NOT)
    )
    waiting = advice.only_waiting
    return {
        "advice": advice,
        "place": place,
        "fitting": fitting,
        "maybe": maybe,
        "not_fitting": not_fitting,
        "summary": words.summary(fitting, maybe),
        "waiting": waiting.tafel if waiting else None,
    }


def _result_url(answers: Answers) -> str:
    return _with(reverse("guide_result"), answers.query())


def _with(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _progress(answers: Answers, current: int) -> list[dict[str, str]]:
    """For components/progress.html: what lies behind can be gone back to."""
    return [
        {
            "label": step.title,
            "url": f"{reverse('guide')}?{answers.query(**{STEP: number})}",
            "state": "now" if number == current else "done" if number < current else "later",
        }
        for number, step in enumerate(answers.guide.steps, start=1)
    ]


def _answered(answers: Answers) -> list[dict[str, str]]:
    """For components/summary_list.html, with the way back to each question."""
    return [
        {
            "label": label,
            "value": value,
            "url": _question_url(answers, code, step),
        }
        for code, label, value, step in words.answered(answers)
    ]


def _gemeente_url(answers: Answers) -> str:
    """To the question that asks for the gemeente."""
    places = {one.code for one in answers.guide.questions if one.source}
    return next(
        (
            _question_url(answers, code, step)
            for code, _, _, step in words.answered(answers)
            if code in places
        ),
        "",
    )


def _question_url(answers: Answers, code: str, step: int) -> str:
    return f"{reverse('guide')}?{answers.query(**{STEP: step})}#div_id_{code}"


def _start_url(request: HttpRequest, advice: Advice) -> str:
    """Where a casus begins with these answers: for who registers, and for who may sign in to do
    so. Nowhere with acute danger (O-03) or under 18 (E-003)."""
    roles = getattr(request.user, "roles", None)
    if _leads_away(advice.answers) or (roles is not None and not roles & REGISTRANTS):
        return ""
    try:
        return _with(reverse("casus_start"), advice.answers.query())
    except NoReverseMatch:
        return ""
