"""The rule of a load, for every kind of field: what the file says, what it said at the last load,
and what the database says now. Only where the last two agree is the new value written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directory.models import Edition, Entrance, Gemeente, Organisation, Region, Tafel
from directory.region import instroom
from directory.region.file.check import read_region
from directory.region.file.load import LoadReport, load_region
from directory.region.file.schema import RegionFile

# Two files and what stands are compared in Python.
pytestmark = pytest.mark.once

FILE = Path(__file__).parents[2] / "regions" / "verzonnen.yaml"
READ = read_region(FILE).model_dump(by_alias=True, exclude_unset=True)
# Every way in which three things can be the same or not.
COMBINATIONS = [
    # last, database, file → database afterwards, what is reported
    ("a", "a", "a", "a", ""),
    ("a", "a", "b", "b", "changed"),
    ("a", "b", "a", "b", "kept"),
    ("a", "b", "b", "b", ""),
    ("a", "b", "c", "b", "kept"),
]


@dataclass(frozen=True)
class Field:
    """One field: three values of the file, how the database gets and says one of them."""

    record: str
    name: str
    values: dict[str, Any]
    put: Callable[[Any], object]
    read: Callable[[], Any]
    part: tuple[str, int] = ("tafels", 0)


def tafel() -> Tafel:
    return Tafel.objects.get(slug="duintafel")


def gemeente() -> Gemeente:
    return Gemeente.objects.get(organisation__slug="verzandum")


def column(name: str) -> tuple[Callable[[Any], object], Callable[[], Any]]:
    return (
        lambda value: Tafel.objects.filter(slug="duintafel").update(**{name: value}),
        lambda: getattr(tafel(), name),
    )


def way(text: str) -> dict[str, Any]:
    """The instroom of one criterium, as the file has it."""
    return {
        "criteria": [{"code": "zand", "text": text}],
        "alternatives": [{"label": "Zand", "criteria": ["zand"]}],
    }


def put_way(value: dict[str, Any]) -> None:
    one = value["criteria"][0]
    instroom.write(
        tafel(), {**value, "criteria": [{**one, "help": "", "active": True, "asks": {}}]}
    )


def read_way() -> dict[str, Any]:
    found = instroom.from_database(tafel())
    kept = [{name: one[name] for name in ("code", "text")} for one in found["criteria"]]
    return {**found, "criteria": kept}


def put_entrances(value: list[dict[str, str]]) -> None:
    gemeente().entrances.all().delete()
    for one in value:
        Entrance.objects.create(gemeente=gemeente(), **one)


def organisation(slug: str | None) -> Organisation | None:
    return Organisation.objects.get(slug=slug) if slug else None


def put_region(value: list[list[str]]) -> None:
    Region.objects.update(synonyms=value)


T, G = "tafel duintafel", "gemeente verzandum"
FIELDS = [
    Field(T, "purpose", {"a": "Eén.", "b": "Twee.", "c": "Drie."}, *column("purpose")),
    Field(T, "chair", {"a": "", "b": "de ene", "c": "de andere"}, *column("chair")),
    Field(T, "rhythm_weeks", {"a": 2, "b": None, "c": 4}, *column("rhythm_weeks")),
    Field(
        T,
        "rhythm_anchor",
        {"a": None, "b": date(2026, 3, 5), "c": date(2026, 3, 12)},
        *column("rhythm_anchor"),
    ),
    Field(
        T,
        "links",
        {
            "a": [],
            "b": [{"label": "Eén", "url": "https://een.example"}],
            "c": [{"label": "Twee", "url": "https://twee.example"}],
        },
        *column("links"),
    ),
    Field(
        T,
        "led_by",
        {"a": "zorghuis-meeuw", "b": "zorghuis-wulp", "c": None},
        lambda slug: Tafel.objects.filter(slug="duintafel").update(led_by=organisation(slug)),
        lambda: getattr(tafel().led_by, "slug", None),
    ),
    Field(
        T,
        "gemeenten",
        {"a": [], "b": ["verzandum"], "c": ["schelpdam", "verzandum"]},
        lambda slugs: tafel().gemeenten.set(Gemeente.objects.filter(organisation__slug__in=slugs)),
        lambda: sorted(one.slug for one in tafel().gemeenten.all()),
    ),
    Field(
        T,
        "instroom",
        {"a": way("Eén."), "b": way("Twee."), "c": way("Drie.")},
        put_way,
        read_way,
    ),
    Field(
        G,
        "client_support",
        {"a": [], "b": ["naast-u"], "c": ["kustraad", "naast-u"]},
        lambda slugs: gemeente().client_support.set(Organisation.objects.filter(slug__in=slugs)),
        lambda: sorted(one.slug for one in gemeente().client_support.all()),
        ("gemeenten", 0),
    ),
    Field(
        G,
        "entrances",
        {
            "a": [],
            "b": [{"kind": "wijkteam", "name": "Verzonnen ingang"}],
            "c": [{"kind": "anders", "name": "Verzonnen balie"}],
        },
        put_entrances,
        lambda: list(gemeente().entrances.values("kind", "name")),
        ("gemeenten", 0),
    ),
    Field(
        "regio zandrijk",
        "synonyms",
        {"a": [], "b": [["zand", "duin"]], "c": [["zee", "water"]]},
        put_region,
        lambda: Region.current().synonyms,
        ("synonyms", -1),
    ),
]
EACH = pytest.mark.parametrize("field", FIELDS, ids=lambda one: one.name)


def file_with(field: Field, letter: str) -> RegionFile:
    part, number = field.part
    value = field.values[letter]
    if number < 0:
        return RegionFile.model_validate({**READ, part: value})
    rows = list(READ[part])
    said = value if field.name == "instroom" else {field.name: value}
    # A file that does not know something leaves it out.
    row = {**rows[number], **said}
    rows[number] = {name: one for name, one in row.items() if one != ""}
    return RegionFile.model_validate({**READ, part: rows})


def reported(report: LoadReport, field: Field) -> str:
    line = f"{field.record}: {field.name}"
    assert set(report.changed + report.kept) <= {line}
    return "changed" if line in report.changed else "kept" if line in report.kept else ""


@EACH
@pytest.mark.parametrize(("last", "now", "file", "then", "said"), COMBINATIONS)
def test_a_field_follows_the_file_until_somebody_changed_it(
    db: None, field: Field, last: str, now: str, file: str, then: str, said: str
) -> None:
    load_region(file_with(field, last))
    if now != last:
        field.put(field.values[now])
    assert reported(load_region(file_with(field, file)), field) == said
    assert field.read() == field.values[then]
    # What was said once stays true: the same file again changes nothing more.
    again = "kept" if said == "kept" else ""
    assert reported(load_region(file_with(field, file)), field) == again
    assert field.read() == field.values[then]


@EACH
def test_a_file_that_agrees_with_an_edit_leads_again(db: None, field: Field) -> None:
    """Somebody edited it, a file took that over, and then the file moves on."""
    load_region(file_with(field, "a"))
    field.put(field.values["b"])
    load_region(file_with(field, "b"))
    assert reported(load_region(file_with(field, "c")), field) == "changed"
    assert field.read() == field.values["c"]


@EACH
def test_what_the_file_changes_on_a_page_is_a_new_edition(db: None, field: Field) -> None:
    load_region(file_with(field, "a"))
    before = Edition.objects.count()
    load_region(file_with(field, "b"))
    pages = field.record.startswith(("tafel ", "gemeente "))
    assert Edition.objects.count() == before + pages
