"""Beheer: ending a role, and shutting or opening an account; each asks whether that is meant."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from audit.performing import get_or_post, perform, show
from directory.models import Membership, User
from directory.people import actions as people
from directory.people.access.forms import AccessForm
from directory.people.permissions import reason_to_keep, reason_to_stay_open
from directory.web.beheer import admin_of
from directory.web.signed_in import AuthedRequest
from rdm.lib.forms import OnceForm


@get_or_post
def membership_end(request: AuthedRequest, pk: int) -> HttpResponse:
    """End a role, after saying what that does."""
    admin = admin_of(request)
    membership = get_object_or_404(Membership.objects.select_related("user", "organisation"), pk=pk)
    person = membership.user
    if request.method != "POST" and membership.ended_at:
        messages.info(request, "Deze rol was al gestopt.")
        return redirect("member_detail", person.pk)
    _stop(request, reason_to_keep(admin, membership))
    form = OnceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: people.end_membership(membership=membership, by=admin),
            done=f"De rol {_words(membership)} van {person} is gestopt.",
            to=reverse("member_detail", args=[person.pk]),
        )
        if answer:
            return answer
    context = {
        "person": person,
        "title": f"Rol van {person} stoppen?",
        "text": f"Het gaat om de rol {_words(membership)}.",
        "consequences": _after_the_role(membership),
        "crumb": "Stop deze rol",
        "button": "Ja, stop deze rol",
        "tone": "danger",
    }
    return _confirm(request, context, form)


@get_or_post
def user_active(request: AuthedRequest, pk: int) -> HttpResponse:
    """Shut or open an account, after saying what that does; shutting works at once."""
    admin = admin_of(request)
    person = get_object_or_404(User, pk=pk)
    _stop(request, reason_to_stay_open(admin, person))
    wanted = "shut" if person.is_active else "open"
    form = AccessForm(
        request.POST if request.method == "POST" else None, initial={"access": wanted}
    )
    if form.is_bound and form.is_valid():
        opened = form.cleaned_data["access"] == "open"
        answer = perform(
            request,
            form,
            lambda: people.set_active(user=person, by=admin, active=opened),
            done=f"Het account van {person} is weer open."
            if opened
            else f"Het account van {person} is dicht. {person} is overal uitgelogd.",
            to=reverse("member_detail", args=[person.pk]),
        )
        if answer:
            return answer
    return _confirm(request, {"person": person, **_about_the_account(person)}, form)


def _stop(request: HttpRequest, reason: str | None) -> None:
    """No page whose button can only say no. A POST goes on, so that the action says it."""
    if reason and request.method != "POST":
        raise PermissionDenied(reason)


def _confirm(request: HttpRequest, context: dict[str, Any], form: Any) -> HttpResponse:
    person = context["person"]
    back = reverse("member_detail", args=[person.pk])
    crumbs = [("Beheer", reverse("member_list")), (person.name, back)]
    context = {**context, "crumbs": crumbs, "back": back}
    return show(request, "directory/people/access/member_confirm.html", context, form=form)


def _words(membership: Membership) -> str:
    return f"‘{membership.get_role_display()}’ bij {membership.organisation}"


def _held(person: User) -> QuerySet[Membership]:
    """What this person may do now; `alone` when nobody else with an account has that role there."""
    colleagues = Membership.objects.filter(
        organisation=OuterRef("organisation"),
        role=OuterRef("role"),
        ended_at=None,
        user__is_active=True,
    ).exclude(user=person)
    held = Membership.objects.filter(user=person, ended_at=None).select_related("organisation")
    return held.annotate(alone=~Exists(colleagues))


def _after_the_role(membership: Membership) -> list[str]:
    person = membership.user
    held = list(_held(person))
    others = [one for one in held if one.pk != membership.pk]
    lines = [f"{person} kan daarna niets meer zien of doen in deze rol."]
    if others:
        kept = " en ".join(_words(one) for one in others)
        lines.append(f"{person} houdt: {kept}.")
    else:
        lines.append(f"{person} heeft dan geen rol meer en ziet niets. Het account blijft open.")
    lines += _left_empty([one for one in held if one.pk == membership.pk])
    lines.append(f"Wat {person} heeft vastgelegd, blijft bewaard.")
    lines.append("Was het een vergissing? Dan geeft u de rol terug met een uitnodiging.")
    return lines


def _left_empty(memberships: list[Membership]) -> list[str]:
    """Each role that nobody is left to do."""
    return [
        f"Let op: niemand anders heeft nu de rol {_words(one)}."
        for one in memberships
        if one.alone  # type: ignore[attr-defined]
    ]


def _about_the_account(person: User) -> dict[str, Any]:
    held = list(_held(person))
    if person.is_active:
        return {
            "title": f"Account van {person} sluiten?",
            "consequences": [
                f"{person} is direct overal uitgelogd en kan niet meer inloggen.",
                f"{person} krijgt geen e-mail meer over casussen.",
                *_left_empty(held),
                "De rollen blijven bewaard. U kunt het account later weer openen.",
            ],
            "crumb": "Sluit het account",
            "button": "Ja, sluit het account",
            "tone": "danger",
        }
    return {
        "title": f"Account van {person} openen?",
        "consequences": [
            f"{person} kan weer inloggen, met het oude wachtwoord.",
            f"{person} heeft dan weer: {' en '.join(_words(one) for one in held)}."
            if held
            else f"{person} heeft geen rol en ziet daarom niets.",
        ],
        "crumb": "Open het account",
        "button": "Ja, open het account",
        "tone": "",
    }
