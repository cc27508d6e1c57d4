"""The floor plan: which rooms there are, and what may stand in one.

A room is a folder with furniture, the same everywhere; a second noun gets a room inside it. Not
rooms are the folders that many rooms lean on: models, permissions, what is read from rows, what
every page stands on.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.house.calls import ROOT

FURNITURE = frozenset(
    {
        *("actions", "forms", "views", "urls", "work", "sweeps", "mails", "papers", "rules"),
        *("permissions", "workflow"),
        "filters",  # the field's word (django-filter): what narrows a list
        "page",  # the context that several views of a room show
    }
)
# Folders that are no room: Django's own, and the floors on which the rooms stand.
FLOORS = {
    *("management", "migrations", "models", "permissions", "reading", "templatetags", "web"),
    "regions",  # the region files themselves
}
# Rooms that are a subject of their own through and through: their nouns are their furniture.
BY_NOUN = {"directory/guide", "directory/opendata", "directory/region"}
# What else a room holds, and why it is no noun of its own.
MORE = {
    "directory/evaluation": {"links"},  # signed links, for who has no account
    "directory/upkeep/confirmations": {"links"},
    # The overview as a document: its chapters, and the shapes and words they are made of.
    "directory/overview": {"chapters", "places", "shapes", "words"},
    "directory/upkeep/editions": {"changelog", "changes", "comparison", "publishing"},
    # What a page of the overview is made of, field by field.
    "directory/upkeep/page_fields": {"fields", "values", "words"},
    "escalation/attachments": {"intake"},  # bytes on disk, before any row speaks of them
    "escalation/attachments/scanning": {"ask"},  # a question to a program outside
    "escalation/overleg/deelnemers": {"links"},  # signed links, a mechanism of its own
    "escalation/keeping/tombstones": {"ledger"},  # the list outside the database
    # Every row that is kept under a code, read by the export and taken away by destruction.
    "escalation/keeping/parts": {"part", "of_the_casus", "outside", "engine"},
}
APPS_WITH_ROOMS = ("directory", "escalation")


def rooms(app: str) -> Iterator[Path]:
    """Every room of an app, and the rooms inside it, from the root of the house."""
    for folder in sorted((ROOT / app).iterdir()):
        if folder.name not in FLOORS and _is_room(folder):
            yield from _with_inner(folder)


def _with_inner(folder: Path) -> Iterator[Path]:
    yield folder.relative_to(ROOT)
    for inner in sorted(folder.iterdir()):
        if _is_room(inner):
            yield from _with_inner(inner)


def _is_room(folder: Path) -> bool:
    """Not what is left of one: a folder with nothing but compiled files."""
    return (folder / "__init__.py").exists()


def furniture(room: Path) -> set[str]:
    """The names of the modules that stand in a room."""
    return {one.stem for one in (ROOT / room).glob("*.py")} - {"__init__"}
