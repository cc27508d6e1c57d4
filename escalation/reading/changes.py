"""What a change did to the dossier, in words: the old and the new value of every answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escalation.reading.answers import Section


@dataclass(frozen=True)
class Change:
    """One answer that changed. `part` is the section of the dossier that it stands in."""

    part: str
    label: str
    old: str
    new: str

    def stored(self) -> dict[str, str]:
        return asdict(self)


def between(before: Iterable[Section], after: Iterable[Section]) -> list[Change]:
    """Every row of the dossier that reads differently; one that is gone or new had or has no text.

    Compared as people read it, so that a new answer shows up here without being named again.
    """
    old, new = _rows(before), _rows(after)
    return [
        Change(*row, old.get(row, ""), new.get(row, ""))
        for row in dict.fromkeys([*old, *new])
        if old.get(row, "") != new.get(row, "")
    ]


def change_of(part: str, label: str, old: str, new: str) -> list[Change]:
    """This one change, or none when both read the same."""
    return [Change(part, label, old, new)] if old != new else []


def _rows(sections: Iterable[Section]) -> dict[tuple[str, str], str]:
    return {(section.key, label): str(text) for section in sections for label, text in section.rows}
