"""One kind of row that is kept about a casus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import ProtectedError, QuerySet

from rdm.lib.dates import long_date, long_moment

if TYPE_CHECKING:
    from escalation.models import Casus

# Which rows belong to a casus.
Rows = Callable[["Casus"], QuerySet[Any]]
# Takes the content of these rows away, files included; gives back how many rows lost theirs.
Destroy = Callable[["Casus", QuerySet[Any]], int]
# What an export says instead of a row that belongs to one organisation alone; None: the row itself,
# [] nothing.
Instead = Callable[["Casus", Any], "list[Row] | None"]


@dataclass(frozen=True)
class Row:
    """One fact of an export. `people` are the names of others in it, which somebody judges."""

    label: str
    value: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """What one part holds about one casus: a list of items, each a list of facts."""

    key: str
    title: str
    items: list[list[Row]]
    one_person: bool = False


def delete_all(casus: Casus, rows: QuerySet[Any]) -> int:
    """Most rows just go, and with them what hangs on them."""
    found = rows.count()
    rows.delete()
    return found


@dataclass(frozen=True)
class Part:
    """`shows` are the fields of an export with their Dutch label, `people` those of them that name
    somebody else than the resident. `technical` are fields that say nothing about anybody.

    A part of which something may have to stay (a submitted terugkoppeling hangs on its overleg)
    has `emptied`: the values that take the place of its content.
    """

    key: str
    title: str
    model: type[models.Model]
    rows: Rows
    shows: Mapping[str, str]
    people: frozenset[str] = frozenset()
    technical: frozenset[str] = frozenset()
    destroy: Destroy = delete_all
    emptied: Callable[[], Mapping[str, Any]] | None = None
    # Fields that hold codes of the region, and how those are said.
    said: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    instead: Instead = lambda casus, row: None
    # Whether all names in one row are of one person.
    one_person: bool = False
    # Fields that may stay in an emptied row, because what remains is counted or dated by them.
    stays: frozenset[str] = field(default=frozenset())

    def section(self, casus: Casus) -> Section:
        """What an export says of these rows: all facts, or what stands in their place."""
        items = [self._item(casus, row) for row in self.rows(casus)]
        return Section(self.key, self.title, [one for one in items if one], self.one_person)

    def _item(self, casus: Casus, row: models.Model) -> list[Row]:
        other = self.instead(casus, row)
        if other is not None:
            return other
        found = []
        for name, label in self.shows.items():
            value = self.said[name](row) if name in self.said else words(row, name)
            if value:
                people = (value,) if name in self.people else ()
                found.append(Row(label, value, people))
        return found


def words(row: models.Model, name: str) -> str:
    """The value of a field the way a reader expects it; "" for what was not filled in."""
    kept = row._meta.get_field(name)
    if kept.many_to_many:
        return ", ".join(str(one) for one in getattr(row, name).all())
    value = getattr(row, name)
    if value is None or value == "":
        return ""
    if getattr(kept, "choices", None):
        return str(getattr(row, f"get_{name}_display")())
    return plain(value)


def plain(value: Any) -> str:
    match value:
        case bool():
            return "ja" if value else "nee"
        case datetime():
            return long_moment(value)
        case date():
            return long_date(value)
        case list():
            return "; ".join(plain(one) for one in value)
        case dict():
            return "; ".join(f"{key}: {plain(one)}" for key, one in value.items())
    return str(value)


def delete_or_empty(emptied: Callable[[], Mapping[str, Any]]) -> Destroy:
    """Rows go, except what a submitted terugkoppeling still hangs on: the database protects that.
    Such a row stays without its content."""

    def destroy(casus: Casus, rows: QuerySet[Any]) -> int:
        found = list(rows)
        for row in found:
            try:
                with transaction.atomic():
                    row.delete()
            except ProtectedError:
                type(row)._default_manager.filter(pk=row.pk).update(**emptied())
        return len(found)

    return destroy
