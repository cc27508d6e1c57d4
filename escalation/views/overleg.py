"""The overleg: its page, its date, its record, and how the casus goes on afterwards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from directory.web import perform, show
from escalation.actions import overleg as actions
from escalation.actions.participants import missing_kinds
from escalation.forms import overleg as forms
from escalation.models import Afspraak, ClientSupport, Nomination, Overleg
from escalation.planning import agenda_of, planned_words
from escalation.reading.tafels import tafels_for
from escalation.views.overleg_page import Place, load_place, overleg_page, to_overleg
from escalation.web.frame import casus_frame
from escalation.web.load import load_casus
from rdm.lib import clock

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def overleg_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about the overleg of a casus; readable for who may read the casus."""
    return overleg_page(request, load_casus(request, code, part="overleg"))


@get_or_post
def overleg_fix(request: HttpRequest, code: str) -> HttpResponse:
    """Fix the date, or move it; every deelnemer gets a calendar item."""
    place = load_place(request, code, "fix_date")
    casus, overleg = place.casus, place.overleg
    deelnemers = list(overleg.deelnemers.filter(removed_at=None).select_related("kind"))
    agenda = agenda_of(overleg, deelnemers)
    missing = missing_kinds(overleg)
    form = forms.FixDateForm(
        request.POST or None,
        version=casus.version,
        moments=agenda.moments,
        overleg=overleg,
        missing=bool(missing),
        chosen=request.GET.get("moment", ""),
    )
    if request.method == "POST" and form.is_valid():
        starts_at, ends_at = form.moment
        if answer := perform(
            request,
            form,
            lambda: actions.fix_date(
                overleg=overleg,
                by=place.user,
                starts_at=starts_at,
                ends_at=ends_at,
                place=form.cleaned_data["place"],
                missing_kinds_reason=form.cleaned_data.get("missing_kinds_reason", ""),
                version=form.cleaned_data["version"],
            ),
            done="De datum ligt vast. De deelnemers krijgen een uitnodiging voor hun agenda.",
            to=to_overleg(casus),
            record=casus,
        ):
            return answer
    heading = "Datum wijzigen" if overleg.starts_at else "Datum vastleggen"
    more = {"missing": missing, "best": agenda.best, "people": len(deelnemers)}
    return _show_form(request, place, form, heading, "escalation/overleg_fix.html", **more)


@get_or_post
def overleg_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Call the date off; the deelnemers get the cancellation, a new date must follow."""
    place = load_place(request, code, "cancel_date")
    form = forms.CancelForm(request.POST or None, version=place.casus.version)
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: actions.cancel_date(
                    overleg=place.overleg,
                    by=place.user,
                    reason=form.cleaned_data["reason"],
                    version=form.cleaned_data["version"],
                ),
                done="De datum is afgezegd. De deelnemers krijgen bericht.",
                to=to_overleg(place.casus),
                record=place.casus,
            )
        )
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
    template = "escalation/overleg_confirm.html"
    return _show_form(request, place, form, "Datum afzeggen", template, **more)


@get_or_post
def overleg_stop(request: HttpRequest, code: str) -> HttpResponse:
    """No overleg at all any more; the casus goes back to the route."""
    place = load_place(request, code, "stop_overleg")
    form = forms.StopForm(request.POST or None, version=place.casus.version)
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: actions.stop_overleg(
                    overleg=place.overleg,
                    by=place.user,
                    reason=form.cleaned_data["reason"],
                    version=form.cleaned_data["version"],
                ),
                done="Het overleg gaat niet door. De casus is terug op de route.",
                to=reverse("casus_detail", args=[place.casus.code]),
                record=place.casus,
            )
        )
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
    template = "escalation/overleg_confirm.html"
    return _show_form(request, place, form, "Stoppen met het overleg", template, **more)


@get_or_post
def overleg_record(request: HttpRequest, code: str) -> HttpResponse:
    """What was decided and promised. "Nog een rij" shows the form again with room for more."""
    place = load_place(request, code, "record_overleg")
    casus, overleg = place.casus, place.overleg
    if request.method != "POST" and (reason := actions.not_begun(overleg)):
        messages.warning(request, reason)
        return redirect(to_overleg(casus))
    form, rows = forms.record_forms(
        request.POST or None,
        version=casus.version,
        planned_on=clock.local_date(overleg.starts_at) if overleg.starts_at else None,
        deelnemers=list(
            overleg.deelnemers.filter(removed_at=None).select_related("organisation", "kind")
        ),
    )
    if request.method == "POST" and "more" not in request.POST:
        # Both, so that every mistake shows at once.
        fine = [form.is_valid(), rows.is_valid()]
        if all(fine) and (answer := _record(request, place, form, rows)):
            return answer
        if form.is_valid() and not rows.is_valid():
            form.add_error(None, "Kijk de afspraken na.")
    heading, template = "Uitkomst vastleggen", "escalation/overleg_record.html"
    return _show_form(request, place, form, heading, template, rows=rows)


def _record(
    request: HttpRequest, place: Place, form: forms.OutcomeForm, rows: forms.AfspraakRows
) -> HttpResponse | None:
    data = form.cleaned_data
    promised = [{name: row[name] for name in forms.AFSPRAAK_FIELDS} for row in rows.filled]
    form.screening_overrides = sum(
        (row.screening_overrides for row in rows.forms), form.screening_overrides
    )
    return perform(
        request,
        form,
        lambda: actions.record_overleg(
            overleg=place.overleg,
            by=place.user,
            outcome=actions.Outcome(
                **{name: data[name] for name in actions.Outcome.__dataclass_fields__}
            ),
            afspraken=[actions.NewAfspraak(**row) for row in promised],
            present=[int(pk) for pk in data.get("present", ())],
            version=data["version"],
        ),
        done="De uitkomst van het overleg ligt vast.",
        to=to_overleg(place.casus),
        record=place.casus,
    )


@get_or_post
def afspraak_change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A promise was kept, lapses, or is open again."""
    place = load_place(request, code, "change_afspraak")
    afspraak = get_object_or_404(
        Afspraak.objects.select_related("overleg"), pk=pk, overleg__casus=place.casus
    )
    afspraak.overleg.casus = place.casus
    initial = {"state": afspraak.state, "note": afspraak.state_note}
    form = forms.AfspraakStateForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: actions.change_afspraak(
                    afspraak=afspraak,
                    by=place.user,
                    state=form.cleaned_data["state"],
                    note=form.cleaned_data["note"],
                ),
                done="De afspraak is bijgewerkt.",
                to=to_overleg(place.casus),
                record=afspraak,
            )
        )
    ):
        return answer
    rows = [
        ("Afspraak", afspraak.text),
        ("Wie", f"{afspraak.function}, {afspraak.organisation_name}"),
    ]
    template = "escalation/overleg_form.html"
    return _show_form(request, place, form, "Afspraak bijwerken", template, facts_rows=rows)


