"""Beheer: people with their roles, and organisations. Never a casus."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.models import Invitation, Membership, Organisation, User
from directory.people.forms import MemberFilterForm
from directory.people.permissions import reason_to_keep, reason_to_stay_open
from directory.web.beheer import PER_PAGE, admin_of, tabs
from directory.web.signed_in import AuthedRequest
from rdm.lib import clock
from rdm.lib.spelling import any_spelling


def _roles() -> QuerySet[Membership]:
    return Membership.objects.select_related("organisation").order_by("organisation__name", "role")


@require_safe
def member_list(request: AuthedRequest) -> HttpResponse:
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
    return render(request, "directory/people/member_list.html", context)


def _filtered(asked: dict[str, Any]) -> QuerySet[User]:
    users = User.objects.all()
    if word := asked.get("q"):
        users = users.filter(Q(name__regex=any_spelling(word)) | Q(email__regex=any_spelling(word)))
    membership: dict[str, Any] = {"memberships__ended_at": None}
    if asked.get("organisatie"):
        membership["memberships__organisation"] = asked["organisatie"]
    if asked.get("rol"):
        membership["memberships__role"] = asked["rol"]
    return users.filter(**membership).distinct() if len(membership) > 1 else users


@require_safe
def member_detail(request: AuthedRequest, pk: int) -> HttpResponse:
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
                email=person.email, accepted_at=None, withdrawn_at=None
            ).select_related("organisation")
            if invitation.is_open(clock.now())
        ],
        "crumbs": [("Beheer", reverse("member_list"))],
    }
    return render(request, "directory/people/member_detail.html", context)


@require_safe
def organisation_list(request: AuthedRequest) -> HttpResponse:
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
    return render(request, "directory/people/organisation_list.html", context)
