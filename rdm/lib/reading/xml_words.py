"""Where the words of a document stand in its XML: in elements, in attributes, in pictures.

One table for docx, odt and the workbook inside one: what they have in common has the same name, and
what is read too much does no harm. Not everything is read, because the names that a program gives
look like numbers of people: of a place in the text ("_Toc123456782"), of a picture, of a change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote
from xml.parsers import expat

from rdm.lib.reading import pictures
from rdm.lib.reading.document_checks import DocumentChecks
from rdm.lib.reading.workbook import as_date, shows_days

# --- In elements ----------------------------------------------------------------------------------

_TEXT = frozenset(
    {"t", "text", "delText", "instrText", "delInstrText", "formula1", "definedName"}
    | {f"{which}{what}" for which in ("odd", "even", "first") for what in ("Header", "Footer")}
)
_NUMBERS = frozenset({"v", "f", "pt"})
_PARAGRAPHS = frozenset({"p", "h", "title", "desc"})
# What is known about a document, and not when that was or with which program.
_ABOUT = frozenset(
    {"title", "subject", "description", "keywords", "keyword", "creator", "initial-creator"}
    | {"lastModifiedBy", "category", "contentStatus", "identifier", "printed-by", "user-defined"}
    | {"Manager", "Company", "HyperlinkBase", "Template", "lpstr"}
)
_EVERYTHING = frozenset({""})
_DATA = re.compile(r"(?:^|/)customXml/item\d+\.xml$")
# Which parts hold their text in which elements; the first that fits.
_PARTS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(r"(?:^|/)docProps/(?:core|app)\.xml$|(?:^|/)meta\.xml$"), _ABOUT),
    (re.compile(r"(?:^|/)docProps/custom\.xml$"), _EVERYTHING),
    (_DATA, _EVERYTHING),
    (re.compile(r"^(?:word|xl)/(?:.*/)?(?:charts|externalLinks)/"), _TEXT | _NUMBERS),
    # Referred to by the cells (rdm.lib.reading.workbook).
    (re.compile(r"^xl/sharedStrings\.xml$"), frozenset()),
    (re.compile(r"^(?:word|xl)/"), _TEXT),
)
# An element that stands for a character, and one that may not come between two of a number.
_CHARACTERS = {"noBreakHyphen": "-", "s": " "}
_BREAKS = frozenset(
    {"p", "h", "br", "cr", "line-break", "tab", "ptab", "tc", "table-cell", "lpstr", "text"}
    | {"formula1", "definedName", "is", "comment"}
    | {one for one in _TEXT if one.endswith(("Header", "Footer"))}
    | _NUMBERS
)
# Names that a program gives to a place in the text, and addresses of pages.
_TECHNICAL = re.compile(r"\b_(?:Toc|Ref|Hlk|Hlt)\w+|https?://[^\s\"]+")

# --- In attributes --------------------------------------------------------------------------------

# Whatever it belongs to: an alternative text, a tooltip, the letters of WordArt, who did it.
_OF_ANY = frozenset(
    {"descr", "title", "alt", "tooltip", "string", "author", "userId", "displayName"}
    | {"string-value", "string-value-if-true", "string-value-if-false"}
    | {"suggestedsigner", "suggestedsigner2", "suggestedsigneremail", "signinginstructions"}
)
_NAME = frozenset({"name"})
_VAL = frozenset({"val"})
_OF: Mapping[str, frozenset[str]] = {
    # Pictures.
    "docPr": _NAME,
    "cNvPr": _NAME,
    "frame": _NAME,
    # Tables, fields, and what may be filled in or chosen.
    "tblCaption": _VAL,
    "tblDescription": _VAL,
    "fldSimple": frozenset({"instr"}),
    "default": _VAL,
    "listEntry": _VAL,
    "helpText": _VAL,
    "statusText": _VAL,
    "alias": _VAL,
    "tag": _VAL,
    "listItem": frozenset({"displayText", "value"}),
    "date": frozenset({"fullDate"}),
    "user-field-decl": frozenset({"name", "value", "date-value"}),
    # What nobody sees.
    "docVar": frozenset({"name", "val"}),
    "attr": _VAL,
    "mailSubject": _VAL,
    "query": _VAL,
    "property": _NAME,
    "user-defined": _NAME,
    # In a workbook.
    "sheet": _NAME,
    "s": frozenset({"v"}),
    "n": frozenset({"v"}),
    "d": frozenset({"v"}),
    "tableColumn": _NAME,
    "hyperlink": frozenset({"display"}),
    "dataValidation": frozenset({"prompt", "promptTitle", "error", "errorTitle"}),
}
_FORM = "urn:oasis:names:tc:opendocument:xmlns:form:1.0 "
_OF_FORM = frozenset({"value", "current-value", "label", "name"})
# Made by a program, for a program.
_LONGEST_WORD = 200
_TO_WHOM = re.compile(r"\s*(?:mailto|tel):(.*)", re.IGNORECASE | re.DOTALL)

# --- In pictures ----------------------------------------------------------------------------------

# Of a length in a docx.
_UNITS_PER_MM = 36_000
# How Word wrote a size before: "width:9pt;height:9pt;visibility:visible".
_STYLE = re.compile(r"(?:^|;)\s*(width|height):([^;]+)")


class Part:
    """Collects the words of one part, and says when there is a picture in it that may hold more."""

    def __init__(
        self,
        name: str,
        kind: str,
        add: Callable[[str], None],
        not_all: Callable[[], None],
        checks: DocumentChecks,
    ) -> None:
        self._kind, self._add, self._not_all, self._checks = kind, add, not_all, checks
        otherwise = _PARAGRAPHS if kind == "odt" else frozenset[str]()
        self._wanted = next((w for part, w in _PARTS if part.search(name)), otherwise)
        self._data = self._wanted == _EVERYTHING
        self._attributes_too = bool(_DATA.search(name))
        # A theme brings its textures along, shown or not.
        self._decoration = name.startswith("word/theme/")
        self._inside = 0
        self._instruction: list[str] | None = None
        # Of the numbers of a chart, which are days then.
        self._form = ""
        # What stands beside the text: it may not come between two halves of a number.
        self._beside: dict[str, None] = {}
        # The paragraph with what was taken out of it, which may not come between two halves either.
        self._before: list[str] = []
        self._taken_out = False
        # Of what a picture may stand in: how wide and high that is shown.
        self._frames: list[dict[str, str]] = []
        self._element = ""
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = lambda *_: checks.doctype()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def feed(self, chunk: bytes, last: bool) -> None:
        """Takes the bytes of this part, and at the end an empty one with True."""
        self._parser.Parse(chunk, last)
        if last:
            self._end_of_paragraph()
            self._add("".join(f"\n{text}" for text in self._beside) + "\n")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(" ")[2]
        self._checks.element(local, attributes)
        self._look(local, attributes)
        for text in self._said_beside(tag, local, attributes):
            self._beside[text] = None
        self._inside += local in self._wanted or self._data
        if local in _CHARACTERS:
            self._say(_CHARACTERS[local])
        elif local == "sym":
            self._say(_symbol(attributes))
        elif local in ("instrText", "delInstrText"):
            self._instruction = []
        elif local in ("formatCode", "strCache"):
            self._form = ""
        self._element = local

    def _end(self, tag: str) -> None:
        local = tag.rpartition(" ")[2]
        self._inside -= local in self._wanted or self._data
        self._element = ""
        if local == "frame" and self._frames:
            self._frames.pop()
        if self._instruction is not None and local in ("instrText", "delInstrText"):
            self._checks.instruction("".join(self._instruction))
            self._say(_TECHNICAL.sub("", "".join(self._instruction)))
            self._instruction = None
        if local in _BREAKS or local in _ABOUT or self._data:
            self._say("\n")
        if local == "p":
            self._end_of_paragraph()

    def _say(self, text: str) -> None:
        self._add(text)
        self._before.append(text)

    def _end_of_paragraph(self) -> None:
        """Read it once more as it was, when something was taken out of it: that is still there."""
        if self._taken_out:
            self._beside["".join(self._before)] = None
        self._before, self._taken_out = [], False

    def _characters(self, data: str) -> None:
        if self._instruction is not None:
            self._instruction.append(data)
        elif self._element == "formatCode":
            self._form = data
        elif self._element == "delText":
            self._before.append(data)
            self._taken_out = True
        elif self._inside:
            days = self._element == "v" and shows_days(self._form)
            self._say(as_date(data) if days else data)

    def _said_beside(self, tag: str, local: str, attributes: dict[str, str]) -> Iterator[str]:
        """What stands in the attributes of an element for somebody to read."""
        own = _OF.get(local, frozenset())
        for name, value in attributes.items():
            called = name.rpartition(" ")[2]
            said = called in _OF_ANY or called in own or self._attributes_too
            if called in ("Target", "href") and (to := _TO_WHOM.match(value)):
                yield unquote(to[1])
                continue
            said = said or (called in _OF_FORM and tag.startswith(_FORM))
            if said and (len(value) <= _LONGEST_WORD or " " in value):
                yield _TECHNICAL.sub("", value)

    def _look(self, local: str, attributes: dict[str, str]) -> None:
        """Whether this is a picture, and what it may be shown in."""
        if local == "frame":
            self._frames.append(attributes)
        elif local == "extent":
            self._frames[:] = [attributes]
        elif local == "shape":
            self._frames[:] = [dict(_STYLE.findall(attributes.get("style", "")))]
        elif not self._decoration and self._shows_large(
            local, self._frames[-1] if self._frames else {}
        ):
            self._not_all()

    def _shows_large(self, local: str, frame: dict[str, str]) -> bool:
        """Whether this is a picture, in a size that is not surely that of a logo."""
        if local == ("image" if self._kind == "odt" else "imagedata"):
            sizes = {name.rpartition(" ")[2]: size for name, size in frame.items()}
            width, height = (pictures.millimetres(sizes.get(one)) for one in ("width", "height"))
            return pictures.shown_large(width, height)
        if local == "blip" and self._kind != "odt":
            wide, high = (frame.get(one, "") for one in ("cx", "cy"))
            known = re.fullmatch(r"\d{1,12} \d{1,12}", f"{wide} {high}", re.ASCII)
            return not known or pictures.shown_large(
                int(wide) / _UNITS_PER_MM, int(high) / _UNITS_PER_MM
            )
        return False


def _symbol(attributes: Mapping[str, str]) -> str:
    """The character of a `w:sym`; those of the font Symbol are kept apart, as F031 for a 1."""
    code = next((v for n, v in attributes.items() if n.rpartition(" ")[2] == "char"), "")
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
        return ""
    number = int(code, 16)
    return chr(number - 0xF000 if 0xF000 <= number <= 0xF0FF else number)
