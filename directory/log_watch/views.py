"""Toezicht: is the log whole, which head has it, and what was an alarm."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit import log
from audit.models import AuditAlarm, AuditWatch
from audit.performing import get_or_post, perform, posted, show
from directory.log_watch import actions
from directory.log_watch.forms import ExplainForm
from directory.permissions import reason_denied
from directory.web.oversight import tabs
from directory.web.signed_in import AuthedRequest
from rdm.lib.paging import page_of

# What the check says, in the words of who reads it.
REASONS = {
    "the head is gone": "de kop van het logboek is weg",
    "this entry is not what was looked at before": "een regel is anders dan toen zij is nagekeken",
    "this entry is missing": "een regel ontbreekt",
    "this entry is not what was written": "een regel is anders dan zij is geschreven",
    "the last entries are missing": "de laatste regels ontbreken",
    "the head does not belong to this entry": "de kop hoort niet bij de laatste regel",
    "the head was wound back or forged": "de kop is teruggedraaid of nagemaakt",
    "the log does not hold the head that was noted earlier": "het logboek is teruggedraaid of "
    "vervangen: de kop die buiten de database is bewaard, staat er niet meer in",
    "how far was looked is not what was written": "de plek tot waar is nagekeken, is verzet",
}
UNGUARDED = "wat de database zelf bewaakt, staat uit of doet niets meer"


def in_words(alarm: AuditAlarm) -> str:
    said = REASONS.get(alarm.reason, UNGUARDED)
    return f"{said[0].upper()}{said[1:]}" + (f" (regel {alarm.number})." if alarm.number else ".")


@require_safe
def log_watch(request: AuthedRequest) -> HttpResponse:
    """When the log was last looked at, its head to print or note, and the alarms."""
    _require(request)
    page = page_of(request, AuditAlarm.objects.exclude(explained_at=None))
    context = {
        "tabs": tabs(request.user, "log_watch"),
        "head": log.head(),
        "watch": AuditWatch.objects.filter(pk=1).first(),
        "alarms": [(one, in_words(one)) for one in AuditAlarm.objects.filter(explained_at=None)],
        "page": page,
        "past": [(one, in_words(one)) for one in page],
    }
    return render(request, "directory/log_watch/log_watch.html", context)


@get_or_post
def log_alarm(request: AuthedRequest, pk: int) -> HttpResponse:
    """One alarm, and saying what it was."""
    _require(request)
    alarm = get_object_or_404(AuditAlarm, pk=pk)
    form = ExplainForm(posted(request))
    if answer := perform(
        request,
        form,
        lambda: actions.explain(
            alarm=alarm, by=request.user, explanation=form.cleaned_data["explanation"]
        ),
        done="Uw uitleg is bewaard. Het alarm is voorbij.",
        to=reverse("log_watch"),
    ):
        return answer
    context = {
        "alarm": alarm,
        "said": in_words(alarm),
        "crumbs": [("Logboek", reverse("log_watch"))],
    }
    return show(request, "directory/log_watch/log_alarm.html", context, form=form)


def _require(request: AuthedRequest) -> None:
    if reason := reason_denied(request.user, "watch_log"):
        raise PermissionDenied(reason)
