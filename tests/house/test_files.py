"""Every file that somebody can download, as the program reads it that opens it."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

import pytest
from docx import Document
from pypdf import PdfReader

from tests.house.pages import DOWNLOADS, OPEN_DATA, Page, visitor
from tests.house.scene import Scene
from tests.pdfs import said_and_drawn

# What comes out is made in Python.
pytestmark = pytest.mark.once

FILES = [*DOWNLOADS, *OPEN_DATA]
DUTCH_DAY = re.compile(r"\b\d{1,2}-\d{1,2}-\d{4}\b")


def of_kind(kind: str) -> list[Page]:
    found = [page for page in FILES if page.name.endswith(f"_{kind}") and page.status == 200]
    assert found
    return found


def content(scene: Scene, page: Page) -> bytes:
    answer = visitor(scene, page.who).get(page.url(scene))
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize("page", FILES, ids=lambda page: page.id)
def test_text_says_how_it_is_written(scene: Scene, page: Page) -> None:
    kind = visitor(scene, page.who).get(page.url(scene)).headers["Content-Type"]
    assert not kind.startswith("text/") or "charset=utf-8" in kind


@pytest.mark.parametrize("page", of_kind("csv"), ids=lambda page: page.id)
def test_a_csv_is_one_table_that_a_program_reads(scene: Scene, page: Page) -> None:
    text = content(scene, page).decode("utf-8-sig")
    heading, *rows = csv.reader(StringIO(text), delimiter=";")
    assert rows and all(heading) and len(set(heading)) == len(heading)
    assert {len(row) for row in rows} == {len(heading)}
    assert not DUTCH_DAY.search(text)


@pytest.mark.parametrize("page", of_kind("pdf"), ids=lambda page: page.id)
def test_a_pdf_says_all_that_it_shows(scene: Scene, page: Page) -> None:
    said, drawn = said_and_drawn(content(scene, page))
    assert set(re.findall(r"[^\W\d]+", drawn)) <= set(re.findall(r"[^\W\d]+", said))


@pytest.mark.parametrize("page", of_kind("docx"), ids=lambda page: page.id)
def test_word_has_the_head_and_the_foot_of_the_pdf(scene: Scene, page: Page) -> None:
    (section,) = Document(BytesIO(content(scene, page))).sections
    twin = Page(page.name.replace("_docx", "_pdf"), page.who, page.of, page.key, page.more)
    (first, *_) = PdfReader(BytesIO(content(scene, twin))).pages
    words = first.extract_text().split()
    both = [*section.header.paragraphs, section.footer.paragraphs[0]]
    for word in " ".join(one.text for one in both).replace("·", " ").split():
        # The minute in which it was downloaded may have gone by.
        assert word in words or re.fullmatch(r"\d\d:\d\d", word), word
    assert "Vertrouwelijk." in section.footer.paragraphs[0].text
