"""Reading the words of a PDF: all of them, and what it says when that could not be done."""

from __future__ import annotations

import logging
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from rdm.lib.reading import office, pdf_text
from rdm.lib.reading.words import Words
from tests import pdfs

pytestmark = pytest.mark.once

BSN = "111222333"
NUMBER = BSN.encode()
PACKED = b"/Filter /FlateDecode"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="nl">'
    f"Over {BSN}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>"
).encode()
VERZONNEN = pdfs.WORDS % b"Verzonnen"
READ = {
    "typst": lambda: pdfs.typed(f"Het nummer is {BSN}."),
    "typst, on the third page": lambda: pdfs.typed(f"a #pagebreak() #pagebreak() {BSN}"),
    "by hand": lambda: pdfs.words(BSN),
    "in pieces": lambda: pdfs.page(b"BT /F1 12 Tf 72 700 Td [(111) -20 (22) 9 (2333)] TJ ET"),
    "in more pieces": lambda: pdfs.page(b"BT /F1 12 Tf 72 700 Td (1112) Tj (22333) Tj ET"),
    "packed": lambda: pdfs.page(pdfs.packed(pdfs.WORDS % NUMBER, 1), of_content=PACKED),
    "borrowed": lambda: pdfs.page(
        b"/X1 Do",
        fonts=b"",
        more=(
            pdfs.stream(
                pdfs.WORDS % NUMBER,
                b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
                b"/Resources << /Font << /F1 5 0 R >> >>",
            ),
        ),
    ),
    "title": lambda: pdfs.typed(f'#set document(title: "Over {BSN}")\nVerzonnen'),
    "subject": lambda: pdfs.page(VERZONNEN, trailer=b"/Info << /Subject (%s) >>" % NUMBER),
    "keywords": lambda: pdfs.page(VERZONNEN, trailer=b"/Info << /Keywords (a, %s) >>" % NUMBER),
    "title in XMP only": lambda: pdfs.page(
        VERZONNEN,
        of_document=b"/Metadata 7 0 R",
        more=(pdfs.stream(XMP, b"/Type /Metadata /Subtype /XML"),),
    ),
    "comment": lambda: pdfs.page(
        VERZONNEN,
        of_page=b"/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (%s) >>]"
        % NUMBER,
    ),
    "answer in a form": lambda: pdfs.page(
        VERZONNEN,
        of_document=b"/AcroForm << /Fields [7 0 R] >>",
        more=(b"<< /FT /Tx /T (nummer) /V (%s) >>" % NUMBER,),
    ),
    "author": lambda: pdfs.page(VERZONNEN, trailer=b"/Info << /Author (%s) >>" % NUMBER),
    "custom property": lambda: pdfs.page(VERZONNEN, trailer=b"/Info << /Nummer (%s) >>" % NUMBER),
    "heading beside it": lambda: pdfs.typed(f"#set heading(bookmarked: true)\n= Over {BSN}"),
    "alternative text": lambda: pdfs.page(
        VERZONNEN,
        of_document=b"/StructTreeRoot << /Type /StructTreeRoot /K [7 0 R] >>",
        more=(
            b"<< /S /Document /K [8 0 R 3] >>",
            b"<< /S /Figure /Alt (Foto van %s) /K << /Type /MCR /MCID 0 >> >>" % NUMBER,
        ),
    ),
    "who wrote a comment": lambda: pdfs.page(
        VERZONNEN,
        of_page=b"/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (%s) >>]" % NUMBER,
    ),
    "help in a form": lambda: pdfs.page(
        VERZONNEN,
        of_document=b"/AcroForm << /Fields [7 0 R] >>",
        more=(b"<< /FT /Tx /T (nummer) /TU (%s) >>" % NUMBER,),
    ),
    "default in a form": lambda: pdfs.page(
        VERZONNEN,
        of_document=b"/AcroForm << /Fields [7 0 R] >>",
        more=(b"<< /FT /Tx /T (nummer) /DV (%s) >>" % NUMBER,),
    ),
    "what can be chosen in a form": lambda: pdfs.page(
        VERZONNEN,
        of_document=b"/AcroForm << /Fields [7 0 R] >>",
        more=(b"<< /FT /Ch /T (keuze) /Opt [(a) [(b) (%s)]] >>" % NUMBER,),
    ),
    "choices in a form": lambda: pdfs.page(
        VERZONNEN,
        of_document=b"/AcroForm << /Fields [7 0 R] >>",
        more=(b"<< /FT /Ch /T (keuze) /V [(a) (%s)] >>" % NUMBER,),
    ),
}


