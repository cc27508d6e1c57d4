"""Handling a signaal, step by step, and sorting it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from audit.performing import explain_with, get_or_post, perform, show
from directory.models import Signaal, SignaalStatus, User
from directory.signalen import actions
from directory.signalen.handling.forms import AnswerForm, MoveForm, SortForm
from directory.signalen.page import WORDS, explain, frame, load, require
from directory.signalen.permissions import reason_denied_step
from directory.signalen.workflow import SIGNAAL_FLOW
from directory.web.signed_in import AuthedRequest


@get_or_post
def signaal_move(request: AuthedRequest, pk: int, word: str) -> HttpResponse:
    """Take a step with a signaal, with what there is to say."""
    if word not in WORDS:
        raise Http404("Deze stap bestaat niet.")
    name = WORDS[word]
    user = require(request, "handle_signaal")
    signaal = load(pk)
    # A POST goes on, so that the action says no and the form keeps what was typed.
    if request.method != "POST" and (no := reason_denied_step(user, signaal, name)):
        raise PermissionDenied(no)
    step = SIGNAAL_FLOW[name]
    form = _form(request, signaal, name, step.label)
    explain_with(request, lambda overrides: explain(signaal, overrides))
    if answer := perform(
        request,
        form,
        lambda: _take(signaal, user, name, form.cleaned_data),
        done=f"Het signaal is nu: {SignaalStatus(step.target).label}.",
        to=reverse("signaal_detail", args=[pk]),
        record=signaal,
    ):
        return answer
    context = {**frame(signaal, below=True), "title": step.label, "rows": _both(form)}
    return show(request, "directory/signalen/handling/signaal_move.html", context, form=form)


def _form(request: HttpRequest, signaal: Signaal, name: str, button: str) -> AnswerForm | MoveForm:
    data = request.POST or None
    if name == "finish":
        return AnswerForm(
            data, version=signaal.version, is_mailed=bool(signaal.email), button=button
        )
    return MoveForm(data, version=signaal.version, name=name, button=button)


def _take(signaal: Signaal, user: User, name: str, said: dict[str, Any]) -> None:
    if name == "finish":
        actions.finish(signaal=signaal, by=user, answer=said["answer"], version=said["version"])
    else:
        actions.move(
            signaal=signaal, by=user, name=name, note=said["note"], version=said["version"]
        )


@get_or_post
def signaal_sort(request: AuthedRequest, pk: int) -> HttpResponse:
    """Choose the theme and the tafel."""
    user = require(request, "handle_signaal")
    signaal = load(pk)
    form = SortForm(
        request.POST or None,
        version=signaal.version,
        initial={
            "theme": signaal.theme.code if signaal.theme else "",
            "tafel": signaal.tafel.slug if signaal.tafel else "",
        },
    )
    if answer := perform(
        request,
        form,
        lambda: actions.sort(
            signaal=signaal,
            by=user,
            theme=form.cleaned_data["theme"],
            tafel=form.cleaned_data["tafel"],
            version=form.cleaned_data["version"],
        ),
        done="De keuze is opgeslagen.",
        to=reverse("signaal_detail", args=[pk]),
        record=signaal,
    ):
        return answer
    context = {**frame(signaal, below=True), "title": "Kies thema en tafel", "rows": _both(form)}
    return show(request, "directory/signalen/handling/signaal_move.html", context, form=form)


def _both(form: Any) -> list[dict[str, Any]]:
    """What this person chose or typed beside what stands there now, after a conflict."""
    return [
        {"label": label, "mine": mine, "current": current, "differs": True}
        for label, mine, current in getattr(form, "conflict_rows", ())
    ]
