"""What only the demo has: signing in as somebody with one click, and reading the mail."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST, require_safe
from icalendar import Calendar

from audit import log
from demo.people import BY_SLUG, OTHERS, PERSONAS
from directory.models import User
from outbox.models import Message
from rdm.lib.spelling import any_spelling

PER_PAGE = 25
_LINK = re.compile(r"https?://[^\s<>\"]+")


@login_not_required
@require_safe
def personas(request: HttpRequest) -> HttpResponse:
    """Everybody who can be played; also for who is already signed in as somebody else."""
    return render(request, "demo/personas.html", {"personas": PERSONAS, "others": OTHERS})


@login_not_required
@require_POST
def sign_in(request: HttpRequest, persona: str) -> HttpResponse:
    """Become this person; the log knows it like any other sign-in."""
    person = BY_SLUG.get(persona)
    if person is None:
        raise Http404("Deze persoon zit niet in de demo.")
    user = User.objects.filter(email=person.email).first()
    if user is None or not user.is_active:
        messages.error(request, f"Het account van {person.name} bestaat niet of is gesloten.")
        return HttpResponseRedirect(reverse("demo_personas"))
    # A session of somebody else ends here, together with everything that was in it.
    request.session.flush()
    login(request, user, "allauth.account.auth_backends.AuthenticationBackend")
    log.record(
        actor=user,
        action="sign_in",
        object_type="user",
        object_id=user.pk,
        part="demo",
        role=", ".join(sorted(user.roles)),
        organisation=user.acting_for,
    )
    return HttpResponseRedirect(reverse("home"))


@login_not_required
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """Every mail of the outbox, newest first; with ?aan= only those to one address."""
    to = request.GET.get("aan", "")[:254]
    found = Message.objects.defer("body", "ical").order_by("-pk")
    if to:
        found = found.filter(to__regex=f"^{any_spelling(to)}$")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "demo/mail_list.html", {"page_obj": page, "to": to})


@login_not_required
@require_safe
def mail_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as the reader gets it, with its calendar item."""
    message = get_object_or_404(Message, pk=pk)
    context = {
        "message": message,
        "body": with_links(message.body),
        "calendar": _calendar(message),
        "crumbs": [("Verstuurde mail", reverse("demo_mail"))],
    }
    return render(request, "demo/mail_detail.html", context)


def with_links(text: str) -> SafeString:
    """`text` with its links clickable, each on this address whatever port the mail was made on."""
    parts: list[str] = []
    end = 0
    for found in _LINK.finditer(text):
        parts.append(escape(text[end : found.start()]))
        address = urlsplit(found.group())
        # One slash: two would lead to another site.
        path = "/" + address.path.lstrip("/") + (f"?{address.query}" if address.query else "")
        parts.append(
            format_html_join("", '<a class="nl-link" href="{}">{}</a>', [(path, found.group())])
        )
        end = found.end()
    parts.append(escape(text[end:]))
    return mark_safe("".join(parts))


def _calendar(message: Message) -> dict[str, Any] | None:
    if not message.ical:
        return None
    event = next(iter(Calendar.from_ical(message.ical).walk("VEVENT")))
    return {
        "cancelled": message.ical_method == "CANCEL",
        "summary": str(event.get("SUMMARY", "")),
        "starts": event.decoded("DTSTART"),
        "ends": event.decoded("DTEND"),
        "place": str(event.get("LOCATION", "")),
        "uid": str(event.get("UID", "")),
        "sequence": event.get("SEQUENCE", 0),
        "source": message.ical.replace("\r\n", "\n"),
    }
