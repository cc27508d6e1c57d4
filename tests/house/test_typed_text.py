"""No text that somebody typed is lost because a session, a right or a page ended (security.md,
promise 12): whatever page comes in place of the form shows it, to copy.

The forms are read from the pages, as in test_bad_input. Every text field of every form gets a
sentence of its own, and then, just before it is sent, something ends.
"""

from __future__ import annotations

import errno
import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from directory.models import Membership, User
from escalation.models import Transfer
from rdm.lib import clock, codes
from tests.house.forms import Answer, Form, collect, send
from tests.house.pages import PAGES, Page, fresh_visitor, visitor
from tests.house.scene import Scene
from tests.house.tried import note
from tests.standing import undone

WRITTEN = {"text", "textarea", "email", "url", "search"}
# The one choice that looks like words, and has the name of a text on another form.
A_CHOICE = "voorzitter van de tafel"
# A trap for robots, and a number.
NO_WORDS = {"homepage", "number"}


def forms_with_text(scene: Scene) -> Iterator[tuple[Form, dict[str, str]]]:
    """Every form that is sent with a POST and has room for words, with a sentence for each."""
    for form in collect(scene, PAGES):
        if form.method != "post" or form.page.name.startswith("account_"):
            continue
        words = [one.name for one in form.fields if one.kind in WRITTEN]
        names = [name for name in words if name not in NO_WORDS]
        if names:
            yield form, {name: f"Kanarie {number}.\n“Zó”  <b>" for number, name in enumerate(names)}


def shown(answer: Answer) -> list[str]:
    """The texts on the page, as a person can copy them."""
    return [area.text_content().removeprefix("\n") for area in answer.html.iter("textarea")]


def stopped(scene: Scene, form: Form) -> Client:
    """Every role of this person has ended, in a tab that was open."""
    client = visitor(scene, form.page.who)
    user: User = getattr(scene.cast, form.page.who)
    Membership.objects.filter(user=user, ended_at=None).update(ended_at=clock.now())
    return client


def signed_out(scene: Scene, form: Form) -> Client:
    client = visitor(scene, form.page.who)
    Session.objects.all().delete()
    return client


def too_old(scene: Scene, form: Form) -> Client:
    """The token of the form is not the one that this visitor has now."""
    return visitor_with_tokens(scene, form.page.who)


_with_tokens: dict[tuple[int, str], Client] = {}


def visitor_with_tokens(scene: Scene, who: str) -> Client:
    known = (id(scene), who)
    if known not in _with_tokens:
        _with_tokens[known] = fresh_visitor(scene, who, enforce_csrf_checks=True)
    return _with_tokens[known]


ENDINGS: dict[str, Callable[[Scene, Form], Client]] = {
    "stopped": stopped,
    "signed out": signed_out,
    "too old": too_old,
}


@pytest.mark.once
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_text_is_there_to_copy_when_something_ended(scene: Scene, ending: str) -> None:
    wrong = []
    for form, typed in forms_with_text(scene):
        if not form.page.who and ending != "too old":
            continue
        visitor(scene, form.page.who), visitor_with_tokens(scene, form.page.who)
        with undone():
            client = ENDINGS[ending](scene, form)
            note("forms")
            answer = send(client, form, form.filled_in(**typed))
        wrong += list(problems(answer, form, typed, 403, 404))
    assert not wrong, "\n".join(wrong)


def problems(answer: Answer, form: Form, typed: dict[str, str], *statuses: int) -> Iterator[str]:
    """Not only what misses: a page full of ticks and keys helps nobody."""
    there = shown(answer)
    if answer.status not in statuses:
        yield f"{form}: {answer.status}"
    elif lost := [name for name, text in typed.items() if text not in there]:
        yield f"{form}: {answer.status} lost {lost}"
    elif more := set(there) - {*typed.values(), A_CHOICE}:
        yield f"{form}: also shows {more}"


@pytest.mark.once
def test_a_text_is_there_to_copy_when_a_link_is_too_old(scene: Scene) -> None:
    wrong, names = [], set()
    for form, typed in forms_with_text(scene):
        if form.page.who or not form.page.key:
            continue
        with clock.travel(clock.now() + timedelta(days=1000)):
            answer = send(visitor(scene, ""), form, form.filled_in(**typed))
        names.add(form.name)
        wrong += list(problems(answer, form, typed, 200, 404))
    assert not wrong, "\n".join(wrong)
    assert names >= {"evaluation_answer", "confirm_by_link", "propose_by_link"}


NOTE = "Kanarie: dit schreef ik net op."


