"""Two people at the same casus at once: one wins, the other is told and keeps the text.

And one person who sends the same form twice: it has one effect (promise 4 of security.md).
"""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connections
from django.test import Client
from django.urls import reverse

from audit import log
from directory.models import User
from escalation.models import Casus, Event, Overleg, Submission
from outbox.models import Message
from outbox.sweeps import send_ready
from tests import world
from tests.cast import Cast, person

pytestmark = pytest.mark.django_db(transaction=True)

MINE, THEIRS = "Wat ik typte, en niet kwijt wil.", "Wat een collega intussen opsloeg."
Answer = Any


@pytest.fixture
def colleague(cast: Cast) -> User:
    """A second procesmanager of Enschede."""
    return person("collega@voorbeeld.example", "Verzonnen Collega", [("enschede", "procesmanager")])


@pytest.fixture
def second_coordinator(cast: Cast) -> User:
    return person("collega2@voorbeeld.example", "Verzonnen Tweede", [("zvh-twente", "coordinator")])


def filled_in(client: Client, url: str, **answers: Any) -> dict[str, Any]:
    """What the form on this page would send, with these answers in it."""
    page = BeautifulSoup(client.get(url).content, "html.parser")
    form = next(one for one in page.main.find_all("form") if one.find(attrs={"name": "request_id"}))
    sent: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type", field.name)
        if not name or kind in ("submit", "button"):
            continue
        if kind in ("radio", "checkbox"):
            if field.has_attr("checked"):
                sent.setdefault(name, []).append(field["value"])
        elif kind == "select":
            chosen = field.find("option", selected=True)
            sent[name] = chosen["value"] if chosen else ""
        else:
            sent[name] = field.get("value") if field.name == "input" else field.text.lstrip("\n")
            sent[name] = sent[name] or ""
    assert set(answers) <= set(sent), "a field that is not on the page"
    return sent | answers


def at_once(*requests: Callable[[], Answer]) -> list[Answer]:
    """Every request in a thread and on a connection of its own, released together."""
    barrier, answers = Barrier(len(requests)), [None] * len(requests)

    def go(number: int, request: Callable[[], Answer]) -> None:
        try:
            barrier.wait(timeout=30)
            answers[number] = request()
        except Exception as error:  # shown by the assertion on the answers
            answers[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=go, args=pair) for pair in enumerate(requests)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def post(client: Client, url: str, data: dict[str, Any]) -> Callable[[], Answer]:
    return lambda: client.post(url, data)


def statuses(answers: list[Answer]) -> list[int]:
    return sorted(getattr(answer, "status_code", 0) or repr(answer) for answer in answers)


def text_of(answer: Answer) -> str:
    return unescape(answer.content.decode())


def test_the_second_of_two_colleagues_keeps_the_text_and_sees_both(cast, client_of, colleague):
    casus = world.registered_casus(cast)
    url = reverse("casus_edit", args=[casus.code, "situatie"])
    first, second = client_of(colleague), client_of(cast.procesmanager_only)
    theirs = filled_in(first, url, situation=THEIRS)
    mine = filled_in(second, url, situation=MINE)

    assert first.post(url, theirs).status_code == 302
    told = second.post(url, mine)
    assert told.status_code == 409
    page = text_of(told)
    assert "Iemand anders heeft deze casus intussen gewijzigd" in page
    form = BeautifulSoup(told.content, "html.parser").find(id="id_situation")
    assert form.text.strip() == MINE
    compared = BeautifulSoup(told.content, "html.parser").select_one(".rdm-compare").text
    assert MINE in compared and THEIRS in compared
    casus.refresh_from_db()
    assert casus.situation == THEIRS

    # Having seen both, the second may decide that the own text is the better one.
    again = {**mine, **hidden_of(told)}
    assert second.post(url, again).status_code == 302
    casus.refresh_from_db()
    assert casus.situation == MINE


def hidden_of(answer: Answer) -> dict[str, str]:
    page = BeautifulSoup(answer.content, "html.parser")
    return {
        name: page.find("input", attrs={"name": name})["value"]
        for name in ("request_id", "version")
    }


def test_two_colleagues_at_the_very_same_moment(cast, client_of, colleague):
    casus = world.registered_casus(cast)
    url = reverse("casus_edit", args=[casus.code, "situatie"])
    first, second = client_of(colleague), client_of(cast.procesmanager_only)
    answers = at_once(
        post(first, url, filled_in(first, url, situation=THEIRS)),
        post(second, url, filled_in(second, url, situation=MINE)),
    )
    assert statuses(answers) == [302, 409]
    casus.refresh_from_db()
    kept, lost = (MINE, THEIRS) if answers[1].status_code == 302 else (THEIRS, MINE)
    assert casus.situation == kept
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert lost in text_of(refused)
    assert log.check() is None


