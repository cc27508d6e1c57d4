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
FLOORS = {"management", "migrations", "models", "permissions", "reading", "templatetags", "web"}
# What else a room holds, and why it is no noun of its own.
MORE = {
    "escalation/attachments": {"intake"},  # bytes on disk, before any row speaks of them
    "escalation/overleg/deelnemers": {"links"},  # signed links, a mechanism of its own
    "escalation/keeping/tombstones": {"ledger"},  # the list outside the database
    # Every row that is kept under a code, read by the export and taken away by destruction.
    "escalation/keeping/parts": {"part", "own", "around", "engine"},
}
APPS_WITH_ROOMS = ("escalation",)


def rooms(app: str) -> Iterator[Path]:
    """Every room of an app, and the rooms inside it, from the root of the house."""
    for folder in sorted((ROOT / app).iterdir()):
        if folder.is_dir() and folder.name not in FLOORS and folder.name != "__pycache__":
            yield from _with_inner(folder)


def _with_inner(folder: Path) -> Iterator[Path]:
    yield folder.relative_to(ROOT)
    for inner in sorted(folder.iterdir()):
        if inner.is_dir() and inner.name != "__pycache__":
            yield from _with_inner(inner)


def furniture(room: Path) -> set[str]:
    """The names of the modules that stand in a room."""
    return {one.stem for one in (ROOT / room).glob("*.py")} - {"__init__"}
