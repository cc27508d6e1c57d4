"""The number that the own organisation gives a casus."""

from __future__ import annotations

from django.http import HttpResponse

from audit.performing import get_or_post, perform, posted
from directory.web.signed_in import AuthedRequest
from escalation.models import Casus
from escalation.permissions import organisation_for
from escalation.registration.duplicates.rules import same_reference
from escalation.registration.references import actions as references
from escalation.registration.references.forms import ReferenceForm
from escalation.web.form_page import form_page
from escalation.web.load import load_to


@get_or_post
def casus_reference(request: AuthedRequest, code: str) -> HttpResponse:
    """The number of the own organisation; nobody else sees it."""
    dossier = load_to(request, code, "note_reference", part="reference")
    casus, user = dossier.casus, request.user
    organisation = organisation_for(user, casus, "note_reference").pk
    kept = references.reference_of(casus, organisation)
    form = ReferenceForm(posted(request), initial={"reference": kept, "before": kept})
    if form.is_bound and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: references.note_reference(
                casus=casus,
                by=user,
                reference=form.cleaned_data["reference"],
                before=form.cleaned_data["before"],
            ),
            done=lambda _: _saved(
                same_reference(user, casus, form.cleaned_data["reference"], organisation)
            ),
            to=dossier.url,
        )
        if answer:
            return answer
        # What a colleague made of it is on the page now.
        sent = request.POST.copy()
        sent["before"] = kept
        form.data = sent
    title = "Kenmerk van uw organisatie"
    return form_page(
        request,
        dossier,
        form,
        title,
        "Sla op",
        template="escalation/registration/references/casus_reference.html",
        same=same_reference(user, casus, kept, organisation),
    )


def _saved(same: list[Casus]) -> str:
    """What is said after saving: also that the number stands with another casus."""
    if not same:
        return "Het kenmerk is bewaard."
    codes = ", ".join(one.code for one in same)
    return f"Het kenmerk is bewaard. Let op: het staat ook bij {codes}. Is dat dezelfde inwoner?"
