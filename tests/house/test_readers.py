"""What a screen reader makes of a page, beyond what axe looks at: every cell of a table has one
heading above it and one beside it, no heading is empty, and every part of a page has a name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from tests.house import tried
from tests.house.markup import documents
from tests.house.scene import Scene

# Parts of a page that a screen reader jumps to by name.
PARTS = ("aside", "nav", "table")


@pytest.mark.once
def test_every_table_and_every_part_reads_well(scene: Scene) -> None:
    wrong = set()
    for name, content in documents(scene):
        tried.note("documents")
        html = document_fromstring(content, HTMLParser(encoding="utf-8"))
        wrong |= {f"{name}: {one}" for one in complaints(html)}
    assert not wrong, "\n".join(sorted(wrong))


def complaints(html: HtmlElement) -> Iterator[str]:
    for part in html.iter(*PARTS):
        if not name_of(part, html):
            yield f"{part.tag} without a name"
    for table in html.iter("table"):
        yield from (f"table {name_of(table, html)!r}: {one}" for one in unread(table))


def name_of(part: HtmlElement, html: HtmlElement) -> str:
    named_by = " ".join(
        text(one)
        for key in part.get("aria-labelledby", "").split()
        for one in html.xpath("//*[@id=$key]", key=key)
    )
    caption = part.find("caption")
    return part.get("aria-label") or named_by or (text(caption) if caption is not None else "")


def text(one: HtmlElement) -> str:
    """What is said of it: its words, and the name of a picture."""
    names = one.xpath(".//@aria-label | .//@alt | .//title/text()")
    return " ".join([one.text_content(), *names]).strip()


def unread(table: HtmlElement) -> Iterator[str]:
    above = table.findall("thead/tr")
    if len(above) > 1:
        yield "more than one row of headings"
    headings = above[0] if above else []
    for heading in headings:
        if heading.tag != "th" or heading.get("scope") != "col":
            yield f"a cell above a column that is no heading: {text(heading)!r}"
    for row in table.findall("tbody/tr"):
        beside = row.findall("th")
        if [one.get("scope") for one in beside] != ["row"] or row[0] is not beside[0]:
            yield f"a row with other than one heading in front: {text(row)[:60]!r}"
        if len(headings) and sum(int(one.get("colspan", 1)) for one in row) != len(headings):
            yield f"a row of another length than the headings: {text(row)[:60]!r}"
    for heading in table.iter("th"):
        if not text(heading):
            yield "an empty heading"
