"""How far cliëntondersteuning is, for a casus and for one step of its route (E-125, O-17)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from audit.performing import get_or_post, perform, posted, show
from directory.web.signed_in import AuthedRequest
from escalation.models import Casus, RouteStep
from escalation.reading.supporters import Supporters, supporters_for
from escalation.route.client_support import actions as client_support
from escalation.route.client_support.forms import ClientSupportForm
from escalation.route.page import back_to_step, load_step, step_url
from escalation.web.forms import in_words
from escalation.web.frame import casus_frame, require
from escalation.web.load import as_it_is_now, load_casus


@get_or_post
def casus_client_support(request: AuthedRequest, code: str) -> HttpResponse:
    """How far cliëntondersteuning is for this casus."""
    casus = load_casus(request, code, part="client-support")
    require(request, casus, "offer_client_support")
    supporters = supporters_for(casus)
    form = _form(request, casus, supporters)
    to = reverse("casus_detail", args=[casus.code])
    if answer := _keep(request, form, casus, client_support.set_client_support, "casus", to):
        return answer
    _show_both(form, supporters, lambda: as_it_is_now(request, casus))
    return _page(request, casus, form, supporters, title="Cliëntondersteuning")


@get_or_post
def step_client_support(request: AuthedRequest, code: str, position: int) -> HttpResponse:
    """How far cliëntondersteuning is at one tafel."""
    step = load_step(request, code, position)
    require(request, step.casus, "change_step")
    if not step.is_open and request.method != "POST":
        return back_to_step(request, step, client_support.FINISHED)
    supporters = supporters_for(step.casus)
    form = _form(request, step, supporters)
    if answer := _keep(
        request, form, step, client_support.set_step_client_support, "step", step_url(step)
    ):
        return answer
    _show_both(form, supporters, lambda: step)
    title, facts = f"Cliëntondersteuning bij {step.tafel}", step.facts  # type: ignore[attr-defined]
    back = step_url(step)
    return _page(request, step.casus, form, supporters, title=title, facts=facts, back=back)


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
    casus: Casus,
    form: Any,
    supporters: Supporters,
    *,
    title: str,
    back: str = "",
    **frame: Any,
) -> HttpResponse:
    context = {
        **casus_frame(request, casus, "", page="Cliëntondersteuning", **frame),
        "title": title,
        "button": "Sla op",
        "intro": "Een cliëntondersteuner staat naast de inwoner. Dat is gratis en onafhankelijk.",
        "back": back or reverse("casus_detail", args=[casus.code]),
        "supporters": supporters,
    }
    return show(request, "escalation/route/client_support_form.html", context, form=form)