def test_taking_a_submission_in_while_the_aanmelder_takes_it_back(cast, client_of):
    casus = world.submitted_casus(cast)
    taking, back = (reverse(n, args=[casus.code]) for n in ("submission_accept", "casus_withdraw"))
    coordinator, aanmelder = client_of(cast.coordinator), client_of(cast.procesmanager_only)
    accept = filled_in(coordinator, taking, initiator="wethouder zorg")
    withdraw = filled_in(aanmelder, back, reason=MINE)
    answers = at_once(post(coordinator, taking, accept), post(aanmelder, back, withdraw))
    assert statuses(answers)[0] == 302
    assert statuses(answers)[1] in (409, 422)
    casus.refresh_from_db()
    verdict = casus.submissions.get().verdict
    if answers[0].status_code == 302:
        assert (casus.status, verdict) == ("accepted", Submission.Verdict.ACCEPTED)
        assert MINE in text_of(answers[1])
        assert Overleg.objects.count() == 1
    else:
        assert (casus.status, verdict) == ("active", Submission.Verdict.WITHDRAWN)
        assert "wethouder zorg" in text_of(answers[0])
        assert not Overleg.objects.exists()


def test_two_coordinators_take_in_the_same_casus(cast, client_of, second_coordinator):
    casus = world.submitted_casus(cast)
    url = reverse("submission_accept", args=[casus.code])
    one, other = client_of(cast.coordinator), client_of(second_coordinator)
    answers = at_once(
        post(one, url, filled_in(one, url, initiator="burgemeester")),
        post(other, url, filled_in(other, url, initiator="wethouder zorg")),
    )
    assert statuses(answers)[0] == 302
    assert statuses(answers)[1] in (409, 422)
    assert Overleg.objects.filter(casus=casus).count() == 1
    assert Event.objects.filter(casus=casus, kind="accepted").count() == 1
    assignments = Message.objects.filter(subject__startswith="Opdracht", to=cast.gemeente.email)
    assert assignments.count() == 1
    refused = next(answer for answer in answers if answer.status_code != 302)
    lost = "wethouder zorg" if refused is answers[1] else "burgemeester"
    assert lost in text_of(refused)


@pytest.mark.parametrize("together", [True, False], ids=["at once", "one after the other"])
def test_a_form_sent_twice_has_one_effect(cast, client_of, together):
    """Every kind of writing: a line that is added, a row that is made, a step that is taken."""
    casus = world.accepted_casus(cast)
    overleg = world.open_overleg(casus)
    kind = "directeur"
    client = client_of(cast.gemeente)
    note = reverse("casus_note", args=[casus.code])
    added = reverse("deelnemer_add", args=[casus.code])
    proposed = reverse("date_propose", args=[casus.code])
    forms = [
        (note, filled_in(client, note, text="Verzonnen notitie, één keer.")),
        (
            added,
            filled_in(client, added, name="Verzonnen Directeur", function="directeur")
            | {"kind": kind, "organisation_name": "Verzonnen", "email": "d@voorbeeld.example"}
            | {"mandate": "yes"},
        ),
        (
            proposed,
            {"request_id": uuid4(), "day": "2031-03-04", "starts_at": "10:00", "ends_at": "11:00"},
        ),
    ]
    for url, data in forms:
        # A second click comes from the same browser: the same session, on another connection.
        twin = Client()
        twin.cookies = client.cookies
        requests = [post(client, url, data), post(twin, url, data)]
        answers = at_once(*requests) if together else [request() for request in requests]
        assert statuses(answers) == [302, 302], url
    assert Event.objects.filter(casus=casus, kind="note").count() == 1
    assert overleg.deelnemers.count() == 1
    assert overleg.date_options.count() == 1
    assert log.check() is None


@pytest.mark.parametrize("together", [True, False], ids=["at once", "one after the other"])
def test_starting_a_registration_twice_makes_one_casus(cast, client_of, together):
    client = client_of(cast.procesmanager_only)
    url = reverse("casus_start")
    data = filled_in(client, url) | {"acute_danger": "no", "adult": "yes"}
    twin = Client()
    twin.cookies = client.cookies
    requests = [post(client, url, data), post(twin, url, data)]
    answers = at_once(*requests) if together else [request() for request in requests]
    assert statuses(answers) == [302, 302]
    assert Casus.objects.count() == 1


def test_two_sweeps_at_once_send_every_mail_once(cast, mailbox):
    world.planned_casus(cast)
    waiting = Message.objects.filter(state="ready").count()
    assert waiting > 10
    sent = at_once(send_ready, send_ready)
    assert sum(sent) == waiting
    assert len(mailbox.post.mails) == waiting
    assert len({mail["Message-ID"] for mail in mailbox.post.mails}) == waiting
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
