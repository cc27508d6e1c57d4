"""Ask every page, as somebody who uses it, and write down queries, time and bytes."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.pages import Page
from directory.models import User


@dataclass(frozen=True)
class Figures:
    """Queries of one request; milliseconds over all runs; bytes of the answer."""

    queries: int
    median: float
    p95: float
    size: int


def client_for(user: User | None) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    if user is not None:
        client.force_login(user)
    return client


# Not a question to the database: the beginning and end of a transaction.
_BRACKETS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


class Meter:
    """One page, asked again and again by one person."""

    def __init__(self, page: Page, user: User | None) -> None:
        """Warm up and count; raises RuntimeError when the page fails."""
        self.page = page
        self.times: list[float] = []
        self.client = client_for(user)
        answer = self.client.get(page.url)
        if answer.status_code != 200:
            raise RuntimeError(f"{page.name}: {page.url} answers {answer.status_code}")
        self.size = len(answer.content)
        with CaptureQueriesContext(connection) as captured:
            self.client.get(page.url)
            # Counted here: the next request empties what was captured.
            asked = [query["sql"] for query in captured.captured_queries]
        self.queries = sum(not sql.startswith(_BRACKETS) for sql in asked)

    def run(self, times: int) -> None:
        self.client.get(self.page.url)  # The connection has just moved: this one does not count.
        for _ in range(times):
            start = time.perf_counter()
            self.client.get(self.page.url)
            self.times.append((time.perf_counter() - start) * 1000)

    def figures(self) -> Figures:
        p95 = statistics.quantiles(self.times, n=20)[-1]
        return Figures(self.queries, statistics.median(self.times), p95, self.size)
