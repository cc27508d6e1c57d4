"""The yearly evaluation of the overview: the survey behind its link, and what came out (E-174)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from audit.performing import get_or_post, perform, posted, show
from directory.evaluation import actions
from directory.evaluation.forms import CloseForm, EvaluationForm
from directory.evaluation.links import evaluation_link, evaluation_of, stopping
from directory.evaluation.rules import questions_of, results
from directory.models import Evaluation, Region, User
from directory.permissions import reason_denied
from directory.web.signed_in import AuthedRequest
from rdm.lib import clock
from rdm.lib.caching import private, shared
from rdm.lib.forms import OnceForm

# --- With the link --------------------------------------------------------------------------------


@login_not_required
@get_or_post
def evaluation_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questions. Everybody has the same link, so nothing here says who answers."""
    evaluation = evaluation_of(token)
    if evaluation is None or not evaluation.is_open(clock.today()):
        status = 404 if evaluation is None else 200
        context = {"evaluation": evaluation}
        return private(
            render(request, "directory/evaluation/evaluation_gone.html", context, status=status)
        )
    form = EvaluationForm(request.POST or None, questions=questions_of(evaluation.questions))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.allow(request, "evaluation")
        and (
            answer := perform(
                request,
                form,
                lambda: actions.answer(evaluation=evaluation, answers=form.answers),
                done="Uw antwoorden zijn verstuurd.",
                to=reverse("evaluation_thanks"),
            )
        )
    ):
        return private(answer)
    context = {"evaluation": evaluation}
    return private(show(request, "directory/evaluation/evaluation_answer.html", context, form=form))


@login_not_required
@require_safe
@shared
def evaluation_thanks(request: HttpRequest) -> HttpResponse:
    """What happens with the answers."""
    return render(request, "directory/evaluation/evaluation_thanks.html")


@login_not_required
@get_or_post
def evaluation_stop(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind "geen vragenlijst meer": one button, and one to come back."""
    person = stopping(token)
    if person is None:
        return _no_such_link(request)
    again = "weer" in request.POST
    form = OnceForm(posted(request))
    if answer := perform(
        request,
        form,
        lambda: (actions.ask_again if again else actions.stop_asking)(person=person),
        done="U krijgt de vragenlijst weer." if again else "U krijgt geen vragenlijst meer.",
        to=request.path,
    ):
        return private(answer)
    context = {"stopped": person.surveys_stopped_at is not None}
    return private(show(request, "directory/evaluation/evaluation_stop.html", context, form=form))


# As for who reads along (directory.upkeep.subscriptions): a mail program has no token of a page.
@login_not_required
@csrf_exempt
@get_or_post
def evaluation_stop_one_click(request: HttpRequest, token: str) -> HttpResponse:
    """The button of the mail program. Whoever opens it in a browser gets the page with a button."""
    person = stopping(token)
    if person is None:
        return _no_such_link(request)
    if request.method != "POST":
        return private(HttpResponseRedirect(reverse("evaluation_stop", args=[token])))
    actions.stop_asking(person=person)
    return private(HttpResponse("U krijgt geen vragenlijst meer.", content_type="text/plain"))


def _no_such_link(request: HttpRequest) -> HttpResponse:
    return private(
        render(
            request, "directory/evaluation/evaluation_gone.html", {"evaluation": None}, status=404
        )
    )


# --- For the region -------------------------------------------------------------------------------


@require_safe
def evaluation_list(request: AuthedRequest) -> HttpResponse:
    """Every year, and whether this year can still be opened."""
    user = _require(request, "view_evaluation")
    found = list(Evaluation.objects.annotate(number=Count("answers")).order_by("-year"))
    today = clock.today()
    context = {
        "rows": [
            [
                {"text": str(one.year), "url": reverse("evaluation_detail", args=[one.year])},
                {"text": "Open" if one.is_open(today) else "Gesloten"},
                {"day": one.closed_at or one.closes_on},
                {"text": one.number, "numeric": True},
            ]
            for one in found
        ],
        "columns": ["Jaar", "Status", "Tot en met", {"label": "Antwoorden", "numeric": True}],
        "year": today.year,
        "is_opened": any(one.year == today.year for one in found),
        "may_run": reason_denied(user, "run_evaluation") is None,
        "crumbs": [("Overlegtafels", reverse("tafel_list"))],
    }
    return render(request, "directory/evaluation/evaluation_list.html", context)


@get_or_post
def evaluation_open(request: AuthedRequest) -> HttpResponse:
    """Read the questions of the region, and send them to everybody."""
    user = _require(request, "run_evaluation")
    form = OnceForm(request.POST or None)
    if answer := perform(
        request,
        form,
        lambda: actions.open_year(by=user),
        done="De vragenlijst is open. Iedereen krijgt een e-mail met de link.",
        to=lambda opened: reverse("evaluation_detail", args=[opened.year]),
    ):
        return answer
    context = {
        "questions": questions_of(Region.current().evaluation_questions),
        "year": clock.today().year,
        "crumbs": _crumbs(),
    }
    return show(request, "directory/evaluation/evaluation_open.html", context, form=form)


@require_safe
def evaluation_detail(request: AuthedRequest, year: int) -> HttpResponse:
    """What was answered in one year, beside the years before it."""
    user = _require(request, "view_evaluation")
    evaluation = get_object_or_404(Evaluation.objects.prefetch_related("answers"), year=year)
    is_open = evaluation.is_open(clock.today())
    context = {
        "evaluation": evaluation,
        "is_open": is_open,
        "results": results(evaluation),
        "link": evaluation_link(evaluation) if is_open else "",
        "may_run": reason_denied(user, "run_evaluation") is None,
        "crumbs": _crumbs(),
    }
    return render(request, "directory/evaluation/evaluation_detail.html", context)


@get_or_post
def evaluation_close(request: AuthedRequest, year: int) -> HttpResponse:
    """Close the survey before its last day."""
    user = _require(request, "run_evaluation")
    evaluation = get_object_or_404(Evaluation, year=year)
    form = CloseForm(request.POST or None, version=evaluation.version)
    back = reverse("evaluation_detail", args=[year])
    if answer := perform(
        request,
        form,
        lambda: actions.close(evaluation=evaluation, by=user, version=form.cleaned_data["version"]),
        done=f"De vragenlijst van {year} is gesloten.",
        to=back,
        record=evaluation,
    ):
        return answer
    context = {"evaluation": evaluation, "back": back, "crumbs": _crumbs()}
    return show(request, "directory/evaluation/evaluation_close.html", context, form=form)


def _crumbs() -> list[tuple[str, Any]]:
    return [("Overlegtafels", reverse("tafel_list")), ("Evaluatie", reverse("evaluation_list"))]


def _require(request: AuthedRequest, action: str) -> User:
    user = request.user
    if reason := reason_denied(user, action):
        raise PermissionDenied(reason)
    return user
