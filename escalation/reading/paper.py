"""The parts that every document about a casus is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rdm.lib.dates import long_moment

if TYPE_CHECKING:
    from directory.models import User
Row = tuple[str, str]
# Under every page about a casus that is for nobody else.
CONFIDENTIAL = "Vertrouwelijk. Alleen voor wie bij deze casus betrokken is."


@dataclass(frozen=True)
class Table:
    """`widths` are shares of the width; 0 is as wide as the text."""

    widths: tuple[int, ...]
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Section:
    """One heading of the document with what stands under it, in this order. See
    templates/typst/procesoverzicht.typ; `empty` is said when there is nothing."""

    heading: str
    rows: tuple[Row, ...] = ()
    items: tuple[str, ...] = ()
    table: Table | None = None
    parts: tuple[Section, ...] = ()
    empty: str = ""


def downloaded_by(reader: User, at: datetime) -> str:
    return f"Gedownload door {reader.name} ({reader.acting_for}) op {long_moment(at)} uur."


def filled(*rows: Row) -> list[Row]:
    """Only what says something."""
    return [(label, text) for label, text in rows if text.strip()]
