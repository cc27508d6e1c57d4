"""The way in: inviting somebody, and accepting the invitation."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audit.performing import perform, show
from directory.models import Invitation, User
from directory.people.invitations import actions as invitations
from directory.people.invitations.forms import AcceptForm, InviteForm
from directory.web.beheer import PER_PAGE, admin_of, tabs
from directory.web.signed_in import AuthedRequest
from rdm.lib import clock
from rdm.lib.forms import OnceForm


def member_invite(request: AuthedRequest) -> HttpResponse:
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
            lambda: invitations.invite(by=admin, role=form.cleaned_data["role"], **wanted),
            done=f"Uitnodiging klaargezet voor {wanted['name']}. De e-mail gaat er zo uit.",
            to=reverse("invitation_list"),
        )
        if answer:
            return answer
    context = {"crumbs": [("Beheer", reverse("member_list"))]}
    return show(request, "directory/people/invitations/member_invite.html", context, form=form)


@require_safe
def invitation_list(request: AuthedRequest) -> HttpResponse:
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
    return show(request, "directory/people/invitations/invitation_list.html", context, form=form)


def _state(invitation: Invitation, now: Any) -> tuple[str, str, bool]:
    """State in a word, the tone of its badge, and whether it can still be withdrawn."""
    if invitation.accepted_at:
        return "aangenomen", "success", False
    if invitation.withdrawn_at:
        return invitation.get_withdrawn_because_display(), "neutral", False
    if not invitation.is_open(now):
        return "verlopen", "warning", True
    return "wacht op antwoord", "info", True


@require_POST
def invitation_withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    admin = admin_of(request)
    invitation = get_object_or_404(Invitation, pk=pk)
    form = OnceForm(request.POST)
    if form.is_valid():
        answer = perform(
            request,
            form,
            lambda: invitations.withdraw(invitation=invitation, by=admin),
            done=f"De uitnodiging voor {invitation.name} werkt niet meer.",
            to=reverse("invitation_list"),
        )
        if answer:
            return answer
    return _show_invitations(request, form)


@login_not_required
@never_cache
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Make the account, then sign in. A link that no longer works says whom to ask."""
    invitation = invitations.invitation_of(secret)
    if invitation is None:
        return render(request, "directory/people/invitations/invitation_gone.html", status=404)
    if request.user.is_authenticated and request.user.email != invitation.email:
        return _for_somebody_else(request, invitation)
    has_account = User.objects.of_address(invitation.email) is not None
    form = AcceptForm(request.POST or None, has_account=has_account)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data.get("password", "")
        answer = perform(
            request,
            form,
            lambda: invitations.accept(invitation=invitation, password=password),
            done="Welkom. U kunt nu inloggen.",
            to=reverse("account_login"),
        )
        if answer:
            return answer
    context = {"invitation": invitation, "has_account": has_account}
    return show(request, "directory/people/invitations/invitation_accept.html", context, form=form)


def _for_somebody_else(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Whoever is signed in opened a link of another address: nothing happens but this page."""
    context = {"invitation": invitation}
    status = 403 if request.method == "POST" else 200
    template = "directory/people/invitations/invitation_for_other.html"
    return render(request, template, context, status=status)
