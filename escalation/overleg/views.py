"""The overleg: its page, its date, and the way back to the region."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from audit.performing import get_or_post, perform, posted
from directory.web.signed_in import AuthedRequest
from escalation.overleg import actions as overleg_actions
from escalation.overleg import forms
from escalation.overleg.date_poll.rules import agenda_of
from escalation.overleg.deelnemers.rules import missing_kinds
from escalation.overleg.page import load_place, overleg_page, show_form
from escalation.reading.tafels import tafels_for
from escalation.web.load import load_casus


@require_safe
def overleg_detail(request: AuthedRequest, code: str) -> HttpResponse:
    """Everything about the overleg of a casus; readable for who may read the casus."""
    return overleg_page(request, load_casus(request, code, part="overleg"))


@get_or_post
def overleg_fix(request: AuthedRequest, code: str) -> HttpResponse:
    """Fix the date, or move it; every deelnemer gets a calendar item."""
    place = load_place(request, code, "fix_date")
    casus, overleg = place.casus, place.overleg
    deelnemers = list(overleg.deelnemers.filter(removed_at=None).select_related("kind"))
    agenda = agenda_of(overleg, deelnemers)
    missing = missing_kinds(overleg)
    form = forms.FixDateForm(
        posted(request),
        version=casus.version,
        moments=agenda.moments,
        overleg=overleg,
        missing=bool(missing),
        chosen=request.GET.get("moment", ""),
    )
    if answer := perform(
        request,
        form,
        lambda: overleg_actions.fix_date(
            overleg=overleg,
            by=place.user,
            starts_at=form.moment[0],
            ends_at=form.moment[1],
            place=form.cleaned_data["place"],
            missing_kinds_reason=form.cleaned_data.get("missing_kinds_reason", ""),
            version=form.cleaned_data["version"],
        ),
        done="De datum ligt vast. De deelnemers krijgen een uitnodiging voor hun agenda.",
        to=place.url,
        record=casus,
    ):
        return answer
    heading = "Datum wijzigen" if overleg.starts_at else "Datum vastleggen"
    more = {"missing": missing, "best": agenda.best, "people": len(deelnemers)}
    return show_form(request, place, form, heading, "escalation/overleg/overleg_fix.html", **more)


@get_or_post
def overleg_cancel(request: AuthedRequest, code: str) -> HttpResponse:
    """Call the date off; the deelnemers get the cancellation, a new date must follow."""
    place = load_place(request, code, "cancel_date")
    form = forms.CancelForm(posted(request), version=place.casus.version)
    if answer := perform(
        request,
        form,
        lambda: overleg_actions.cancel_date(
            overleg=place.overleg,
            by=place.user,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        ),
        done="De datum is afgezegd. De deelnemers krijgen bericht.",
        to=place.url,
        record=place.casus,
    ):
        return answer
    more = {
        "consequences": [
            "Alle deelnemers krijgen een afzegging voor hun agenda.",
            "U legt daarna een nieuwe datum vast. Is er geen overleg meer nodig? "
            "Stop dan met het overleg.",
        ],
        "button": "Zeg de datum af",
    }
    template = "escalation/overleg/overleg_confirm.html"
    return show_form(request, place, form, "Datum afzeggen", template, **more)


@get_or_post
def overleg_stop(request: AuthedRequest, code: str) -> HttpResponse:
    """No overleg at all any more; the casus goes back to the route."""
    place = load_place(request, code, "stop_overleg")
    form = forms.StopForm(posted(request), version=place.casus.version)
    if answer := perform(
        request,
        form,
        lambda: overleg_actions.stop_overleg(
            overleg=place.overleg,
            by=place.user,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        ),
        done="Het overleg gaat niet door. De casus is terug op de route.",
        to=place.dossier.url,
        record=place.casus,
    ):
        return answer
    more = {
        "consequences": [
            "De deelnemers krijgen bericht. Hun links werken niet meer.",
            f"De casus gaat terug naar {place.casus.carried_by}. Daarna kunt u hem afsluiten, "
            "of kan hij verder langs de tafels.",
            "Voor een nieuw overleg is een nieuwe aanmelding voor trede 3 nodig.",
        ],
        "button": "Stop met het overleg",
    }
    template = "escalation/overleg/overleg_confirm.html"
    return show_form(request, place, form, "Stoppen met het overleg", template, **more)


@get_or_post
def casus_return(request: AuthedRequest, code: str) -> HttpResponse:
    """After the overleg: back to the gemeente or a tafel, with advice."""
    place = load_place(request, code, "return_to_region")
    form = forms.CasusReturnForm(
        posted(request),
        version=place.casus.version,
        tafels=tafels_for(place.casus),
        gemeente=place.casus.gemeente,
    )
    if answer := perform(
        request,
        form,
        lambda: overleg_actions.return_to_region(
            casus=place.casus,
            by=place.user,
            advice=form.cleaned_data["advice"],
            tafel=form.tafel,
            version=form.cleaned_data["version"],
        ),
        done="De casus is teruggegeven, met uw advies.",
        to=place.dossier.url,
        record=place.casus,
    ):
        return answer
    heading, template = "Teruggeven aan de regio", "escalation/overleg/overleg_form.html"
    intro = "De route gaat vanaf daar verder. Uw advies staat op de tijdlijn van de casus."
    return show_form(request, place, form, heading, template, intro=intro)
