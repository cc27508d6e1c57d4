"""What every document says around its content, as PDF and as Word alike."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letterhead:
    """Who it comes from and which document it is, and what stands under every page.

    `footer` says for whom the document is, `reader` who has this copy, `watermark` the same in
    short, across every page of a PDF. Who listens instead of looks hears the footer and the reader
    once, under the title. None of it names a resident.
    """

    organisation: str
    code: str
    date: str
    footer: str
    reader: str = ""
    watermark: str = ""
