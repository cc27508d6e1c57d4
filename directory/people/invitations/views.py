"""The way in: inviting somebody, and accepting the invitation."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audit.performing import get_or_post, perform, posted, show
from directory.models import Invitation, User
from directory.people.invitations import actions as invitations
from directory.people.invitations.forms import (
    ROLE_HINTS,
    AcceptForm,
    DeclineForm,
    InviteForm,
    PersonForm,
    WhereForm,
)
from directory.people.permissions import reason_not_to_agree
from directory.permissions import reason_denied
from directory.reading.roles import offered
from directory.roles import HEAVY, Role
from directory.web.beheer import PER_PAGE, admin_of, tabs
from directory.web.signed_in import AuthedRequest
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.forms import OnceForm

TEMPLATES = "directory/people/invitations"
QUEUED = "Uitnodiging klaargezet voor {name}. De e-mail gaat er zo uit."
ASKED = "Een tweede persoon moet akkoord gaan voor {name}. Daarna gaat de uitnodiging eruit."


@get_or_post
def member_invite(request: AuthedRequest) -> HttpResponse:
    """Invite somebody, in a role of the organisation ?organisatie=, which is asked first. With
    ?persoon= the name and address of an account are filled in."""
    admin = admin_of(request)
    where = WhereForm(request.GET if "organisatie" in request.GET else None)
    crumbs = [("Beheer", reverse("member_list"))]
    person = _chosen_person(request)
    if not (where.is_bound and where.is_valid()):
        context = {"crumbs": crumbs, "person": person}
        return show(request, f"{TEMPLATES}/member_invite_where.html", context, form=where)
    organisation = where.cleaned_data["organisatie"]
    initial = {"name": person.name, "email": person.email} if person else {}
    form = InviteForm(posted(request), initial=initial, roles=offered(organisation))
    if form.is_bound and form.is_valid():
        name, email, role = (form.cleaned_data[one] for one in ("name", "email", "role"))
        answer = perform(
            request,
            form,
            lambda: invitations.invite(
                by=admin, email=email, name=name, organisation=organisation, role=role
            ),
            done=ASKED.format(name=name) if role in HEAVY else QUEUED.format(name=name),
            to=reverse("invitation_list"),
        )
        if answer:
            return answer
    context = {"crumbs": crumbs, "organisation": organisation, "person": person}
    return show(request, f"{TEMPLATES}/member_invite.html", context, form=form)


def _chosen_person(request: AuthedRequest) -> User | None:
    chosen = request.GET.get("persoon", "")
    # isdecimal() also takes Arabic digits and numbers that no column holds.
    if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10:
        return User.objects.filter(pk=int(chosen)).first()
    return None


@require_safe
def invitation_list(request: AuthedRequest) -> HttpResponse:
    """Who was invited, by whom, and what became of it."""
    admin_of(request)
    return _show_invitations(request)


def _show_invitations(request: HttpRequest, form: Any = None) -> HttpResponse:
    invitations = Invitation.objects.select_related("organisation", "invited_by", "judged_by")
    page = Paginator(invitations, PER_PAGE).get_page(request.GET.get("page"))
    now = clock.now()
    context = {
        "page_obj": page,
        "rows": [(invitation, *_state(invitation, now)) for invitation in page],
        "tabs": tabs("invitation_list"),
        # One id for each button, so that a second click on the same button does nothing.
        "request_id": uuid4,
    }
    return show(request, f"{TEMPLATES}/invitation_list.html", context, form=form)


def _state(invitation: Invitation, now: Any) -> tuple[str, str, bool]:
    """State in a word, the tone of its badge, and whether it can still be withdrawn."""
    if invitation.accepted_at:
        return "aangenomen", "success", False
    if invitation.withdrawn_at:
        return invitation.get_withdrawn_because_display(), "neutral", False
    if not invitation.is_open(now):
        return "verlopen", "warning", True
    if invitation.waits:
        return "wacht op een tweede persoon", "info", True
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


@get_or_post
def invitation_correct(request: AuthedRequest, pk: int) -> HttpResponse:
    """The name or the address was wrong: the same invitation for the right person."""
    admin = admin_of(request)
    invitation = get_object_or_404(Invitation.objects.select_related("organisation"), pk=pk)
    if request.method != "POST" and not Invitation.objects.open().filter(pk=pk).exists():
        messages.info(request, invitations.NO_LONGER_OPEN)
        return redirect("invitation_list")
    person = {"name": invitation.name, "email": invitation.email}
    form = PersonForm(posted(request), initial=person)
    if answer := perform(
        request,
        form,
        lambda: invitations.correct(
            invitation=invitation,
            by=admin,
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
        ),
        done=lambda right: (ASKED if right.waits else QUEUED).format(name=right.name),
        to=reverse("invitation_list"),
    ):
        return answer
    crumbs = [("Beheer", reverse("member_list")), ("Uitnodigingen", reverse("invitation_list"))]
    context = {"crumbs": crumbs, "invitation": invitation}
    return show(request, f"{TEMPLATES}/invitation_correct.html", context, form=form)


@get_or_post
def invitation_agree(request: AuthedRequest, pk: int) -> HttpResponse:
    """The second person sees for whom a heavy role is, and agrees or not."""
    invitation = _to_judge(request, pk)
    form = OnceForm(posted(request))
    if form.is_bound and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: invitations.agree(invitation=invitation, by=request.user),
            done=f"U ging akkoord. {invitation.name} krijgt nu de uitnodiging.",
            to=reverse("heavy_role_list"),
        )
        if answer:
            return answer
    context = {
        "invitation": invitation,
        "facts": _facts(invitation),
        "consequences": [
            f"Dit hoort bij de rol: {ROLE_HINTS[Role(invitation.role)]}",
            f"{invitation.name} krijgt een e-mail met een link en begint als die is geopend.",
            "De FG, de coördinatoren en de organisatie horen dat er iemand bij is gekomen.",
        ],
        "waits": invitation.waits and invitation.is_open(clock.now()),
        "crumbs": [("Zware rollen", reverse("heavy_role_list"))],
    }
    return show(request, f"{TEMPLATES}/invitation_agree.html", context, form=form)


@get_or_post
def invitation_decline(request: AuthedRequest, pk: int) -> HttpResponse:
    """The second person does not agree, and says why."""
    invitation = _to_judge(request, pk)
    form = DeclineForm(posted(request))
    if form.is_bound and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: invitations.decline(
                invitation=invitation, by=request.user, reason=form.cleaned_data["reason"]
            ),
            done=f"{invitation.name} krijgt de rol niet. Wie de uitnodiging deed, hoort dat.",
            to=reverse("heavy_role_list"),
        )
        if answer:
            return answer
    context = {
        "title": "Waarom gaat u niet akkoord?",
        "text": f"Het gaat om {invitation.name}: {_role(invitation)}.",
        "button": "Ik ga niet akkoord",
        "tone": "danger",
        "back": reverse("invitation_agree", args=[invitation.pk]),
        "crumb": "Niet akkoord",
        "crumbs": [("Zware rollen", reverse("heavy_role_list"))],
    }
    return show(request, f"{TEMPLATES}/invitation_decline.html", context, form=form)


def _to_judge(request: AuthedRequest, pk: int) -> Invitation:
    """A heavy role that this person may judge; the reason why not for who may not."""
    user = request.user
    if reason := reason_denied(user, "agree_to_role"):
        raise PermissionDenied(reason)
    found = Invitation.objects.heavy().select_related("organisation", "invited_by", "judged_by")
    invitation = get_object_or_404(found, pk=pk)
    if reason := reason_not_to_agree(user, invitation):
        raise PermissionDenied(reason)
    return invitation


def _role(invitation: Invitation) -> str:
    return f"{invitation.get_role_display()} bij {invitation.organisation}"


def _facts(invitation: Invitation) -> list[tuple[str, str]]:
    by = invitation.invited_by.name if invitation.invited_by else "de technisch beheerder"
    return [
        ("Wie", f"{invitation.name}\n{invitation.email}"),
        ("Rol", capfirst(invitation.get_role_display())),
        ("Organisatie", str(invitation.organisation)),
        ("Uitgenodigd door", f"{by}, {long_date(clock.local_date(invitation.created_at))}"),
    ]


@login_not_required
@never_cache
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Make the account, then sign in. A link that no longer works says whom to ask."""
    invitation = invitations.invitation_of(secret)
    if invitation is None:
        return render(request, f"{TEMPLATES}/invitation_gone.html", status=404)
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
    return show(request, f"{TEMPLATES}/invitation_accept.html", context, form=form)


def _for_somebody_else(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Whoever is signed in opened a link of another address: nothing happens but this page."""
    context = {"invitation": invitation}
    status = 403 if request.method == "POST" else 200
    template = f"{TEMPLATES}/invitation_for_other.html"
    return render(request, template, context, status=status)
