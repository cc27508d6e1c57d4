"""Signalen: left by anybody, read by the region, handled by the themagroep (E-175, E-176)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from audit import explanation
from audit.performing import explain_with, perform, show
from directory import signalen
from directory.actions import signalen as actions
from directory.forms.signalen import AnswerForm, MoveForm, SignaalFilter, SignaalForm, SortForm
from directory.models import Signaal, SignaalStatus, Tafel, Theme, User
from directory.permissions import reason_denied
from directory.signaal_patterns import patterns
from directory.signalen import NEXT, PASSED_ON, SIGNAAL_FLOW, THEMAGROEP
from directory.web.methods import GET_OR_POST
from rdm.lib import clock
from rdm.lib.caching import shared
from rdm.lib.forms import ScreeningOverride
from rdm.lib.paging import page_of

TONES: dict[str, str] = {
    SignaalStatus.NEW: "warning",
    SignaalStatus.IN_PROGRESS: "info",
    SignaalStatus.EXPERT_GROUP: "info",
    SignaalStatus.STEERING_GROUP: "info",
    SignaalStatus.DONE: "success",
}
COLUMNS = [
    "Signaal",
    "Gaat over",
    "Thema",
    {"label": "Wacht al", "numeric": True},
    "Status",
]
# The Dutch word in the address of each step.
WORDS = {
    "oppakken": "take_up",
    "afronden": "finish",
    "expertgroep": "to_expert_group",
    "stuurgroep": "to_steering_group",
    "terugnemen": "take_back",
    "heropenen": "reopen",
}
ADDRESSES = {name: word for word, name in WORDS.items()}


# --- For everybody --------------------------------------------------------------------------------


@login_not_required
@GET_OR_POST
def signaal_new(request: HttpRequest) -> HttpResponse:
    """Leave a signaal; `?tafel=` says about which tafel, when it was opened there."""
    form = SignaalForm(request.POST or None, initial={"tafel": request.GET.get("tafel", "")})
    if request.method == "POST" and form.is_valid() and form.allow(request, "signaal"):
        left: list[Signaal] = []
        explain_with(request, lambda overrides: _explain(left[0], overrides))
        values = {
            name: form.cleaned_data[name] for name in ("text", "tafel", "sender_kind", "email")
        }
        if answer := perform(
            request,
            form,
            lambda: left.append(actions.leave(**values)),
            done="Uw signaal is verstuurd.",
            to=reverse("signaal_thanks"),
        ):
            return answer
    context = {"crumbs": [("Overlegtafels", reverse("tafel_list"))]}
    return show(request, "directory/signaal_new.html", context, form=form)


@login_not_required
@require_safe
@shared
def signaal_thanks(request: HttpRequest) -> HttpResponse:
    """What happens next with what somebody left."""
    return render(request, "directory/signaal_thanks.html")


def _explain(signaal: Signaal, overrides: Sequence[ScreeningOverride]) -> None:
    """Why a found text is no personal data, kept with the signaal it is about."""
    for one in overrides:
        explanation.keep(
            object_type="signaal",
            object_id=str(signaal.pk),
            field=one.field,
            kinds=one.kinds,
            reason=one.reason,
        )


# --- For the region -------------------------------------------------------------------------------


@require_safe
def signaal_list(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the oldest first; with the filter everything there ever was."""
    user = _require(request, "view_signalen")
    form = SignaalFilter(
        request.GET,
        tafels=Tafel.objects.values_list("slug", "name"),
        themes=Theme.objects.values_list("code", "label"),
        years=_years(),
    )
    form.is_valid()
    page = page_of(request, form.narrow(Signaal.objects.select_related("tafel", "theme")))
    context = {
        "form": form,
        "active": form.active,
        "page": page,
        "count": page.paginator.count_words("signaal", "signalen"),  # type: ignore[attr-defined]
        "columns": COLUMNS,
        "rows": [_row(one) for one in page],
        "may_handle": reason_denied(user, "handle_signaal") is None,
    }
    return show(request, "directory/signaal_list.html", context)


