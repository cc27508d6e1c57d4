"""Recording what the overleg decided, and keeping track of its afspraken."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from audit.performing import get_or_post, perform, posted
from directory.web.signed_in import AuthedRequest
from escalation.models import Afspraak
from escalation.overleg.outcome import actions as outcomes
from escalation.overleg.outcome import forms as outcome_forms
from escalation.overleg.outcome import rules as outcome_rules
from escalation.overleg.page import Place, load_place, show_form
from rdm.lib import clock


@get_or_post
def overleg_record(request: AuthedRequest, code: str) -> HttpResponse:
    """What was decided and promised. "Nog een rij" shows the form again with room for more."""
    place = load_place(request, code, "record_overleg")
    casus, overleg = place.casus, place.overleg
    if request.method != "POST" and (reason := outcome_rules.not_begun(overleg)):
        messages.warning(request, reason)
        return redirect(place.url)
    form, rows = outcome_forms.record_forms(
        posted(request),
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
    heading, template = "Uitkomst vastleggen", "escalation/overleg/outcome/overleg_record.html"
    return show_form(request, place, form, heading, template, rows=rows)


def _record(
    request: AuthedRequest,
    place: Place,
    form: outcome_forms.OutcomeForm,
    rows: outcome_forms.AfspraakRows,
) -> HttpResponse | None:
    data = form.cleaned_data
    promised = [{name: row[name] for name in outcome_forms.AFSPRAAK_FIELDS} for row in rows.filled]
    form.screening_overrides = sum(
        (row.screening_overrides for row in rows.forms), form.screening_overrides
    )
    return perform(
        request,
        form,
        lambda: outcomes.record_overleg(
            overleg=place.overleg,
            by=place.user,
            outcome=outcomes.Outcome(
                **{name: data[name] for name in outcomes.Outcome.__dataclass_fields__}
            ),
            afspraken=[outcomes.NewAfspraak(**row) for row in promised],
            present=[int(pk) for pk in data.get("present", ())],
            version=data["version"],
        ),
        done="De uitkomst van het overleg ligt vast.",
        to=place.url,
        record=place.casus,
    )


def _afspraak_of(place: Place, pk: int) -> Afspraak:
    found = Afspraak.objects.select_related("overleg")
    afspraak: Afspraak = get_object_or_404(found, pk=pk, overleg__casus=place.casus)
    afspraak.overleg.casus = place.casus
    return afspraak


@get_or_post
def afspraak_change(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """A promise was kept, lapses, or is open again."""
    place = load_place(request, code, "change_afspraak")
    afspraak = _afspraak_of(place, pk)
    initial = {"state": afspraak.state, "note": afspraak.state_note}
    form = outcome_forms.AfspraakStateForm(posted(request), initial=initial)
    if answer := perform(
        request,
        form,
        lambda: outcomes.change_afspraak(
            afspraak=afspraak,
            by=place.user,
            state=form.cleaned_data["state"],
            note=form.cleaned_data["note"],
        ),
        done="De afspraak is bijgewerkt.",
        to=place.url,
        record=afspraak,
    ):
        return answer
    rows = [
        ("Afspraak", afspraak.text),
        ("Wie", f"{afspraak.function}, {afspraak.organisation_name}"),
    ]
    template = "escalation/overleg/outcome/afspraak_change.html"
    more = {"facts_rows": rows, "afspraak": afspraak}
    return show_form(request, place, form, "Afspraak bijwerken", template, **more)


@get_or_post
def afspraak_correct(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """A promise was written down wrongly."""
    place = load_place(request, code, "change_afspraak")
    afspraak = _afspraak_of(place, pk)
    names = outcome_forms.AFSPRAAK_FIELDS
    form = outcome_forms.AfspraakCorrectForm(
        posted(request),
        version=afspraak.version,
        initial={name: getattr(afspraak, name) for name in names},
    )
    if answer := perform(
        request,
        form,
        lambda: outcomes.correct_afspraak(
            afspraak=afspraak,
            by=place.user,
            new=outcomes.NewAfspraak(**{name: form.cleaned_data[name] for name in names}),
            version=form.cleaned_data["version"],
        ),
        done="De afspraak is verbeterd.",
        to=place.url,
        record=afspraak,
    ):
        return answer
    template = "escalation/overleg/overleg_form.html"
    intro = (
        "Staat de afspraak er verkeerd? Verbeter haar hier. "
        "Wat er eerst stond, blijft te lezen op de tijdlijn."
    )
    return show_form(request, place, form, "Afspraak verbeteren", template, intro=intro)