def note_on(code: str, client: Client, text: str = NOTE, **headers: str) -> Answer:
    page = Page("casus_note", "procesmanager", "active")
    form = Form(page, reverse("casus_note", args=[code]), "post", ())
    data = {"request_id": str(uuid4()), "version": "1", "about": ["care"], "text": text}
    return Answer(client.post(form.url, data, headers=headers), form)


def test_what_was_typed_is_all_that_differs_from_an_unknown_code(scene: Scene) -> None:
    """A casus that this person may not see is as unknown as one that does not exist."""
    client = visitor(scene, "outsider")
    hidden = note_on(scene.codes["active"], client)
    unknown = note_on(codes.new_code("TW", 2026), client)
    assert (hidden.status, shown(hidden)) == (404, [NOTE])
    assert stripped(hidden) == stripped(unknown)
    other = note_on(scene.codes["active"], client, "Iets anders.")
    assert stripped(hidden) == stripped(other).replace("Iets anders.", NOTE)


def stripped(answer: Answer) -> str:
    """The page without the token of its forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.response.content.decode())


def test_a_destroyed_casus_gives_the_text_back(scene: Scene) -> None:
    answer = note_on(scene.codes["destroyed"], visitor(scene, "gemeente"))
    assert (answer.status, shown(answer)) == (410, [NOTE])


def test_one_word_is_a_text_as_well(scene: Scene) -> None:
    assert shown(note_on(scene.codes["active"], visitor(scene, "outsider"), "ja")) == ["ja"]


def test_nothing_is_shown_of_a_form_on_another_website(scene: Scene) -> None:
    client = fresh_visitor(scene, "procesmanager", enforce_csrf_checks=True)
    for origin in ("https://elders.example", "null"):
        answer = note_on(scene.codes["active"], client, Origin=origin)
        assert answer.status == 403 and NOTE not in answer.response.content.decode()
    answer = note_on(scene.codes["active"], client, Origin="http://testserver")
    assert (answer.status, shown(answer)) == (403, [NOTE])


def test_a_password_is_never_shown(scene: Scene) -> None:
    secret = "Een geheime zin, die nergens staat"
    names = ("password", "again", "password1", "password2", "oldpassword")
    for name, arguments in (
        ("invitation_accept", [scene.keys["invitation_secret"]]),
        ("account_login", []),
        ("account_change_password", []),
        ("casus_list", []),
    ):
        for client in (Client(), Client(enforce_csrf_checks=True)):
            url = reverse(name, args=arguments)
            page = client.post(url, dict.fromkeys(names, secret)).content.decode()
            assert secret not in page, name


def test_who_is_signed_out_is_told_why_and_comes_back_to_the_page(scene: Scene) -> None:
    client = fresh_visitor(scene, "procesmanager")
    session = client.session
    session["seen"] = int(time.time()) - 3600 * 24
    session.save()
    answer = note_on(scene.codes["active"], client)
    assert (answer.status, shown(answer)) == (403, [NOTE])
    page = answer.response.content.decode()
    assert "omdat u een tijd niets hebt gedaan" in page
    url = reverse("casus_note", args=[scene.codes["active"]])
    assert f"{reverse('account_login')}?next={url}" in page
    assert answer.response.headers["Cache-Control"] == "no-store"


def test_a_database_that_is_away_keeps_no_text_either(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = fresh_visitor(scene, "procesmanager")

    def away(*_: object, **__: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr("escalation.dossier.timeline.actions.tell", away)
    answer = note_on(scene.codes["active"], client)
    assert (answer.status, shown(answer)) == (503, [NOTE])


class DiskFull(Exception):
    sqlstate = "53100"


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OSError(errno.ENOSPC, "full"), None),
        (OperationalError("full"), DiskFull()),
    ],
)
def test_a_disk_that_is_full_keeps_no_text_either(
    scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    cause: Exception | None,
) -> None:
    client = fresh_visitor(scene, "procesmanager")
    error.__cause__ = cause

    def full(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("escalation.dossier.timeline.actions.tell", full)
    answer = note_on(scene.codes["active"], client)
    assert (answer.status, shown(answer)) == (507, [NOTE])


def test_a_transfer_that_was_answered_meanwhile_keeps_the_reason(scene: Scene) -> None:
    form = next(form for form, _ in forms_with_text(scene) if form.page.name == "transfer_answer")
    Transfer.objects.filter(casus__code=scene.codes[form.page.of]).update(
        state=Transfer.State.WITHDRAWN, answered_at=clock.now(), answer_reason="Verzonnen."
    )
    answer = send(visitor(scene, form.page.who), form, form.filled_in(reason=NOTE))
    assert answer.status == 403 and NOTE in shown(answer)
