"""The region is data: no word of the region that comes with the program stands in the program.

Only its own file may say them, and the demo, which is a play in that region.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.management.commands.region import SHIPPED
from tests.house.calls import APPS, ROOT
from tests.house.region_words import found_in, words

FOLDERS = ("rdm", *APPS, "templates", "static")
KINDS = {".py", ".html", ".txt", ".typ", ".js", ".css", ".svg", ".json", ".yaml"}


def files() -> list[Path]:
    return [
        path
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in KINDS and path != SHIPPED
    ]


def test_no_word_of_the_shipped_region_stands_in_code_or_templates() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {hit}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for hit in found_in(line)
    ]
    assert found == []


def test_code_templates_and_style_are_all_read() -> None:
    suffixes = {path.suffix for path in files()}
    assert {".py", ".html", ".txt", ".typ", ".js", ".css"} <= suffixes


@pytest.mark.parametrize(
    "line",
    [
        "Groet,\\nRDM Twente",
        "de Twentse gemeenten",
        "https://www.triagetafeltwente.nl",
        'Tafel.objects.get(slug="topx")',
        'Organisation.objects.get(slug="zvh-twente")',
        "Gemeente Hof van Twente",
        "de burgemeester van Enschede",
        "onder regie van Mediant",
        "Bijvoorbeeld TW-26-7K4QF.",
        "naar de Regiotafel zorgkantoor",
    ],
)
def test_such_a_word_is_found(line: str) -> None:
    assert found_in(line)


@pytest.mark.parametrize(
    "line", ["twenty rows", "de themagroep doet mee", "bestuurlijk escalatieoverleg"]
)
def test_a_word_of_any_region_is_no_word_of_this_one(line: str) -> None:
    assert not found_in(line)


def test_there_is_something_to_look_for() -> None:
    assert len(words()) > 60