@pytest.mark.parametrize("case", READ)
def test_words_are_found_wherever_they_are(case: str) -> None:
    words = pdf_text.read(READ[case]())
    assert BSN in words.text and words.all_read, words


def test_letters_come_out_as_they_went_in() -> None:
    text = pdf_text.read(pdfs.typed("Coördinatie: “één” – €5")).text
    assert text.strip() == "Coördinatie: “één” – €5"


def test_a_blank_page_hides_nothing() -> None:
    assert pdf_text.read(pdfs.typed("Eén #pagebreak() #pagebreak() Drie")).all_read


NOT_ALL = {
    "scan": (pdfs.scan, ""),
    "scan with a title": (lambda: pdfs.scan(trailer=b"/Info << /Title (Brief) >>"), "Brief"),
    "drawing": (lambda: pdfs.page(b"0 0 m 9 9 l S"), ""),
    "one page of two": (
        lambda: pdfs.typed("Brief #pagebreak() #rect(width: 9cm, height: 9cm, fill: red)"),
        "Brief",
    ),
    "nothing on it": (lambda: pdfs.page(b""), ""),
    "no pages": (lambda: pdfs.document(b"<< /Type /Catalog >>"), ""),
    "no objects": (lambda: b"%PDF-1.7\n%%EOF\n", ""),
}


@pytest.mark.parametrize("case", NOT_ALL)
def test_what_cannot_be_read_is_said(case: str) -> None:
    make, found = NOT_ALL[case]
    words = pdf_text.read(make())
    assert (words.text.strip(), words.all_read) == (found, False)


def test_shapes_that_do_not_say_which_letters_they_are() -> None:
    """What comes out are other letters then, and nothing in them would be recognised."""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts "
        b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X >>] %s >>"
    )
    content = b"BT /F1 12 Tf 72 700 Td <001400140014> Tj ET"
    assert not pdf_text.read(pdfs.page(content, font=font % b"")).all_read
    letters = pdfs.stream(
        b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0014> <0031> "
        b"endbfchar"
    )
    known = pdfs.page(content, font=font % b"/ToUnicode 7 0 R", more=(letters,))
    assert pdf_text.read(known) == Words("111\n", all_read=True)


def branching() -> bytes:
    """Each form shows the next one three times, thirty deep."""
    what = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources "
        b"<< /XObject << /X %d 0 R >> /Font << /F1 5 0 R >> >>"
    )
    forms = [pdfs.stream(b"/X Do /X Do /X Do", what % (number + 1)) for number in range(7, 37)]
    return pdfs.page(b"/X1 Do", more=(*forms, pdfs.stream(VERZONNEN, what % 1)))


def test_what_is_skipped_on_the_way_is_said() -> None:
    """What a page borrows, when it is far too much."""
    words = pdf_text.read(branching())
    assert "Verzonnen" in words.text and not words.all_read


def beside_words(*shown: bytes, more: tuple[bytes, ...] = (), **of_page: bytes) -> bytes:
    return pdfs.page(b" ".join([VERZONNEN, *shown]), more=more, **of_page)


def in_form(content: bytes, matrix: bytes = b"") -> bytes:
    """A form that shows the object after it, and one that shows this form is before it."""
    return pdfs.stream(
        content,
        pdfs.FORM + b" /Resources << /XObject << /X1 8 0 R /X2 9 0 R >> >> " + matrix,
    )


