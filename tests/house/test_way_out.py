"""Every form that looks for personal data lets through what is none (O-08), and no BSN.

Forms are read from the pages, and filled in as somebody would who reads what the page says.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from rdm.lib.forms import ScreenedFormMixin
from tests.house.forms import Answer, Form, collect, send
from tests.house.pages import GROUPS, visitor
from tests.house.scene import Scene
from tests.house.tried import note
from tests.standing import undone

PHONE = "Bel 06-12345678 bij vragen"
NAMED = "BSN 111222333"
FOUND = ("Dat lijkt op", "Dat is een burgerservicenummer")
# Who fills this in is a program, and is told nothing.
TRAP = "homepage"
OVERRIDE, REASON = ScreenedFormMixin.OVERRIDE, ScreenedFormMixin.REASON


def screened(client: Client, form: Form) -> list[str]:
    """The names of the fields of this form in which something is found."""
    texts = [
        one.name for one in form.fields if one.kind in ("text", "textarea") and one.name != TRAP
    ]
    if form.method != "post" or not texts:
        return []
    return complained_about(send(client, form, form.filled_in(**dict.fromkeys(texts, PHONE))))


def complained_about(answer: Answer) -> list[str]:
    """The names of the fields of which the page says that personal data is in them."""
    about = {one.get("id", ""): one.text_content() for one in answer.html.iter("div")}
    return [
        name
        for name in sorted(answer.faulted)
        if any(words in about[f"id_{name}_error"] for words in FOUND)
    ]


def explained(client: Client, form: Form, names: list[str], text: str) -> Answer | None:
    """The answer to this text with a reason for it; None when nobody can give one."""
    answer = send(client, form, form.filled_in(**dict.fromkeys(names, text)))
    for back in answer.forms:
        ways = [one.name for one in back.fields if one.name.endswith((OVERRIDE, REASON))]
        if ways:
            given = {one: "on" if one.endswith(OVERRIDE) else "Dat weet ik niet." for one in ways}
            again = {**dict.fromkeys(names, text), **given}
            return send(client, back, back.filled_in(**again))
    return None


def all_screened(scene: Scene, group: str) -> Iterator[tuple[Client, Form, list[str]]]:
    for form in collect(scene, GROUPS[group]):
        client = visitor(scene, form.page.who)
        with undone():
            names = screened(client, form)
        if names:
            note("forms")
            yield client, form, names


@pytest.mark.once
@pytest.mark.parametrize("group", GROUPS)
def test_what_is_no_personal_data_can_be_explained_and_a_bsn_cannot(
    scene: Scene, group: str
) -> None:
    wrong = []
    for client, form, names in all_screened(scene, group):
        with undone():
            answer = explained(client, form, names, PHONE)
        if answer is None or complained_about(answer):
            wrong.append(f"{form}, {names}: no way out")
        with undone():
            answer = explained(client, form, names, f"{NAMED}. {PHONE}")
        if answer is None or complained_about(answer) != names:
            wrong.append(f"{form}, {names}: a BSN was let through")
    assert not wrong, "\n".join(wrong)
