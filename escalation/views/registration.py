"""From "this is stuck" to a registered casus: first the crisis question, then four steps."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from directory.guide.answers import Answers
from directory.guide.questions import CRISIS, UNDER_AGE
from directory.known import known
from directory.models import Organisation, Region, Tafel, User
from directory.web import perform, show
from escalation.actions import drafts, registration
from escalation.duplicates import same_reference
from escalation.forms.registration import STEPS, StartForm
from escalation.forms.step import RegistrationStep
from escalation.models import Casus
from escalation.permissions import general_reason_denied
from escalation.reading.guide import answers_in, for_who_only_waits
from escalation.roles import REGISTRANTS
from escalation.web.forms import NO, YES, ConfirmForm
from escalation.web.frame import casus_frame, require
from escalation.web.load import as_it_is_now, load_casus
from rdm.lib import clock

# In the address when somebody came from the page with all answers, and wants to go back there.
BACK = "terug"
# In a form that the page sends by itself while somebody types.
MEANWHILE = "meanwhile"
# The page with all answers is the last one.
STEPS_IN_ALL = len(STEPS) + 1


@require_http_methods(["GET", "POST"])
def casus_start(request: HttpRequest) -> HttpResponse:
    """Acute danger first: then nothing is kept and the crisis routes show (O-03)."""
    return _start_page(request, None)


@require_http_methods(["GET", "POST"])
def casus_copy(request: HttpRequest, code: str) -> HttpResponse:
    """The same, and the answers of an earlier casus of this resident come along."""
    earlier = load_casus(request, code, part="copy")
    require(request, earlier, "copy")
    return _start_page(request, earlier)


def _start_page(request: HttpRequest, earlier: Casus | None) -> HttpResponse:
    user = _require_start(request)
    organisations = Organisation.objects.filter(pk__in=user.organisation_ids(*REGISTRANTS))
    if earlier is not None:
        organisations = organisations.filter(pk=earlier.carried_by_id)
    guide = answers_in(request.GET)
    form = StartForm(
        request.POST if _is_post(request) else None,
        organisations=organisations,
        initial=_said_before(guide),
    )
    if _is_post(request):
        form.is_valid()
        if form.cleaned_data.get("acute_danger") is True:
            return redirect("casus_crisis")
        if form.cleaned_data.get("adult") is False and "acute_danger" in form.cleaned_data:
            return redirect("casus_minor")
        if form.is_valid() and (answer := _begin(request, form, guide, earlier)):
            return answer
    context = {"guide": guide, "earlier": earlier, "earlier_title": ""}
    if earlier is not None:
        context["earlier_title"] = f"U begint met de gegevens van casus {earlier.code}"
    return show(request, "escalation/registration_start.html", context, form=form)


def _said_before(guide: Answers | None) -> dict[str, str]:
    """What the wegwijzer already asked; only what lets somebody go on."""
    if guide is None:
        return {}
    return {
        **({"acute_danger": NO} if guide.denies(CRISIS) else {}),
        **({"adult": YES} if guide.denies(UNDER_AGE) else {}),
    }


@require_safe
def casus_crisis(request: HttpRequest) -> HttpResponse:
    """Whom to call at once; a page of its own, so that "back" and "reload" work."""
    _require_start(request)
    context = {"routes": Region.current().crisis_routes}
    return render(request, "escalation/registration_crisis.html", context)


@require_safe
def casus_minor(request: HttpRequest) -> HttpResponse:
    """Where somebody under 18 gets help instead (E-003, O-19)."""
    _require_start(request)
    return render(request, "escalation/registration_minor.html")


def _require_start(request: HttpRequest) -> User:
    user: User = request.user  # type: ignore[assignment]
    if reason := general_reason_denied(user, "start_casus"):
        raise PermissionDenied(reason)
    return user


def _begin(
    request: HttpRequest, form: StartForm, guide: Answers | None, earlier: Casus | None
) -> HttpResponse | None:
    return perform(
        request,
        form,
        lambda: registration.start(
            by=request.user,  # type: ignore[arg-type]
            organisation=form.organisation,
            no_acute_danger=form.cleaned_data["acute_danger"] is False,
            adult=form.cleaned_data["adult"],
            guide=guide,
            copy_of=earlier,
        ),
        done="De registratie is begonnen. U kunt op elk moment stoppen en later verdergaan.",
        to=lambda casus: reverse("casus_register_step", args=[casus.code, next(iter(STEPS))]),
    )


@require_safe
def casus_resume(request: HttpRequest, code: str) -> HttpResponse:
    """To the first step that is not finished, or to the page with all answers."""
    casus = load_casus(request, code, part="registration")
    if not casus.is_draft:
        return redirect("casus_detail", casus.code)
    require(request, casus, "edit")
    for form, state in _states(_forms(request, casus), current=""):
        if state != "done":
            return redirect("casus_register_step", casus.code, form.key)
    return redirect("casus_check", casus.code)


@require_http_methods(["GET", "POST"])
def casus_register_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """One step of a draft."""
    return _step_page(request, code, step, editing=False)


@require_http_methods(["GET", "POST"])
def casus_edit(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """The same step of a casus that is registered."""
    return _step_page(request, code, step, editing=True)


def _step_page(request: HttpRequest, code: str, step: str, *, editing: bool) -> HttpResponse:
    if step not in STEPS:
        raise Http404("Deze stap bestaat niet.")
    casus = load_casus(request, code, part=f"registration:{step}")
    if not _is_post(request) and casus.is_draft == editing:
        return redirect("casus_register_step" if casus.is_draft else "casus_edit", code, step)
    require(request, casus, "edit")
    if casus.is_draft and MEANWHILE in request.POST:
        return _keep_meanwhile(request, casus, step)
    later = casus.is_draft and "later" in request.POST
    form = _form(request, casus, step, request.POST if _is_post(request) else None, later=later)
    if _is_post(request) and form.is_valid():
        if answer := _keep(request, casus, form):
            return answer
        if getattr(form, "conflict", False):
            current = as_it_is_now(request, casus)
            form.conflict_rows = form.compare_with(_form(request, current, step))  # type: ignore[attr-defined]
    return show(request, "escalation/registration_step.html", _context(request, form), form=form)


def _keep_meanwhile(request: HttpRequest, casus: Casus, step: str) -> HttpResponse:
    """Save a draft while somebody types, and say so in a few words that the page shows. An answer
    with a mistake in it waits, the others are kept."""
    form = _form(request, casus, step, request.POST, later=True)
    wrong = [form[name] for name in form.errors if name in form.own_names]
    kept = not form.non_field_errors() and _save(request, casus, form, done="", to=request.path)
    if kept:
        casus.refresh_from_db(fields=["version"])
    context = {
        "kept": kept,
        "wrong": _what_is_wrong(wrong),
        "now": clock.now(),
        "next": _form(request, casus, step),
    }
    return render(request, "escalation/_kept.html", context)


def _what_is_wrong(fields: list[BoundField]) -> str:
    """The first mistake in its own words, and at which other answers there is one."""
    if not fields:
        return ""
    first, others = fields[0], " en ".join(f"‘{one.label}’" for one in fields[1:])
    also = f" Ook bij {others} klopt iets niet." if others else ""
    return f"‘{first.label}’: {first.errors[0]}{also}"


def _keep(request: HttpRequest, casus: Casus, form: RegistrationStep) -> HttpResponse | None:
    """Save the step; "later" goes back to the list, else on to the next step."""
    if not casus.is_draft:
        to, done = reverse("casus_detail", args=[casus.code]), "De casus is gewijzigd."
    elif form.later:
        to = reverse("casus_list")
        done = f"Bewaard. U vindt het concept {casus.code} in deze lijst en bij Mijn werk."
    else:
        to, done = _after(request, casus, form.key), f"‘{form.title}’ is bewaard."
    return _save(request, casus, form, done=done, to=to)


def _save(
    request: HttpRequest, casus: Casus, form: RegistrationStep, *, done: str, to: str
) -> HttpResponse | None:
    return perform(
        request,
        form,
        lambda: registration.save_registration(
            casus=casus,
            by=request.user,  # type: ignore[arg-type]
            version=form.cleaned_data["version"],
            **form.to_keep(),
        ),
        done=done,
        to=to,
        record=casus,
    )


def _after(request: HttpRequest, casus: Casus, key: str) -> str:
    keys = list(STEPS)
    following = keys[keys.index(key) + 1 :]
    if not following or BACK in request.GET:
        return reverse("casus_check", args=[casus.code])
    return reverse("casus_register_step", args=[casus.code, following[0]])


def _context(request: HttpRequest, form: RegistrationStep) -> dict[str, Any]:
    casus = form.casus
    context: dict[str, Any] = {
        "casus": casus,
        "number": list(STEPS).index(form.key) + 1,
        "count": STEPS_IN_ALL,
        "triage": _triage(casus) if form.key == "geprobeerd" else None,
        "same": _same_reference(request, form),
    }
    if casus.is_draft:
        context["progress"] = _progress(casus, _beside(form), form.key)
    else:
        context.update(casus_frame(request, casus, "", page="Gegevens wijzigen"))
    return context


@require_http_methods(["GET", "POST"])
def casus_check(request: HttpRequest, code: str) -> HttpResponse:
    """All answers on one page, with what is missing; from here the casus is registered."""
    casus = load_casus(request, code, part="registration")
    if not casus.is_draft and not _is_post(request):
        return redirect("casus_detail", casus.code)
    require(request, casus, "register" if _is_post(request) else "edit")
    form = ConfirmForm(request.POST if _is_post(request) else None, version=casus.version)
    if _is_post(request) and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: registration.register(
                casus=casus,
                by=request.user,  # type: ignore[arg-type]
                version=form.cleaned_data["version"],
            ),
            done="De casus is geregistreerd. Hieronder ziet u wat nu nodig is.",
            to=reverse("casus_detail", args=[casus.code]),
            record=casus,
        )
        if answer:
            return answer
    forms = _forms(request, casus)
    context = {
        "casus": casus,
        "sections": [_section(casus, each) for each in forms],
        "missing": sum(each.is_missing(name) for each in forms for name in each.fields),
        "number": STEPS_IN_ALL,
        "progress": _progress(casus, forms, "check"),
        "triage": _triage(casus),
        "same": _same_reference(request, forms[-1]),
        "shares": casus.carried_by_id != casus.gemeente_id,
    }
    return show(request, "escalation/registration_check.html", context, form=form)


@require_http_methods(["GET", "POST"])
def casus_discard(request: HttpRequest, code: str) -> HttpResponse:
    """Throw a draft away, after asking whether that is really meant."""
    casus = load_casus(request, code, part="discard")
    require(request, casus, "discard")
    form = ConfirmForm(request.POST if _is_post(request) else None, version=casus.version)
    if _is_post(request) and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: drafts.discard(
                casus=casus,
                by=request.user,  # type: ignore[arg-type]
                version=form.cleaned_data["version"],
            ),
            done=f"Het concept {casus.code} is weggegooid.",
            to=reverse("casus_list"),
            record=casus,
        )
        if answer:
            return answer
    consequences = [
        "Wat u hebt ingevuld, is daarna weg.",
        "Niemand kan het concept nog terughalen.",
    ]
    context = {"casus": casus, "consequences": consequences}
    return show(request, "escalation/registration_discard.html", context, form=form)


# --- The steps together -----------------------------------------------------------------------


def _is_post(request: HttpRequest) -> bool:
    return request.method == "POST"


def _form(
    request: HttpRequest, casus: Casus, step: str, data: Any = None, *, later: bool = False
) -> RegistrationStep:
    return STEPS[step](data, casus=casus, reference=own_reference(request, casus), later=later)


def _forms(request: HttpRequest, casus: Casus) -> list[RegistrationStep]:
    reference, region = own_reference(request, casus), known()
    return [step(casus=casus, reference=reference, region=region) for step in STEPS.values()]


def _beside(form: RegistrationStep) -> list[RegistrationStep]:
    """All steps, of which `form` is one that is made already."""
    return [
        form
        if form.key == key
        else step(casus=form.casus, reference=form.reference, region=form.region)
        for key, step in STEPS.items()
    ]


def own_reference(request: HttpRequest, casus: Casus) -> str | None:
    """The number of the registering organisation; None for who does not work there."""
    user: User = request.user  # type: ignore[assignment]
    if casus.carried_by_id not in user.organisation_ids(*REGISTRANTS):
        return None
    kept = casus.own_references.filter(organisation=casus.carried_by_id).first()
    return kept.reference if kept else ""


def _states(forms: list[RegistrationStep], current: str) -> list[tuple[RegistrationStep, str]]:
    """done, now, later, or error: begun (or passed by) while a needed answer is missing."""
    found = []
    for place, form in enumerate(forms):
        passed = any(each.is_touched for each in forms[place:])
        if form.key == current:
            state = "now"
        elif not passed:
            state = "later"
        else:
            state = "done" if form.is_complete else "error"
        found.append((form, state))
    return found


def _progress(casus: Casus, forms: list[RegistrationStep], current: str) -> list[dict[str, str]]:
    rows = [
        {
            "label": form.title,
            "url": reverse("casus_register_step", args=[casus.code, form.key]),
            "state": state,
        }
        for form, state in _states(forms, current)
    ]
    last = "now" if current == "check" else "later"
    return [*rows, {"label": "Controleren en registreren", "url": "", "state": last}]


def _section(casus: Casus, form: RegistrationStep) -> dict[str, Any]:
    """One step in the summary, with a way back to it."""
    url = reverse("casus_register_step", args=[casus.code, form.key]) + f"?{BACK}=1"
    rows = [
        {
            "label": form[name].label,
            "value": form.shown(name),
            "url": f"{url}#div_{form[name].auto_id}",
            "error": "Nog niet ingevuld" if form.is_missing(name) else "",
        }
        for name in form.own_names
        if name not in form.dependent or form.shown(name) or form.is_missing(name)
    ]
    return {"title": form.title, "url": url, "rows": rows}


def _same_reference(request: HttpRequest, form: RegistrationStep) -> list[Casus]:
    """Casussen that may be the same one, on the step that asks for the reference."""
    if "own_reference" not in form.fields:
        return []
    return same_reference(request.user, form.casus, form.reference)  # type: ignore[arg-type]


def _triage(casus: Casus) -> Tafel | None:
    """The tafel for people who only wait (T-05), when this casus is only about waiting."""
    if not casus.waiting_list_only:
        return None
    return Tafel.objects.filter(slug__in=for_who_only_waits(), trede__isnull=False).first()