def stamp(size: int, picture: bytes) -> bytes:
    annotation = b"<< /Type /Annot /Subtype /Stamp /Rect [9 9 %d %d] /AP << /N 7 0 R >> >>"
    return beside_words(
        more=(pdfs.stream(b"/X1 Do", pdfs.FORM + ONE_PICTURE), picture),
        of_page=b"/Annots [%s]" % (annotation % (size + 9, size + 9)),
    )


ONE_PICTURE = b" /Resources << /XObject << /X1 8 0 R >> >>"
INLINE = b"BI /W 300 /H 90 /CS /G /BPC 8 ID \x80 EI"
SCREEN, LOGO = pdfs.image(600, 200), pdfs.image(900, 450)
PATTERN = b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 99 99] /XStep 99 /YStep 99"
FILLED = b"/Pattern cs /P1 scn 72 72 300 300 re f"
MAYBE_WORDS = {
    "beside a word": lambda: beside_words(pdfs.in_size((159, 53)), more=(SCREEN,)),
    "a card": lambda: beside_words(pdfs.in_size((85, 54)), more=(SCREEN,)),
    "turned": lambda: beside_words(b"q 0 300 -150 0 72 72 cm /X1 Do Q", more=(SCREEN,)),
    "in strips": lambda: beside_words(
        pdfs.in_size((80, 30)),
        b"q 1 0 0 1 0 300 cm",
        pdfs.in_size((80, 30), b"/X2 Do"),
        b"Q",
        more=(SCREEN, SCREEN),
    ),
    "small, of many pixels": lambda: beside_words(
        pdfs.in_size((30, 40)), more=(pdfs.image(900, 1200),)
    ),
    "in a form": lambda: beside_words(b"/X1 Do", more=(in_form(pdfs.in_size((80, 54))), SCREEN)),
    "in a form that is made larger": lambda: beside_words(
        b"q 4 0 0 4 0 0 cm /X1 Do Q", more=(in_form(pdfs.in_size((30, 20))), SCREEN)
    ),
    "in a form that makes it larger": lambda: beside_words(
        b"/X1 Do", more=(in_form(pdfs.in_size((30, 20)), b"/Matrix [4 0 0 4 0 0]"), SCREEN)
    ),
    "in a form in a form": lambda: beside_words(
        b"/X1 Do", more=(in_form(b"/X1 Do"), in_form(pdfs.in_size((80, 54), b"/X2 Do")), SCREEN)
    ),
    "cut out of a plane": lambda: beside_words(
        pdfs.in_size((159, 53)), more=(pdfs.image(1, 1, b"/SMask 8 0 R"), SCREEN)
    ),
    "inline": lambda: beside_words(pdfs.in_size((159, 53), INLINE)),
    "as a pattern": lambda: beside_words(
        FILLED,
        more=(pdfs.stream(pdfs.in_size((30, 20)), PATTERN + ONE_PICTURE), SCREEN),
        fonts=b"/Font << /F1 5 0 R >> /Pattern << /P1 7 0 R >>",
    ),
    "inline in a pattern": lambda: beside_words(
        FILLED,
        more=(pdfs.stream(INLINE, PATTERN),),
        fonts=b"/Font << /F1 5 0 R >> /Pattern << /P1 7 0 R >>",
    ),
    "stamped on it": lambda: stamp(300, SCREEN),
    "on a small page": lambda: pdfs.page(
        VERZONNEN + pdfs.in_size((50, 50)), more=(SCREEN,)
    ).replace(b"[0 0 595 842]", b"[0 0 150 150]"),
    "of no size": lambda: beside_words(
        pdfs.in_size((20, 20)), more=(pdfs.stream(b"", b"/Subtype /Image"),)
    ),
}


@pytest.mark.parametrize("case", MAYBE_WORDS)
def test_a_picture_beside_words_may_hold_more_words(case: str) -> None:
    words = pdf_text.read(MAYBE_WORDS[case]())
    assert (words.text.strip(), words.all_read) == ("Verzonnen", False)


