"""The HTML of every page, in its states: as it is visited, and as it comes back with mistakes."""

from __future__ import annotations

from collections.abc import Iterator

from rdm import errors
from tests.house.forms import collect, send
from tests.house.pages import PAGES, first_look, visitor
from tests.house.scene import Scene
from tests.standing import undone

NONSENSE = "31-02 onzin"
ERRORS = (400, 403, 404, 500, 503)
_found: list[tuple[str, bytes]] = []


def documents(scene: Scene) -> list[tuple[str, bytes]]:
    """Where it is from, and the whole document. The scene is the same every time, so it is asked
    once."""
    if not _found:
        _found.extend(_ask(scene))
    return _found


def _ask(scene: Scene) -> Iterator[tuple[str, bytes]]:
    for page in PAGES:
        yield page.id, first_look(scene, page).content
    for form in collect(scene, PAGES):
        # As many mistakes as it can hold: nothing is chosen, and no day, number or address is one.
        pairs = [(one.name, NONSENSE) for one in form.fields if one.is_text]
        client = visitor(scene, form.page.who)
        with undone():
            answer = send(client, form, pairs)
        if answer.response.content:
            yield f"{form} after sending nonsense", answer.response.content
    for status in ERRORS:
        yield f"error page {status}", errors._without_request(status).content
