"""Keeping a casus longer, and no longer."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from audit.performing import get_or_post, perform, posted
from directory.web.signed_in import AuthedRequest
from escalation.keeping.holds import actions as holds
from escalation.keeping.holds.forms import HoldForm
from escalation.keeping.page import keeping_page
from escalation.oversight.page import load_overseen
from escalation.web.forms import ReasonForm
from rdm.lib import clock
from rdm.lib.dates import long_date


@get_or_post
def hold_add(request: AuthedRequest, code: str) -> HttpResponse:
    """Keep the casus longer; this wins from any destruction that is not done yet."""
    standing = load_overseen(request, code, "keep_longer", part="retention")
    casus = standing.casus
    form = HoldForm(posted(request), version=holds.version_of(casus))
    if answer := perform(
        request,
        form,
        lambda: holds.keep_longer(
            casus=casus,
            by=request.user,
            reason=form.cleaned_data["reason"],
            until=form.cleaned_data["until"],
            version=form.cleaned_data["version"],
        ),
        done="De casus blijft bewaard.",
        to=reverse("rights_detail", args=[casus.code]),
    ):
        return answer
    if form.conflict:
        form.show_version(holds.version_of(casus))
    consequences = [
        *(
            f"{one.placed_by_name} besloot al om te bewaren tot en met {long_date(one.until)}."
            for one in casus.holds.filter(ended_at=None, until__gte=clock.today())
        ),
        "De casus wordt tot en met die dag niet vernietigd.",
        "Is vernietigen al voorgesteld of goedgekeurd? Dan gaat dat niet door.",
    ]
    return keeping_page(request, standing, form, "Langer bewaren", "Bewaar", consequences)


@get_or_post
def hold_release(request: AuthedRequest, code: str) -> HttpResponse:
    """The reason to keep it longer is gone."""
    standing = load_overseen(request, code, "release_hold", part="retention")
    casus = standing.casus
    form = ReasonForm(posted(request))
    if answer := perform(
        request,
        form,
        lambda: holds.release_hold(
            casus=casus, by=request.user, reason=form.cleaned_data["reason"]
        ),
        done="De gewone bewaartermijn geldt weer.",
        to=reverse("rights_detail", args=[casus.code]),
    ):
        return answer
    consequences = ["De gewone bewaartermijn geldt weer. Er wordt nog niets vernietigd."]
    return keeping_page(request, standing, form, "Niet langer bewaren", "Leg vast", consequences)
