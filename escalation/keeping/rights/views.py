"""What a resident may ask about a casus, and what was done with it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.performing import get_or_post, perform, posted
from directory.models import Procesafspraak
from directory.web.signed_in import AuthedRequest
from escalation.keeping.export import actions as export
from escalation.keeping.export.forms import YES
from escalation.keeping.page import keeping_page
from escalation.keeping.rights import actions as rights
from escalation.keeping.rights.forms import CorrectionForm
from escalation.keeping.rules import Keeping, keeping_of
from escalation.oversight.page import frame_if_seen, load_overseen
from escalation.permissions import Standing
from escalation.web.form_page import form_page
from escalation.web.forms import ReasonForm
from escalation.web.frame import Button, button
from escalation.web.load import load_to
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
    return render(request, "escalation/keeping/rights/residents.html", context)


@require_safe
def rights_detail(request: AuthedRequest, code: str) -> HttpResponse:
    """The rights of the resident and the keeping of one casus, with what can be done about it."""
    standing = load_overseen(request, code, "view_rights", part="rights")
    casus, kept, frame = standing.casus, keeping_of(standing.now), frame_if_seen(standing, "rights")
    context = {
        **frame,
        "restrictions": list(casus.restrictions.all()),
        # A correction is content: only for who sees the dossier.
        "corrections": list(casus.corrections.all()) if frame["seen"] else None,
        "access_requests": list(casus.access_requests.all()),
        "may_judge": standing.may("export_dossier") is None,
        "kept": kept,
        "last_day": kept.last_day,
        "rights_actions": _rights_buttons(standing),
        "keeping_actions": _keeping_buttons(standing, kept),
    }
    return render(request, "escalation/keeping/rights/rights_detail.html", context)


def _rights_buttons(standing: Standing) -> list[Button]:
    lift = standing.casus.restricted_at is not None
    found = [
        ("export_dossier", "Leg een verzoek om inzage vast", "access_request_add"),
        ("correct_text", "Corrigeer een tekst", "casus_correct"),
        ("lift_restriction", "Hef de beperking op", "restriction_lift")
        if lift
        else ("restrict", "Beperk de verwerking", "restriction_set"),
    ]
    return _buttons(standing, found)


def _keeping_buttons(standing: Standing, kept: Keeping) -> list[Button]:
    """What there is something to decide about; a button that makes no sense yet is left out."""
    found = [("keep_longer", "Bewaar langer", "hold_add")]
    if kept.holds:
        found.append(("release_hold", "Beëindig het langer bewaren", "hold_release"))
    if kept.destruction is not None:
        label = "Geef akkoord om te vernietigen"
        found.insert(0, ("approve_destruction", label, "destruction_approve"))
    elif kept.last_day is not None:
        found.insert(0, ("propose_destruction", "Stel vernietiging voor", "destruction_propose"))
    return _buttons(standing, found)


def _buttons(standing: Standing, found: list[tuple[str, str, str]]) -> list[Button]:
    buttons: list[Button] = []
    for action, label, name in found:
        url = reverse(name, args=[standing.casus.code])
        buttons += button(standing, action, label, url, tone="secondary")
    return buttons


@get_or_post
def restriction_set(request: AuthedRequest, code: str) -> HttpResponse:
    """Fewer people read the casus, and nobody changes it, until this is lifted (AVG art. 18)."""
    standing = load_overseen(request, code, "restrict", part="restriction")
    casus = standing.casus
    consequences = [
        "Niemand kan de casus nog wijzigen.",
        f"Alleen de gemeente {casus.gemeente} en, bij trede 3, de coördinator lezen hem nog.",
        "De casus wordt ook niet vernietigd.",
    ]
    return _reason_page(
        request,
        standing,
        lambda reason: rights.restrict(casus=casus, by=request.user, reason=reason),
        ("Verwerking beperken", "Beperk de verwerking", "De verwerking is beperkt."),
        consequences,
    )


@get_or_post
def restriction_lift(request: AuthedRequest, code: str) -> HttpResponse:
    """Everybody who works on the casus can go on."""
    standing = load_overseen(request, code, "lift_restriction", part="restriction")
    return _reason_page(
        request,
        standing,
        lambda reason: rights.lift_restriction(
            casus=standing.casus, by=request.user, reason=reason
        ),
        ("Beperking opheffen", "Hef de beperking op", "De beperking is opgeheven."),
        ["Wie de casus eerst zag, ziet hem daarna weer.", "De inwoner moet dit van tevoren weten."],
    )


def _reason_page(
    request: AuthedRequest,
    standing: Standing,
    do: Callable[[str], object],
    words: tuple[str, str, str],
    consequences: list[str],
) -> HttpResponse:
    title, label, done = words
    back = reverse("rights_detail", args=[standing.casus.code])
    form = ReasonForm(posted(request))
    if answer := perform(
        request, form, lambda: do(form.cleaned_data["reason"]), done=done, to=back
    ):
        return answer
    return keeping_page(request, standing, form, title, label, consequences)


@get_or_post
def casus_correct(request: AuthedRequest, code: str) -> HttpResponse:
    """The resident wants a text changed; the old text stays readable (AVG art. 16)."""
    dossier = load_to(request, code, "correct_text", part="correction")
    casus = dossier.casus
    form = CorrectionForm(posted(request), casus=casus)
    if answer := perform(
        request,
        form,
        lambda: rights.correct_text(
            casus=casus,
            by=request.user,
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
    return form_page(
        request,
        dossier,
        form,
        "Tekst corrigeren op verzoek van de inwoner",
        "Leg vast",
        page="Tekst corrigeren",
        back=reverse("rights_detail", args=[casus.code]),
        consequences=[
            "De nieuwe tekst komt in de casus. De oude tekst blijft bij de correcties staan.",
            "Past u de tekst niet aan? Dan staat er wat de inwoner wilde, en waarom het niet kan.",
        ],
    )
