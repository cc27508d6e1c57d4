"""Signing in: in the log, limited, and a forgotten password that needs no mail server."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from directory.people import actions as people
from outbox.models import Message
from tests.cast import PASSWORD, Cast


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_the_way_to_a_new_password_stands_under_the_field(cast: Cast) -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert page.count("Wachtwoord vergeten?") == 1
    assert page.index('name="password"') < page.index("Wachtwoord vergeten?")
    assert "_helptext" not in page


def attempt(client: Client, email: str, password: str) -> int:
    answer = client.post(reverse("account_login"), {"login": email, "password": password})
    return answer.status_code


def test_a_wrong_password_is_said_to_somebody_who_is_addressed_as_u(cast: Cast) -> None:
    visitor, form = Client(), {"login": cast.gemeente.email, "password": "verkeerd wachtwoord"}
    answers = [visitor.post(reverse("account_login"), form).content.decode() for _ in range(7)]
    assert "Dit e-mailadres of wachtwoord klopt niet" in answers[0]
    assert "Wacht vijf minuten" in answers[-1]
    assert not any("jou" in answer for answer in answers)


def test_a_wrong_password_is_in_the_log_without_the_address(cast: Cast) -> None:
    assert attempt(Client(), cast.gemeente.email, "verkeerd wachtwoord") == 200
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.outcome) == ("sign_in", "wrong_password")
    assert entry.actor_name == "niet ingelogd"
    everything = " ".join(str(value) for value in vars(entry).values())
    assert cast.gemeente.email not in everything


def test_a_stranger_who_guesses_does_not_keep_the_owner_out(
    cast: Cast, settings: pytest.FixtureRequest
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # type: ignore[attr-defined]
    stranger = Client(headers={"x-forwarded-for": "192.0.2.66"})
    owner = Client(headers={"x-forwarded-for": "198.51.100.7"})
    for _ in range(8):
        attempt(stranger, cast.gemeente.email, "verkeerd wachtwoord")
    assert AuditEntry.objects.latest("number").outcome == "too_many_attempts"
    attempt(stranger, cast.gemeente.email, PASSWORD)
    assert stranger.get(reverse("casus_list")).status_code == 302
    attempt(owner, cast.gemeente.email, PASSWORD)
    assert owner.get(reverse("casus_list")).status_code == 200


def test_an_address_that_tries_many_accounts_is_slowed_down_too(
    cast: Cast, settings: pytest.FixtureRequest
) -> None:
    """Also from all over the network that one subscriber has in IPv6."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # type: ignore[attr-defined]
    for number in range(11):
        stranger = Client(headers={"x-forwarded-for": f"2001:db8:1:2::{number}"})
        attempt(stranger, f"iemand{number}@voorbeeld.example", "verkeerd wachtwoord")
    assert AuditEntry.objects.latest("number").outcome == "too_many_attempts"


FORGET = '"cache", "storage"'


def test_the_browser_forgets_everything_at_sign_out(cast: Cast) -> None:
    client = Client()
    attempt(client, cast.gemeente.email, PASSWORD)
    page = client.get(reverse("casus_list"))
    assert "Clear-Site-Data" not in page.headers
    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == FORGET
    page = client.get(reverse("home"))
    assert "Clear-Site-Data" not in page.headers
    assert "U bent uitgelogd" in page.content.decode()


def test_and_when_the_session_ended_by_itself(cast: Cast) -> None:
    """Too long ago, a password that changed elsewhere, an account that was shut."""
    idle, other, shut = (Client() for _ in range(3))
    for client in (idle, other, shut):
        client.force_login(cast.gemeente)
    session = idle.session
    session["seen"] = session["started"] = 1
    session.save()
    assert idle.get(reverse("casus_list")).headers["Clear-Site-Data"] == FORGET
    cast.gemeente.set_password("een zin met veel schapen")
    cast.gemeente.save()
    assert other.get(reverse("casus_list")).headers["Clear-Site-Data"] == FORGET
    shut.force_login(cast.gemeente)
    people.set_active(user=cast.gemeente, by=cast.admin, active=False)
    assert shut.get(reverse("casus_list")).headers["Clear-Site-Data"] == FORGET


