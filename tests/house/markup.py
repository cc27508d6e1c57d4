"""The HTML of every page, in its states: as it is visited, and as it comes back with mistakes."""

from __future__ import annotations

from collections.abc import Iterator

from rdm import errors
from tests.house.forms import collect, send
from tests.house.pages import PAGES, first_look, visitor
from tests.house.scene import Scene
from tests.standing import undone

ERRORS = (400, 403, 404, 500, 503)


def documents(scene: Scene) -> Iterator[tuple[str, bytes]]:
    """Where it is from, and the whole document."""
    for page in PAGES:
        yield page.id, first_look(scene, page).content
    for form in collect(scene, PAGES):
        if form.method == "post":
            # An empty form: as many mistakes as it can hold.
            with undone():
                answer = send(visitor(scene, form.page.who), form, [])
            if answer.response.content:
                yield f"{form} after sending nothing", answer.response.content
    for status in ERRORS:
        yield f"error page {status}", errors._without_request(status).content
