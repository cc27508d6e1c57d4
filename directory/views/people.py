"""Beheer: people with their roles, invitations and organisations. Never a casus."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from audit.performing import perform, show
from directory.actions import people
from directory.forms.people import InviteForm, MemberFilterForm
from directory.models import Invitation, Membership, Organisation, User
from directory.permissions import reason_to_keep, reason_to_stay_open
from directory.web.beheer import PER_PAGE, admin_of, tabs
from rdm.lib import clock
from rdm.lib.forms import OnceForm


def _roles() -> QuerySet[Membership]:
    return Membership.objects.select_related("organisation").order_by("organisation__name", "role")


@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, with the roles that count now."""
    admin_of(request)
    form = MemberFilterForm(request.GET)
    form.is_valid()
    found = _filtered(form.cleaned_data).order_by("name", "pk")
    current = Prefetch("memberships", _roles().filter(ended_at=None), to_attr="current_roles")
    page = Paginator(found.prefetch_related(current), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "filter_form": form,
        "active": any(form.cleaned_data.values()),
        "noun": "persoon" if page.paginator.count == 1 else "mensen",
        "tabs": tabs("member_list"),
    }
    return render(request, "directory/member_list.html", context)


def _filtered(asked: dict[str, Any]) -> QuerySet[User]:
    users = User.objects.all()
    if word := asked.get("q"):
        users = users.filter(Q(name__icontains=word) | Q(email__icontains=word))
    membership: dict[str, Any] = {"memberships__ended_at": None}
    if asked.get("organisatie"):
        membership["memberships__organisation"] = asked["organisatie"]
    if asked.get("rol"):
        membership["memberships__role"] = asked["rol"]
    return users.filter(**membership).distinct() if len(membership) > 1 else users


@require_safe
def member_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles now and before, open invitations, and whether the account is open."""
    admin = admin_of(request)
    person = get_object_or_404(User, pk=pk)
    roles = list(_roles().filter(user=person))
    context = {
        "person": person,
        "stays_open": reason_to_stay_open(admin, person),
        "roles": [(role, reason_to_keep(admin, role)) for role in roles if role.ended_at is None],
        "past_roles": [role for role in roles if role.ended_at is not None],
        "invitations": [
            invitation
            for invitation in Invitation.objects.filter(
                email__iexact=person.email, accepted_at=None, withdrawn_at=None
            ).select_related("organisation")
            if invitation.is_open(clock.now())
        ],
        "crumbs": [("Beheer", reverse("member_list"))],
    }
    return render(request, "directory/member_detail.html", context)


def member_invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; with ?persoon= the name and address of an account are filled in."""
    admin = admin_of(request)
    initial: dict[str, str] = {}
    chosen = request.GET.get("persoon", "")
    # isdecimal() also takes Arabic digits and numbers that no column holds.
    if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10:
        person = User.objects.filter(pk=int(chosen)).first()
        initial = {"name": person.name, "email": person.email} if person else {}
    form = InviteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("name", "email", "organisation")}
        answer = perform(
            request,
            form,
            lambda: people.invite(by=admin, role=form.cleaned_data["role"], **wanted),
            done=f"Uitnodiging klaargezet voor {wanted['name']}. De e-mail gaat er zo uit.",
            to=reverse("invitation_list"),
        )
        if answer:
            return answer
    context = {"crumbs": [("Beheer", reverse("member_list"))]}
    return show(request, "directory/member_invite.html", context, form=form)


@require_safe
def invitation_list(request: HttpRequest) -> HttpResponse:
    """Who was invited, by whom, and what became of it."""
    admin_of(request)
    return _show_invitations(request)


def _show_invitations(request: HttpRequest, form: Any = None) -> HttpResponse:
    invitations = Invitation.objects.select_related("organisation", "invited_by")
    page = Paginator(invitations, PER_PAGE).get_page(request.GET.get("page"))
    now = clock.now()
    context = {
        "page_obj": page,
        "rows": [(invitation, *_state(invitation, now)) for invitation in page],
        "tabs": tabs("invitation_list"),
        # One id for each button, so that a second click on the same button does nothing.
        "request_id": uuid4,
    }
    return show(request, "directory/invitation_list.html", context, form=form)


def _state(invitation: Invitation, now: Any) -> tuple[str, str, bool]:
    """State in a word, the tone of its badge, and whether it can still be withdrawn."""
    if invitation.accepted_at:
        return "aangenomen", "success", False
    if invitation.withdrawn_at:
        return "ingetrokken", "neutral", False
    if not invitation.is_open(now):
        return "verlopen", "warning", True
    return "wacht op antwoord", "info", True


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """The organisations of the region, and how many people act for each."""
    admin_of(request)
    working = Count(
        "memberships__user",
        filter=Q(memberships__ended_at=None, memberships__user__is_active=True),
        distinct=True,
    )
    context = {
        "organisations": Organisation.objects.annotate(people=working),
        "tabs": tabs("organisation_list"),
    }
    return render(request, "directory/organisation_list.html", context)


@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    admin = admin_of(request)
    invitation = get_object_or_404(Invitation, pk=pk)
    form = OnceForm(request.POST)
    if form.is_valid():
        answer = perform(
            request,
            form,
            lambda: people.withdraw_invitation(invitation=invitation, by=admin),
            done=f"De uitnodiging voor {invitation.name} werkt niet meer.",
            to=reverse("invitation_list"),
        )
        if answer:
            return answer
    return _show_invitations(request, form)
