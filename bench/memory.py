"""How much memory a real web process takes after it has served every page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings
from django.db import connection

from bench.measure import client_for
from bench.pages import Page
from directory.models import User


def memory_of_web(pages: Sequence[Page], people: Mapping[str, User]) -> float:
    """Start gunicorn with one worker on this database, ask every page twice; MB resident."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "rdm.wsgi", "-b", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--threads", "4", "--log-level", "error"]
    environment = {**os.environ, "DATABASE_URL": _address(), "RDM_LOG_LEVEL": "ERROR"}
    web = subprocess.Popen(command, env=environment)
    try:
        _wait(port)
        for page in [*pages, *pages]:
            _ask(port, page, people.get(page.role))
        return max(_resident(pid) for pid in _workers(web.pid))
    finally:
        web.terminate()
        web.wait(30)


def _address() -> str:
    """The address of the database that is being measured."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    host = f"{values['HOST'] or '127.0.0.1'}:{values['PORT'] or 5432}"
    user = values["USER"] + (f":{values['PASSWORD']}" if values["PASSWORD"] else "")
    return f"postgres://{user}@{host}/{values['NAME']}"


def _wait(port: int) -> None:
    for _ in range(120):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise RuntimeError("gunicorn did not start")


def _ask(port: int, page: Page, user: User | None) -> None:
    headers = {}
    if user is not None:
        name = settings.SESSION_COOKIE_NAME
        headers["Cookie"] = f"{name}={client_for(user).cookies[name].value}"
    visit = HTTPConnection("127.0.0.1", port, timeout=60)
    visit.request("GET", page.url, headers=headers)
    answer = visit.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{page.name}: {page.url} answers {answer.status} through gunicorn")


def _workers(master: int) -> list[int]:
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return [int(pid) for pid in children]


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024
