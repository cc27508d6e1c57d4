"""The number of queries of a page does not depend on the number of rows, and stays small."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.house.growth import grow
from tests.house.pages import DOWNLOADS, PAGES, Page, visitor
from tests.house.scene import Scene

# With the session, the user and the row in the log. A public page has none of those.
MOST = 15
MOST_PUBLIC = 6
NO_QUERY = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
VISITED = [*PAGES, *DOWNLOADS]


@pytest.fixture
def clients(scene: Scene) -> dict[str, Client]:
    """One visitor per person, past the first click, which also begins the session."""
    found = {page.who: visitor(scene, page.who) for page in VISITED}
    for client in found.values():
        client.get("/")
    return found


def queries(client: Client, page: Page, scene: Scene) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        response = client.get(page.url(scene))
    assert response.status_code == page.status, page.id
    found = [one["sql"] for one in seen.captured_queries]
    return [sql for sql in found if not sql.startswith(NO_QUERY)]


def test_as_many_queries_at_twenty_rows_as_at_one(scene: Scene, clients: dict[str, Client]) -> None:
    few = {page.id: queries(clients[page.who], page, scene) for page in VISITED}
    grow(scene)
    many = {page.id: queries(clients[page.who], page, scene) for page in VISITED}
    grown = [
        f"{name}: {len(few[name])} queries, {len(many[name])} with more rows; {_extra(few[name], many[name])}"
        for name in few
        if len(few[name]) != len(many[name])
    ]
    assert grown == []


def _extra(few: list[str], many: list[str]) -> str:
    """The statement that is asked more often."""

    def shapes(found: list[str]) -> list[str]:
        return [sql.split(" WHERE ")[0][:60] + "…" + sql.split(" FROM ")[-1][:90] for sql in found]

    before, after = shapes(few), shapes(many)
    worst = max(set(before) | set(after), key=lambda one: abs(after.count(one) - before.count(one)))
    return f"{before.count(worst)} → {after.count(worst)} × {worst}"


def test_no_page_asks_the_database_too_often(scene: Scene, clients: dict[str, Client]) -> None:
    wrong = []
    for page in VISITED:
        found = len(queries(clients[page.who], page, scene))
        if found > (MOST if page.who else MOST_PUBLIC):
            wrong.append(f"{page.id}: {found}")
    assert wrong == []
