"""Write a checked region file to the database.

The file is where the region starts; people take over from there. So a load compares three
things per field: what the file says now, what it said at the last load, and what the database
says. Only where the last two agree is the new value written. Values of procesafspraken, college
decisions and the dates of a check are never written over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from directory.models import Gemeente, Organisation, Region, Tafel, Trede
from directory.region import entrances, instroom, names
from directory.region.file.kinds import (
    BASIC_NEED,
    DEELNEMER,
    DOMAIN,
    GEMEENTE,
    ORGANISATION,
    PROCESAFSPRAAK,
    STAGNATION,
    SUBMITTER,
    TAFEL,
    THEME,
    TREDE,
    Kind,
)
from directory.region.file.schema import GemeentePart, RegionFile, TafelPart
from directory.region.file.values import (
    Values,
    entrances_of,
    gemeente_values,
    instroom_of,
    numbered,
    organisation_values,
    party_values,
    tafel_values,
)
from directory.upkeep.editions import publishing
from rdm.lib import clock

EMPTY: tuple[Any, ...] = (None, "", [], {})


class OtherRegionError(Exception):
    """This installation already serves another region; the text is Dutch, for people."""


@dataclass
class LoadReport:
    """What a load did: names of records made, and "record: field" for changed and kept fields."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def nothing_changed(self) -> bool:
        return not (self.created or self.changed)


def load_region(region: RegionFile) -> LoadReport:
    """Bring the database in line with `region`, all or nothing. A second load changes nothing.

    Raises OtherRegionError when the database already holds another region, and IntegrityError
    when a name in the file is already taken by a record that people made.
    """
    with transaction.atomic():
        report = _Loader(region).run()
    names.forget()
    return report


