"""The number of queries of a page does not depend on the number of rows, and stays small."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from audit import log
from directory.region.snapshot import snapshot
from tests.house import tried
from tests.house.growth import grow
from tests.house.pages import DOWNLOADS, OPEN_DATA, PAGES, Page, visitor
from tests.house.scene import Scene

# How many queries a page asks does not depend on who answers them.
pytestmark = pytest.mark.once

# With the session, the user and the row in the log. A public page has none of those.
MOST = 15
MOST_PUBLIC = 6
# The whole dossier in one file, so every kind of row of a casus.
MOST_OF = {"casus_pdf": 20}
# Everything that may wait for one person, each kind asked once.
MOST_OF |= {"home": 17}
# Everything that is kept: a query for every kind of row that there is.
MOST_OF |= dict.fromkeys(("access_request_judge", "access_request_pdf", "access_request_json"), 45)
NO_QUERY = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
# Once in thirty seconds, whatever the page: when somebody was last seen. Counted for every page.
LAST_SEEN = 'UPDATE "django_session"'
VISITED = [*PAGES, *DOWNLOADS, *OPEN_DATA]


@pytest.fixture
def clients(scene: Scene) -> dict[str, Client]:
    """One visitor per person, past the first click, which also begins the session."""
    found = {page.who: visitor(scene, page.who) for page in VISITED}
    for client in found.values():
        client.get("/")
    _after_a_change(found[""])
    return found


def _after_a_change(client: Client) -> None:
    """The first search after a change reads all tafels, the first page of a casus what the region
    says, and the first report counts anew; those after it lean on that. So every round begins
    with the report still to be counted."""
    client.get("/tafels/?q=zorg")
    snapshot()
    log.record(actor=None, action="update", object_type="casus")


def queries(client: Client, page: Page, scene: Scene) -> list[str]:
    asked: list[str] = []
    tried.note("pages")

    # Django's own way of looking on fills in every value, which on SQLite is a query by itself.
    def note(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        asked.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        response = client.get(page.url(scene))
    assert response.status_code == page.status, page.id
    found = [sql for sql in asked if not sql.startswith((*NO_QUERY, LAST_SEEN))]
    return [*found, LAST_SEEN] if page.who else found


def test_as_many_queries_at_twenty_rows_as_at_one_and_not_too_many(
    scene: Scene, clients: dict[str, Client]
) -> None:
    few = {page.id: queries(clients[page.who], page, scene) for page in VISITED}
    grow(scene)
    _after_a_change(clients[""])
    many = {page.id: queries(clients[page.who], page, scene) for page in VISITED}
    grown = [
        f"{name}: {len(few[name])} → {len(many[name])}, {_extra(few[name], many[name])}"
        for name in few
        if len(few[name]) != len(many[name])
    ]
    too_many = [
        f"{page.id}: {len(many[page.id])} queries"
        for page in VISITED
        if len(many[page.id]) > MOST_OF.get(page.name, MOST if page.who else MOST_PUBLIC)
    ]
    assert not grown, "\n".join(grown)
    assert not too_many, "\n".join(too_many)


def _extra(few: list[str], many: list[str]) -> str:
    """The statement that is asked more often."""

    def shapes(found: list[str]) -> list[str]:
        plain = [re.sub(r"%s(, %s)*|\b\d+\b", "?", sql) for sql in found]
        return [sql[:60] + "…" + sql.split(" FROM ")[-1][:90] for sql in plain]

    before, after = shapes(few), shapes(many)
    worst = max(set(before) | set(after), key=lambda one: abs(after.count(one) - before.count(one)))
    return f"{before.count(worst)} → {after.count(worst)} × {worst}"
