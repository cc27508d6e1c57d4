"""The forms of the product as a browser sees them: read from the pages, filled in and sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.messages import ERROR, get_messages
from django.core.cache import cache
from django.test import Client
from django.urls import resolve
from django.urls.exceptions import Resolver404
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from rdm.lib import clock
from tests.cast import PASSWORD
from tests.escalation.attachments.attached import PDF
from tests.house.pages import Page, first_look
from tests.house.scene import TEXT, Scene

Pairs = list[tuple[str, str]]
TEXT_KINDS = {"text", "textarea", "search", "email", "date", "time", "datetime-local", "number"}
CHOICE_KINDS = {"radio", "checkbox", "checkboxes", "select"}
KINDS = TEXT_KINDS | CHOICE_KINDS | {"password", "hidden"}
ENCODED = "application/x-www-form-urlencoded"


@dataclass
class Field:
    """One name in a form with everything a browser can send for it."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    many: bool = False
    required: bool = False

    @property
    def is_text(self) -> bool:
        return self.kind in TEXT_KINDS

    @property
    def is_choice(self) -> bool:
        """A choice from a list, so that any other value is a changed one."""
        return self.kind in ("radio", "select") or (self.kind == "checkbox" and self.many)


def kind_of(field: Field) -> str:
    """A list of boxes is another kind than a yes or no."""
    return "checkboxes" if field.kind == "checkbox" and field.many else field.kind


@dataclass(frozen=True)
class Form:
    """A form of one page: where it goes, by which method, and its fields."""

    page: Page
    url: str
    method: str
    fields: tuple[Field, ...]
    button: tuple[str, str] | None = None

    @cached_property
    def name(self) -> str:
        """The name of the address that it is sent to."""
        try:
            return resolve(self.url.partition("?")[0]).url_name or ""
        except Resolver404:
            return ""

    @property
    def key(self) -> tuple[str, str, frozenset[str]]:
        """Two forms with the same key are the same form on two pages."""
        names = frozenset(one.name.rstrip("0123456789") for one in self.fields)
        return self.name, self.method, names

    def __str__(self) -> str:
        return f"{self.page.id} → {self.name}"

    def named(self, name: str) -> Field:
        return next(one for one in self.fields if one.name == name)

    def filled_in(self, **values: Any) -> Pairs:
        """Everything valid, with `values` instead (None leaves the field out)."""
        given = {**_valid(self), **values}
        pairs: Pairs = [self.button] if self.button else []
        pairs += _BESIDES.get(self.name, [])
        for one in self.fields:
            found = given[one.name] if one.name in given else _plausible(one)
            if found is not None:
                pairs += [(one.name, value) for value in _as_list(found)]
        return pairs


def _as_list(value: Any) -> list[str]:
    return list(value) if isinstance(value, list | tuple) else [str(value)]


def parsed(html: bytes) -> HtmlElement:
    """The main part of a page; the frame around it is the same on all pages."""
    main = html[max(html.find(b"<main"), 0) :]
    return document_fromstring(main or b"<main>", HTMLParser(encoding="utf-8"))


def forms_of(page: Page, html: bytes, path: str) -> Iterator[Form]:
    for tag in parsed(html).iter("form"):
        yield _form(page, tag, path)


def _form(page: Page, tag: HtmlElement, path: str) -> Form:
    fields: dict[str, Field] = {}
    for control in tag.iter("input", "textarea", "select"):
        name = control.get("name", "")
        kind = control.get("type", "text") if control.tag == "input" else control.tag
        if name and name != "csrfmiddlewaretoken" and kind not in ("submit", "button", "image"):
            _add(fields.setdefault(name, Field(name, kind)), control)
    # The button that goes on; not "one more row" or "later".
    buttons = [
        (one.get("name"), one.get("value", ""))
        for one in tag.iter("button", "input")
        if one.get("type") == "submit" and one.get("name", "more") not in ("more", "later")
    ]
    return Form(
        page,
        url=tag.get("action") or path,
        method=tag.get("method", "get").lower(),
        fields=tuple(fields.values()),
        button=buttons[0] if buttons else None,
    )


def _add(to: Field, control: HtmlElement) -> None:
    to.required |= control.get("aria-required") == "true"
    if to.kind in ("radio", "checkbox"):
        value = control.get("value", "on")
        to.choices.append(value)
        # One box without a value of its own is a yes or a no; boxes with values are a list.
        to.many = to.kind == "checkbox" and "value" in control.attrib
        if "checked" in control.attrib:
            to.chosen.append(value)
    elif to.kind == "select":
        options = list(control.iter("option"))
        to.choices = [option.get("value", "") for option in options]
        to.chosen = [one.get("value", "") for one in options if "selected" in one.attrib]
    elif to.kind == "textarea":
        # A browser leaves out the line end that follows the tag.
        to.value = control.text_content().removeprefix("\r").removeprefix("\n")
    else:
        to.value = control.get("value", "")