def test_guessing_stops_after_a_few_attempts(cast: Cast) -> None:
    for _ in range(5):
        attempt(Client(), cast.gemeente.email, "verkeerd wachtwoord")
    client = Client()
    attempt(client, cast.gemeente.email, PASSWORD)
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.outcome, entry.actor_id) == ("sign_in", "too_many_attempts", "")
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
    entry = AuditEntry.objects.latest("number")
    assert (entry.object_type, entry.part) == ("user", "password_reset")
    assert (entry.actor_id, entry.object_id) == (str(cast.gemeente.pk),) * 2
    told = Message.objects.latest("pk")
    assert (told.to, "is gewijzigd" in told.subject) == (cast.gemeente.email, True)
    other = Client()
    attempt(other, cast.gemeente.email, "een zin met veel schapen")
    assert other.get(reverse("casus_list")).status_code == 200


def test_a_closed_account_with_the_right_password_is_in_the_log(cast: Cast) -> None:
    people.set_active(user=cast.gemeente, by=cast.admin, active=False)
    attempt(Client(), cast.gemeente.email, PASSWORD)
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.outcome) == ("sign_in", "account_closed")
    assert entry.actor_id == entry.object_id == str(cast.gemeente.pk)


def test_a_new_password_is_in_the_log_and_not_what_it_is(cast: Cast) -> None:
    client, new = Client(), "een zin met veel schapen"
    client.force_login(cast.gemeente)
    url = reverse("account_change_password")
    passwords = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post(url, passwords).status_code == 302
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_type, entry.part) == ("update", "user", "password_changed")
    assert entry.actor_id == entry.object_id == str(cast.gemeente.pk)
    assert (entry.role, entry.organisation) == ("gemeente", "Enschede")
    assert not any(word in str(AuditEntry.objects.values()) for word in (PASSWORD, new))
    message = Message.objects.latest("pk")
    assert (message.to, "is gewijzigd" in message.subject) == (cast.gemeente.email, True)
    assert reverse("account_reset_password") in message.body and new not in message.body
    assert cast.gemeente.name in message.body


def test_a_password_that_cannot_be_logged_is_not_changed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, new = Client(raise_request_exception=False), "een zin met veel schapen"
    client.force_login(cast.gemeente)

    def broken(**_: object) -> None:
        raise RuntimeError("het logboek is vol")

    monkeypatch.setattr("audit.log.record", broken)
    passwords = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), passwords).status_code == 500
    cast.gemeente.refresh_from_db()
    assert cast.gemeente.check_password(PASSWORD)
    assert not Message.objects.filter(subject__contains="is gewijzigd").exists()


def test_other_pages_of_the_package_do_not_exist(cast: Cast) -> None:
    """Changing an e-mail address, confirming one, signing in by code: not in this house (O-12)."""
    signed_in = Client()
    signed_in.force_login(cast.gemeente)
    for client in (Client(), signed_in):
        for path in ("", "email/", "confirm-email/", "confirm-email/abc/", "reauthenticate/",
                     "login/code/", "login/code/confirm/", "signup/passkey/", "2fa/",
                     "sessions/", "3rdparty/", "phone/change/"):  # fmt: skip
            for method in (client.get, client.post):
                assert method(f"/account/{path}").status_code == 404, path


def test_somebody_without_a_password_gets_one_by_mail(cast: Cast) -> None:
    cast.gemeente.set_unusable_password()
    cast.gemeente.save()
    client = Client()
    client.force_login(cast.gemeente)
    answer = client.get(reverse("account_change_password"), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("account_reset_password")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("kort", "Dit wachtwoord is te kort. Gebruik minstens 12 tekens."),
        ("gemeente@voorbeeld", "Dit wachtwoord lijkt te veel op uw naam of e-mailadres."),
        ("password1234", "Dit wachtwoord is te algemeen."),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_dutch(
    cast: Cast, password: str, why: str
) -> None:
    client = Client()
    client.force_login(cast.gemeente)
    passwords = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = client.post(reverse("account_change_password"), passwords)
    assert why in answer.content.decode()
    assert "This password" not in answer.content.decode()


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
