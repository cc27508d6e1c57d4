"""The way in: accepting an invitation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from audit.performing import perform, show
from directory.actions import people
from directory.forms.people import AcceptForm
from directory.models import User


@login_not_required
@never_cache
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Make the account, then sign in. A link that no longer works says whom to ask."""
    invitation = people.invitation_of(secret)
    if invitation is None:
        return render(request, "directory/invitation_gone.html", status=404)
    has_account = User.objects.filter(email__iexact=invitation.email).exists()
    form = AcceptForm(request.POST or None, has_account=has_account)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data.get("password", "")
        answer = perform(
            request,
            form,
            lambda: people.accept_invitation(invitation=invitation, password=password),
            done="Welkom. U kunt nu inloggen.",
            to=reverse("account_login"),
        )
        if answer:
            return answer
    context = {"invitation": invitation, "has_account": has_account}
    return show(request, "directory/invitation_accept.html", context, form=form)