def _years() -> list[int]:
    """From the first signaal until now, the newest first."""
    first = Signaal.objects.aggregate(first=Min("left_at"))["first"]
    this_year = clock.today().year
    return list(range(this_year, (clock.local_date(first).year if first else this_year) - 1, -1))


def _row(one: Signaal) -> list[Any]:
    done = one.status == SignaalStatus.DONE
    age = signalen.age(one)
    return [
        {
            "text": Truncator(" ".join(one.text.split())).chars(120),
            "url": reverse("signaal_detail", args=[one.pk]),
        },
        {"text": signalen.subject_of(one)},
        {"text": one.theme.label if one.theme else "nog geen thema"},
        {"text": f"klaar na {age}" if done else age, "numeric": True},
        {"text": one.get_status_display(), "tone": TONES[one.status]},
    ]


@require_safe
def signaal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One signaal: what is next, what was done with it, and what this person can do."""
    user = _require(request, "view_signalen")
    signaal = _load(pk)
    upcoming = NEXT[signaal.status]
    may_handle = reason_denied(user, "handle_signaal") is None
    context = {
        **_frame(signaal),
        "facts": _facts(signaal),
        "next": upcoming,
        "is_done": signaal.status == SignaalStatus.DONE,
        "mine": may_handle and upcoming.whose == THEMAGROEP,
        "next_text": _next_text(signaal, may_handle=may_handle),
        "buttons": _buttons(user, signaal),
        "events": _events(signaal),
    }
    return show(request, "directory/signaal_detail.html", context)


def _next_text(signaal: Signaal, *, may_handle: bool) -> str:
    if may_handle and signaal.status in PASSED_ON:
        return "Leg vast wat er is besproken, of geef antwoord."
    return ""


def _facts(signaal: Signaal) -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = [
        ("Gaat over", signalen.subject_of(signaal)),
        ("Thema", signaal.theme.label if signaal.theme else "nog geen thema"),
        ("Namens", signaal.sender_kind.label if signaal.sender_kind else ""),
    ]
    if signaal.status != SignaalStatus.DONE:
        rows.append(("Wacht al", signalen.age(signaal)))
        wanted = "ja, per e-mail" if signaal.email else "nee, er is geen e-mailadres"
        rows.append(("Wil antwoord", wanted))
    return rows


def _buttons(user: User, signaal: Signaal) -> list[dict[str, Any]]:
    """What can be done now; the first is what most often comes next."""
    if reason_denied(user, "handle_signaal"):
        return []
    buttons = [
        {
            "label": step.label,
            "url": reverse("signaal_move", args=[signaal.pk, ADDRESSES[name]]),
            "tone": "secondary",
        }
        for name, step in SIGNAAL_FLOW.transitions.items()
        if signalen.reason_denied(user, signaal, name) is None
    ]
    if signaal.status != SignaalStatus.DONE:
        buttons[0]["tone"] = "primary"
    sort = {"label": "Kies thema en tafel", "url": reverse("signaal_sort", args=[signaal.pk])}
    return [*buttons, {**sort, "tone": "secondary"}]


def _events(signaal: Signaal) -> list[dict[str, Any]]:
    """What happened, newest first, as components/timeline.html shows it."""
    events = [{"title": "Signaal binnengekomen", "who": "iemand", "when": signaal.left_at}]
    status: str = SignaalStatus.NEW
    for step in signaal.steps.all():
        moved = step.status != status
        status = step.status
        events.append(
            {
                "title": str(step.get_status_display()).capitalize() if moved else "Ingedeeld",
                "who": step.by_name,
                "organisation": "themagroep",
                "when": step.at,
                "text": step.note,
                "kind": "decision" if moved else "",
            }
        )
    return events[::-1]


@GET_OR_POST
def signaal_move(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Take a step with a signaal, with what there is to say."""
    if word not in WORDS:
        raise Http404("Deze stap bestaat niet.")
    name = WORDS[word]
    user = _require(request, "handle_signaal")
    signaal = _load(pk)
    # A POST goes on, so that the action says no and the form keeps what was typed.
    if request.method != "POST" and (no := signalen.reason_denied(user, signaal, name)):
        raise PermissionDenied(no)
    step = SIGNAAL_FLOW[name]
    form = _form(request, signaal, name, step.label)
    explain_with(request, lambda overrides: _explain(signaal, overrides))
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: _take(signaal, user, name, form.cleaned_data),
                done=f"Het signaal is nu: {SignaalStatus(step.target).label}.",
                to=reverse("signaal_detail", args=[pk]),
                record=signaal,
            )
        )
    ):
        return answer
    context = {**_frame(signaal, below=True), "title": step.label, "rows": _both(form)}
    return show(request, "directory/signaal_move.html", context, form=form)


