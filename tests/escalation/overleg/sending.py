"""Filling in a page the way a person does: open it, type, send."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client


def send(client: Client, url: str, **answers: Any) -> HttpResponse:
    """Open `url`, keep the hidden fields of its form, and send it with `answers`."""
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code, getattr(page, "url", ""))
    return client.post(url, hidden(page.context["form"]) | answers)  # type: ignore[return-value]


def hidden(form: Any) -> dict[str, Any]:
    return {field.html_name: field.value() for field in form.hidden_fields()}


def text_of(response: HttpResponse) -> str:
    """The page as words: tags gone, spaces normal."""
    import html
    import re

    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())
