"""What may not be in the XML of a document: something that runs, is locked, or fetches.

Decided on what an element is and refers to, not on how a part or a file is called: in a docx any
part can be a program, if a relation says that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from rdm.lib.reading.bad_document import FETCHES, LOCKED, MACROS, NOT_REAL, BadDocument

# How a relation or a type of content ends, of what runs.
_RUNS = re.compile(
    r"vbaproject|vbadata|activex|/control$|/oleobject$|attachedtoolbars|macroenabled", re.IGNORECASE
)
_RUNS_AS = frozenset({"event-listener", "script", "applet", "plugin", "object-ole", "dde-source"})
_SCRIPT = re.compile(r"\s*(?:vnd\.sun\.star\.script|macro|javascript|vbscript):", re.IGNORECASE)
# What is shown where it stands, so comes by itself; a link that somebody clicks is fine.
_COMES = frozenset(
    {"image", "object", "floating-frame", "section-source", "fill-image", "background-image"}
)
_OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]|\.\.[/\\])", re.IGNORECASE)
# A field of Word that starts another program.
_DDE = re.compile(r"\s*dde(?:auto)?\b", re.IGNORECASE)
# As much of a field as says what it is.
_START = 40


class DocumentChecks:
    """Of one document, `called` by its kind, of which `main` is the part with its text. A workbook
    inside it `may_fetch`: a chart has the address of the workbook that it came from, and nothing
    opens that by itself."""

    def __init__(self, called: str, *, main: str, may_fetch: bool) -> None:
        self._called, self._main, self._may_fetch = called, main, may_fetch
        self._instruction = ""

    def doctype(self) -> None:
        """Word and LibreOffice never write one; it is how an XML bomb begins."""
        raise BadDocument(NOT_REAL.format(kind=self._called))

    def element(self, local: str, attributes: Mapping[str, str]) -> None:
        """Raises BadDocument for an element that makes it one."""
        if local == "Relationship":
            self._relation(attributes)
        elif local in ("Override", "Default"):
            if _RUNS.search(attributes.get("ContentType", "")):
                raise BadDocument(MACROS)
        elif local == "encryption-data":
            raise BadDocument(LOCKED)
        elif local in _RUNS_AS:
            raise BadDocument(MACROS)
        elif local == "fldChar":
            self._instruction = ""
        for name, value in attributes.items():
            called = name.rpartition(" ")[2]
            if called == "href":
                self._reference(local, value)
            elif called == "instr" and _DDE.match(value):
                raise BadDocument(MACROS)

    def instruction(self, text: str) -> None:
        """Takes the instruction of a field, which Word may write in pieces."""
        self._instruction = (self._instruction + text).lstrip()[:_START]
        if _DDE.match(self._instruction):
            raise BadDocument(MACROS)

    def _relation(self, attributes: Mapping[str, str]) -> None:
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        if _RUNS.search(kind) or _SCRIPT.match(target):
            raise BadDocument(MACROS)
        if attributes.get("TargetMode", "").lower() == "external":
            # A link that somebody clicks is fine; a template or picture comes by itself.
            if not self._may_fetch and not kind.endswith("/hyperlink"):
                raise BadDocument(FETCHES)
        elif kind.endswith("/officeDocument") and target.lstrip("/") != self._main:
            # What was read would not be what a program shows.
            raise BadDocument(NOT_REAL.format(kind=self._called))

    def _reference(self, local: str, to: str) -> None:
        if _SCRIPT.match(to):
            raise BadDocument(MACROS)
        if local in _COMES and _OUTSIDE.match(to) and not self._may_fetch:
            raise BadDocument(FETCHES)
