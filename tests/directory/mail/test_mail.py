"""Mail that was given up is seen by the beheerder and gets another chance (promise 5); mail that
was sent is kept no longer than agreed."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from directory.mail import work
from directory.mail.sweeps import empty_sent_mail
from directory.models import Procesafspraak, User
from outbox import queue
from outbox.models import Message
from outbox.sweeps import MAX_ATTEMPTS, send_ready
from rdm.lib import clock
from tests.cast import Cast

ClientOf = Callable[[User], Client]
SECRET = "https://rdm.example/uitnodiging/geheim/"


@pytest.fixture(autouse=True)
def _no_other_mail(cast: Cast) -> None:
    """What the cast was invited with has been sent."""
    while send_ready():
        pass
    mail.outbox.clear()


@pytest.fixture
def failed() -> list[Message]:
    """Two mails that no mail server wanted."""
    found = [
        queue.put(
            key=f"proef-{number}",
            to=f"kwijt{number}@voorbeeld.example",
            subject=f"Onderwerp {number}",
            body=f"Open {SECRET}",
        )
        for number in (1, 2)
    ]
    Message.objects.filter(pk__in=[one.pk for one in found]).update(
        state="failed", attempts=MAX_ATTEMPTS, last_error="SMTPRecipientsRefused"
    )
    return found


def page_of(client: Client) -> str:
    return client.get(reverse("mail_failed")).content.decode()


def test_the_beheerder_and_nobody_else_is_told(
    cast: Cast, client_of: ClientOf, failed: list[Message]
) -> None:
    for role, somebody in cast.everybody.items():
        text = client_of(somebody).get(reverse("home")).content.decode()
        assert ("2 e-mails niet verstuurd" in text) == (role == "admin"), role
    Message.objects.filter(pk=failed[0].pk).delete()
    (line,) = [item for item in work.for_user(cast.admin) if item.kind == "mail"]
    assert line.title.startswith("1 e-mail niet verstuurd")
    assert not line.waiting


def test_without_failed_mail_nothing_waits(cast: Cast, client_of: ClientOf) -> None:
    assert [item for item in work.for_user(cast.admin) if item.kind == "mail"] == []
    assert "Alle e-mail is verstuurd" in page_of(client_of(cast.admin))


def test_the_page_says_to_whom_what_about_and_why_but_not_the_text(
    cast: Cast, client_of: ClientOf, failed: list[Message]
) -> None:
    text = page_of(client_of(cast.admin))
    for shown in (
        "kwijt1@voorbeeld.example",
        "Onderwerp 2",
        f"{MAX_ATTEMPTS} keer geprobeerd",
        "kent dit adres",
    ):
        assert shown in text
    assert SECRET not in text
    assert client_of(cast.coordinator).get(reverse("mail_failed")).status_code == 403


def test_one_mail_again(cast: Cast, client_of: ClientOf, failed: list[Message]) -> None:
    client = client_of(cast.admin)
    url = reverse("mail_retry", args=[failed[0].pk])
    sent = {"request_id": str(uuid4())}
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 302
    entries = AuditEntry.objects.filter(object_type="mail")
    assert [(one.action, one.part, one.actor_name) for one in entries] == [
        ("update", "retry", cast.admin.name)
    ]
    assert send_ready() == 1
    assert [one.to for one in mail.outbox] == [["kwijt1@voorbeeld.example"]]
    assert "Onderwerp 1" not in page_of(client)
    # It was sent: a second try from an old page is refused with the reason.
    refused = client.post(url, {"request_id": str(uuid4())})
    assert refused.status_code == 422
    assert "niet meer bij de mislukte" in refused.content.decode()
    assert send_ready() == 0


def test_all_mail_again(cast: Cast, client_of: ClientOf, failed: list[Message]) -> None:
    client = client_of(cast.admin)
    url = reverse("mail_retry_all")
    assert client_of(cast.themagroep).post(url, {"request_id": str(uuid4())}).status_code == 403
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"request_id": str(uuid4())}).status_code == 302
    assert send_ready() == 2
    assert AuditEntry.objects.get(object_type="mail").part == "retry-all"


def test_the_command_tries_all_and_is_logged(cast: Cast, failed: list[Message]) -> None:
    for expected in ("2 e-mails gaan", "geen mislukte"):
        said = StringIO()
        call_command("outbox_retry", stdout=said)
        assert expected in said.getvalue()
    entry = AuditEntry.objects.get(object_type="mail")
    assert (entry.part, entry.actor_id) == ("retry-all", None)
    assert send_ready() == 2


def test_the_text_of_sent_mail_goes_when_agreed_and_the_mail_is_never_sent_again(
    cast: Cast, failed: list[Message]
) -> None:
    days = Procesafspraak.number_of("mailtekst_bewaren")
    sent = queue.put(
        key="afspraak", to="a@voorbeeld.example", subject="Agenda", body="Tekst", ical=b"BEGIN:X"
    )
    assert send_ready() == 1
    with clock.travel(clock.now() + timedelta(days=days, minutes=-5)):
        assert empty_sent_mail() == 0
    with clock.travel(clock.now() + timedelta(days=days, minutes=5)):
        emptied = empty_sent_mail()
        assert empty_sent_mail() == 0
        again = queue.put(key="afspraak", to="a@voorbeeld.example", subject="Agenda", body="Nieuw")
        assert send_ready() == 0
    assert emptied == Message.objects.filter(state="sent").count() > 1
    assert again.pk == sent.pk
    sent.refresh_from_db()
    assert (sent.body, sent.ical, sent.ical_method, sent.subject) == ("", "", "", "Agenda")
    # What was not sent yet keeps its text, however old.
    assert SECRET in Message.objects.get(pk=failed[0].pk).body
