"""What a PDF does by itself, and that a crafted one costs nothing and is never acquitted by it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from rdm.lib.reading import pdf_activity
from rdm.lib.reading.pdf_activity import Activity
from tests import pdfs
from tests.rdm.lib.reading.test_pdf_text import HOSTILE, taken_by_programs

pytestmark = pytest.mark.once

# Not their structure but what is drawn on a page is what costs in these; nobody draws it here.
ORDINARY = {"600 MB in 600 kB", "packed twice", "ten million words", "deep"}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_costs_little(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_activity, "SECONDS", 1)
    content, start = HOSTILE[case](), taken_by_programs()
    expected = Activity.NONE if case in ORDINARY else Activity.UNKNOWN
    assert pdf_activity.of(content) is expected
    assert taken_by_programs() - start < 4


def test_the_last_of_many_objects_is_seen() -> None:
    many = (b"[ %s ]" % (b"<< /A [1 2 3] >> " * 3000),) * 10
    active = pdfs.page(b"", more=(*many, b"<< /S /Launch >>"))
    assert pdf_activity.of(active) is Activity.ACTIVE


def test_who_is_stopped_is_not_acquitted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "program.py"
    endless.write_text("while True: pass")
    monkeypatch.setattr(pdf_activity, "PROGRAM", endless)
    monkeypatch.setattr(pdf_activity, "SECONDS", 0)
    assert pdf_activity.of(pdfs.words("Verzonnen")) is Activity.UNKNOWN


def test_a_machine_that_starts_nothing_acquits_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sys.executable", "/nergens/python")
    with caplog.at_level(logging.WARNING, "rdm.lib.reading.pdf_activity"):
        assert pdf_activity.of(pdfs.words("Verzonnen")) is Activity.UNKNOWN
    assert caplog.records[0].__dict__["outcome"] == "FileNotFoundError"


def test_nobody_hears_what_is_in_the_file(capfd: pytest.CaptureFixture[str]) -> None:
    pdf_activity.of(pdfs.words("Verzonnen").replace(b"endobj", b"geheim"))
    assert capfd.readouterr() == ("", "")
