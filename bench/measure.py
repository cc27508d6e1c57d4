"""Ask every page, as somebody who uses it, and write down queries, time and bytes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Tafel, User
from escalation.models import Casus
from learning.models import Leersessie, Terugkoppeling


@dataclass(frozen=True)
class Page:
    """One page, and the name of the role that asks for it (empty: a visitor)."""

    name: str
    role: str
    url: str


@dataclass(frozen=True)
class Figures:
    """Queries of one request; milliseconds over all runs; bytes of the answer."""

    queries: int
    median: float
    p95: float
    size: int


def pages() -> list[Page]:
    """Every page with a row or a list behind it."""
    found = [
        Page("Openbare startpagina", "", reverse("home")),
        Page("Tafels", "", reverse("tafel_list")),
        Page("Tafel", "", reverse("tafel_detail", args=[Tafel.objects.all()[0].slug])),
        Page("Mijn werk (procesmanager)", "procesmanager", reverse("home")),
        Page("Mijn werk (coördinator)", "coordinator", reverse("home")),
        Page("Casussen (procesmanager)", "procesmanager", reverse("casus_list")),
        Page("Casussen (coördinator)", "coordinator", reverse("casus_list")),
        Page("Coördinatiepunt", "coordinator", reverse("coordinatiepunt")),
        Page("Procesafspraken", "coordinator", reverse("procesafspraak_list")),
        Page("Collegebesluiten", "coordinator", reverse("college_list")),
        Page("Terugkoppelingen", "portefeuillehouder", reverse("terugkoppeling_list")),
        Page("Leersessies", "coordinator", reverse("leersessie_list")),
        Page("Leerpunten", "coordinator", reverse("lesson_list")),
        Page("Rapportage", "coordinator", reverse("report")),
        Page("Beheer", "admin", reverse("member_list")),
    ]
    return found + list(_of_casussen()) + list(_of_learning())


def _of_casussen() -> Iterable[Page]:
    coordinator = Casus.objects.filter(first_submitted_at__isnull=False).order_by("pk")
    own = Casus.objects.filter(status="active", gemeente__organisation__slug="enschede")
    if casus := own.order_by("pk").first():
        for name in ("casus_detail", "casus_timeline", "casus_submit", "step_add"):
            yield Page(name, "procesmanager", reverse(name, args=[casus.code]))
        yield Page("step_detail", "procesmanager", reverse("step_detail", args=[casus.code, 1]))
    if casus := coordinator.filter(status="submitted").first():
        for name in ("casus_detail", "submission_detail", "casus_access_log"):
            yield Page(f"{name} (coördinator)", "coordinator", reverse(name, args=[casus.code]))
    if casus := coordinator.filter(status="accepted").first():
        yield Page("overleg_detail", "coordinator", reverse("overleg_detail", args=[casus.code]))


def _of_learning() -> Iterable[Page]:
    if one := Terugkoppeling.objects.select_related("overleg__casus").first():
        url = reverse("terugkoppeling_detail", args=[one.overleg.casus.code, one.pk])
        yield Page("Terugkoppeling", "portefeuillehouder", url)
    if session := Leersessie.objects.first():
        url = reverse("leersessie_detail", args=[session.pk])
        yield Page("Leersessie", "coordinator", url)


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
