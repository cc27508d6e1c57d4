"""Which tafel to try next."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from directory.web.signed_in import AuthedRequest
from escalation.blocks import ALL
from escalation.reading.advice import advice_for
from escalation.reading.next_step import WHERE_TO_BEGIN
from escalation.reading.progress import progress_of
from escalation.web.frame import casus_frame
from escalation.web.load import load_casus, require_shared


@require_safe
def casus_advice(request: AuthedRequest, code: str) -> HttpResponse:
    """Every tafel that the casus can go to, whether it fits and why, in the order to try them."""
    dossier = load_casus(request, code, part="advice")
    if dossier.casus.is_draft:
        return redirect("casus_resume", dossier.casus.code)
    # It tells of the care and the safety that it was made from.
    require_shared(dossier, ALL)
    progress = progress_of(dossier.casus, dossier.seen)
    advice = advice_for(progress)
    context = {
        **casus_frame(dossier, "", progress=progress, page="Advies"),
        "groups": [
            ("Past", advice.fitting),
            ("Past als nog iets klopt", advice.maybe),
            ("Op de route", advice.been),
            ("Past niet", advice.not_fitting),
        ],
        "may_add": dossier.allows("add_step"),
        "where_to_begin": WHERE_TO_BEGIN,
    }
    return render(request, "escalation/route/advice/casus_advice.html", context)