class _Loader:
    def __init__(self, region: RegionFile) -> None:
        self.file = region
        self.report = LoadReport()
        self.row = Region.objects.select_for_update().first()
        if self.row and self.row.slug != region.region.slug:
            raise OtherRegionError(
                f"dit programma is al van de regio {self.row.name}; er kan er maar één zijn"
            )
        self.before: dict[str, Values] = dict(self.row.loaded_values) if self.row else {}
        self.after: dict[str, Values] = {}

    def run(self) -> LoadReport:
        file = self.file
        self._sync(TREDE, (dict(one) for one in file.treden))
        self._sync(SUBMITTER, numbered(file.submitter_kinds))
        self._sync(DOMAIN, numbered(file.domains))
        self._sync(
            ORGANISATION,
            [*map(organisation_values, file.organisations), *map(party_values, file.gemeenten)],
        )
        self._sync(GEMEENTE, map(gemeente_values, file.gemeenten))
        self._entrances(file.gemeenten)
        self._sync(TAFEL, (tafel_values(one, i) for i, one in enumerate(file.tafels)))
        self._instroom(file.tafels)
        self._sync(DEELNEMER, numbered(file.deelnemer_kinds))
        self._sync(THEME, numbered(file.themes))
        self._sync(STAGNATION, numbered(file.stagnations))
        self._sync(BASIC_NEED, numbered(file.basic_needs))
        self._sync(PROCESAFSPRAAK, numbered(file.procesafspraken))
        self._region()
        publishing.publish_loaded()
        self.report.gone = sorted(set(self.before) - set(self.after))
        self._remember()
        return self.report

    # --- one kind of record

    def _sync(self, kind: Kind, wanted: Iterable[Values]) -> None:
        existing = {self._key(kind, one): one for one in self._read(kind)}
        others = {
            name: {
                str(getattr(row, "slug", None) or getattr(row, key, "")): row
                for row in model._default_manager.all()
            }
            for name, (model, key) in {**kind.foreign, **kind.many}.items()
        }
        rows = list(wanted)
        for values in rows:
            key = str(values[kind.key])
            if key in existing:
                self._update(kind, key, existing.pop(key), values, others)
            else:
                self._create(kind, key, values, others)
        _after_the_others(existing.values(), len(rows))

    def _read(self, kind: Kind) -> models.QuerySet[models.Model]:
        rows = kind.model._default_manager.all()
        if kind.foreign:
            rows = rows.select_related(*kind.foreign)
        return rows.prefetch_related(*kind.many) if kind.many else rows

    @staticmethod
    def _key(kind: Kind, row: models.Model) -> str:
        value = getattr(row, kind.key)
        return value.slug if isinstance(value, Organisation) else str(value)

    def _create(self, kind: Kind, key: str, values: Values, others: dict[str, Any]) -> None:
        own = {
            name: others[name][str(value)] if name in kind.foreign and value is not None else value
            for name, value in values.items()
            if name not in kind.many
        }
        row = kind.model._default_manager.create(**own)
        for name in kind.many:
            getattr(row, name).set([others[name][code] for code in values.get(name, ())])
        self.report.created.append(f"{kind.name} {key}")
        self.after[f"{kind.name} {key}"] = {name: _plain(value) for name, value in values.items()}

    def _update(
        self, kind: Kind, key: str, row: models.Model, values: Values, others: dict[str, Any]
    ) -> None:
        record = f"{kind.name} {key}"
        touched = []
        for name, value in values.items():
            if name in kind.first_only or name == kind.key:
                memory = self._memory(record)
                memory[name] = self.before.get(record, {}).get(name, _plain(value))
                continue
            current = _current(kind, row, name)
            if not self._may_write(record, name, current, _plain(value)):
                continue
            if name in kind.many:
                getattr(row, name).set([others[name][code] for code in value])
            else:
                foreign = name in kind.foreign and value is not None
                setattr(row, name, others[name][str(value)] if foreign else value)
                touched.append(name)
        if touched:
            row.save(update_fields=touched)

    def _may_write(self, record: str, name: str, current: Any, wanted: Any) -> bool:
        """Whether this field changes; remembers and reports the answer."""
        before = self.before.get(record, {})
        memory = self._memory(record)
        if current == wanted:
            memory[name] = wanted
            return False
        # A field that is new since the last load, and that nobody filled in, is no person's work.
        untouched = _without_empty(before.get(name)) == _without_empty(current)
        if untouched:
            memory[name] = wanted
            self.report.changed.append(f"{record}: {name}")
            return True
        memory[name] = before.get(name)
        self.report.kept.append(f"{record}: {name}")
        return False

    def _memory(self, record: str) -> Values:
        """What is remembered of a record; what this file is silent about stays remembered."""
        return self.after.setdefault(record, dict(self.before.get(record, {})))

    # --- what does not fit the table above

    def _entrances(self, gemeenten: Iterable[GemeentePart]) -> None:
        rows = {
            one.slug: one
            for one in Gemeente.objects.select_related("organisation").prefetch_related("entrances")
        }
        for part in gemeenten:
            if part.entrances is None:
                continue
            record, row = f"gemeente {part.slug}", rows[part.slug]
            wanted, current = entrances_of(part.entrances), entrances.from_database(row)
            new = record in self.report.created
            if new:
                self.after[record]["entrances"] = wanted
            if new or self._may_write(record, "entrances", current, wanted):
                entrances.write(row, wanted)

    def _instroom(self, tafels: Iterable[TafelPart]) -> None:
        rows = {
            one.slug: one
            for one in Tafel.objects.prefetch_related("criteria", "alternatives__criteria")
        }
        for part in tafels:
            record, row = f"tafel {part.slug}", rows[part.slug]
            wanted, current = instroom_of(part), instroom.from_database(row)
            new = f"tafel {part.slug}" in self.report.created
            if new:
                self.after[record]["instroom"] = wanted
            if new or self._may_write(record, "instroom", current, wanted):
                instroom.write(row, wanted)

    def _region(self) -> None:
        part = self.file.region
        values: Values = {
            "name": part.name,
            "code_prefix": part.code_prefix,
            "intro": part.intro,
            "crisis_routes": [one.model_dump() for one in part.crisis_routes],
            "roles": {role: one.model_dump() for role, one in self.file.roles.items()},
            "contact": part.contact.model_dump(mode="json"),
            "pages": [one.model_dump(mode="json") for one in self.file.pages],
            "synonyms": [list(group) for group in self.file.synonyms],
            "guide": [one.model_dump() for one in self.file.guide],
            "evaluation_questions": [one.model_dump() for one in self.file.evaluation],
            "file_version": self.file.version,
        }
        record = f"regio {part.slug}"
        if self.row is None:
            self.row = Region.objects.create(slug=part.slug, loaded_at=clock.now(), **values)
            self.report.created.append(record)
            self.after[record] = values
            return
        for name, value in values.items():
            if self._may_write(record, name, getattr(self.row, name), value):
                setattr(self.row, name, value)

    def _remember(self) -> None:
        assert self.row is not None
        # A record that left the file stays in the database, because cases may point at it.
        for record in self.report.gone:
            self.after[record] = self.before[record]
        if self.report.nothing_changed and self.after == self.before:
            return
        self.row.loaded_values = self.after
        self.row.loaded_at = clock.now()
        self.row.save()


def _without_empty(value: Any) -> Any:
    """`value` without what says nothing, at any depth: an older file had no such field yet."""
    if isinstance(value, dict):
        kept = {name: _without_empty(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in EMPTY} or None
    if isinstance(value, list | tuple):
        return [_without_empty(one) for one in value] or None
    return None if value in EMPTY else value


def _plain(value: Any) -> Any:
    """The value as it is remembered in JSON."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return sorted(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _current(kind: Kind, row: models.Model, name: str) -> Any:
    """What the database says now, in the same form."""
    if name in kind.many:
        return sorted(getattr(one, "slug", None) or one.code for one in getattr(row, name).all())
    value = getattr(row, name)
    if isinstance(value, Trede):
        return value.number
    if isinstance(value, Organisation):
        return value.slug
    return _plain(value)


def _after_the_others(rows: Iterable[Any], count: int) -> None:
    """What left the file comes after the `count` rows that are in it, in the order it had."""
    left = [row for row in rows if hasattr(row, "position")]
    for position, row in enumerate(left, start=count + 1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