def _form(request: HttpRequest, signaal: Signaal, name: str, button: str) -> AnswerForm | MoveForm:
    data = request.POST or None
    if name == "finish":
        return AnswerForm(
            data, version=signaal.version, is_mailed=bool(signaal.email), button=button
        )
    return MoveForm(data, version=signaal.version, name=name, button=button)


def _take(signaal: Signaal, user: User, name: str, said: dict[str, Any]) -> None:
    if name == "finish":
        actions.finish(signaal=signaal, by=user, answer=said["answer"], version=said["version"])
    else:
        actions.move(
            signaal=signaal, by=user, name=name, note=said["note"], version=said["version"]
        )


@GET_OR_POST
def signaal_sort(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the theme and the tafel."""
    user = _require(request, "handle_signaal")
    signaal = _load(pk)
    form = SortForm(
        request.POST or None,
        version=signaal.version,
        initial={
            "theme": signaal.theme.code if signaal.theme else "",
            "tafel": signaal.tafel.slug if signaal.tafel else "",
        },
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: actions.sort(
                    signaal=signaal,
                    by=user,
                    theme=form.cleaned_data["theme"],
                    tafel=form.cleaned_data["tafel"],
                    version=form.cleaned_data["version"],
                ),
                done="De keuze is opgeslagen.",
                to=reverse("signaal_detail", args=[pk]),
                record=signaal,
            )
        )
    ):
        return answer
    context = {**_frame(signaal, below=True), "title": "Kies thema en tafel", "rows": _both(form)}
    return show(request, "directory/signaal_move.html", context, form=form)


@require_safe
def signaal_patterns(request: HttpRequest) -> HttpResponse:
    """The signalen of the last years beside each other: what keeps coming back."""
    _require(request, "view_signalen")
    context = {"patterns": patterns(), "crumbs": [("Signalen", reverse("signaal_list"))]}
    return render(request, "directory/signaal_patterns.html", context)


def _both(form: Any) -> list[dict[str, Any]]:
    """What this person chose or typed beside what stands there now, after a conflict."""
    return [
        {"label": label, "mine": mine, "current": current, "differs": True}
        for label, mine, current in getattr(form, "conflict_rows", ())
    ]


def _require(request: HttpRequest, action: str) -> User:
    user: User = request.user  # type: ignore[assignment]
    if reason := reason_denied(user, action):
        raise PermissionDenied(reason)
    return user


def _load(pk: int) -> Signaal:
    found: Signaal = get_object_or_404(
        Signaal.objects.select_related("tafel", "theme", "sender_kind"), pk=pk
    )
    return found


def _frame(signaal: Signaal, *, below: bool = False) -> dict[str, Any]:
    """What the pages of one signaal share; `below` is for a page under its own."""
    name = f"Signaal over {signalen.subject_of(signaal)}"
    own_page = reverse("signaal_detail", args=[signaal.pk])
    return {
        "signaal": signaal,
        "name": name,
        "tone": TONES[signaal.status],
        "crumbs": [("Signalen", reverse("signaal_list")), *([(name, own_page)] if below else [])],
        "own_page": own_page,
    }
