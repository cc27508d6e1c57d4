"""What a resident asks to see: the request, who of the others stays in it, and the papers."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.models import Action
from audit.performing import get_or_post, perform, posted, show
from directory.web.signed_in import AuthedRequest
from escalation.attachments.rules import closed_because, file_name
from escalation.keeping.export import actions as export
from escalation.keeping.export.forms import AccessRequestForm, JudgePeopleForm
from escalation.keeping.export.papers import as_json, as_pdf
from escalation.keeping.export.rules import Files, everything, export_of, files_of, not_judged
from escalation.keeping.page import keeping_page
from escalation.keeping.third_parties.rules import others_in
from escalation.models import AccessRequest, Casus
from escalation.oversight.page import load_overseen
from escalation.web.frame import casus_frame
from rdm.lib.download import as_download


@get_or_post
def access_request_add(request: AuthedRequest, code: str) -> HttpResponse:
    """The resident asked what is kept."""
    standing = load_overseen(request, code, "export_dossier", part="rights")
    casus = standing.casus
    form = AccessRequestForm(posted(request))
    if answer := perform(
        request,
        form,
        lambda: export.start_access_request(
            casus=casus, by=request.user, received_on=form.cleaned_data["received_on"]
        ),
        done="Het verzoek is vastgelegd. Beoordeel nu de namen van anderen.",
        to=lambda made: reverse("access_request_judge", args=[casus.code, made.pk]),
    ):
        return answer
    title = "Verzoek om inzage vastleggen"
    consequences = [
        "U krijgt daarna een lijst met namen van anderen die in de casus staan.",
        "Per naam kiest u of de inwoner die mag lezen. Daarna downloadt u alles in één keer.",
    ]
    return keeping_page(request, standing, form, title, "Leg vast", consequences)


@get_or_post
def access_request_judge(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """Per name of another person: does the resident get to read it? Then the downloads."""
    standing = load_overseen(request, code, "export_dossier", part="export")
    casus = standing.casus
    asked = get_object_or_404(casus.access_requests, pk=pk)
    files = files_of(casus)
    found = everything(casus, files)
    others = others_in(found)
    unjudged = not_judged(others, asked)
    form = JudgePeopleForm(
        posted(request),
        others=others,
        access_request=asked,
    )
    if answer := perform(
        request,
        form,
        lambda: export.judge_people(
            access_request=asked, by=request.user, people=form.judged, withheld=form.withheld_words
        ),
        done="Vastgelegd. U kunt het overzicht nu downloaden.",
        to=request.path,
    ):
        return answer
    context = {
        **casus_frame(standing, "", page="Inzage voor de inwoner"),
        "asked": asked,
        "unjudged": len(unjudged),
        "is_ready": asked.judged_at is not None and not unjudged,
        "sections": [(section.title, len(section.items)) for section in found],
        "files": files_page(casus, files),
        "files_apart": files.apart,
        "back": reverse("rights_detail", args=[casus.code]),
    }
    return show(request, "escalation/keeping/export/access_request.html", context, form=form)


def files_page(casus: Casus, files: Files) -> list[tuple[str, str, str]]:
    """Each file that goes with the export: its attachment, its name, and where to open it; "" while
    a file waits for the virus scanner."""
    found = []
    for one in files.given:
        args = [casus.code, one.attachment_id, one.number]
        url = reverse("attachment_open", args=args) if closed_because(one) is None else ""
        found.append((f"{one.attachment}, versie {one.number}", file_name(one), url))
    return found


@require_safe
def access_request_pdf(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """Everything that is kept, on paper, without what was to be left out."""
    casus, asked, sections = _judged(request, code, pk)
    return as_download(as_pdf(casus, export_of(sections, asked)))


@require_safe
def access_request_json(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """The same for a machine."""
    casus, asked, sections = _judged(request, code, pk)
    return as_download(as_json(casus, export_of(sections, asked)))


def _judged(request: AuthedRequest, code: str, pk: int) -> tuple[Casus, AccessRequest, Any]:
    """404 without such a request, 403 while there is a name that nobody decided about."""
    standing = load_overseen(request, code, "export_dossier", part="export", verb=Action.EXPORT)
    casus = standing.casus
    asked = casus.access_requests.filter(pk=pk).first()
    if asked is None:
        raise Http404("Dit verzoek bestaat niet.")
    sections = everything(casus)
    if asked.judged_at is None or (names := not_judged(others_in(sections), asked)):
        count = "" if asked.judged_at is None else f" Er zijn {len(names)} nieuwe namen."
        raise PermissionDenied(
            "Beoordeel eerst de namen van anderen. Daarna kunt u het overzicht downloaden." + count
        )
    return casus, asked, sections
