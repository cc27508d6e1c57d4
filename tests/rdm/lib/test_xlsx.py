"""A workbook as a spreadsheet reads it: the XML is read back, part by part."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rdm.lib import xlsx

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Excel calls a cell with more damage.
MOST_CHARACTERS = 32_767
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def parts(content: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}


def cells(content: bytes) -> list[list[tuple[str, str, str]]]:
    """Place, kind and text of every cell."""
    found = parts(content)
    texts = ["".join(one.itertext()) for one in found["xl/sharedStrings.xml"]]

    def read(cell: ElementTree.Element) -> tuple[str, str, str]:
        kind, value = cell.get("t", ""), "".join(cell.itertext())
        return cell.get("r", ""), kind, texts[int(value)] if kind == "s" else value

    rows = found["xl/worksheets/sheet1.xml"].iter(f"{MAIN}row")
    return [[read(cell) for cell in row.iter(f"{MAIN}c")] for row in rows]


def test_the_rows_come_back_as_they_went_in() -> None:
    content = xlsx.render(
        "Casussen", [["Code", "Aantal"], ["TW-26-7K4QX", 12], ["é <b> & “x”", ""]]
    )
    assert cells(content) == [
        [("A1", "s", "Code"), ("B1", "s", "Aantal")],
        [("A2", "s", "TW-26-7K4QX"), ("B2", "", "12")],
        [("A3", "s", "é <b> & “x”"), ("B3", "", "")],
    ]


def test_days_and_numbers_sort_as_what_they_are() -> None:
    """A day is the number of days since 30-12-1899, shown as a day; nothing is an empty cell."""
    content = xlsx.render(
        "Blad", [["Dag", "Aantal", "Deel"], [date(2027, 2, 25), 12, 2.5], [None] * 3]
    )
    (_, kinds, _), found = zip(*cells(content)[1], strict=True), parts(content)
    assert kinds == ("", "", "")
    assert [text for _, _, text in cells(content)[1]] == ["46443", "12", "2.5"]
    assert [text for _, _, text in cells(content)[2]] == ["", "", ""]
    codes = [one.get("formatCode") for one in found["xl/styles.xml"].iter(f"{MAIN}numFmt")]
    assert "dd-mm-yyyy" in codes


def test_a_whole_number_shows_no_comma() -> None:
    """`0.##########` would show 3 as "3,"; General shows a number as it is."""
    content = xlsx.render("Blad", [["Aantal"], [3], [2.5]])
    assert [text for ((_, _, text),) in cells(content)[1:]] == ["3", "2.5"]
    assert set(shapes(content)) == {"@", "General"}


@pytest.mark.parametrize("nothing", [None, "", "\x00"])
def test_an_empty_cell_is_blank_and_no_text(nothing: object) -> None:
    """A text of no length counts as filled in, for a filter and for AANTALARG."""
    found = parts(xlsx.render("Blad", [["Kop", nothing], [nothing, "x"]]))
    blank = {
        cell.get("r"): (cell.get("t"), len(cell))
        for cell in found["xl/worksheets/sheet1.xml"].iter(f"{MAIN}c")
        if cell.get("r") in ("B1", "A2")
    }
    assert blank == dict.fromkeys(("B1", "A2"), (None, 0))


def shapes(content: bytes) -> list[str]:
    """The number format of every cell, by its code."""
    found = parts(content)
    styles = found["xl/styles.xml"]
    codes = {"0": "General", "49": "@"}
    codes |= {
        one.get("numFmtId", ""): one.get("formatCode", "") for one in styles.iter(f"{MAIN}numFmt")
    }
    formats = styles.find(f"{MAIN}cellXfs")
    assert formats is not None
    used = [codes[one.get("numFmtId", "")] for one in formats]
    written = found["xl/worksheets/sheet1.xml"].iter(f"{MAIN}c")
    return [used[int(one.get("s", "0"))] for one in written]


def test_the_heading_stays_in_sight_and_filters() -> None:
    sheet = parts(xlsx.render("Blad", [["Kop", "Kop 2"], ["x", "y"]]))["xl/worksheets/sheet1.xml"]
    filtered, pane = sheet.find(f"{MAIN}autoFilter"), next(sheet.iter(f"{MAIN}pane"))
    assert filtered is not None and filtered.get("ref") == "A1:B2"
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")


def test_without_a_row_there_is_an_empty_sheet() -> None:
    assert cells(xlsx.render("Blad", [["Kop"]])) == [[("A1", "s", "Kop")]]
    assert parts(xlsx.render("Blad", []))["xl/worksheets/sheet1.xml"] is not None


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=x", "  =1"])
def test_no_cell_is_a_formula(start: str) -> None:
    """Neither as the kind of the cell, nor by its text once somebody saves it as CSV."""
    content = xlsx.render("Blad", [["Kop"], [start]])
    assert not list(parts(content)["xl/worksheets/sheet1.xml"].iter(f"{MAIN}f"))
    ((_, kind, text),) = cells(content)[1]
    assert kind == "s" and text.startswith("'")


def test_every_part_that_is_named_is_there() -> None:
    found = parts(xlsx.render("Blad", [["Kop"], ["x"]]))
    for name in ("_rels/.rels", "xl/_rels/workbook.xml.rels"):
        folder = "xl/" if name.startswith("xl/") else ""
        for one in found[name].iter(RELATION):
            assert folder + one.get("Target", "") in found
    named = {one.get("PartName", "").lstrip("/") for one in found["[Content_Types].xml"]}
    assert named - {""} == set(found) - {"[Content_Types].xml", *(n for n in found if "_rels" in n)}
    used = {cell.get("s") for cell in found["xl/worksheets/sheet1.xml"].iter(f"{MAIN}c")}
    formats = found["xl/styles.xml"].find(f"{MAIN}cellXfs")
    assert formats is not None and used <= {str(n) for n in range(len(formats))}


def test_what_a_sheet_has_no_place_for_is_left_out() -> None:
    content = xlsx.render("Van/naar: [alles]*?\\'" + "x" * 40, [["Kop"], ["a\x00b\x0bc\ud800d"]])
    assert cells(content)[1][0][2] == "abcd"
    sheet = parts(content)["xl/workbook.xml"].find(f"{MAIN}sheets/{MAIN}sheet")
    name = sheet.get("name", "") if sheet is not None else ""
    assert 0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'")
    long = xlsx.render("Blad", [["Kop"], ["x" * 40_000]])
    assert len(cells(long)[1][0][2]) == MOST_CHARACTERS


def test_text_that_looks_like_an_escape_stays_text() -> None:
    """`_x0041_` in a cell would be read as A."""
    assert cells(xlsx.render("Blad", [["_x0041_"]]))[0][0][2] == "_x005F_x0041_"


def test_the_same_rows_make_the_same_file() -> None:
    rows, moment = [["Kop"], ["x"]], datetime(2026, 3, 27, 9, tzinfo=UTC)
    assert xlsx.render("Blad", rows, at=moment) == xlsx.render("Blad", rows, at=moment)


def test_nothing_of_it_goes_to_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It would be left there when the process is stopped, outside what destruction reaches."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nergens"))
    assert cells(xlsx.render("Blad", [["Kop"], ["x"]]))[1][0][2] == "x"
