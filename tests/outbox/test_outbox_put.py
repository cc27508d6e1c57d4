"""Putting mail in the outbox: once per key, in the caller's transaction, and nothing odd."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from outbox import queue
from outbox.models import Message
from rdm.lib import clock

ICAL = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


def put(**kwargs):
    values = {"key": "k1", "to": "anna@zorg.example", "subject": "Nieuw bericht", "body": "Dag."}
    return queue.put(**{**values, **kwargs})


@pytest.mark.django_db
def test_the_same_key_is_one_message_and_the_first_stays():
    first = put()
    again = put(to="iemand@anders.example", subject="Anders", body="Anders.")
    assert again == first
    assert Message.objects.get().subject == "Nieuw bericht"


@pytest.mark.django_db
def test_times_come_from_the_clock():
    moment = datetime(2025, 1, 2, 3, 4, tzinfo=UTC)
    with clock.travel(moment):
        now, later = put(), put(key="k2", not_before=moment + timedelta(days=3))
    assert (now.created_at, now.not_before) == (moment, moment)
    assert later.not_before == moment + timedelta(days=3)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_takes_its_mail_along():
    with pytest.raises(RuntimeError), transaction.atomic():
        put()
        raise RuntimeError
    assert not Message.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"unsubscribe_url": "https://x.example/\nBcc: iedereen@x.example"},
        {"subject": "Dag\nBcc: iedereen@x.example"},
        {"subject": "Dag\r\nBcc: iedereen@x.example"},
        {"subject": "Dag\u2028hallo"},
        {"subject": "Dag\u202ehallo"},
        {"subject": " "},
        {"subject": "x" * 201},
        {"to": "anna@zorg.example\nBcc: iedereen@x.example"},
        {"to": "anna@zorg.example, bert@zorg.example"},
        {"to": "Anna <anna@zorg.example>"},
        {"to": "anna"},
        {"to": ""},
        {"key": ""},
        {"key": "a\nb"},
        {"key": "x" * 201},
        {"body": "  \n"},
        {"body": "a\x00b"},
        {"body": "half \ud800"},
        {"ical": b"\xff\xfe"},
        {"ical": b""},
        {"ical": ICAL, "ical_method": "REQUEST; evil=1"},
        {"ical": ICAL, "ical_method": ""},
        {"not_before": datetime(2026, 1, 1)},
    ],
)
def test_odd_values_are_refused_and_never_repeated(wrong):
    with pytest.raises(ValueError) as raised:
        put(**wrong)
    assert "zorg.example" not in str(raised.value)
    assert not Message.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"state": "gone"},
        {"state": "sending"},
        {"state": "sent"},
        {"lease_until": datetime(2026, 1, 1, tzinfo=UTC)},
        {"sent_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"ical": "x"},
        {"ical_method": "REQUEST"},
        {"to": ""},
        {"attempts": -1},
    ],
)
def test_the_database_refuses_impossible_rows(change):
    put()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(**change)


@pytest.mark.django_db
def test_who_leaves_is_forgotten_with_every_mail_sent_or_not():
    for key in ("changes:1:20260101", "changes:1:20260102", "changes:12:20260101", "subscribe:1:a"):
        put(key=key, unsubscribe_url="https://x.example/stop/")
    sent = {"state": "sent", "sent_at": clock.now()}
    Message.objects.filter(key="changes:1:20260101").update(**sent)
    assert queue.forget("changes:1:", "subscribe:1:") == 3
    assert Message.objects.get().key == "changes:12:20260101"
    assert queue.forget() == queue.forget("") == 0
