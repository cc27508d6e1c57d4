"""Signing in: in the log, limited, and a forgotten password that needs no mail server."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from outbox.models import Message
from tests.cast import PASSWORD, Cast


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def attempt(client: Client, email: str, password: str) -> int:
    answer = client.post(reverse("account_login"), {"login": email, "password": password})
    return answer.status_code


def test_a_wrong_password_is_in_the_log_without_the_address(cast: Cast) -> None:
    assert attempt(Client(), cast.gemeente.email, "verkeerd wachtwoord") == 200
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.outcome) == ("sign_in", "wrong_password")
    assert entry.actor_name == "niet ingelogd"
    everything = " ".join(str(value) for value in vars(entry).values())
    assert cast.gemeente.email not in everything


def test_guessing_stops_after_a_few_attempts(cast: Cast) -> None:
    for _ in range(5):
        attempt(Client(), cast.gemeente.email, "verkeerd wachtwoord")
    client = Client()
    attempt(client, cast.gemeente.email, PASSWORD)
    assert client.get(reverse("casus_list")).status_code == 302
    # Somebody else is not kept out by it.
    attempt(client, cast.coordinator.email, PASSWORD)
    assert client.get(reverse("casus_list")).status_code == 200


def test_a_forgotten_password_goes_through_the_outbox(cast: Cast) -> None:
    visitor = Client()
    url = reverse("account_reset_password")
    known = visitor.post(url, {"email": cast.gemeente.email})
    unknown = Client().post(url, {"email": "niemand@voorbeeld.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    message = Message.objects.latest("pk")
    assert message.to == cast.gemeente.email
    assert not Message.objects.filter(to="niemand@voorbeeld.example").exists()
    assert "nieuw wachtwoord" in message.body and "password" not in message.subject.lower()
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", message.body)
    assert found
    page = visitor.get(found.group(1), follow=True)
    form_url = page.redirect_chain[-1][0]
    new = {"password1": "een zin met veel schapen", "password2": "een zin met veel schapen"}
    visitor.post(form_url, new)
    other = Client()
    attempt(other, cast.gemeente.email, "een zin met veel schapen")
    assert other.get(reverse("casus_list")).status_code == 200


def test_the_link_for_a_new_password_is_ours_whatever_host_was_asked(
    cast: Cast, settings: pytest.FixtureRequest
) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    Client().post(
        reverse("account_reset_password"),
        {"email": cast.gemeente.email},
        headers={"host": "kwaad.example"},
    )
    assert "kwaad.example" not in Message.objects.latest("pk").body
