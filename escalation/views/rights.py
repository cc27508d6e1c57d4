"""What a resident may ask about a casus, and what was done with it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from audit.models import Action
from directory.models import Procesafspraak, User
from directory.web import perform, show
from escalation.actions import rights as actions
from escalation.attachments.rules import closed_because, file_name
from escalation.forms.rights import YES, AccessRequestForm, CorrectionForm, JudgePeopleForm
from escalation.models import AccessRequest, Casus
from escalation.others import others_in
from escalation.oversight.page import frame_if_seen, load_overseen
from escalation.permissions import may
from escalation.retention import Standing, standing_of
from escalation.rights import Files, everything, export_of, files_of, not_judged
from escalation.rights_paper import as_json, as_pdf
from escalation.web.forms import ReasonForm
from escalation.web.frame import button, casus_frame, require
from escalation.web.load import load_casus
from rdm.lib.caching import shared
from rdm.lib.download import as_download

CONTACT = "contact_inwoner"


@login_not_required
@require_safe
@shared
def residents(request: HttpRequest) -> HttpResponse:
    """For everybody: what is kept, what a resident may ask, and whom to ask."""
    agreements = Procesafspraak.objects.in_bulk(
        [CONTACT, actions.TERM, "bewaartermijn"], field_name="code"
    )
    context = {
        "contact": agreements[CONTACT].text,
        "days": agreements[actions.TERM].value,
        "kept": agreements["bewaartermijn"].value,
    }
    return render(request, "escalation/residents.html", context)


@require_safe
def rights_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The rights of the resident and the keeping of one casus, with what can be done about it."""
    user: User = request.user  # type: ignore[assignment]
    casus, seen = load_overseen(request, code, "view_rights", part="rights")
    standing = standing_of(casus)
    restrictions = list(casus.restrictions.all())
    context = {
        **frame_if_seen(request, casus, "rights", seen=seen),
        "restrictions": restrictions,
        # A correction is content: only for who sees the dossier.
        "corrections": list(casus.corrections.all()) if seen else None,
        "access_requests": list(casus.access_requests.all()),
        "may_judge": may(user, casus, "export_dossier") is None,
        "standing": standing,
        "last_day": standing.last_day,
        "rights_actions": _rights_buttons(user, casus),
        "keeping_actions": _keeping_buttons(user, standing),
    }
    return render(request, "escalation/rights_detail.html", context)


def _rights_buttons(user: User, casus: Casus) -> list[dict[str, Any]]:
    lift = casus.restricted_at is not None
    found = [
        ("export_dossier", "Leg een verzoek om inzage vast", "access_request_add"),
        ("correct_text", "Corrigeer een tekst", "casus_correct"),
        ("lift_restriction", "Hef de beperking op", "restriction_lift")
        if lift
        else ("restrict", "Beperk de verwerking", "restriction_set"),
    ]
    return _buttons(user, casus, found)


def _keeping_buttons(user: User, standing: Standing) -> list[dict[str, Any]]:
    """What there is something to decide about; a button that makes no sense yet is left out."""
    found = [("keep_longer", "Bewaar langer", "hold_add")]
    if standing.holds:
        found.append(("release_hold", "Beëindig het langer bewaren", "hold_release"))
    if standing.destruction is not None:
        label = "Geef akkoord om te vernietigen"
        found.insert(0, ("approve_destruction", label, "destruction_approve"))
    elif standing.last_day is not None:
        found.insert(0, ("propose_destruction", "Stel vernietiging voor", "destruction_propose"))
    return _buttons(user, standing.casus, found)


