"""Everything that is kept, as the documents that a resident gets."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from rdm.lib import clock, pdf
from rdm.lib.dates import long_date
from rdm.lib.download import PDF, Document
from rdm.lib.letterhead import Letterhead

if TYPE_CHECKING:
    from escalation.keeping.export.rules import Export
    from escalation.models import Casus

TITLE = "Wat er over u is vastgelegd"
INTRO = (
    "U vroeg wat er over u is vastgelegd. Dat staat hieronder. U leest ook wie het zag en wie "
    "het kreeg.\n\nNamen van anderen zijn soms weggelaten. Dan staat er [weggelaten]. Klopt er "
    "iets niet, of heeft u een vraag? Neem contact op met uw gemeente."
)


def as_pdf(casus: Casus, export: Export) -> Document:
    """With the code as its only mark (promise 6)."""
    letterhead = Letterhead(
        organisation=f"Gemeente {casus.gemeente}",
        code=export.code,
        date=long_date(clock.today()),
        footer="Vertrouwelijk. Alleen voor de inwoner zelf.",
    )
    data = {
        **asdict(letterhead),
        "intro": "\n\n".join(one for one in (INTRO, export.about_files) if one),
        "sections": [
            {
                "title": section.title,
                "items": [
                    [{"label": row.label, "value": row.value} for row in item]
                    for item in section.items
                ],
            }
            for section in export.sections
        ],
    }
    return Document(f"inzage-{export.code}.pdf", PDF, pdf.render("inzage", data, TITLE))


def as_json(casus: Casus, export: Export) -> Document:
    content = json.dumps(export.as_json(), ensure_ascii=False, indent=2).encode()
    return Document(f"inzage-{export.code}.json", "application/json", content)
