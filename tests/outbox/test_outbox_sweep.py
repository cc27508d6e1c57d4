"""Sending over a real SMTP conversation: once, never lost, and nothing but what was put in."""

import smtplib
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import connections

from outbox import queue, sweeps
from outbox.models import Message
from rdm.lib import clock

ICAL = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:CANCEL\r\nBEGIN:VEVENT\r\nUID:u1\r\n"
    "SUMMARY:Overleg in Hengelo – café\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def put(number=1, **kwargs):
    values = {
        "key": f"overleg-{number}",
        "to": f"deelnemer{number}@zorg.example",
        "subject": "Er staat iets voor u klaar – één bericht",
        "body": "Beste deelnemer,\n\nEr is iets nieuws.\nZoë\n",
    }
    return queue.put(**{**values, **kwargs})


def state(message):
    message.refresh_from_db()
    return message.state


@pytest.mark.django_db
def test_a_mail_holds_what_was_put_in_and_says_it_is_automatic(smtp, post):
    message = put()
    assert sweeps.send_ready() == 1
    (mail,) = post.mails
    assert mail["Subject"].strip() == message.subject  # folded after "Subject:"
    assert (mail["To"], mail["From"]) == (message.to, "RDM Twente <no-reply@rdm.example>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    assert mail.get_content().replace("\r\n", "\n").rstrip() == message.body.rstrip()
    assert state(message) == "sent"
    assert (message.attempts, message.lease_until, message.last_error) == (1, None, "")
    assert message.sent_at is not None
    assert sweeps.send_ready() == 0
    assert len(post.raw) == 1


@pytest.mark.django_db
def test_a_calendar_item_is_there_as_invitation_and_as_attachment(smtp, post):
    put(ical=ICAL.encode(), ical_method="CANCEL")
    sweeps.send_ready()
    (mail,) = post.mails
    plain = mail.get_body(("plain",))
    attachments = list(mail.iter_attachments())
    calendar = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert "Er is iets nieuws." in plain.get_content()
    assert calendar.get_param("method") == "CANCEL"
    assert calendar.get_content_charset() == "utf-8"
    assert calendar.get_content().splitlines() == ICAL.splitlines()
    assert [a.get_filename() for a in attachments] == ["invite.ics"]
    assert attachments[0].get_payload(decode=True) == ICAL.encode()


@pytest.mark.django_db
def test_canary_nothing_but_what_was_given_leaves_the_house(smtp, post):
    """Every header name is decided, and neither key, host name nor another row is in the mail."""
    put(key="KANARIE-SLEUTEL", subject="Dag", body="Alleen dit.\n")
    put(2, key="k2", body="KANARIE-ANDER", not_before=clock.now() + timedelta(days=1))
    sweeps.send_ready()
    (mail,) = post.mails
    assert sorted(name.lower() for name in mail) == [
        "auto-submitted",
        "content-transfer-encoding",
        "content-type",
        "date",
        "from",
        "message-id",
        "mime-version",
        "subject",
        "to",
        "x-auto-response-suppress",
    ]
    assert mail["Message-ID"].endswith("@rdm.example>")
    assert mail.get_content().strip() == "Alleen dit."
    assert b"KANARIE" not in post.raw[0]


@pytest.mark.django_db
def test_one_connection_for_a_whole_sweep(smtp, post):
    for number in range(5):
        put(number)
    assert sweeps.send_ready() == 5
    assert post.connections == 1
    assert sorted(mail["To"] for mail in post.mails) == [
        f"deelnemer{number}@zorg.example" for number in range(5)
    ]


@pytest.mark.django_db
def test_nothing_due_means_no_connection(smtp, post):
    put(not_before=clock.now() + timedelta(hours=1))
    assert sweeps.send_ready() == 0
    assert post.connections == 0
    with clock.travel(clock.now() + timedelta(hours=2)):
        assert sweeps.send_ready() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_the_same_time_send_every_mail_once(smtp, post):
    messages = [put(number) for number in range(20)]
    together, sent = Barrier(2), []

    def sweep():
        together.wait(10)
        try:
            sent.append(sweeps.send_ready())
        finally:
            connections.close_all()

    threads = [Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(sent) == 20
    assert len({mail["Message-ID"] for mail in post.mails}) == len(post.raw) == 20
    assert {state(message) for message in messages} == {"sent"}


@pytest.mark.django_db
def test_server_down_for_days_costs_no_attempt_and_then_it_goes_once(smtp, post):
    message = put()
    smtp.stop()
    for hour in range(0, 72, 6):
        with clock.travel(clock.now() + timedelta(hours=hour)):
            assert sweeps.send_ready() == 0
    assert (state(message), message.attempts) == ("ready", 0)
    smtp.start()
    assert sweeps.send_ready() == 1
    assert sweeps.send_ready() == 0
    assert len(post.raw) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["550 5.1.1 no such user", "551 moved", "553 odd", "554 no"])
@pytest.mark.parametrize("where", ["answer", "answer_to_data"])
def test_what_is_refused_for_good_is_given_up_at_once_and_others_go_on(smtp, post, where, answer):
    """An overleg in three days cannot wait four for an address that does not exist."""
    getattr(post, where)["deelnemer1@zorg.example"] = answer
    refused, fine = put(1), put(2)
    assert sweeps.send_ready() == 1
    assert (state(refused), state(fine)) == ("failed", "sent")
    assert refused.attempts == 1
    assert refused.last_error == ("SMTPRecipientsRefused" if where == "answer" else "SMTPDataError")


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["552 mailbox full", "550 5.2.2 over quota", "530 first log in"])
def test_a_full_mailbox_and_our_own_fault_wait_longer_each_time(smtp, post, answer):
    post.answer["deelnemer1@zorg.example"] = answer
    refused, fine = put(1), put(2)
    with clock.travel(START):
        Message.objects.update(not_before=START)
        assert sweeps.send_ready() == 1
    assert (state(refused), state(fine)) == ("ready", "sent")
    assert refused.last_error == "SMTPRecipientsRefused"
    assert refused.not_before == START + timedelta(minutes=2)
    with clock.travel(START + timedelta(minutes=1)):
        assert sweeps.send_ready() == 0
    with clock.travel(START + timedelta(minutes=2)):
        sweeps.send_ready()
    refused.refresh_from_db()
    assert (refused.attempts, refused.not_before) == (2, START + timedelta(minutes=6))