NO_WORDS = {
    "logo": lambda: beside_words(pdfs.in_size((80, 38)), more=(LOGO,)),
    "logo in a form": lambda: beside_words(
        b"q .5 0 0 .5 0 0 cm /X1 Do Q", more=(in_form(pdfs.in_size((120, 60))), LOGO)
    ),
    "logo twice": lambda: beside_words(
        pdfs.in_size((60, 38)), pdfs.in_size((60, 38)), more=(LOGO,)
    ),
    "signature stamped on it": lambda: stamp(99, SCREEN),
    "plane of one pixel": lambda: beside_words(pdfs.PICTURE),
    "shade": lambda: beside_words(pdfs.in_size((159, 53)), more=(pdfs.image(1, 256),)),
    "not shown": lambda: beside_words(more=(SCREEN,)),
    "hatching": lambda: beside_words(
        FILLED,
        more=(pdfs.stream(b"BI /W 8 /H 8 /IM true ID \x80 EI", PATTERN),),
        fonts=b"/Font << /F1 5 0 R >> /Pattern << /P1 7 0 R >>",
    ),
}


@pytest.mark.parametrize("case", NO_WORDS)
def test_a_picture_like_a_logo_is_no_scan(case: str) -> None:
    words = pdf_text.read(NO_WORDS[case]())
    assert (words.text.strip(), words.all_read) == ("Verzonnen", True)


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("mailto:naam@voorbeeld.example", "naam@voorbeeld.example"),
        ("MAILTO:naam%40voorbeeld.example?cc=b@c.example", "naam@voorbeeld.example?cc=b@c.example"),
        ("tel:+31612345678", "+31612345678"),
        ("https://voorbeeld.example/tel:0612345678", ""),
    ],
)
def test_to_whom_a_link_leads_is_read(target: str, found: str) -> None:
    link = b"<< /Type /Annot /Subtype /Link /Rect [9 9 99 99] /A << /S /URI /URI (%s) >> >>"
    made = pdfs.page(VERZONNEN, of_page=b"/Annots [%s]" % (link % target.encode()))
    assert pdf_text.read(made) == Words(f"{found}\nVerzonnen\n".lstrip(), all_read=True)


def test_one_broken_page_leaves_the_others() -> None:
    content = pdfs.page(
        VERZONNEN,
        of_page=b"/Annots [<< /Contents (%s) >> 99]" % NUMBER,
    )
    words = pdf_text.read(content)
    assert "Verzonnen" in words.text and not words.all_read


def test_of_a_long_document_the_first_part_is_read() -> None:
    words = pdf_text.read(pdfs.typed(f"{BSN} #lorem(60000)"))
    assert len(words.text) == office.MOST_TEXT and BSN in words.text
    assert not words.all_read


# --- Without trusting it --------------------------------------------------------------------------


def slow() -> bytes:
    """Hundreds of pages that cost about a second each and no memory, with a title."""
    return pdfs.document(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count 500 >>" % b" ".join([b"3 0 R"] * 500),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 4 0 R >>",
        pdfs.stream(pdfs.packed(b"1 w " * 150_000, 1), PACKED),
        trailer=b"/Info << /Title (Brief) >>",
    )


