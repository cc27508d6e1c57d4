"""What may leave as a document, chosen here; rdm.lib turns it into bytes.

A document holds one submitted version and facts about it: never anything from the dossier (O-07),
never a name of a person. The file name holds the code and the version, no content (promise 6).
"""

from __future__ import annotations

from dataclasses import asdict

from learning.models import Terugkoppeling, TerugkoppelingVersion
from rdm.lib import docx, pdf
from rdm.lib.dates import long_date
from rdm.lib.download import DOCX, PDF, Document
from rdm.lib.letterhead import Letterhead

TITLE = "Terugkoppeling escalatieoverleg"
FOOTER = "Vertrouwelijk. Voor de portefeuillehouder en de leersessie van de regio."
CONTENT_TYPES = {
    "pdf": PDF,
    "docx": DOCX,
}


def make(terugkoppeling: Terugkoppeling, version: TerugkoppelingVersion, kind: str) -> Document:
    """The document of one version; `kind` is "pdf" or "docx" (KeyError for anything else)."""
    content_type = CONTENT_TYPES[kind]
    code = terugkoppeling.overleg.casus.code
    content = _pdf(terugkoppeling, version) if kind == "pdf" else _docx(terugkoppeling, version)
    return Document(f"terugkoppeling-{code}-versie-{version.number}.{kind}", content_type, content)


def _facts(terugkoppeling: Terugkoppeling, version: TerugkoppelingVersion) -> list[tuple[str, str]]:
    overleg = terugkoppeling.overleg
    return [
        ("Code van de casus", overleg.casus.code),
        ("Gemeente", str(overleg.casus.gemeente)),
        ("Overleg gehouden op", long_date(overleg.held_on) if overleg.held_on else ""),
        *submitted(terugkoppeling, version),
        ("Ingediend door", version.submitted_by_organisation),
        ("Versie", str(version.number)),
        ("Versie van het formulier", version.format_version),
    ]


def submitted(
    terugkoppeling: Terugkoppeling, version: TerugkoppelingVersion
) -> list[tuple[str, str]]:
    """When it came in, as label and day; of a later version also the day of the first."""
    first, day = terugkoppeling.first_submitted_at, long_date(version.submitted_at)
    if version.number == 1 or first is None:
        return [("Ingediend op", day)]
    return [
        ("Eerste versie ingediend op", long_date(first)),
        (f"Versie {version.number} ingediend op", day),
    ]


def _correction(version: TerugkoppelingVersion) -> str:
    if version.number == 1:
        return ""
    return f"Deze versie vervangt versie {version.number - 1}. Reden: {version.correction_reason}"


def _letterhead(terugkoppeling: Terugkoppeling, version: TerugkoppelingVersion) -> Letterhead:
    casus = terugkoppeling.overleg.casus
    return Letterhead(
        organisation=f"Gemeente {casus.gemeente}",
        code=casus.code,
        date=long_date(version.submitted_at),
        footer=FOOTER,
    )


def _pdf(terugkoppeling: Terugkoppeling, version: TerugkoppelingVersion) -> bytes:
    data = {
        **asdict(_letterhead(terugkoppeling, version)),
        "facts": [
            {"label": label, "value": value} for label, value in _facts(terugkoppeling, version)
        ],
        "sections": [
            {"heading": f"{number}. {title}", "text": text}
            for number, (title, text) in enumerate(version.rubrieken, start=1)
        ],
        "correction": _correction(version),
    }
    return pdf.render("terugkoppeling", data, TITLE)


def _docx(terugkoppeling: Terugkoppeling, version: TerugkoppelingVersion) -> bytes:
    blocks: list[docx.Block] = []
    if correction := _correction(version):
        blocks.append(docx.Paragraph(f"Gecorrigeerde versie. {correction}"))
    blocks.append(docx.facts(_facts(terugkoppeling, version)))
    for number, (title, text) in enumerate(version.rubrieken, start=1):
        blocks += [docx.Heading(f"{number}. {title}"), docx.Paragraph(text)]
    return docx.render(TITLE, blocks, _letterhead(terugkoppeling, version))
