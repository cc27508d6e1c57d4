"""Who sits at the overleg, and their links."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from audit.performing import get_or_post, perform, posted
from directory.mail.rules import mail_error
from directory.models import DeelnemerKind, Organisation
from directory.web.signed_in import AuthedRequest
from escalation.models import Deelnemer
from escalation.overleg.deelnemers import actions as deelnemers
from escalation.overleg.deelnemers import forms
from escalation.overleg.deelnemers.rules import link_state, unreached
from escalation.overleg.page import Place, load_place, press, show_form
from escalation.web.frame import Button
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.dates import long_date

# What goes to the action under the name it has on the form.
DEELNEMER_FIELDS = (
    *("kind", "organisation", "organisation_name", "name", "function", "email", "mandate"),
    "secrecy_signed_on",
)
NEW_MAIL = "Opgeslagen. De deelnemer krijgt een nieuwe mail. De oude link werkt niet meer."


def _deelnemer_of(place: Place, pk: int) -> Deelnemer:
    """Somebody on the list of this overleg; 404 for who is not (or no longer) on it."""
    listed = Deelnemer.objects.filter(overleg=place.overleg, removed_at=None)
    deelnemer = get_object_or_404(listed.select_related("kind", "organisation"), pk=pk)
    deelnemer.overleg = place.overleg
    return deelnemer


def _choices() -> dict[str, Any]:
    return {"kinds": DeelnemerKind.objects.all(), "organisations": Organisation.objects.all()}


def _filled_in(form: forms.DeelnemerForm) -> deelnemers.NewDeelnemer:
    return deelnemers.NewDeelnemer(**{name: form.cleaned_data[name] for name in DEELNEMER_FIELDS})


@get_or_post
def deelnemer_add(request: AuthedRequest, code: str) -> HttpResponse:
    place = load_place(request, code, "plan_overleg")
    initial = {"kind": request.GET.get("rol", "")}
    form = forms.DeelnemerForm(posted(request), initial=initial, **_choices())
    if answer := perform(
        request,
        form,
        lambda: deelnemers.add_deelnemer(
            overleg=place.overleg, by=place.user, new=_filled_in(form)
        ),
        done="De deelnemer staat op de lijst.",
        to=place.url,
    ):
        return answer
    heading = "Deelnemer toevoegen"
    return show_form(
        request, place, form, heading, "escalation/overleg/deelnemers/deelnemer_add.html"
    )


@get_or_post
def deelnemer_edit(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """One deelnemer: who it is, mandate and secrecy, the state of the link, and off the list."""
    place = load_place(request, code, "plan_overleg")
    deelnemer = _deelnemer_of(place, pk)
    form = forms.DeelnemerEditForm(
        posted(request),
        version=deelnemer.version,
        initial=_as_it_is(deelnemer),
        **_choices(),
    )
    if answer := perform(
        request,
        form,
        lambda: deelnemers.update_deelnemer(
            deelnemer=deelnemer,
            by=place.user,
            new=_filled_in(form),
            version=form.cleaned_data["version"],
        ),
        done=lambda mailed: (
            f"Opgeslagen.{' De deelnemer krijgt een nieuwe mail.' if mailed else ''}"
        ),
        to=place.url,
        record=deelnemer,
    ):
        return answer
    missed = next(iter(unreached(pk=deelnemer.pk)), None)
    label, tone = link_state(deelnemer, is_unreached=missed is not None)
    more = {
        "deelnemer": deelnemer,
        "missed": missed and _what_to_do(missed.message),
        "link_label": label,
        "link_tone": tone,
        "link_buttons": _link_buttons(place, deelnemer),
        "remove_url": reverse("deelnemer_remove", args=[place.casus.code, pk]),
    }
    heading = deelnemer.name
    return show_form(
        request, place, form, heading, "escalation/overleg/deelnemers/deelnemer_edit.html", **more
    )


def _what_to_do(message: Message) -> str:
    return (
        f"De e-mail van {long_date(clock.local_date(message.created_at))} aan {message.to} kwam "
        f"niet aan: {mail_error(message.last_error)}. Bel deze deelnemer. Vraag het juiste adres "
        "en verbeter het hieronder, dan gaat de e-mail opnieuw. Klopt het adres wel? Stuur dan "
        "een nieuwe link."
    )


def _as_it_is(deelnemer: Deelnemer) -> dict[str, Any]:
    return {
        **{name: getattr(deelnemer, name) for name in DEELNEMER_FIELDS},
        "kind": deelnemer.kind.code,
        "organisation": deelnemer.organisation.slug if deelnemer.organisation else "",
        "mandate": {True: "yes", False: "no", None: "unknown"}[deelnemer.mandate],
    }


def _link_buttons(place: Place, deelnemer: Deelnemer) -> list[Button]:
    url = reverse("deelnemer_link", args=[place.casus.code, deelnemer.pk])
    rows = [("Stuur een nieuwe link" if deelnemer.invited_at else "Stuur de link", "renew")]
    if deelnemer.link_revoked_at is None and deelnemer.invited_at is not None:
        rows.append(("Trek de link in", "revoke"))
    return [
        {
            "label": label,
            "url": url,
            "method": "post",
            "tone": "secondary",
            # Every button on the page is a form of its own, that works once.
            "hidden": [("request_id", uuid4()), ("what", what)],
        }
        for label, what in rows
    ]


@get_or_post
def deelnemer_remove(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    place = load_place(request, code, "plan_overleg")
    deelnemer = _deelnemer_of(place, pk)
    form = forms.RemoveForm(posted(request))
    if answer := perform(
        request,
        form,
        lambda: deelnemers.remove_deelnemer(
            deelnemer=deelnemer, by=place.user, reason=form.cleaned_data["reason"]
        ),
        done="De deelnemer staat niet meer op de lijst.",
        to=place.url,
    ):
        return answer
    consequences = [
        f"{deelnemer} ({deelnemer.party}) doet niet meer mee.",
        "De link werkt niet meer.",
    ]
    if place.overleg.starts_at is not None:
        consequences.append("De deelnemer krijgt een afzegging voor de agenda.")
    more = {"consequences": consequences, "button": "Haal van de lijst"}
    template = "escalation/overleg/overleg_confirm.html"
    return show_form(request, place, form, "Van de lijst halen", template, **more)


@require_POST
def deelnemer_link(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """Send a (new) link, or revoke it."""
    place = load_place(request, code, "plan_overleg")
    deelnemer = _deelnemer_of(place, pk)
    revoke = request.POST.get("what") == "revoke"
    do = deelnemers.revoke_link if revoke else deelnemers.renew_link
    done = "De link werkt niet meer." if revoke else "De deelnemer krijgt een nieuwe link."
    return press(request, place, lambda: do(deelnemer=deelnemer, by=place.user), done)
