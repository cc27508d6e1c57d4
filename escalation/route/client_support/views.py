"""How far cliëntondersteuning is, for a casus and for one step of its route (E-125, O-17)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from audit.performing import get_or_post, perform, posted
from directory.web.signed_in import AuthedRequest
from escalation.models import Casus, RouteStep
from escalation.reading.progress import Progress
from escalation.reading.supporters import Supporters, supporters_for
from escalation.route.client_support import actions as client_support
from escalation.route.client_support.forms import ClientSupportForm
from escalation.route.page import back_to_step, load_step
from escalation.web.form_page import form_page
from escalation.web.forms import in_words
from escalation.web.load import Dossier, as_it_is_now, load_to, require


@get_or_post
def casus_client_support(request: AuthedRequest, code: str) -> HttpResponse:
    """How far cliëntondersteuning is for this casus."""
    dossier = load_to(request, code, "offer_client_support", part="client-support")
    casus = dossier.casus
    supporters = supporters_for(casus)
    form = _form(request, casus, supporters)
    to = dossier.url
    if answer := _keep(request, form, casus, client_support.set_client_support, "casus", to):
        return answer
    _show_both(form, supporters, lambda: as_it_is_now(request, casus))
    return _page(request, dossier, form, supporters, title="Cliëntondersteuning")


@get_or_post
def step_client_support(request: AuthedRequest, code: str, position: int) -> HttpResponse:
    """How far cliëntondersteuning is at one tafel."""
    place = load_step(request, code, position)
    step = place.step
    require(request, place.dossier, "change_step")
    if not step.is_open and request.method != "POST":
        return back_to_step(request, place, client_support.FINISHED)
    supporters = supporters_for(step.casus)
    form = _form(request, step, supporters)
    if answer := _keep(
        request, form, step, client_support.set_step_client_support, "step", place.url
    ):
        return answer
    _show_both(form, supporters, lambda: step)
    title, progress = f"Cliëntondersteuning bij {step.tafel}", place.progress
    return _page(
        request, place.dossier, form, supporters, title=title, progress=progress, back=place.url
    )


def _form(
    request: AuthedRequest, of: Casus | RouteStep, supporters: Supporters
) -> ClientSupportForm:
    return ClientSupportForm(posted(request), of=of, supporters=supporters)


def _keep(
    request: AuthedRequest,
    form: ClientSupportForm,
    of: Casus | RouteStep,
    do: Callable[..., None],
    name: str,
    to: str,
) -> HttpResponse | None:
    """Hand the answers to the action `do`, which calls what it changes `name`."""
    by = request.user
    asked = ("version", "state", "organisation", "reason")
    return perform(
        request,
        form,
        lambda: do(**{name: of}, by=by, **{one: form.cleaned_data[one] for one in asked}),
        done="De stand van cliëntondersteuning is opgeslagen.",
        to=to,
        record=of,
    )


def _show_both(form: Any, supporters: Supporters, current: Callable[[], Casus | RouteStep]) -> None:
    """After a conflict: every answer that differs from what somebody else kept meanwhile."""
    if not getattr(form, "conflict", False):
        return
    kept = ClientSupportForm(of=current(), supporters=supporters)
    rows = [
        {
            "label": form[name].label,
            "mine": in_words(form.fields[name], form[name].value()),
            "current": in_words(kept.fields[name], kept[name].value()),
            "differs": True,
        }
        for name in kept.fields
        if name not in kept.hidden_names
    ]
    form.conflict_rows = [row for row in rows if row["mine"] != row["current"]]


def _page(
    request: AuthedRequest,
    dossier: Dossier,
    form: ClientSupportForm,
    supporters: Supporters,
    *,
    title: str,
    back: str = "",
    progress: Progress | None = None,
) -> HttpResponse:
    return form_page(
        request,
        dossier,
        form,
        title,
        "Sla op",
        page="Cliëntondersteuning",
        back=back,
        progress=progress,
        template="escalation/route/client_support/client_support_form.html",
        intro="Een cliëntondersteuner staat naast de inwoner. Dat is gratis en onafhankelijk.",
        supporters=supporters,
    )
