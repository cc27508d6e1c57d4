"""Proposing and approving the destruction of a casus."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from audit.performing import get_or_post, perform, posted
from directory.web.signed_in import AuthedRequest
from escalation.keeping.destruction import actions as destructions
from escalation.keeping.destruction.forms import ProposeDestructionForm
from escalation.keeping.page import keeping_page
from escalation.keeping.rules import keeping_of
from escalation.oversight.page import load_overseen
from escalation.web.forms import ConfirmOnceForm
from rdm.lib import clock
from rdm.lib.dates import long_date


@get_or_post
def destruction_propose(request: AuthedRequest, code: str) -> HttpResponse:
    """The first of two people says that this casus may go."""
    standing = load_overseen(request, code, "propose_destruction", part="retention")
    casus = standing.casus
    form = ProposeDestructionForm(posted(request))
    if answer := perform(
        request,
        form,
        lambda: destructions.propose_destruction(
            casus=casus, by=request.user, ground=form.cleaned_data["ground"]
        ),
        done="Voorgesteld. De functionaris gegevensbescherming kijkt nu ook.",
        to=reverse("rights_detail", args=[casus.code]),
    ):
        return answer
    kept = keeping_of(standing.now)
    consequences = [
        f"De casus is gesloten. De termijn van {kept.years} jaar loopt tot en met "
        f"{long_date(kept.last_day) if kept.last_day else 'een dag na het sluiten'}.",
        "Alle teksten, bestanden, namen en e-mail bij deze code worden gewist.",
        "De code, de datums, wie besloot en op grond waarvan blijven bewaard.",
        "Een ingediende terugkoppeling blijft bewaard, zonder deze code.",
        "Er gebeurt niets totdat een tweede persoon akkoord geeft.",
    ]
    return keeping_page(
        request, standing, form, "Vernietiging voorstellen", "Stel voor", consequences
    )


@get_or_post
def destruction_approve(request: AuthedRequest, code: str) -> HttpResponse:
    """The second of two people, who is somebody else, agrees."""
    standing = load_overseen(request, code, "approve_destruction", part="retention")
    form = ConfirmOnceForm(posted(request))
    if answer := perform(
        request,
        form,
        lambda: destructions.approve_destruction(casus=standing.casus, by=request.user),
        done="Akkoord. Het programma vernietigt de casus nu.",
        to=reverse("retention_list"),
    ):
        return answer
    consequences = [
        "Het programma vernietigt de casus binnen enkele minuten. Dat kan niet terug.",
        "Moet de casus toch blijven? Kies dan voor langer bewaren. Dat gaat altijd voor.",
    ]
    if (found := standing.now.destruction) is not None:
        day = long_date(clock.local_date(found.proposed_at))
        why = f"{found.proposed_by_name} stelde dit voor op {day}: {found.ground_words}."
        consequences.insert(0, why)
    return keeping_page(
        request, standing, form, "Akkoord met vernietigen", "Ik ben akkoord", consequences
    )
