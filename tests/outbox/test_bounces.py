"""A mail that was taken and came back: read over IMAP, and only when it is ours."""

import imaplib
import re
import socketserver
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Thread

import pytest

from outbox import bounces, mail, queue, sweeps
from outbox.models import Message
from rdm.lib import clock

pytestmark = pytest.mark.django_db
TO = "deelnemer1@zorg.example"


@dataclass
class Mailbox:
    """What lies in the mailbox, and which of it was marked as read."""

    mails: dict[str, bytes] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    password: str = '"geheim"'

    def answer(self, line: str) -> list[bytes]:
        word, *rest = line.split(" ")
        match word.upper(), *rest:
            case "CAPABILITY", *_:
                return [b"* CAPABILITY IMAP4rev1\r\n"]
            case "LOGIN", _, password if password != self.password:
                raise PermissionError
            case "SELECT", *_:
                return [b"* %d EXISTS\r\n" % len(self.mails)]
            case "UID", "SEARCH", *_:
                # As the servers do it: the criterium is a piece of the first header.
                found = [
                    number
                    for number, raw in self.mails.items()
                    if number not in self.read and b"delivery-status" in raw.split(b"\n\n")[0]
                ]
                return [f"* SEARCH {' '.join(found)}\r\n".encode()]
            case "UID", "FETCH", number, *_:
                raw = self.mails[number]
                head = f"* {number} FETCH (UID {number} BODY[]<0> {{{len(raw)}}}\r\n".encode()
                return [head, raw, b")\r\n"]
            case "UID", "STORE", number, *_:
                self.read.add(number)
        return []


@pytest.fixture
def mailbox(settings, monkeypatch) -> Iterator[Mailbox]:
    box = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            while line := self.rfile.readline().decode().strip():
                tag, _, command = line.partition(" ")
                try:
                    self.wfile.write(b"".join(box.answer(command)))
                    self.wfile.write(f"{tag} OK done\r\n".encode())
                except PermissionError:
                    self.wfile.write(f"{tag} NO wrong\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        settings.IMAP_HOST, settings.IMAP_PORT = server.server_address
        settings.IMAP_USER, settings.IMAP_PASSWORD = "rdm", "geheim"

        def without_tls(host, port, *, ssl_context, timeout):
            assert ssl_context.check_hostname
            return imaplib.IMAP4(host, port, timeout=timeout)

        monkeypatch.setattr(imaplib, "IMAP4_SSL", without_tls)
        yield box
        server.shutdown()


@pytest.fixture
def sent(smtp) -> Message:
    message = queue.put(key="dates:1:1:1", to=TO, subject="Wanneer kunt u?", body="Dag.\n")
    assert sweeps.send_ready() == 1
    return message


def bounce(**changes: str) -> bytes:
    values = {
        "type": 'multipart/report; report-type=delivery-status; boundary="b"',
        "action": "failed",
        "status": "5.1.1",
        "kind": "message/rfc822",
        "id": mail.message_id("dates:1:1:1"),
        "to": TO,
    } | changes
    return """From: MAILER-DAEMON@mx.example
To: no-reply@rdm.example
Subject: Undelivered Mail Returned to Sender
Content-Type: {type}

--b
Content-Type: text/plain

This is the mail system. Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; elders@zorg.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: {kind}

Message-ID: {id}
To: {to}
Subject: Wanneer kunt u?

Dag.
--b--
""".format(**values).encode()


def state(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.last_error


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_what_came_back_is_given_up_and_read_once(mailbox, sent, kind):
    mailbox.mails = {"7": b"Subject: Vraag\n\nHoe laat is het?", "8": bounce(kind=kind)}
    assert bounces.read_bounces() == 1
    assert state(sent) == ("failed", "Bounced")
    assert sent.sent_at is None
    # A question of a person stays unread, for a person.
    assert mailbox.read == {"8"}
    assert bounces.read_bounces() == 0
    assert [one.pk for one in queue.unreached("dates:")] == [sent.pk]


def test_it_can_be_tried_again(mailbox, sent, post):
    mailbox.mails = {"1": bounce()}
    bounces.read_bounces()
    assert queue.retry_failed(sent.pk) == 1
    assert sweeps.send_ready() == 1
    assert state(sent) == ("sent", "")
    assert len(post.raw) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"action": "delayed", "status": "4.4.1"},
        {"action": "failed", "status": "4.2.2"},
        {"action": "relayed"},
        {"id": "<iets.anders@rdm.example>"},
        {"to": "iemand.anders@zorg.example"},
        {"kind": "text/plain"},
        {"type": 'multipart/mixed; x=delivery-status; boundary="b"'},
    ],
)
def test_what_says_something_else_changes_nothing(mailbox, sent, changes):
    mailbox.mails = {"1": bounce(**changes)}
    assert bounces.read_bounces() == 0
    assert state(sent) == ("sent", "")


def test_rubbish_does_not_stop_what_comes_after_it(mailbox, sent):
    head = b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
    mailbox.mails = {
        "1": head,
        "2": head + b"--b\nContent-Type: message/delivery-status\n\n\xff\x00--b--",
        "3": head + b"--b\nContent-Type: message/rfc822\n\n--b--",
        "4": re.sub(b"Message-ID: .*", b"Message-ID: \xff<<", bounce()),
        "5": bounce(),
    }
    assert bounces.read_bounces() == 1
    assert mailbox.read == {"1", "2", "3", "4", "5"}


def test_a_text_that_is_gone_stays_sent(mailbox, sent):
    queue.empty_sent(before=clock.now())
    mailbox.mails = {"1": bounce()}
    assert bounces.read_bounces() == 0
    assert state(sent) == ("sent", "")


def test_a_mailbox_that_is_away_or_shut_is_asked_again(mailbox, sent, settings):
    mailbox.mails = {"1": bounce()}
    settings.IMAP_PASSWORD = "verkeerd"
    assert bounces.read_bounces() == 0
    settings.IMAP_PASSWORD, port = "geheim", settings.IMAP_PORT
    settings.IMAP_PORT = 1
    assert bounces.read_bounces() == 0
    settings.IMAP_PORT = port
    assert bounces.read_bounces() == 1


def test_without_a_mailbox_nothing_is_asked(settings):
    assert settings.IMAP_HOST == ""
    assert bounces.read_bounces() == 0
