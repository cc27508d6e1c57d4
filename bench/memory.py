"""How much memory a real web process takes after it has served every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

from bench.measure import client_for
from bench.pages import Page
from bench.web import serving
from directory.models import User


def memory_of_web(pages: Sequence[Page], people: Mapping[str, User]) -> float:
    """Ask one worker on this database every page twice; MB resident."""
    with serving(workers=1, threads=4) as web:
        for page in [*pages, *pages]:
            _ask(web.port, page, people.get(page.role))
        return max(_resident(pid) for pid in web.workers)


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


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024
