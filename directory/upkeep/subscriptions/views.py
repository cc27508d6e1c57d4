"""Hearing of changes: ask for it, say that it was you, and leave with one click (E-174, E-177)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from audit.performing import get_or_post, perform, show
from directory.upkeep.subscriptions import actions as subscriptions
from directory.upkeep.subscriptions.forms import SubscribeForm
from directory.web.readers import asked_by, leaving
from rdm.lib.caching import private
from rdm.lib.forms import OnceForm


@login_not_required
@get_or_post
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for mail. The answer is the same whether the address was known or not."""
    form = SubscribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if form.allow(request, "subscribe", data["email"]) and (
            answer := perform(
                request,
                form,
                lambda: subscriptions.subscribe(email=data["email"], is_gp=data["is_gp"]),
                done="Kijk in uw mail. Met de link daarin bevestigt u dat u bericht wilt.",
                to=reverse("change_log"),
            )
        ):
            return answer
    crumbs = [
        ("Overlegtafels", reverse("tafel_list")),
        ("Wijzigingen", reverse("change_log")),
    ]
    return show(
        request, "directory/upkeep/subscriptions/subscribe.html", {"crumbs": crumbs}, form=form
    )


@login_not_required
@get_or_post
def subscribe_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """From the mail: a button, because a mail program that opens every link may not subscribe."""
    subscriber = asked_by(token)
    if subscriber is None:
        return private(
            render(request, "directory/upkeep/subscriptions/subscribe_gone.html", status=404)
        )
    form = OnceForm(request.POST or None)
    if answer := perform(
        request,
        form,
        lambda: subscriptions.confirm(subscriber=subscriber),
        done="Gelukt. U krijgt bericht als er iets wijzigt.",
        to=reverse("change_log"),
    ):
        return private(answer)
    context = {"known": subscriber.confirmed_at is not None}
    return private(
        show(request, "directory/upkeep/subscriptions/subscribe_confirm.html", context, form=form)
    )


@login_not_required
@get_or_post
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind "geen bericht meer": one button, and the address is forgotten."""
    known, subscriber = leaving(token)
    if not known:
        return private(
            render(request, "directory/upkeep/subscriptions/subscribe_gone.html", status=404)
        )
    form = OnceForm(request.POST or None)
    if (
        request.method == "POST"
        and subscriber is not None
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: subscriptions.unsubscribe(subscriber=subscriber),
                done="U krijgt geen bericht meer. Wij hebben uw e-mailadres weggegooid.",
                to=request.path,
            )
        )
    ):
        return private(answer)
    context = {"gone": subscriber is None}
    return private(
        show(request, "directory/upkeep/subscriptions/unsubscribe.html", context, form=form)
    )


# A mail program posts here by itself, without a page and so without its token (RFC 8058). The
# signed link is the permission, and leaving is all that it can do.
@login_not_required
@csrf_exempt
@get_or_post
def unsubscribe_one_click(request: HttpRequest, token: str) -> HttpResponse:
    """The button of the mail program. Whoever opens it in a browser gets the page with a button."""
    known, subscriber = leaving(token)
    if not known:
        return private(
            render(request, "directory/upkeep/subscriptions/subscribe_gone.html", status=404)
        )
    if request.method != "POST":
        return private(HttpResponseRedirect(reverse("unsubscribe", args=[token])))
    if subscriber is not None:
        subscriptions.unsubscribe(subscriber=subscriber)
    return private(
        HttpResponse("U krijgt geen bericht meer.", content_type="text/plain; charset=utf-8")
    )
