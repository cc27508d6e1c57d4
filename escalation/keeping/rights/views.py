"""What a resident may ask about a casus, and what was done with it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.performing import get_or_post, perform, posted, show
from directory.models import Procesafspraak, User
from directory.web.signed_in import AuthedRequest
from escalation.keeping.export import actions as export
from escalation.keeping.export.forms import YES
from escalation.keeping.rights import actions as rights
from escalation.keeping.rights.forms import CorrectionForm
from escalation.keeping.rules import Standing, standing_of
from escalation.models import Casus
from escalation.oversight.page import frame_if_seen, load_overseen
from escalation.permissions import may
from escalation.web.forms import ReasonForm
from escalation.web.frame import button, casus_frame, require
from escalation.web.load import load_casus
from rdm.lib.caching import shared

CONTACT = "contact_inwoner"


@login_not_required
@require_safe
@shared
def residents(request: HttpRequest) -> HttpResponse:
    """For everybody: what is kept, what a resident may ask, and whom to ask."""
    agreements = Procesafspraak.objects.in_bulk(
        [CONTACT, export.TERM, "bewaartermijn"], field_name="code"
    )
    context = {
        "contact": agreements[CONTACT].text,
        "days": agreements[export.TERM].value,
        "kept": agreements["bewaartermijn"].value,
    }
    return render(request, "escalation/keeping/residents.html", context)


@require_safe
def rights_detail(request: AuthedRequest, code: str) -> HttpResponse:
    """The rights of the resident and the keeping of one casus, with what can be done about it."""
    user = request.user
    casus, seen = load_overseen(request, code, "view_rights", part="rights")
    standing = standing_of(casus)
    restrictions = list(casus.restrictions.all())
    context = {
        **frame_if_seen(request, casus, "rights", seen=seen),
        "restrictions": restrictions,
        # A correction is content: only for who sees the dossier.
        "corrections": list(casus.corrections.all()) if seen else None,
        "access_requests": list(casus.access_requests.all()),
        "may_judge": may(user, casus, "export_dossier") is None,
        "standing": standing,
        "last_day": standing.last_day,
        "rights_actions": _rights_buttons(user, casus),
        "keeping_actions": _keeping_buttons(user, standing),
    }
    return render(request, "escalation/keeping/rights_detail.html", context)


def _rights_buttons(user: User, casus: Casus) -> list[dict[str, Any]]:
    lift = casus.restricted_at is not None
    found = [
        ("export_dossier", "Leg een verzoek om inzage vast", "access_request_add"),
        ("correct_text", "Corrigeer een tekst", "casus_correct"),
        ("lift_restriction", "Hef de beperking op", "restriction_lift")
        if lift
        else ("restrict", "Beperk de verwerking", "restriction_set"),
    ]
    return _buttons(user, casus, found)


def _keeping_buttons(user: User, standing: Standing) -> list[dict[str, Any]]:
    """What there is something to decide about; a button that makes no sense yet is left out."""
    found = [("keep_longer", "Bewaar langer", "hold_add")]
    if standing.holds:
        found.append(("release_hold", "Beëindig het langer bewaren", "hold_release"))
    if standing.destruction is not None:
        label = "Geef akkoord om te vernietigen"
        found.insert(0, ("approve_destruction", label, "destruction_approve"))
    elif standing.last_day is not None:
        found.insert(0, ("propose_destruction", "Stel vernietiging voor", "destruction_propose"))
    return _buttons(user, standing.casus, found)


def _buttons(user: User, casus: Casus, found: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    buttons: list[dict[str, Any]] = []
    for action, label, name in found:
        url = reverse(name, args=[casus.code])
        buttons += button(user, casus, action, label, url, tone="secondary")
    return buttons


@get_or_post
def restriction_set(request: AuthedRequest, code: str) -> HttpResponse:
    """Fewer people read the casus, and nobody changes it, until this is lifted (AVG art. 18)."""
    user = request.user
    casus, seen = load_overseen(request, code, "restrict", part="restriction")
    consequences = [
        "Niemand kan de casus nog wijzigen.",
        f"Alleen de gemeente {casus.gemeente} en, bij trede 3, de coördinator lezen hem nog.",
        "De casus wordt ook niet vernietigd.",
    ]
    return _reason_page(
        request,
        (casus, seen),
        lambda reason: rights.restrict(casus=casus, by=user, reason=reason),
        ("Verwerking beperken", "Beperk de verwerking", "De verwerking is beperkt."),
        consequences,
    )


@get_or_post
def restriction_lift(request: AuthedRequest, code: str) -> HttpResponse:
    """Everybody who works on the casus can go on."""
    user = request.user
    casus, seen = load_overseen(request, code, "lift_restriction", part="restriction")
    return _reason_page(
        request,
        (casus, seen),
        lambda reason: rights.lift_restriction(casus=casus, by=user, reason=reason),
        ("Beperking opheffen", "Hef de beperking op", "De beperking is opgeheven."),
        ["Wie de casus eerst zag, ziet hem daarna weer.", "De inwoner moet dit van tevoren weten."],
    )


def _reason_page(
    request: AuthedRequest,
    found: tuple[Casus, bool],
    do: Any,
    words: tuple[str, str, str],
    consequences: list[str],
) -> HttpResponse:
    casus, seen = found
    title, label, done = words
    back = reverse("rights_detail", args=[casus.code])
    form = ReasonForm(posted(request))
    if answer := perform(
        request, form, lambda: do(form.cleaned_data["reason"]), done=done, to=back
    ):
        return answer
    context = {
        **frame_if_seen(request, casus, "", seen=seen, page=title),
        "title": title,
        "button": label,
        "consequences": consequences,
        "back": back,
    }
    return show(request, "escalation/oversight/overseen_form.html", context, form=form)


@get_or_post
def casus_correct(request: AuthedRequest, code: str) -> HttpResponse:
    """The resident wants a text changed; the old text stays readable (AVG art. 16)."""
    user = request.user
    casus = load_casus(request, code, part="correction")
    require(request, casus, "correct_text")
    form = CorrectionForm(posted(request), casus=casus)
    if answer := perform(
        request,
        form,
        lambda: rights.correct_text(
            casus=casus,
            by=user,
            field=form.cleaned_data["field"],
            asked=form.cleaned_data["asked"],
            granted=form.cleaned_data["granted"] == YES,
            new_text=form.cleaned_data["new_text"],
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        ),
        done="De correctie is vastgelegd.",
        to=reverse("rights_detail", args=[casus.code]),
        record=casus,
    ):
        return answer
    context = {
        **casus_frame(request, casus, "", page="Tekst corrigeren"),
        "title": "Tekst corrigeren op verzoek van de inwoner",
        "button": "Leg vast",
        "consequences": [
            "De nieuwe tekst komt in de casus. De oude tekst blijft bij de correcties staan.",
            "Past u de tekst niet aan? Dan staat er wat de inwoner wilde, en waarom het niet kan.",
        ],
        "back": reverse("rights_detail", args=[casus.code]),
    }
    return show(request, "escalation/web/casus_form.html", context, form=form)
