"""A real mail server on this machine, which keeps what it gets and can be told to refuse."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Lock

import pytest
from aiosmtpd.controller import Controller


@dataclass
class Post:
    """Handler of the server. `answer` maps a recipient to an SMTP answer other than 250, and
    `answer_to_data` to one that comes after the text."""

    raw: list[bytes] = field(default_factory=list)
    connections: int = 0
    answer: dict[str, str] = field(default_factory=dict)
    answer_to_data: dict[str, str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.answer:
            return self.answer[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if refused := self.answer_to_data.get(envelope.rcpt_tos[0]):
            return refused
        with self.lock:
            self.raw.append(envelope.original_content)
        return "250 OK"

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]


class Server:
    """Can go down and come back on the same port."""

    def __init__(self, post: Post) -> None:
        self.post, self.port = post, 0

    def start(self) -> None:
        self.port = self.port or _free_port()
        self.controller = Controller(self.post, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        self.controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def smtp(post: Post, settings) -> Iterator[Server]:
    server = Server(post)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_TIMEOUT = 5
    settings.DEFAULT_FROM_EMAIL = "RDM Twente <no-reply@rdm.example>"
    yield server
    server.stop()