# --- What to fill in ------------------------------------------------------------------------------

_day = clock.today
# What a button on a page in between adds: without it the answers are only shown once more.
_BESIDES: dict[str, Pairs] = {"casus_submit": [("stage", "send")]}


def _plausible(one: Field) -> Any:
    """What stands there, or else something a careful person could fill in."""
    if one.kind in ("radio", "select"):
        return next((c for c in [*one.chosen, *one.choices] if c), None)
    if one.kind == "checkbox":
        return one.chosen or (one.choices[:1] if one.required or one.many else None)
    if one.value or one.kind == "hidden":
        return one.value
    by_kind = {
        "date": _day().isoformat(),
        "time": "14:30",
        "datetime-local": f"{_day() + timedelta(days=5)}T14:30",
        "email": "iemand.anders@voorbeeld.example",
        "password": PASSWORD,
        "number": "1",
        "textarea": TEXT,
        "file": "verzonnen plan.pdf",
    }
    return by_kind.get(one.kind, "Verzonnen antwoord")


def _valid(form: Form) -> dict[str, Any]:
    """Answers of one form that only make sense together."""
    later = (_day() + timedelta(days=20)).isoformat()
    if form.name in ("casus_register_step", "casus_edit") and form.page.more == ("delen",):
        return {"ground_other": "", "resident_informed": "yes"}
    if form.name == "casus_register_step" and form.page.more == ("inwoner",):
        return {"client_support": "not_offered", "client_support_by": ""}
    if form.name in ("tafel_propose", "propose_by_link", "entrances_edit"):
        return {one.name: kept for one in form.fields if (kept := _of_a_page(one))}
    if form.name == "casus_nominate":
        return {"checklist": form.named("checklist").choices}
    if form.name == "access_request_judge":
        return {"shown": form.named("shown").value}
    return {
        "casus_start": {"acute_danger": "no", "adult": "yes"},
        "casus_copy": {"acute_danger": "no", "adult": "yes"},
        "guide_mail": {"homepage": ""},
        "subscribe": {"homepage": ""},
        "signaal_new": {"homepage": ""},
        "evaluation_answer": {"homepage": ""},
        "casus_client_support": {"state": "not_offered", "organisation": ""},
        "casus_involve": {
            "organisation": "menzis",
            "ground_other": "",
            "resident_informed": "yes",
            "not_informed_reason": "",
            "until": later,
        },
        "casus_involvement": {"blocks": ["care"], "until": later, "why": "Verzonnen reden."},
        "deelnemer_add": {"organisation_name": "", "mandate": "yes"},
        "date_change": {"day": later, "starts_at": "10:00", "ends_at": "11:00"},
        "date_propose": {"day": later, "starts_at": "10:00", "ends_at": "11:00"},
        "overleg_fix": {"day": later, "starts_at": "10:00", "ends_at": "11:00"},
        "account_login": {"login": "procesmanager@voorbeeld.example"},
        "account_reset_password": {"email": "procesmanager@voorbeeld.example"},
        "account_change_password": {
            "oldpassword": PASSWORD,
            "password1": "Een-andere-zin-2",
            "password2": "Een-andere-zin-2",
        },
        "procesafspraak_edit": {"state": "vastgesteld"},
        "access_log_find": {"code": "TW-26-00000"},
        "afspraak_change": {"state": "done"},
        "afspraak_correct": {"text": "Zo is het afgesproken.", "due": later},
        "casus_note_correct": {"text": "Zo is het wel."},
        "communication_add": {"on": _day().isoformat()},
        "communication_correct": {"on": _day().isoformat(), "happened": "otherwise"},
        "hold_add": {"until": later},
        "lesson_add": {"due": later},
        "lesson_correct": {"due": later},
        "lesson_add_from": {"due": later},
    }.get(form.name, {})


def _of_a_page(one: Field) -> str:
    """What fits in a field of a public page that asks for more than words."""
    if one.value or not one.is_text:
        return ""
    for ending, answer in (
        ("_phone", "074 123 45 67"),
        ("website", "https://voorbeeld.example"),
        ("_url", "https://voorbeeld.example"),
        ("_hours", "24" if one.name.startswith("response") else ""),
        ("_weeks", "2"),
        ("_before", "2"),
        ("_minutes", "30"),
        ("_email", "iemand.anders@voorbeeld.example"),
        # Names in a list differ from one another.
        ("_name", f"Verzonnen {one.name.replace('_', ' ')}"),
    ):
        if one.name.endswith(ending):
            return answer
    return ""