def _buttons(user: User, casus: Casus, found: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    buttons: list[dict[str, Any]] = []
    for action, label, name in found:
        url = reverse(name, args=[casus.code])
        buttons += button(user, casus, action, label, url, tone="secondary")
    return buttons


@require_http_methods(["GET", "POST"])
def restriction_set(request: HttpRequest, code: str) -> HttpResponse:
    """Fewer people read the casus, and nobody changes it, until this is lifted (AVG art. 18)."""
    user: User = request.user  # type: ignore[assignment]
    casus, seen = load_overseen(request, code, "restrict", part="restriction")
    consequences = [
        "Niemand kan de casus nog wijzigen.",
        f"Alleen de gemeente {casus.gemeente} en, bij trede 3, de coördinator lezen hem nog.",
        "De casus wordt ook niet vernietigd.",
    ]
    return _reason_page(
        request,
        (casus, seen),
        lambda reason: actions.restrict(casus=casus, by=user, reason=reason),
        ("Verwerking beperken", "Beperk de verwerking", "De verwerking is beperkt."),
        consequences,
    )


@require_http_methods(["GET", "POST"])
def restriction_lift(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who works on the casus can go on."""
    user: User = request.user  # type: ignore[assignment]
    casus, seen = load_overseen(request, code, "lift_restriction", part="restriction")
    return _reason_page(
        request,
        (casus, seen),
        lambda reason: actions.lift_restriction(casus=casus, by=user, reason=reason),
        ("Beperking opheffen", "Hef de beperking op", "De beperking is opgeheven."),
        ["Wie de casus eerst zag, ziet hem daarna weer.", "De inwoner moet dit van tevoren weten."],
    )


def _reason_page(
    request: HttpRequest,
    found: tuple[Casus, bool],
    do: Any,
    words: tuple[str, str, str],
    consequences: list[str],
) -> HttpResponse:
    casus, seen = found
    title, label, done = words
    back = reverse("rights_detail", args=[casus.code])
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        if answer := perform(request, form, lambda: do(reason), done=done, to=back):
            return answer
    context = {
        **frame_if_seen(request, casus, "", seen=seen, page=title),
        "title": title,
        "button": label,
        "consequences": consequences,
        "back": back,
    }
    return show(request, "escalation/oversight/overseen_form.html", context, form=form)


@require_http_methods(["GET", "POST"])
def casus_correct(request: HttpRequest, code: str) -> HttpResponse:
    """The resident wants a text changed; the old text stays readable (AVG art. 16)."""
    user: User = request.user  # type: ignore[assignment]
    casus = load_casus(request, code, part="correction")
    require(request, casus, "correct_text")
    form = CorrectionForm(request.POST if request.method == "POST" else None, casus=casus)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        answer = perform(
            request,
            form,
            lambda: actions.correct_text(
                casus=casus,
                by=user,
                field=given["field"],
                asked=given["asked"],
                granted=given["granted"] == YES,
                new_text=given["new_text"],
                reason=given["reason"],
                version=given["version"],
            ),
            done="De correctie is vastgelegd.",
            to=reverse("rights_detail", args=[casus.code]),
            record=casus,
        )
        if answer:
            return answer
    context = {
        **casus_frame(request, casus, "", page="Tekst corrigeren"),
        "title": "Tekst corrigeren op verzoek van de inwoner",
        "button": "Leg vast",
        "consequences": [
            "De nieuwe tekst komt in de casus. De oude tekst blijft bij de correcties staan.",
            "Past u de tekst niet aan? Dan staat er wat de inwoner wilde, en waarom het niet kan.",
        ],
        "back": reverse("rights_detail", args=[casus.code]),
    }
    return show(request, "escalation/web/casus_form.html", context, form=form)


@require_http_methods(["GET", "POST"])
def access_request_add(request: HttpRequest, code: str) -> HttpResponse:
    """The resident asked what is kept."""
    user: User = request.user  # type: ignore[assignment]
    casus, seen = load_overseen(request, code, "export_dossier", part="rights")
    form = AccessRequestForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: actions.start_access_request(
                casus=casus, by=user, received_on=form.cleaned_data["received_on"]
            ),
            done="Het verzoek is vastgelegd. Beoordeel nu de namen van anderen.",
            to=lambda made: reverse("access_request_judge", args=[casus.code, made.pk]),
        )
        if answer:
            return answer
    title = "Verzoek om inzage vastleggen"
    context = {
        **frame_if_seen(request, casus, "", seen=seen, page=title),
        "title": title,
        "button": "Leg vast",
        "consequences": [
            "U krijgt daarna een lijst met namen van anderen die in de casus staan.",
            "Per naam kiest u of de inwoner die mag lezen. Daarna downloadt u alles in één keer.",
        ],
        "back": reverse("rights_detail", args=[casus.code]),
    }
    return show(request, "escalation/oversight/overseen_form.html", context, form=form)


@require_http_methods(["GET", "POST"])
def access_request_judge(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Per name of another person: does the resident get to read it? Then the downloads."""
    user: User = request.user  # type: ignore[assignment]
    casus, _ = load_overseen(request, code, "export_dossier", part="export")
    asked = get_object_or_404(casus.access_requests, pk=pk)
    files = files_of(casus)
    found = everything(casus, files)
    others = others_in(found)
    unjudged = not_judged(others, asked)
    form = JudgePeopleForm(
        request.POST if request.method == "POST" else None,
        others=others,
        access_request=asked,
    )
    if form.is_bound and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: actions.judge_people(
                access_request=asked, by=user, people=form.judged, withheld=form.withheld_words
            ),
            done="Vastgelegd. U kunt het overzicht nu downloaden.",
            to=request.path,
        )
        if answer:
            return answer
    context = {
        **casus_frame(request, casus, "", page="Inzage voor de inwoner"),
        "asked": asked,
        "unjudged": len(unjudged),
        "is_ready": asked.judged_at is not None and not unjudged,
        "sections": [(section.title, len(section.items)) for section in found],
        "files": _files(casus, files),
        "files_apart": files.apart,
        "back": reverse("rights_detail", args=[casus.code]),
    }
    return show(request, "escalation/access_request.html", context, form=form)


def _files(casus: Casus, files: Files) -> list[tuple[str, str, str]]:
    """Each file that goes with the export: its attachment, its name, and where to open it; "" while
    a file waits for the virus scanner."""
    found = []
    for one in files.given:
        args = [casus.code, one.attachment_id, one.number]
        url = reverse("attachment_open", args=args) if closed_because(one) is None else ""
        found.append((f"{one.attachment}, versie {one.number}", file_name(one), url))
    return found


@require_safe
def access_request_pdf(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Everything that is kept, on paper, without what was to be left out."""
    casus, asked, sections = _judged(request, code, pk)
    return as_download(as_pdf(casus, export_of(sections, asked)))


@require_safe
def access_request_json(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The same for a machine."""
    casus, asked, sections = _judged(request, code, pk)
    return as_download(as_json(casus, export_of(sections, asked)))


def _judged(request: HttpRequest, code: str, pk: int) -> tuple[Casus, AccessRequest, Any]:
    """404 without such a request, 403 while there is a name that nobody decided about."""
    casus, _ = load_overseen(request, code, "export_dossier", part="export", verb=Action.EXPORT)
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