@pytest.mark.django_db
def test_after_every_attempt_it_failed_and_can_be_given_another_chance(smtp, post):
    post.answer["deelnemer1@zorg.example"] = "552 mailbox full"
    message, now = put(), START
    Message.objects.update(not_before=START)
    for _ in range(sweeps.MAX_ATTEMPTS):
        with clock.travel(now):
            sweeps.send_ready()
        message.refresh_from_db()
        now = message.not_before
    assert (message.state, message.attempts) == ("failed", sweeps.MAX_ATTEMPTS)
    assert now - START > timedelta(days=4)
    with clock.travel(now + timedelta(days=30)):
        assert sweeps.send_ready() == 0
        post.answer.clear()
        assert queue.retry_failed() == 1
        assert sweeps.send_ready() == 1
    assert len(post.raw) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["451 later", "421 closing"])
def test_an_unwell_server_is_left_alone_until_the_next_sweep(smtp, post, answer):
    post.answer["deelnemer1@zorg.example"] = answer
    first, second = put(1), put(2)
    assert sweeps.send_ready() == 0
    second.refresh_from_db()
    assert (state(first), second.attempts) == ("ready", 0)
    assert sweeps.send_ready() == 1
    assert state(second) == "sent"


@pytest.mark.django_db
def test_a_worker_that_dies_while_sending_is_taken_over_after_the_lease(smtp, post, monkeypatch):
    message = put()
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", _die)
        with pytest.raises(KeyboardInterrupt):
            sweeps.send_ready()
    assert (state(message), message.attempts) == ("sending", 1)
    assert sweeps.send_ready() == 0  # the lease still holds
    with clock.travel(clock.now() + sweeps.LEASE + timedelta(seconds=1)):
        assert sweeps.send_ready() == 1
    assert (state(message), message.attempts) == ("sent", 2)
    assert len(post.raw) == 1


def _die(self, messages):
    raise KeyboardInterrupt


@pytest.mark.django_db
def test_dying_after_the_servers_yes_repeats_the_same_message_id(smtp, post, monkeypatch):
    """The one gap, see outbox/sweeps.py: twice on the wire, recognisable as one."""
    put()
    with monkeypatch.context() as patch:
        patch.setattr(sweeps, "_mark_sent", lambda message: _die(None, None))
        with pytest.raises(KeyboardInterrupt):
            sweeps.send_ready()
    with clock.travel(clock.now() + sweeps.LEASE + timedelta(seconds=1)):
        assert sweeps.send_ready() == 1
    one, two = post.mails
    assert one["Message-ID"] == two["Message-ID"]


@pytest.mark.django_db
def test_a_message_that_kills_every_sweep_stops_doing_so(smtp, post):
    message = put()
    Message.objects.update(
        state="sending", attempts=sweeps.MAX_ATTEMPTS, lease_until=clock.now() - timedelta(1)
    )
    assert sweeps.send_ready() == 0
    assert (state(message), message.last_error) == ("failed", "LeaseExpired")
    assert post.raw == []


@pytest.mark.django_db
def test_a_sweep_that_lost_its_claim_changes_nothing(smtp, post, monkeypatch):
    """A sweep that stood still past its lease comes back after another has sent the message."""
    message = put()
    real = EmailBackend.send_messages
    calls = []

    def slow(self, mails):
        calls.append(1)
        if len(calls) == 1:
            with clock.travel(clock.now() + sweeps.LEASE + timedelta(seconds=1)):
                assert sweeps.send_ready() == 1
            raise smtplib.SMTPServerDisconnected("stood still too long")
        return real(self, mails)

    monkeypatch.setattr(EmailBackend, "send_messages", slow)
    assert sweeps.send_ready() == 0
    assert (state(message), message.last_error) == ("sent", "")
    assert len(post.raw) == 1


@pytest.mark.django_db
def test_errors_are_kept_as_a_class_name_without_the_address(smtp, post, caplog):
    post.answer["deelnemer1@zorg.example"] = "550 deelnemer1@zorg.example is unknown"
    message = put()
    sweeps.send_ready()
    message.refresh_from_db()
    assert "@" not in message.last_error
    ours = [record for record in caplog.records if record.name != "mail.log"]  # the test server's
    assert [record.name for record in ours] == ["outbox.sweeps"]
    assert "zorg.example" not in str(ours[0].__dict__ | {"text": ours[0].getMessage()})
