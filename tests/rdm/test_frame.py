"""The frame over HTTP: health, error pages, headers, the end of a session, the logs."""

import json
import logging
import time

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import include, path

from directory.models import User
from rdm import errors, logs

SECRET = "Jan Geheim 123456782"


@login_not_required
def boom(request, kind):
    raise {
        "db": OperationalError(SECRET),
        "bug": RuntimeError(SECRET),
        "no": PermissionDenied("Dit mag alleen de coördinator."),
        "bad": SuspiciousOperation(SECRET),
    }[kind]


def private(request):
    return HttpResponse("van u")


urlpatterns = [
    path("boom/<str:kind>/", boom),
    path("private/", private),
    path("", include("rdm.urls")),
]
handler400, handler403 = errors.bad_request, errors.permission_denied
handler404, handler500 = errors.not_found, errors.server_error

own_urls = pytest.mark.urls(__name__)


@pytest.fixture
def user(db):
    return User.objects.create_user("noor@example.example", "Noor", "een lang wachtwoord")


def test_live_needs_no_database(client):
    # No django_db mark: a query would fail this test.
    assert client.get("/gezond/live/").content == b"ok\n"
    assert client.post("/gezond/live/").status_code == 405


@pytest.mark.django_db
def test_ready_asks_the_database(client):
    assert client.get("/gezond/klaar/").status_code == 200


def test_ready_says_503_without_database(client, monkeypatch):
    def gone(*args):
        raise OperationalError(SECRET)

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", gone)
    response = client.get("/gezond/klaar/")
    assert response.status_code == 503
    assert SECRET not in response.content.decode()


@own_urls
@pytest.mark.parametrize(("kind", "status"), [("db", 503), ("bug", 500), ("bad", 400)])
def test_error_pages_need_no_database_and_tell_nothing(client, kind, status):
    client.raise_request_exception = False
    response = client.get(f"/boom/{kind}/")
    assert response.status_code == status
    text = response.content.decode()
    assert SECRET not in text
    assert '<html lang="nl"' in text
    assert text != errors._BARE, "the template could not be rendered"
    assert ("Retry-After" in response.headers) is (status == 503)


@own_urls
def test_database_lost_while_the_session_loads_is_503_too(client, monkeypatch, settings):
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    client.raise_request_exception = False

    def gone(*args):
        raise OperationalError(SECRET)

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", gone)
    assert client.get("/private/").status_code == 503


@own_urls
@pytest.mark.django_db
def test_refusal_shows_its_reason(client):
    response = client.get("/boom/no/")
    assert response.status_code == 403
    assert "Dit mag alleen de coördinator." in response.content.decode()


@pytest.mark.django_db
def test_unknown_page_is_a_dutch_404(client):
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    assert '<html lang="nl"' in response.content.decode()


@pytest.mark.django_db
def test_expired_form_is_a_403_that_says_what_to_do(user):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": user.email})
    assert response.status_code == 403
    assert "laad de pagina opnieuw" in response.content.decode()


@pytest.mark.django_db
def test_headers_of_a_public_page(client):
    response = client.get("/gezond/live/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert len(response.headers["X-Request-Id"]) == 32


@own_urls
def test_pages_of_a_person_are_never_stored(client, user):
    client.force_login(user)
    assert client.get("/private/").headers["Cache-Control"] == "no-store"


@own_urls
@pytest.mark.django_db
def test_a_page_needs_login_unless_it_says_otherwise(client):
    response = client.get("/private/")
    assert response.status_code == 302
    assert response.url == "/account/login/?next=/private/"


@own_urls
@pytest.mark.parametrize(
    ("minutes_idle", "hours_since_login", "in_"),
    [(0, 0, True), (14, 1, True), (16, 1, False), (1, 7, True), (1, 9, False)],
)
def test_a_session_ends(client, user, settings, minutes_idle, hours_since_login, in_):
    settings.SESSION_IDLE_SECONDS, settings.SESSION_MAX_SECONDS = 15 * 60, 8 * 3600
    client.force_login(user)
    session = client.session
    session["seen"] = int(time.time()) - minutes_idle * 60
    session["started"] = int(time.time()) - hours_since_login * 3600
    session.save()
    response = client.get("/private/")
    assert (response.status_code == 200) is in_
    if not in_:
        assert "_auth_user_id" not in client.session
        page = client.get(response.url)
        assert "U bent uitgelogd" in page.content.decode()


@own_urls
def test_using_the_site_keeps_the_session(client, user, settings):
    settings.SESSION_IDLE_SECONDS = 15 * 60
    client.force_login(user)
    session = client.session
    session["seen"] = int(time.time()) - 10 * 60
    session["started"] = session["seen"]
    session.save()
    client.get("/private/")
    assert client.session["seen"] > time.time() - 5


@own_urls
def test_a_disabled_account_is_out_at_once(client, user):
    client.force_login(user)
    assert client.get("/private/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/private/").status_code == 302


@pytest.mark.django_db
def test_nobody_can_sign_up(client):
    response = client.post(
        "/account/signup/",
        {
            "email": "x@example.example",
            "password1": "een lang woord",
            "password2": "een lang woord",
        },
    )
    assert not User.objects.exists()
    assert response.status_code < 500


def test_sign_in_with_any_spelling_of_the_address(client, user):
    data = {"login": "Noor@Example.example", "password": "een lang wachtwoord"}
    response = client.post("/account/login/", data)
    assert response.status_code == 302, response.content.decode()
    assert client.session["_auth_user_id"] == str(user.pk)


@own_urls
def test_logs_hold_no_values(client, caplog):
    client.raise_request_exception = False
    with caplog.at_level(logging.INFO):
        client.get("/boom/bug/", {"q": SECRET})
    lines = [logs.JsonFormatter().format(record) for record in caplog.records]
    assert lines
    for line in lines:
        assert "Geheim" not in line
        assert "/boom/bug" not in line
    request = next(json.loads(line) for line in lines if '"rdm.request"' in line)
    assert request["route"] == "boom/<str:kind>/"
    assert request["status"] == 500
    error = next(json.loads(line) for line in lines if '"error"' in line)
    assert error["error"] == "RuntimeError"
    assert any("boom" in place for place in error["trace"])


def test_log_drops_arguments_and_unknown_fields():
    record = logging.LogRecord("x", logging.INFO, "f", 1, "mail to %s", (SECRET,), None)
    record.address = SECRET
    record.count = 3
    line = json.loads(logs.JsonFormatter().format(record))
    assert line["event"] == "mail to %s"
    assert line["count"] == 3
    assert SECRET not in json.dumps(line)
