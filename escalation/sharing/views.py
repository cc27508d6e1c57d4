"""Sharing a casus with one more organisation, and ending that."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from audit.performing import explain_apart, get_or_post, perform, posted, show
from directory.models import Organisation
from directory.web.signed_in import AuthedRequest
from escalation.blocks import in_words
from escalation.models import Casus, Involvement
from escalation.reading.left_behind import counted, left_behind_in, out_of_reach
from escalation.sharing import actions as sharing
from escalation.sharing.forms import InvolveForm, InvolvementForm
from escalation.sharing.left_behind import actions as left_behind_actions
from escalation.web.form_page import form_page
from escalation.web.forms import ConfirmOnceForm, ReasonForm
from escalation.web.load import load_casus, load_to, require
from rdm.lib.dates import long_date

# What goes to the action under the name it has on the form.
ASKED = (
    "organisation",
    "part",
    "purpose",
    "blocks",
    "until",
    "resident_informed_on",
    "not_informed_reason",
    "secrecy_signed_on",
)


@get_or_post
def casus_involve(request: AuthedRequest, code: str) -> HttpResponse:
    """With whom, why, and on which ground (O-09)."""
    dossier = load_to(request, code, "involve", part="share")
    casus = dossier.casus
    organisations = Organisation.objects.exclude(pk__in=[casus.carried_by_id, casus.gemeente_id])
    form = InvolveForm(posted(request), organisations=organisations)
    if answer := perform(
        request,
        form,
        lambda: sharing.involve(
            casus=casus,
            by=request.user,
            new=sharing.NewInvolvement(
                ground=form.ground_text, **{name: form.cleaned_data[name] for name in ASKED}
            ),
        ),
        done="De organisatie ziet nu wat u hebt gekozen.",
        to=dossier.url,
    ):
        return answer
    return form_page(
        request,
        dossier,
        form,
        "Casus delen met een organisatie",
        "Casus delen",
        page="Casus delen",
        intro="De mensen van deze organisatie zien daarna alleen wat u hier kiest, tot en met "
        "de dag die u kiest. Iedereen die de casus mag zien, ziet met wie hij is gedeeld.",
    )


@get_or_post
def casus_involvement(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """Share more or less with an organisation, or for longer or shorter."""
    dossier = load_casus(request, code, part="share")
    casus, involvement = dossier.casus, _of(dossier.casus, pk)
    require(request, dossier, "change_involvement")
    if not involvement.is_current and request.method != "POST":
        messages.warning(request, sharing.STOPPED)
        return redirect("casus_detail", casus.code)
    form = InvolvementForm(posted(request), involvement=involvement)
    if answer := perform(
        request,
        form,
        lambda: sharing.change_involvement(
            involvement=involvement,
            by=request.user,
            blocks=form.cleaned_data["blocks"],
            until=form.cleaned_data["until"],
            why=form.cleaned_data["why"],
            version=form.cleaned_data["version"],
        ),
        done=f"{involvement.organisation} ziet nu wat u hebt gekozen.",
        to=dossier.url,
        record=involvement,
    ):
        return answer
    if getattr(form, "conflict", False):
        involvement.refresh_from_db()
        form.conflict_rows = _differences(form, involvement)  # type: ignore[attr-defined]
    title = f"Delen met {involvement.organisation} wijzigen"
    intro = "Wat u wijzigt, geldt meteen."
    return form_page(request, dossier, form, title, "Opslaan", page="Delen wijzigen", intro=intro)


def _of(casus: Casus, pk: int) -> Involvement:
    """An involvement of this casus, whether or not it stopped meanwhile: the action says so."""
    return get_object_or_404(casus.involvements.select_related("organisation"), pk=pk)


def _differences(form: InvolvementForm, now: Involvement) -> list[dict[str, Any]]:
    """What this person chose beside what somebody else kept meanwhile."""
    rows = [
        ("blocks", in_words(form.cleaned_data["blocks"]), now.shares_words),
        ("until", long_date(form.cleaned_data["until"]), long_date(now.until) if now.until else ""),
    ]
    return [
        {"label": form.fields[name].label, "mine": mine, "current": kept, "differs": mine != kept}
        for name, mine, kept in rows
    ]


@get_or_post
def casus_uninvolve(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """End the sharing, after asking whether that is really meant."""
    dossier = load_casus(request, code, part="share")
    casus, involvement = dossier.casus, _of(dossier.casus, pk)
    require(request, dossier, "end_involvement")
    form = ConfirmOnceForm(posted(request))
    if answer := perform(
        request,
        form,
        lambda: sharing.end_involvement(involvement=involvement, by=request.user),
        done=f"{involvement.organisation} ziet de casus niet meer.",
        to=dossier.url,
    ):
        return answer
    context = {
        "casus": casus,
        "title": f"Stoppen met delen met {involvement.organisation}?",
        "consequences": [
            "De mensen van deze organisatie zien de casus daarna niet meer.",
            "Op de tijdlijn blijft staan dat de casus gedeeld is geweest.",
            *_leaves_behind(involvement),
        ],
        "back": dossier.url,
    }
    return show(request, "escalation/sharing/casus_uninvolve.html", context, form=form)


def _leaves_behind(involvement: Involvement) -> list[str]:
    """How many attachments nobody here could see become unreachable; never which."""
    organisation, number = involvement.organisation, len(out_of_reach(involvement))
    if not number:
        return []
    of = "die alleen deze organisatie en het coördinatiepunt zien"
    return [
        f"{organisation} heeft {counted(number)} {of}. De organisatie kan daar dan niet meer bij. "
        "Er gaat niets weg. U kunt het later verwijderen, zonder het te openen."
    ]


@get_or_post
def left_behind_withdraw(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """Clear away, unread, what an organisation left behind that the casus is not shared with."""
    dossier = load_casus(request, code, part="share")
    casus, involvement = dossier.casus, _of(dossier.casus, pk)
    require(request, dossier, "end_involvement")
    of = involvement.organisation_id
    found = [
        one
        for one in left_behind_in(casus, dossier.involvements, dossier.own)
        if one.involvement.organisation_id == of
    ]
    back = dossier.url
    if not found and request.method != "POST":
        messages.warning(request, left_behind_actions.NOTHING)
        return redirect(back)
    form = ReasonForm(posted(request))
    # The timeline may not tell of what only one organisation could see.
    explain_apart(request)
    if answer := perform(
        request,
        form,
        lambda: left_behind_actions.withdraw_left_behind(
            involvement=involvement, by=request.user, reason=form.cleaned_data["reason"]
        ),
        done="De bijlagen zijn verwijderd.",
        to=f"{back}#attachments-title",
    ):
        return answer
    return form_page(
        request,
        dossier,
        form,
        f"Bijlagen van {involvement.organisation} verwijderen",
        "Verwijder",
        page="Bijlagen verwijderen",
        intro=f"{found[0].words}." if found else "",
        consequences=[
            "Wat hier staat, is meteen weg. Dat kunt u niet ongedaan maken.",
            "U kunt niet zien wat het is. Deelt u de casus weer met deze organisatie, dan kan zij "
            "er weer bij.",
            "Vroeg de inwoner om inzage? Laat de organisatie dan eerst antwoorden.",
            "De organisatie krijgt bericht dat de bijlagen weg zijn.",
        ],
    )
