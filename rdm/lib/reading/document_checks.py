"""What may not be in the XML of a document: something that runs, is locked, or fetches."""

from __future__ import annotations

from collections.abc import Mapping

from rdm.lib.reading.bad_document import FETCHES, LOCKED, MACROS, NOT_REAL, BadDocument


class DocumentChecks:
    """Of one document, `called` by its kind. A workbook inside it `may_fetch`: a chart has the
    address of the workbook that it came from, and nothing opens that by itself."""

    def __init__(self, called: str, *, may_fetch: bool) -> None:
        self._called, self._may_fetch = called, may_fetch

    def doctype(self) -> None:
        """Word and LibreOffice never write one; it is how an XML bomb begins."""
        raise BadDocument(NOT_REAL.format(kind=self._called))

    def element(self, local: str, attributes: Mapping[str, str]) -> None:
        """Raises BadDocument for an element that makes it one."""
        if local == "Relationship" and attributes.get("TargetMode") == "External":
            # A link that somebody clicks is fine; a template or picture comes by itself.
            if not self._may_fetch and not attributes.get("Type", "").endswith("/hyperlink"):
                raise BadDocument(FETCHES)
        elif local in ("Override", "Default"):
            if "macroenabled" in attributes.get("ContentType", "").lower():
                raise BadDocument(MACROS)
        elif local == "encryption-data":
            raise BadDocument(LOCKED)
        elif local == "event-listener":
            raise BadDocument(MACROS)
