"""Redis away: the web works as before, and mail goes out when it is back, once.

With a real Redis, a real Celery worker and beat, and a real mail server, all of them ours.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from outbox import queue
from outbox.models import Message
from rdm import alive, env
from tests.cast import Cast
from tests.conftest import missing
from tests.outbox.conftest import Post, Server, _free_port


class Redis:
    """A Redis of our own, on its own port, that can go away and come back."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1"]
            + ["--save", "", "--appendonly", "no"],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(10)
            self.process = None


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    if not shutil.which("redis-server"):
        missing("redis-server")
    server = Redis(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def worker(transactional_db, redis: Redis, post: Post, root: Path, tmp_path: Path):
    """Worker with beat, on the database of this test."""
    smtp = Server(post)
    smtp.start()
    log = (tmp_path / "worker.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "rdm.celery", "worker", "--beat"]
        + ["--concurrency=1", f"--schedule={tmp_path / 'beat'}", "--loglevel=INFO"],
        cwd=root,
        env={
            **os.environ,
            **env.of_database(connection.settings_dict),
            "REDIS_URL": f"redis://127.0.0.1:{redis.port}/0",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(smtp.port),
            # Where the sign of life of the worker lies.
            "TMPDIR": str(tmp_path),
        },
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    yield process
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    process.kill()
    process.wait(10)
    log.close()
    smtp.stop()


def wait_until(true: Callable[[], bool], seconds: float, log: Path) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, log.read_text("utf-8", "replace")[-3000:]
        time.sleep(0.1)


@pytest.mark.broker
def test_mail_waits_for_redis_and_goes_out_once(client, worker, redis, post, tmp_path):
    log = tmp_path / "worker.log"

    # Redis has never been there: the web process does not notice.
    started = time.monotonic()
    assert client.get("/gezond/klaar/").status_code == 200
    queue.put(key="eerste", to="a@rdm.example", subject="Eerste", body="Er is iets voor u.")
    assert time.monotonic() - started < 2
    assert post.raw == []

    redis.start()
    wait_until(lambda: len(post.raw) == 1, 60, log)
    # Both leave the sign that compose asks after.
    wait_until(lambda: alive.is_alive(tmp_path / alive.WORKER.name), 20, log)
    assert alive.is_alive(tmp_path / "beat")

    redis.stop()
    queue.put(key="tweede", to="b@rdm.example", subject="Tweede", body="Er is iets voor u.")
    # Longer than the interval of the sweep: nothing may go out by another way.
    time.sleep(6)
    assert len(post.raw) == 1

    redis.start()
    wait_until(lambda: len(post.raw) >= 2, 60, log)
    # And the next sweep does not send it again.
    time.sleep(6)
    assert [mail["Subject"] for mail in post.mails] == ["Eerste", "Tweede"]


# --- The web process alone ------------------------------------------------------------------------


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """In the place of Redis: takes a connection and never answers, which is worse than away."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture
def web(transactional_db: None, silent: socket.socket, root: Path, tmp_path: Path) -> Iterator[int]:
    """The port of a real web process on the database of this test, with that Redis."""
    port, log = _free_port(), (tmp_path / "web.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "rdm.wsgi", "--bind", f"127.0.0.1:{port}"],
        cwd=root,
        env={
            **os.environ,
            **env.of_database(connection.settings_dict),
            "REDIS_URL": f"redis://127.0.0.1:{silent.getsockname()[1]}/0",
            # Style and scripts from where they are written, whether or not they were collected.
            "RDM_DEBUG": "1",
        },
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    wait_until(lambda: answers(port), 60, tmp_path / "web.log")
    yield port
    process.terminate()
    process.wait(30)
    log.close()


def answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


class Browser:
    """Somebody who is signed in, at a real web server."""

    def __init__(self, port: int, client: Client) -> None:
        self.port = port
        self.cookies = {name: one.value for name, one in client.cookies.items()}

    def ask(self, path: str, data: dict[str, object] | None = None) -> tuple[int, str, float]:
        """The status, the page, and how many seconds it took."""
        started = time.monotonic()
        visit = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        visit.request("POST" if data else "GET", path, urlencode(data or {}), headers)
        answer = visit.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read().decode(), time.monotonic() - started


def test_a_form_that_sends_mail_does_not_wait_for_redis(
    web: int, silent: socket.socket, cast: Cast, client_of: Callable[..., Client]
) -> None:
    browser = Browser(web, client_of(cast.admin))
    path = f"{reverse('member_invite')}?organisatie={cast.mediant.slug}"
    status, page, _ = browser.ask(path)
    assert status == 200
    hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|request_id)" value="([^"]+)"', page))
    address = "nieuw@voorbeeld.example"
    form = {"name": "Verzonnen Nieuw", "email": address, "role": "aanmelder"}
    status, page, seconds = browser.ask(path, {**hidden, **form})
    assert status == 302, page
    assert Message.objects.get(to=address).state == "ready"
    # A publish to this Redis waits for its timeouts, which add up to more.
    assert seconds < settings.CELERY_BROKER_TRANSPORT_OPTIONS["socket_timeout"] / 2
    # Nor did the web process so much as try.
    with pytest.raises(BlockingIOError):
        silent.accept()
