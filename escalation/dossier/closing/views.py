"""Closing a casus, and opening it again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from audit.performing import get_or_post, perform, posted
from directory.web.signed_in import AuthedRequest
from escalation.dossier.closing import actions as closing
from escalation.dossier.closing.forms import CloseForm, ReopenForm
from escalation.models import Afspraak, Casus
from escalation.web.form_page import form_page
from escalation.web.load import load_to


def _open_promises(casus: Casus) -> str:
    promises = Afspraak.objects.filter(overleg__casus=casus, state=Afspraak.State.OPEN)
    number = promises.count()
    if not number:
        return ""
    open_now = "Er staat nog 1 afspraak" if number == 1 else f"Er staan nog {number} afspraken"
    return f" {open_now} van het overleg open. De gemeente bewaakt die ook na het afsluiten."


@get_or_post
def casus_close(request: AuthedRequest, code: str) -> HttpResponse:
    """The end of a casus, with how and why."""
    dossier = load_to(request, code, "close", part="close")
    casus = dossier.casus
    form = CloseForm(posted(request), version=casus.version)
    if answer := perform(
        request,
        form,
        lambda: closing.close(
            casus=casus,
            by=request.user,
            version=form.cleaned_data["version"],
            closing=form.cleaned_data["closing"],
            reason=form.cleaned_data["reason"],
        ),
        done="De casus is afgesloten.",
        to=dossier.url,
        record=casus,
    ):
        return answer
    _say_what_stands(form, casus)
    return form_page(
        request,
        dossier,
        form,
        "Sluit de casus af",
        "Sluit de casus af",
        intro="Alles blijft bewaard en leesbaar. De gemeente of het coördinatiepunt kan de casus "
        f"later heropenen.{_open_promises(casus)}",
    )


@get_or_post
def casus_reopen(request: AuthedRequest, code: str) -> HttpResponse:
    """Back to the search for a solution."""
    dossier = load_to(request, code, "reopen", part="reopen")
    casus = dossier.casus
    form = ReopenForm(posted(request), version=casus.version)
    if answer := perform(
        request,
        form,
        lambda: closing.reopen(
            casus=casus,
            by=request.user,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        ),
        done="De casus is heropend.",
        to=dossier.url,
        record=casus,
    ):
        return answer
    _say_what_stands(form, casus)
    return form_page(request, dossier, form, "Heropen de casus", "Heropen de casus")


def _say_what_stands(form: Any, casus: Casus) -> None:
    """After a conflict over closing: the own reason beside the state that the casus is in now."""
    if not getattr(form, "conflict", False):
        return
    form.conflict_rows = [
        {
            "label": form["reason"].label,
            "mine": form.cleaned_data["reason"],
            "current": casus.closing_reason,
            "differs": True,
        },
        {
            "label": "Status",
            "mine": "",
            "current": casus.get_status_display(),
            "differs": True,
        },
    ]
