"""Every mail says whom to ask, and an answer to it comes there."""

from __future__ import annotations

from django.core import mail
from django.test import Client
from django.urls import reverse

from directory.models import Region
from directory.region import names
from outbox.mail import build
from outbox.models import Message
from tests.cast import Cast
from tests.house.scene import Scene

KINDS = 12


def kind(message: Message) -> str:
    """What a key says before its first number."""
    return message.key.split(":")[0].rstrip("0123456789-")


def test_every_mail_says_whom_to_ask(scene: Scene) -> None:
    Client().post(reverse("account_reset_password"), {"email": scene.cast.coordinator.email})
    written = list(Message.objects.exclude(body=""))
    silent = {kind(one) for one in written if names.where_to_ask() not in one.body}
    assert silent == set()
    kinds = {kind(one) for one in written}
    assert len(kinds) >= KINDS and "account" in kinds


def test_an_answer_comes_to_who_answers(cast: Cast) -> None:
    message = Message(to="lezer@voorbeeld.example", subject="Iets", body="Iets.", key="iets")
    asked = build(message, mail.get_connection())
    office = Region.current().contact["email"]
    assert asked.message()["Reply-To"] == office and office in names.where_to_ask()
    assert "bel" not in names.where_to_ask()


def test_a_telephone_number_is_said_where_there_is_one(cast: Cast) -> None:
    office = {"name": "Verzonnen loket", "email": "loket@voorbeeld.example", "phone": "000 000"}
    Region.objects.update(contact=office)
    names.forget()
    assert names.where_to_ask() == (
        "Vragen over deze e-mail? Antwoord erop of bel 000 000. Uw antwoord komt bij Verzonnen "
        "loket (loket@voorbeeld.example). Schrijf daarin niets over een inwoner."
    )
    names.forget()


def test_without_a_region_nobody_is_named(db: None) -> None:
    Region.objects.all().delete()
    names.forget()
    assert names.where_to_ask() == "" == names.reply_to()
    message = Message(to="lezer@voorbeeld.example", subject="Iets", body="Iets.", key="iets")
    assert build(message, mail.get_connection()).message()["Reply-To"] is None
