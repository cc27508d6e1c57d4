"""The four steps of a registration, and looking it over before it is registered."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.performing import get_or_post, hand_over, perform, posted, show
from directory.models import Tafel, User
from directory.region.snapshot import snapshot
from directory.web.signed_in import AuthedRequest
from escalation.models import Casus
from escalation.reading.guide import for_who_only_waits
from escalation.registration import actions as registration
from escalation.registration.duplicates.rules import same_reference
from escalation.registration.forms import RegistrationStep
from escalation.registration.steps.forms import STEPS
from escalation.roles import REGISTRANTS
from escalation.web.forms import ConfirmForm
from escalation.web.frame import casus_frame
from escalation.web.load import Dossier, as_it_is_now, load_casus, require
from rdm.lib import clock

# In the address when somebody came from the page with all answers, and wants to go back there.
BACK = "terug"
# In a form that the page sends by itself while somebody types.
MEANWHILE = "meanwhile"
# The page with all answers is the last one.
STEPS_IN_ALL = len(STEPS) + 1


@require_safe
def casus_resume(request: AuthedRequest, code: str) -> HttpResponse:
    """To the first step that is not finished, or to the page with all answers."""
    dossier = load_casus(request, code, part="registration")
    casus = dossier.casus
    if not casus.is_draft:
        return redirect("casus_detail", casus.code)
    require(request, dossier, "edit")
    for form, state in _states(_forms(request, casus), current=""):
        if state != "done":
            return redirect("casus_register_step", casus.code, form.key)
    return redirect("casus_check", casus.code)


@get_or_post
def casus_register_step(request: AuthedRequest, code: str, step: str) -> HttpResponse:
    """One step of a draft."""
    return _step_page(request, code, step, editing=False)


@get_or_post
def casus_edit(request: AuthedRequest, code: str, step: str) -> HttpResponse:
    """The same step of a casus that is registered."""
    return _step_page(request, code, step, editing=True)


def _step_page(request: AuthedRequest, code: str, step: str, *, editing: bool) -> HttpResponse:
    if step not in STEPS:
        raise Http404("Deze stap bestaat niet.")
    dossier = load_casus(request, code, part=f"registration:{step}")
    casus = dossier.casus
    if request.method != "POST" and casus.is_draft == editing:
        return redirect("casus_register_step" if casus.is_draft else "casus_edit", code, step)
    require(request, dossier, "edit")
    if casus.is_draft and MEANWHILE in request.POST:
        return _keep_meanwhile(request, casus, step)
    later = casus.is_draft and "later" in request.POST
    form = _form(request, casus, step, posted(request), later=later)
    if answer := _keep(request, casus, form):
        return answer
    if getattr(form, "conflict", False):
        current = as_it_is_now(request, casus)
        form.conflict_rows = form.compare_with(_form(request, current, step))  # type: ignore[attr-defined]
    return show(
        request,
        "escalation/registration/registration_step.html",
        _context(dossier, form),
        form=form,
    )


def _keep_meanwhile(request: AuthedRequest, casus: Casus, step: str) -> HttpResponse:
    """Save a draft while somebody types, and say so in a few words that the page shows. An answer
    with a mistake in it waits, the others are kept."""
    form = _form(request, casus, step, request.POST, later=True)
    wrong = [form[name] for name in form.errors if name in form.own_names]
    do = partial(_save, casus, form, request.user)
    kept = not form.non_field_errors() and hand_over(
        request, form, do, done="", to=request.path, record=casus
    )
    if kept:
        casus.refresh_from_db(fields=["version"])
    context = {
        "kept": kept,
        "wrong": _what_is_wrong(wrong),
        "now": clock.now(),
        "next": _form(request, casus, step),
    }
    return render(request, "escalation/registration/_kept.html", context)


def _what_is_wrong(fields: list[BoundField]) -> str:
    """The first mistake in its own words, and at which other answers there is one."""
    if not fields:
        return ""
    first, others = fields[0], " en ".join(f"‘{one.label}’" for one in fields[1:])
    also = f" Ook bij {others} klopt iets niet." if others else ""
    return f"‘{first.label}’: {first.errors[0]}{also}"


def _keep(request: AuthedRequest, casus: Casus, form: RegistrationStep) -> HttpResponse | None:
    """Save the step; "later" goes back to the list, else on to the next step."""
    if not casus.is_draft:
        to, done = reverse("casus_detail", args=[casus.code]), "De casus is gewijzigd."
    elif form.later:
        to = reverse("casus_list")
        done = f"Bewaard. U vindt het concept {casus.code} in deze lijst en bij Mijn werk."
    else:
        to, done = _after(request, casus, form.key), f"‘{form.title}’ is bewaard."
    do = partial(_save, casus, form, request.user)
    return perform(request, form, do, done=done, to=to, record=casus)


def _save(casus: Casus, form: RegistrationStep, by: User) -> None:
    version = form.cleaned_data["version"]
    registration.save_registration(casus=casus, by=by, version=version, **form.to_keep())


def _after(request: AuthedRequest, casus: Casus, key: str) -> str:
    keys = list(STEPS)
    following = keys[keys.index(key) + 1 :]
    if not following or BACK in request.GET:
        return reverse("casus_check", args=[casus.code])
    return reverse("casus_register_step", args=[casus.code, following[0]])


def _context(dossier: Dossier, form: RegistrationStep) -> dict[str, Any]:
    casus = form.casus
    context: dict[str, Any] = {
        "casus": casus,
        "number": list(STEPS).index(form.key) + 1,
        "count": STEPS_IN_ALL,
        "triage": _triage(casus) if form.key == "geprobeerd" else None,
        "same": _same_reference(dossier.user, form),
    }
    if casus.is_draft:
        context["progress"] = _progress(casus, _beside(form), form.key)
    else:
        context |= casus_frame(dossier, "", page="Gegevens wijzigen")
    return context


@get_or_post
def casus_check(request: AuthedRequest, code: str) -> HttpResponse:
    """All answers on one page, with what is missing; from here the casus is registered."""
    dossier = load_casus(request, code, part="registration")
    casus = dossier.casus
    if request.method != "POST" and not casus.is_draft:
        return redirect("casus_detail", casus.code)
    require(request, dossier, "register" if request.method == "POST" else "edit")
    form = ConfirmForm(posted(request), version=casus.version)
    if answer := perform(
        request,
        form,
        lambda: registration.register(
            casus=casus,
            by=request.user,
            version=form.cleaned_data["version"],
        ),
        done="De casus is geregistreerd. Hieronder ziet u wat nu nodig is.",
        to=dossier.url,
        record=casus,
    ):
        return answer
    forms = _forms(request, casus)
    context = {
        "casus": casus,
        "sections": [_section(casus, each) for each in forms],
        "missing": sum(each.is_missing(name) for each in forms for name in each.fields),
        "number": STEPS_IN_ALL,
        "progress": _progress(casus, forms, "check"),
        "triage": _triage(casus),
        "same": _same_reference(request.user, forms[-1]),
        "shares": casus.carried_by_id != casus.gemeente_id,
    }
    return show(request, "escalation/registration/registration_check.html", context, form=form)


def _form(
    request: AuthedRequest, casus: Casus, step: str, data: Any = None, *, later: bool = False
) -> RegistrationStep:
    return STEPS[step](data, casus=casus, reference=own_reference(request, casus), later=later)


def _forms(request: AuthedRequest, casus: Casus) -> list[RegistrationStep]:
    reference, region = own_reference(request, casus), snapshot()
    return [step(casus=casus, reference=reference, region=region) for step in STEPS.values()]


def _beside(form: RegistrationStep) -> list[RegistrationStep]:
    """All steps, of which `form` is one that is made already."""
    return [
        form
        if form.key == key
        else step(casus=form.casus, reference=form.reference, region=form.region)
        for key, step in STEPS.items()
    ]


def own_reference(request: AuthedRequest, casus: Casus) -> str | None:
    """The number of the registering organisation; None for who does not work there."""
    user = request.user
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


def _same_reference(user: User, form: RegistrationStep) -> list[Casus]:
    """Casussen that may be the same one, on the step that asks for the reference."""
    if "own_reference" not in form.fields:
        return []
    return same_reference(user, form.casus, form.reference)


def _triage(casus: Casus) -> Tafel | None:
    """The tafel for people who only wait (T-05), when this casus is only about waiting."""
    if not casus.waiting_list_only:
        return None
    return Tafel.objects.filter(slug__in=for_who_only_waits(), trede__isnull=False).first()
