"""Readers of the change log: asked, confirmed from the mailbox, told once a day, forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from directory.models import Procesafspraak, Subscriber, User
from directory.upkeep.subscriptions import actions as subscriptions
from directory.upkeep.subscriptions.sweeps import forget_unconfirmed, tell_subscribers
from directory.web.readers import one_click_link, unsubscribe_link
from outbox.models import Message
from outbox.sweeps import send_ready
from rdm.lib import clock
from tests.cast import Cast
from tests.directory.keeping import ENTRANCE, entrances_of, published
from tests.escalation.overleg.sending import hidden, send, text_of

ClientOf = Callable[[User], Client]
READER = "lezer@voorbeeld.example"
HOST = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _no_limits_from_before() -> None:
    cache.clear()


def reader(email: str = READER, *, is_gp: bool = False) -> Subscriber:
    """Somebody who asked and confirmed."""
    subscriptions.subscribe(email=email, is_gp=is_gp)
    subscriber = Subscriber.objects.get(email=email)
    subscriptions.confirm(subscriber=subscriber)
    return Subscriber.objects.get(pk=subscriber.pk)


def tomorrow(days: int = 1) -> Any:
    return clock.travel(clock.now() + timedelta(days=days))


def news() -> list[Message]:
    return list(Message.objects.filter(key__startswith="changes:").order_by("pk"))


def link_in(message: Message, path: str) -> str:
    word = next(word for word in message.body.split() if path in word)
    assert word.startswith(HOST)
    return word.removeprefix(HOST)


# --- In and out -----------------------------------------------------------------------------------


def test_asked_and_confirmed_from_the_mailbox(cast: Cast) -> None:
    visitor = Client()
    answer = send(visitor, reverse("subscribe"), email=READER.upper(), is_gp="on")
    assert answer.status_code == 302
    assert "Kijk in uw mail" in text_of(visitor.get(answer.url))
    subscriber = Subscriber.objects.get()
    assert (subscriber.email, subscriber.is_gp, subscriber.confirmed_at) == (READER, True, None)
    message = Message.objects.get(key__startswith="subscribe:")
    address = link_in(message, "/op-de-hoogte/ja/")
    page = visitor.get(address)
    assert page["Cache-Control"] == "no-store"
    subscriber.refresh_from_db()
    assert subscriber.confirmed_at is None, "a GET changes nothing"
    assert visitor.post(address, hidden(page.context["form"])).status_code == 302
    subscriber.refresh_from_db()
    assert subscriber.confirmed_at and subscriber.told_until
    assert "U krijgt al bericht" in text_of(visitor.get(address))


def test_the_answer_says_nothing_about_who_is_subscribed(cast: Cast) -> None:
    first = send(Client(), reverse("subscribe"), email=READER)
    subscriptions.confirm(subscriber=Subscriber.objects.get())
    second = send(Client(), reverse("subscribe"), email=READER)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    told = Message.objects.get(key__contains=":known:")
    assert "krijgt u al" in told.body
    assert Subscriber.objects.count() == 1


def test_asking_again_the_same_day_is_one_mail(cast: Cast) -> None:
    for _ in range(3):
        subscriptions.subscribe(email=READER, is_gp=False)
    assert Message.objects.filter(key__startswith="subscribe:").count() == 1


def test_too_many_requests_are_stopped(cast: Cast) -> None:
    answers = [send(Client(), reverse("subscribe"), email=READER).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 422, 422]
    others = [
        send(Client(), reverse("subscribe"), email=f"lezer{number}@voorbeeld.example").status_code
        for number in range(12)
    ]
    assert others[-1] == 422


def test_a_robot_that_fills_in_everything_gets_nothing(cast: Cast) -> None:
    answer = send(Client(), reverse("subscribe"), email=READER, homepage="https://spam.example")
    assert answer.status_code == 422 and not Subscriber.objects.exists()


@pytest.mark.parametrize(
    "email", ["", "geen adres", f"{READER}\r\nBcc: x@voorbeeld.example", "a@b"]
)
def test_what_is_no_address_is_refused(cast: Cast, email: str) -> None:
    answer = send(Client(), reverse("subscribe"), email=email)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == ["email"]


def test_who_does_not_confirm_is_forgotten(cast: Cast) -> None:
    subscriptions.subscribe(email=READER, is_gp=False)
    days = Procesafspraak.number_of("abonneelink_geldig")
    address = link_in(Message.objects.get(key__startswith="subscribe:"), "/op-de-hoogte/ja/")
    with tomorrow(days - 1):
        assert forget_unconfirmed() == 0
    with tomorrow(days + 1):
        assert Client().get(address).status_code == 404
        assert forget_unconfirmed() == 1
    assert not Subscriber.objects.exists()
    assert not Message.objects.filter(to=READER).exists()


def test_leaving_with_one_button_forgets_the_address(cast: Cast) -> None:
    subscriber = reader()
    address = unsubscribe_link(subscriber).removeprefix(HOST)
    visitor = Client()
    page = visitor.get(address)
    assert Subscriber.objects.exists(), "a GET changes nothing"
    assert visitor.post(address, hidden(page.context["form"])).status_code == 302
    assert not Subscriber.objects.exists()
    assert not Message.objects.filter(to=READER).exists()
    assert "U bent afgemeld" in text_of(visitor.get(address))
    # Who comes back is somebody new; the old link is not theirs.
    subscriptions.subscribe(email=READER, is_gp=False)
    assert "U bent afgemeld" in text_of(visitor.get(address))


def test_the_button_of_the_mail_program_works_without_page_or_cookie(cast: Cast) -> None:
    """RFC 8058: a POST of `List-Unsubscribe=One-Click`, and nothing else."""
    subscriber = reader()
    address = one_click_link(subscriber).removeprefix(HOST)
    strict = Client(enforce_csrf_checks=True)
    seen = strict.get(address)
    assert seen.status_code == 302 and Subscriber.objects.exists()
    for _ in range(2):
        answer = strict.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert not Subscriber.objects.exists()
    assert strict.post("/op-de-hoogte/stop/verzonnen/direct/").status_code == 404
    assert strict.get("/op-de-hoogte/stop/verzonnen/").status_code == 404
    # The page for people keeps its token.
    other = reader("ander@voorbeeld.example")
    page = unsubscribe_link(other).removeprefix(HOST)
    assert strict.post(page, {}).status_code == 403


def test_a_link_of_long_ago_still_lets_somebody_leave(cast: Cast) -> None:
    address = one_click_link(reader()).removeprefix(HOST)
    with tomorrow(3650):
        assert Client().post(address).status_code == 200
    assert not Subscriber.objects.exists()


# --- The mail with changes ------------------------------------------------------------------------


def test_a_reader_gets_one_mail_a_day_about_what_is_new(cast: Cast) -> None:
    published(cast, chair="van voor het abonnement")
    reader()
    assert tell_subscribers() == 0
    with tomorrow():
        assert tell_subscribers() == 0, "nothing changed since"
        published(cast, chair="een nieuwe voorzitter")
        entrances_of(cast.enschede, cast.gemeente, ENTRANCE)
        assert tell_subscribers() == 0, "the day is not over"
    with tomorrow(2):
        assert [tell_subscribers() for _ in range(3)] == [1, 0, 0]
        (message,) = news()
        assert "een nieuwe voorzitter (was: van voor het abonnement)" in message.body
        assert "Gemeente Enschede, versie 2" in message.body
        assert "Verzonnen wijkteam Noord" in message.body
        assert "Eerste versie" not in message.body
        assert message.subject.endswith("2 pagina's")
        published(cast, chair="nog een ander")
        assert tell_subscribers() == 0
    with tomorrow(3):
        assert tell_subscribers() == 1
        assert "nog een ander (was: een nieuwe voorzitter)" in news()[1].body
        assert news()[1].subject.endswith(": Triage- en transfertafel Twente")


def test_after_an_outage_of_three_days_there_is_one_mail(cast: Cast) -> None:
    reader()
    for day in range(3):
        with tomorrow(day):
            published(cast, chair=f"voorzitter {day}")
    with tomorrow(4):
        assert [tell_subscribers() for _ in range(2)] == [1, 0]
    (message,) = news()
    assert all(f"voorzitter {day}" in message.body for day in range(3))


def test_who_did_not_confirm_or_left_hears_nothing(cast: Cast) -> None:
    subscriptions.subscribe(email="stil@voorbeeld.example", is_gp=False)
    gone = reader("weg@voorbeeld.example")
    stays = reader()
    published(cast, chair="een ander")
    with tomorrow():
        tell_subscribers()
        assert {one.to for one in news()} == {gone.email, stays.email}
        # Left after the mail was made and before it was sent.
        subscriptions.unsubscribe(subscriber=gone)
        assert {one.to for one in news()} == {stays.email}


def test_a_huisarts_sees_first_where_a_huisarts_may_submit(cast: Cast) -> None:
    """E-177: huisartsenorganisaties are informed apart."""
    reader(is_gp=True)
    reader("ander@voorbeeld.example")
    entrances_of(cast.enschede, cast.gemeente, ENTRANCE)
    published(cast, chair="een ander")
    with tomorrow():
        tell_subscribers()
    for_gp = next(one.body for one in news() if one.to == READER)
    for_other = next(one.body for one in news() if one.to != READER)
    assert "Huisartsen mogen hier zelf aanmelden." in for_gp
    assert "Huisartsen" not in for_other
    assert for_gp.index("Triage- en transfertafel") < for_gp.index("Gemeente Enschede")
    assert for_other.index("Gemeente Enschede") < for_other.index("Triage- en transfertafel")


def test_the_mail_that_leaves_has_the_headers_to_unsubscribe(cast: Cast) -> None:
    subscriber = reader()
    published(cast, chair="een ander")
    with tomorrow():
        tell_subscribers()
        send_ready()
    sent = next(one for one in django_mail.outbox if "Gewijzigd" in one.subject)
    assert sent.extra_headers["List-Unsubscribe"] == f"<{news()[0].unsubscribe_url}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = news()[0].unsubscribe_url.removeprefix(HOST)
    with tomorrow():
        assert Client(enforce_csrf_checks=True).post(address).status_code == 200
    assert not Subscriber.objects.filter(pk=subscriber.pk).exists()
    # No other mail carries them: nobody can leave an invitation.
    assert not [one for one in django_mail.outbox if "List-Unsubscribe" in one.extra_headers][1:]


def test_the_themagroep_sees_numbers_and_no_addresses(cast: Cast, client_of: ClientOf) -> None:
    reader(is_gp=True)
    reader("ander@voorbeeld.example")
    subscriptions.subscribe(email="stil@voorbeeld.example", is_gp=True)
    page = client_of(cast.themagroep).get(reverse("upkeep_board"))
    assert page.context["readers"] == {"all": 2, "gp": 1}
    assert "voorbeeld.example" not in page.content.decode()
