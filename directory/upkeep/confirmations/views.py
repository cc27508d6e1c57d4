"""Does this page still hold? Said with an account, or by the link of the yearly mail (E-174)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from audit.performing import get_or_post, perform, show
from directory.models import Edition, Tafel
from directory.permissions import reason_denied_tafel
from directory.reading import confirmations
from directory.upkeep.confirmations import actions
from directory.upkeep.confirmations.forms import ConfirmForm
from directory.upkeep.confirmations.links import Question, question_of
from directory.upkeep.editions import changelog
from directory.upkeep.page import tafel_crumbs, tafel_form
from directory.upkeep.page_fields.fields import TAFEL_PARTS
from directory.upkeep.page_fields.words import Names, in_words
from directory.web.signed_in import AuthedRequest
from rdm.lib import clock
from rdm.lib.caching import private


@get_or_post
def tafel_confirm(request: AuthedRequest, slug: str) -> HttpResponse:
    """The whole page to read through, and one button: it still holds."""
    tafels = confirmations.with_terms(Tafel.objects.select_related("led_by"))
    tafel = get_object_or_404(tafels, slug=slug)
    user = request.user
    if reason := reason_denied_tafel(user, "confirm_tafel", tafel):
        raise PermissionDenied(reason)
    form = ConfirmForm(request.POST or None, version=tafel.version)
    if answer := perform(
        request,
        form,
        lambda: actions.confirm(
            tafel=tafel,
            by=user,
            version=form.cleaned_data["version"],
            note=form.cleaned_data["note"],
            seen_by_chair=form.cleaned_data["seen_by_chair"],
        ),
        done=f"Dank u wel. De pagina van {tafel} is bevestigd.",
        to=reverse("tafel_detail", args=[slug]),
        record=tafel,
    ):
        return answer
    context = {
        **_page(tafel),
        "crumbs": tafel_crumbs(tafel),
        "state": confirmations.state_of(tafel, clock.today()),
        "propose_url": reverse("tafel_propose", args=[slug]),
    }
    return show(request, "directory/upkeep/confirmations/tafel_confirm.html", context, form=form)


@login_not_required
@get_or_post
def confirm_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same without an account; the link says for which tafel, and works for one answer."""
    question = question_of(token)
    if question is None or question.is_closed or question.is_waiting:
        return private(_answered(request, question))
    tafel = question.tafel
    form = ConfirmForm(request.POST or None, version=tafel.version, by_link=True)
    if answer := perform(
        request,
        form,
        lambda: actions.confirm_by_link(
            question=question,
            function=form.cleaned_data["function"],
            version=form.cleaned_data["version"],
            note=form.cleaned_data["note"],
            seen_by_chair=form.cleaned_data["seen_by_chair"],
        ),
        done=f"Dank u wel. De pagina van {tafel} is bevestigd.",
        to=reverse("tafel_detail", args=[tafel.slug]),
        record=tafel,
    ):
        return private(answer)
    context = {
        **_page(tafel),
        "by_link": True,
        "propose_url": reverse("propose_by_link", args=[token]),
    }
    return private(
        show(request, "directory/upkeep/confirmations/tafel_confirm.html", context, form=form)
    )


@login_not_required
@get_or_post
def propose_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The other answer: what must change. Somebody with an account checks it."""
    question = question_of(token)
    if question is None or question.is_closed or question.is_waiting:
        return private(_answered(request, question))
    tafel = question.tafel
    form = tafel_form(request, tafel, by_link=True)
    if answer := perform(
        request,
        form,
        lambda: actions.propose_by_link(
            question=question,
            function=form.cleaned_data["function"],
            values=form.values,
            based_on=form.cleaned_data["based_on"],
            reason=form.cleaned_data["reason"],
        ),
        done="Dank u wel. Wij kijken uw voorstel na. U krijgt bericht per e-mail.",
        to=reverse("tafel_detail", args=[tafel.slug]),
    ):
        return private(answer)
    context = {"tafel": tafel, "by_link": True}
    return private(
        show(request, "directory/upkeep/proposals/tafel_propose.html", context, form=form)
    )


def _answered(request: HttpRequest, question: Question | None) -> HttpResponse:
    """Made up or too old (404), or answered already: then by whom, for who clicks once more."""
    status = 200 if question else 404
    return render(
        request,
        "directory/upkeep/confirmations/confirm_gone.html",
        {"question": question},
        status=status,
    )


def _page(tafel: Tafel) -> dict[str, Any]:
    """Everything the page says, in words, section by section."""
    edition: Edition = changelog.of(tafel)[0]
    names = Names.read()
    sections: dict[str, list[tuple[str, str]]] = {}
    for part in TAFEL_PARTS:
        words = in_words(part, edition.values.get(part.name), names)
        sections.setdefault(part.section, []).append((part.label, words))
    return {"tafel": tafel, "edition": edition, "sections": list(sections.items())}