def taken_by_programs() -> float:
    """Seconds of processor time of all that was started and has ended: no clock, which says more
    about what else the machine does."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


HOSTILE = {
    "600 MB in 600 kB": lambda: pdfs.page(pdfs.packed(b" " * 10**6, 600), of_content=PACKED),
    "packed twice": lambda: pdfs.page(
        pdfs.packed(pdfs.packed(b" " * 10**6, 600), 1),
        of_content=b"/Filter [/FlateDecode /FlateDecode]",
    ),
    "ten million words": lambda: pdfs.page(
        pdfs.packed(b"(a) Tj " * 150_000, 70), of_content=PACKED
    ),
    "deep": lambda: pdfs.page(b"[" * 200_000 + b"]" * 200_000),
    "deep before the pages": lambda: pdfs.document(b"<</A " * 100_000 + b">>" * 100_000),
    "itself": lambda: pdfs.document(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_costs_the_web_process_nothing(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_text, "SECONDS", 1)
    content = HOSTILE[case]()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, taken_by_programs()
    assert pdf_text.read(content) == Words("", all_read=False)
    assert taken_by_programs() - start < 4
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_too_slow_is_stopped_and_what_was_read_is_kept(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pdf_text, "SECONDS", 1)
    start = taken_by_programs()
    with caplog.at_level(logging.WARNING, "rdm.lib.reading.pdf_text"):
        words = pdf_text.read(slow())
    assert words == Words("Brief\n", all_read=False)
    assert taken_by_programs() - start < 4
    assert len(caplog.records) == 1


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cannot make one processor busy")
def test_a_busy_machine_stops_nothing_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four programs want the same processor, so that work takes many times as long on the clock."""
    one = {min(os.sched_getaffinity(0))}
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(4)]
    before = os.sched_getaffinity(0)
    monkeypatch.setattr(pdf_text, "SECONDS", 3)
    try:
        for program in busy:
            os.sched_setaffinity(program.pid, one)
        # What is started from here on stays here as well.
        os.sched_setaffinity(0, one)
        words = pdf_text.read(pdfs.typed(f"#lorem(12000) {BSN}"))
    finally:
        os.sched_setaffinity(0, before)
        for program in busy:
            program.kill()
            program.wait()
    assert BSN in words.text and words.all_read


def test_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdfs.page(
        pdfs.packed(VERZONNEN + b" " * 10**6, 40),
        of_content=PACKED,
        trailer=b"/Info << /Title (Brief) >>",
    )
    assert pdf_text.read(content).all_read
    monkeypatch.setattr(pdf_text, "MOST_MEMORY", 100 * 1024 * 1024)
    assert pdf_text.read(content) == Words("Brief\n", all_read=False)


def instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str) -> None:
    path = tmp_path / "program.py"
    path.write_text(program)
    monkeypatch.setattr(pdf_text, "PROGRAM", path)


def test_one_that_only_waits_is_stopped_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It takes no time of the processor. Without that this test would not end."""
    program = "import signal; print('gelezen', flush=True); signal.pause()"
    instead(monkeypatch, tmp_path, program)
    monkeypatch.setattr(pdf_text, "PATIENCE", 3)
    assert pdf_text.read(b"") == Words("gelezen\n", all_read=False)


def test_the_program_knows_nothing_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RDM_SECRET_KEY", "a secret")
    instead(monkeypatch, tmp_path, "import os, sys; print(dict(os.environ), sys.path)")
    words = pdf_text.read(b"")
    assert words.all_read and "secret" not in words.text
    assert str(pdf_text.PROGRAM.parent) not in words.text


@pytest.mark.parametrize("end", ["raise ValueError('geheim')", "import os; os.abort()"])
def test_nothing_of_the_file_comes_in_a_log(
    end: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A half letter at the end is left out, too."""
    start = "import sys; sys.stdout.buffer.write(b'gelezen \\xc3'); sys.stdout.flush()\n"
    instead(monkeypatch, tmp_path, start + end)
    with caplog.at_level(logging.DEBUG):
        assert pdf_text.read(b"") == Words("gelezen ", all_read=False)
    assert [one.levelname for one in caplog.records] == ["WARNING"]
    assert "ge" not in str(caplog.records[0].__dict__["outcome"])
    assert capfd.readouterr() == ("", "")


def test_a_machine_that_starts_nothing_says_so_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sys.executable", "/nergens/python")
    with caplog.at_level(logging.WARNING, "rdm.lib.reading.pdf_text"):
        assert pdf_text.read(pdfs.words("Verzonnen")) == Words("", all_read=False)
    assert caplog.records[0].__dict__["outcome"] == "FileNotFoundError"
