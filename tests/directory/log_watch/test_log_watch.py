"""The log is looked after by itself, and an alarm stays until somebody says what it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit import heads, log, sweeps, triggers
from audit.models import AuditAlarm, AuditEntry, AuditHead, AuditWatch
from directory.log_watch.sweeps import mail_head, tell_of_alarms
from directory.models import User
from outbox.models import Message
from rdm.lib import clock
from tests.cast import Cast

ClientOf = Callable[[User], Client]


@pytest.fixture(autouse=True)
def heads_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.LOG_HEADS = tmp_path / "heads.jsonl"


@contextmanager
def unguarded() -> Iterator[None]:
    """As for somebody who owns the database, takes the triggers off and puts them back."""
    triggers.remove(connection)
    yield
    triggers.install(connection)


def written(times: int = 3) -> None:
    for _ in range(times):
        log.record(actor=None, action="read", object_type="casus", object_id="TW-26-7K4QX")


def reasons() -> list[str]:
    return list(AuditAlarm.objects.order_by("pk").values_list("reason", flat=True))


def test_a_whole_log_gives_no_alarm_and_its_head_is_noted(db: None) -> None:
    written()
    assert sweeps.look_at_new() == sweeps.look_at_all() == 0
    written()
    assert sweeps.look_at_new() == 0
    assert heads.noted() == [log.head()] and not AuditAlarm.objects.exists()
    assert AuditWatch.objects.get().number == log.head().number
    with clock.travel(clock.now() + timedelta(days=1)):
        written()
        assert sweeps.look_at_new() == 0
    assert len(heads.noted()) == 2


def test_the_whole_log_is_walked_once_a_night(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    walks = []
    monkeypatch.setattr(
        log,
        "problems",
        lambda **how: walks.append(how) or iter(()),  # type: ignore[func-returns-value]
    )
    day, _ = clock.day_bounds(clock.today())
    for hours in (1, 3, 4, 12, 25, 27):
        with clock.travel(day + timedelta(hours=hours)):
            sweeps.look_at_all()
    assert len(walks) == 3  # of the night before, of this one, and of the next


@pytest.mark.parametrize(
    ("meddle", "found"),
    [
        (
            lambda: AuditEntry.objects.filter(number=2).update(actor_name="Iemand anders"),
            ["this entry is not what was written"],
        ),
        (lambda: AuditEntry.objects.filter(number=2).delete(), ["this entry is missing"]),
        (
            lambda: AuditEntry.objects.filter(number__gt=2).delete(),
            ["the last entries are missing"],
        ),
    ],
)
def test_meddling_is_found_within_a_minute_when_it_is_new(
    db: None, meddle: Callable[[], object], found: list[str]
) -> None:
    written()
    with unguarded():
        meddle()
    assert sweeps.look_at_new() == 1
    assert reasons() == found
    # The same is not found every minute.
    assert sweeps.look_at_new() == 0


def test_old_entries_are_looked_at_at_night(db: None) -> None:
    written()
    assert sweeps.look_at_new() == 0
    with unguarded():
        AuditEntry.objects.filter(number=1).update(outcome="denied")
        AuditEntry.objects.filter(number=2).delete()
    assert sweeps.look_at_new() == 0
    assert sweeps.look_at_all() == 2
    assert set(reasons()) == {"this entry is not what was written", "this entry is missing"}


def test_rows_and_head_that_are_wound_back_together_are_found(db: None) -> None:
    written()
    before = AuditHead.objects.values().get()
    written()
    assert sweeps.look_at_new() == 0
    # An older copy of everything there is in the database.
    with unguarded():
        AuditEntry.objects.filter(number__gt=before["number"]).delete()
        AuditHead.objects.filter(pk=1).update(**before)
        AuditWatch.objects.all().delete()
    assert sweeps.look_at_new() == 1
    assert reasons() == ["the log does not hold the head that was noted earlier"]


def test_moving_how_far_was_looked_is_found(db: None) -> None:
    written()
    assert sweeps.look_at_new() == 0
    written()
    head = log.head()
    with unguarded():
        AuditEntry.objects.filter(number=head.number - 1).update(outcome="denied")
    AuditWatch.objects.update(number=head.number, hash=head.hash)
    assert sweeps.look_at_new() == 2
    assert "how far was looked is not what was written" in reasons()


def test_a_trigger_that_does_nothing_any_more_is_found(db: None) -> None:
    """Its name stands, its body is hollow."""
    written()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_entry_no_update")
            cursor.execute(
                "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_auditentry "
                "BEGIN SELECT 1; END"
            )
            hollow = "audit_entry_no_update"
        else:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql "
                "AS $$ BEGIN RETURN NEW; END $$"
            )
            hollow = "audit_append_only"
    assert sweeps.look_at_new() == 1
    assert reasons() == [f"triggers are missing: {hollow}"]


# --- Who hears of it ------------------------------------------------------------------------------


def alarmed() -> AuditAlarm:
    written()
    heads.note(log.Head(1, "0" * 64))
    assert sweeps.look_at_new() == 1
    return AuditAlarm.objects.get()


def test_who_watches_hears_of_it_and_sees_it_until_it_is_explained(
    cast: Cast, client_of: ClientOf
) -> None:
    alarm = alarmed()
    assert tell_of_alarms() == 1 and tell_of_alarms() == 0
    mails = Message.objects.filter(key__startswith="log-alarm:")
    assert {one.to for one in mails} == {cast.privacy_officer.email, cast.admin.email}
    watchers = {"privacy_officer", "admin"}
    for name, user in cast.everybody.items():
        kinds = {item.kind for item in client_of(user).get("/").context["mine"]}
        assert ("logboek" in kinds) is (name in watchers), name
        status = client_of(user).get(reverse("log_watch")).status_code
        assert status == (200 if name in watchers else 403), name
    http, url = client_of(cast.admin), reverse("log_alarm", args=[alarm.pk])
    page = http.get(reverse("log_watch")).content.decode()
    assert "teruggedraaid of" in page and url in page
    assert f"{log.head().number}:{log.head().hash}" in page
    empty = http.post(url, {"request_id": str(uuid4()), "explanation": " "})
    assert empty.status_code == 422
    sent = {"request_id": str(uuid4()), "explanation": "Wij zetten een reservekopie terug."}
    assert http.post(url, sent).status_code == 302
    assert "logboek" not in {item.kind for item in http.get("/").context["mine"]}
    shown = http.get(reverse("log_watch")).content.decode()
    assert "Wij zetten een reservekopie terug." in shown and cast.admin.name in shown
    # From here on it counts again, and what happens next is found.
    assert sweeps.look_at_new() == 0
    heads.note(log.Head(1, "1" * 64))
    assert sweeps.look_at_new() == 0  # the same is not found twice


def test_the_head_goes_to_the_fg_once_a_day(cast: Cast) -> None:
    for hours in (0, 1, 2):
        with clock.travel(clock.now() + timedelta(hours=hours)):
            mail_head()
    day = clock.today()
    mail = Message.objects.get(key__startswith=f"log-head:{day:%Y%m%d}")
    assert mail.to == cast.privacy_officer.email
    assert f"{log.head().number}:{log.head().hash}" in mail.body
