"""Beheer: mail that was given up. Who, what about and why; never its text."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from audit.performing import perform, show
from directory.mail import actions as mail
from directory.mail.rules import mail_error
from directory.web.beheer import PER_PAGE, admin_of, tabs
from directory.web.signed_in import AuthedRequest
from outbox import queue
from rdm.lib.forms import OnceForm


@require_safe
def mail_failed(request: AuthedRequest) -> HttpResponse:
    """Every failed mail, newest first, with a button to try again."""
    admin_of(request, "retry_mail")
    return _show(request)


@require_POST
def mail_retry(request: AuthedRequest, pk: int) -> HttpResponse:
    admin = admin_of(request, "retry_mail")
    message = get_object_or_404(queue.known(), pk=pk)
    form = OnceForm(request.POST)
    if answer := perform(
        request,
        form,
        lambda: mail.retry(pk=message.pk, by=admin),
        done=f"Wij sturen de e-mail aan {message.to} zo opnieuw.",
        to=reverse("mail_failed"),
    ):
        return answer
    return _show(request, form)


@require_POST
def mail_retry_all(request: AuthedRequest) -> HttpResponse:
    admin = admin_of(request, "retry_mail")
    form = OnceForm(request.POST)
    if answer := perform(
        request,
        form,
        lambda: mail.retry_all(by=admin),
        done="Wij sturen alle mislukte e-mails zo opnieuw.",
        to=reverse("mail_failed"),
    ):
        return answer
    return _show(request, form)


def _show(request: HttpRequest, form: Any = None) -> HttpResponse:
    page = Paginator(queue.failed(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [(message, mail_error(message.last_error)) for message in page],
        "tabs": tabs("mail_failed"),
        # One id for each button, so that a second click on the same button does nothing.
        "request_id": uuid4,
    }
    return show(request, "directory/mail/mail_failed.html", context, form=form)
