"""Clinical admission: its begin and its end."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import dateformat

from audit.performing import get_or_post, perform, posted
from directory.models import Organisation
from directory.web.signed_in import AuthedRequest
from escalation.sharing.admission import actions
from escalation.sharing.admission.forms import AdmissionForm, DischargeForm
from escalation.web.form_page import form_page
from escalation.web.load import load_to

# Where somebody can be admitted. Another institution is written out by name.
ADMITTING = (Organisation.Kind.GGZ, Organisation.Kind.CARE, Organisation.Kind.ADDICTION)


@get_or_post
def admission_add(request: AuthedRequest, code: str) -> HttpResponse:
    """Since when the resident is admitted, and where."""
    dossier = load_to(request, code, "record_admission", part="admission")
    form = AdmissionForm(
        posted(request),
        organisations=Organisation.objects.filter(kind__in=ADMITTING),
    )
    if answer := perform(
        request,
        form,
        lambda: actions.record_admission(
            casus=dossier.casus,
            by=request.user,
            since=form.cleaned_data["since"],
            organisation=form.cleaned_data["organisation"],
            organisation_name=form.cleaned_data["organisation_name"],
        ),
        done="De opname is vastgelegd.",
        to=dossier.url,
    ):
        return answer
    consequences = [
        "De instelling draagt de verantwoordelijkheid zolang de inwoner is opgenomen.",
        "Daarna is de gemeente weer verantwoordelijk.",
        "De instelling ziet de casus hierdoor niet. Deel de casus als dat nodig is.",
    ]
    title = "Opname vastleggen"
    return form_page(request, dossier, form, title, "Leg vast", consequences=consequences)


@get_or_post
def admission_end(request: AuthedRequest, code: str) -> HttpResponse:
    """The day on which the admission ended."""
    dossier = load_to(request, code, "end_admission", part="admission")
    form = DischargeForm(posted(request))
    if answer := perform(
        request,
        form,
        lambda: actions.end_admission(
            casus=dossier.casus, by=request.user, until=form.cleaned_data["until"]
        ),
        done="Het einde van de opname is vastgelegd.",
        to=dossier.url,
    ):
        return answer
    consequences = ["Daarna is de gemeente weer verantwoordelijk."]
    if (admission := dossier.now.admission) is not None:
        since = dateformat.format(admission.since, "j F Y")
        consequences.insert(0, f"De inwoner is sinds {since} opgenomen bij {admission.party}.")
    title = "Einde van de opname"
    return form_page(request, dossier, form, title, "Leg vast", consequences=consequences)