@get_or_post
def casus_return(request: HttpRequest, code: str) -> HttpResponse:
    """After the overleg: back to the gemeente or a tafel, with advice."""
    place = load_place(request, code, "return_to_region")
    form = forms.CasusReturnForm(
        request.POST or None,
        version=place.casus.version,
        tafels=tafels_for(place.casus),
        gemeente=place.casus.gemeente,
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: actions.return_to_region(
                    casus=place.casus,
                    by=place.user,
                    advice=form.cleaned_data["advice"],
                    tafel=form.tafel,
                    version=form.cleaned_data["version"],
                ),
                done="De casus is teruggegeven, met uw advies.",
                to=reverse("casus_detail", args=[place.casus.code]),
                record=place.casus,
            )
        )
    ):
        return answer
    heading, template = "Teruggeven aan de regio", "escalation/overleg_form.html"
    intro = "De route gaat vanaf daar verder. Uw advies staat op de tijdlijn van de casus."
    return _show_form(request, place, form, heading, template, intro=intro)


@get_or_post
def casus_nominate(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the bewindspersoon for a binding decision, after an overleg without solution."""
    place = load_place(request, code, "nominate")
    conditions = {str(number): text for number, text in enumerate(actions.trede_4_conditions(), 1)}
    form = forms.NominationForm(
        request.POST or None, version=place.casus.version, conditions=conditions
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: actions.nominate(
                    casus=place.casus,
                    by=place.user,
                    motivation=form.cleaned_data["motivation"],
                    checklist=form.ticked,
                    version=form.cleaned_data["version"],
                ),
                done="De voordracht voor trede 4 ligt vast.",
                to=to_overleg(place.casus),
                record=place.casus,
            )
        )
    ):
        return answer
    unsolved = place.overleg.solution == Overleg.Solution.NONE
    template = "escalation/nomination_form.html"
    heading = "Vraag om een besluit op trede 4"
    open_support = place.casus.client_support == ClientSupport.NOT_OFFERED
    more = {"unsolved": unsolved, "support_open": open_support}
    return _show_form(request, place, form, heading, template, **more)


@get_or_post
def nomination_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Keep what the bewindspersoon answered."""
    place = load_place(request, code, "record_answer")
    form = forms.NominationAnswerForm(request.POST or None, version=place.casus.version)
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: actions.record_answer(
                    casus=place.casus,
                    by=place.user,
                    answer=form.cleaned_data["answer"],
                    answered_on=form.cleaned_data["answered_on"],
                    version=form.cleaned_data["version"],
                ),
                done="Het antwoord van het ministerie ligt vast.",
                to=to_overleg(place.casus),
                record=place.casus,
            )
        )
    ):
        return answer
    nomination: Nomination | None = getattr(place.overleg, "nomination", None)
    heading, template = "Antwoord van het ministerie", "escalation/nomination_answer.html"
    return _show_form(request, place, form, heading, template, nomination=nomination)


def _show_form(
    request: HttpRequest, place: Place, form: Any, heading: str, template: str, **more: Any
) -> HttpResponse:
    """A page of its own with one form, under the bar of the casus."""
    overleg = place.overleg
    if getattr(form, "conflict", False):
        overleg.refresh_from_db()
        form.conflict_rows = _differences(form, overleg)
    context = {
        **casus_frame(request, place.casus, "overleg", facts=place.facts, page=heading),
        "heading": heading,
        "overleg": overleg,
        "planned": planned_words(overleg),
        "back": to_overleg(place.casus),
        **more,
    }
    return show(request, template, context, form=form)


def _differences(form: Any, overleg: Overleg) -> list[dict[str, Any]]:
    """What this person typed beside what somebody else kept meanwhile."""
    return [
        {
            "label": form.fields[name].label,
            "mine": form.cleaned_data.get(name),
            "current": getattr(overleg, name),
            "differs": True,
        }
        for name in ("place", "held_on", *actions.Outcome.__dataclass_fields__)
        if name in form.fields
        and name in form.cleaned_data
        and form.cleaned_data[name] != getattr(overleg, name)
    ]
