"""Pages on which the gemeente writes: the four rubrieken, the last check, a correction."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from audit.performing import get_or_post, perform, posted, show
from directory.web.signed_in import AuthedRequest
from escalation.models import Overleg
from escalation.overleg.outcome.rules import rows_of
from escalation.web.load import stop_when_not_now
from learning.actions import terugkoppelingen as actions
from learning.forms.terugkoppelingen import CorrectForm, StopCorrectionForm, SubmitForm, WriteForm
from learning.models import Terugkoppeling
from learning.models.terugkoppeling import RUBRIEKEN
from learning.permissions import may_report, reason_denied
from learning.views.conflict import conflict_rows
from learning.views.load import load_terugkoppeling, load_to_write
from learning.workflow import TerugkoppelingStatus


@get_or_post
def terugkoppeling_write(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """Write the four rubrieken; what the overleg recorded stands beside them."""
    found = load_to_write(request, code, pk, part="terugkoppeling")
    if found is None:
        return _too_early(request, code)
    if _is_submitted(request, found):
        return HttpResponseRedirect(_detail(found))
    texts = {name: getattr(found, name) for name, _ in RUBRIEKEN}
    form = WriteForm(posted(request), version=found.version, initial=texts)
    checking = "check" in request.POST
    if answer := perform(
        request,
        form,
        lambda: actions.save_draft(
            terugkoppeling=actions.open_for(overleg=found.overleg, by=request.user),
            by=request.user,
            texts=form.cleaned_data,
            version=form.cleaned_data["version"],
        ),
        done="De tekst is opgeslagen.",
        to=_check(found.overleg) if checking else _write(found.overleg),
        record=found if found.pk else None,
    ):
        return answer
    context = {
        **_frame(found, "Schrijven"),
        "record": rows_of(found.overleg),
        "afspraken": found.overleg.afspraken.all(),
        "conflict_rows": conflict_rows(form),
        "stop_form": StopCorrectionForm(version=found.version),
    }
    return show(request, "learning/terugkoppeling_write.html", context, form=form)


@get_or_post
def terugkoppeling_check(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """Everything once more, before it leaves the gemeente for good."""
    found = load_to_write(request, code, pk, part="terugkoppeling")
    if found is None:
        return _too_early(request, code)
    if not found.pk:
        return HttpResponseRedirect(_write(found.overleg))
    if _is_submitted(request, found):
        return HttpResponseRedirect(_detail(found))
    form = SubmitForm(posted(request), version=found.version)
    if answer := perform(
        request,
        form,
        lambda: actions.submit(
            terugkoppeling=found,
            by=request.user,
            texts={name: getattr(found, name) for name, _ in RUBRIEKEN},
            version=form.cleaned_data["version"],
        ),
        done="De terugkoppeling is ingediend. De portefeuillehouder krijgt bericht.",
        to=_detail(found),
        record=found,
    ):
        return answer
    rows = _answers(found)
    context = {
        **_frame(found, "Controleren"),
        "rows": rows,
        "complete": not any(row["error"] for row in rows),
        "write_url": _write(found.overleg),
    }
    return show(request, "learning/terugkoppeling_check.html", context, form=form)


@get_or_post
def terugkoppeling_correct(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """Say what must be better; a new version follows and the old one stays."""
    found = load_terugkoppeling(request, code, pk, part="correct")
    _require_writer(request, found, "start_correction")
    form = CorrectForm(posted(request), version=found.version)
    if answer := perform(
        request,
        form,
        lambda: actions.start_correction(
            terugkoppeling=found,
            by=request.user,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        ),
        done="U kunt de tekst nu verbeteren.",
        to=_write(found.overleg),
        record=found,
    ):
        return answer
    return show(
        request, "learning/terugkoppeling_correct.html", _frame(found, "Correctie"), form=form
    )


@get_or_post
def terugkoppeling_stop_correction(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """Throw the unfinished correction away, after asking."""
    found = load_terugkoppeling(request, code, pk, part="correct")
    _require_writer(request, found, "withdraw_correction")
    form = StopCorrectionForm(posted(request), version=found.version)
    if answer := perform(
        request,
        form,
        lambda: actions.withdraw_correction(
            terugkoppeling=found,
            by=request.user,
            version=form.cleaned_data["version"],
        ),
        done="De correctie is gestopt. De ingediende versie geldt.",
        to=_detail(found),
        record=found,
    ):
        return answer
    context = {**_frame(found, "Correctie"), "write_url": _write(found.overleg)}
    return show(request, "learning/terugkoppeling_stop.html", context, form=form)


def _too_early(request: AuthedRequest, code: str) -> HttpResponse:
    messages.info(request, "Leg eerst de uitkomst van het overleg vast.")
    return HttpResponseRedirect(reverse("casus_detail", args=[code]))


def _is_submitted(request: AuthedRequest, found: Terugkoppeling) -> bool:
    """An old link to the draft leads to what was submitted; a POST hears the reason instead."""
    return request.method != "POST" and found.status == TerugkoppelingStatus.SUBMITTED


def _require_writer(request: AuthedRequest, found: Terugkoppeling, action: str) -> None:
    user = request.user
    if reason := may_report(user, found.overleg.casus):
        raise PermissionDenied(reason)
    stop_when_not_now(request, reason_denied(user, found, action))


def _frame(found: Terugkoppeling, page: str) -> dict[str, Any]:
    casus = found.overleg.casus
    crumbs = [("Terugkoppelingen", reverse("terugkoppeling_list"))]
    if found.first_submitted_at:
        crumbs.append((casus.code, _detail(found)))
    return {
        "terugkoppeling": found,
        "overleg": found.overleg,
        "casus": casus,
        "crumbs": crumbs,
        "crumb": page,
        "correcting": found.status == TerugkoppelingStatus.CORRECTING,
    }


def _answers(found: Terugkoppeling) -> list[dict[str, str]]:
    url = _write(found.overleg)
    return [
        {
            "label": title,
            "value": getattr(found, name),
            "url": f"{url}#id_{name}",
            "error": ""
            if getattr(found, name)
            else "Vul dit nog in. Is er niets? Schrijf dan ‘geen’.",
        }
        for name, title in RUBRIEKEN
    ]


def _detail(found: Terugkoppeling) -> str:
    return reverse("terugkoppeling_detail", args=[found.overleg.casus.code, found.pk])


def _write(overleg: Overleg) -> str:
    return reverse("terugkoppeling_write", args=[overleg.casus.code, overleg.pk])


def _check(overleg: Overleg) -> str:
    return reverse("terugkoppeling_check", args=[overleg.casus.code, overleg.pk])
