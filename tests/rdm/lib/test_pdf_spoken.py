"""What a screen reader says of a PDF: the text of its structure, and nothing of what is under or
across the pages. So what stands there must be said in the text as well."""

from __future__ import annotations

import pytest

from rdm.lib import pdf
from tests.pdfs import said_and_drawn
from tests.rdm.lib.letters import HEAD, letter

TEMPLATES = ("terugkoppeling", "procesoverzicht", "vernietiging", "inzage")


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_is_under_every_page_is_said_once(template: str) -> None:
    data = letter(sections=[], counts=[], intro="Voorbeeldstad")
    said, drawn = said_and_drawn(pdf.render(template, data, "Titel"))
    assert said.count(HEAD.footer) == said.count(HEAD.reader) == 1
    assert HEAD.footer in drawn and HEAD.reader in drawn
    # After the title, before all that it is about.
    assert said.index("Titel") < said.index(HEAD.footer) < said.index("Voorbeeldstad")


def test_nothing_is_only_drawn() -> None:
    """Also no heading of a table on a second page, and no watermark."""
    rows = [{"what": f"Afspraak {i}", "who": "Gemeente", "due": "1 mei 2026"} for i in range(90)]
    mark = "A. · 12 november 2026 om 14:30"
    content = pdf.render("terugkoppeling", letter(afspraken=rows, watermark=mark), "Titel")
    said, drawn = said_and_drawn(content)
    assert set(drawn.split()) <= {*said.split(), "·"}
    assert "Afspraak 89" in said and "Afspraak 89" not in drawn