# --- Sending --------------------------------------------------------------------------------------


class Answer:
    """What came back on a form."""

    def __init__(self, response: Any, form: Form) -> None:
        self.response, self.form = response, form

    @property
    def status(self) -> int:
        return int(self.response.status_code)

    @cached_property
    def html(self) -> HtmlElement:
        return parsed(self.response.content)

    @cached_property
    def forms(self) -> list[Form]:
        return [_form(self.form.page, tag, self.form.url) for tag in self.html.iter("form")]

    def texts(self, *classes: str) -> list[str]:
        """What stands in the elements of these classes."""
        return [
            " ".join(" ".join(one.itertext()).split())
            for one in self.html.iter("div", "p", "table")
            if set(one.get("class", "").split()) & set(classes)
        ]

    @cached_property
    def complaints(self) -> list[str]:
        """The errors on the page, or the one that the next page will show."""
        if self.status in (301, 302):
            said = get_messages(self.response.wsgi_request)
            queued = getattr(said, "_queued_messages", [])
            return [str(one.message) for one in queued if one.level >= ERROR]
        return self.texts("rdm-error", "utrecht-alert--error")

    @cached_property
    def faulted(self) -> set[str]:
        """The names of the fields that have an error beside them."""
        marks = (one.get("id", "") for one in self.html.iter("div"))
        return {mark[3:-6] for mark in marks if mark.startswith("id_") and mark.endswith("_error")}

    @property
    def is_accepted(self) -> bool:
        return self.status in (200, 302) and not self.complaints

    def shown(self, name: str) -> str | None:
        """What stands in a text field of the form that came back; None when it is not there."""
        for form in self.forms:
            for one in form.fields:
                if one.name == name and one.is_text and form.method == self.form.method:
                    return one.value
        return None


def send(client: Client, form: Form, pairs: Iterable[tuple[str, str]]) -> Answer:
    """As a browser sends it; surrogates go along as the bytes that an attacker would send."""
    # Rate limits are tested elsewhere; here every form is sent many times.
    cache.clear()
    cookies = client.cookies.copy()
    pairs = list(pairs)
    body: Any = urlencode(pairs, errors="surrogatepass")
    if form.method == "post" and any(one.kind == "file" for one in form.fields):
        body, content_type = with_files(form, pairs)
        response = client.post(form.url, body, content_type=content_type)
    elif form.method == "post":
        response = client.post(form.url, body, content_type=ENCODED)
    else:
        response = client.get(f"{form.url.partition('?')[0]}?{body}")
    client.cookies = cookies
    to_sign_in = response.headers.get("Location", "").startswith("/account/login/?next")
    assert not (form.page.who and to_sign_in), f"{form}: not signed in, so nothing was tried"
    return Answer(response, form)


def with_files(form: Form, pairs: Pairs) -> tuple[bytes, str]:
    """The body of a form with a file in it, and its kind. What was filled in for a file is the name
    of a small and good pdf."""
    edge, parts = "rand-van-de-test", []
    files = {one.name for one in form.fields if one.kind == "file"}
    for name, value in pairs:
        of_file, content = "", value.encode("utf-8", "surrogatepass")
        if name in files:
            # As browsers escape a name.
            called = value.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
            of_file, content = f'; filename="{called}"', PDF if value else b""
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"{of_file}\r\n\r\n'
        parts.append(head.encode("utf-8", "surrogatepass") + content + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


_known_forms: dict[tuple[str, Page], list[Form]] = {}


def _forms_on(scene: Scene, page: Page) -> list[Form]:
    known = (scene.cast.setting.name, page)
    if known not in _known_forms:
        content = first_look(scene, page).content
        _known_forms[known] = list(forms_of(page, content, page.url(scene)))
    return _known_forms[known]


def collect(scene: Scene, pages: Iterable[Page]) -> list[Form]:
    """Every form of these pages once, except signing out, which is on all of them."""
    found: dict[Any, Form] = {}
    for page in pages:
        # A page that is broken has no forms, and then nothing would be tested without a word.
        assert first_look(scene, page).status_code == page.status, page.id
        for form in _forms_on(scene, page):
            if form.name != "account_logout" or page.name == "account_logout":
                found.setdefault(form.key, form)
    return list(found.values())


def with_fields(form: Form, *names: str) -> Form:
    return replace(form, fields=tuple(one for one in form.fields if one.name in names))
