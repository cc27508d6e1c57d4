"""Read YAML into plain data, and remember on which line every part stands.

A region file is written by people, so a mistake must be pointed at. PyYAML knows the lines but
throws them away; this walk over its nodes keeps them. Aliases are refused: the file does not need
them and a nested set of them can fill the memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

Path = tuple[str | int, ...]

MAX_BYTES = 2_000_000
MAX_DEPTH = 30

# Control characters; YAML refuses them too, but without a line.
STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# libyaml is many times faster; the result is the same.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ReadError(Exception):
    """The text is not YAML that we accept; `line` counts from 1."""

    def __init__(self, line: int, message: str, path: Path = ()) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.path = path


@dataclass
class Document:
    data: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line_of(self, path: Path) -> int:
        """The line of `path`, or of the nearest part around it that is in the file."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1

    def name_of(self, path: Path) -> str:
        """The path in words: an item of a list is called by its slug or code if it has one."""
        parts: list[str] = []
        here = self.data
        for step in path:
            if isinstance(step, int):
                here = here[step] if isinstance(here, list) and step < len(here) else None
                parts.append(_item_name(here, step))
            else:
                here = here.get(step) if isinstance(here, dict) else None
                parts.append(step)
        return ".".join(parts)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown word: the known one that looks most like it."""
    close = get_close_matches(word, list(known), n=1)
    return f"; bedoelt u “{close[0]}”?" if close else ""


def read(content: bytes) -> Document:
    """Parse `content` (UTF-8 YAML). Raises ReadError with the line of the first mistake."""
    if len(content) > MAX_BYTES:
        raise ReadError(1, "het bestand is te groot")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ReadError(line, "dit is geen tekst in UTF-8") from None
    try:
        _refuse_tricks(text)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else 1
        message = "dit is geen geldige YAML; kijk naar spaties en dubbele punten"
        raise ReadError(line, message) from None
    if root is None:
        raise ReadError(1, "het bestand is leeg")
    document = Document(None)
    document.data = _value(root, (), document.lines)
    return document


def _refuse_tricks(text: str) -> None:
    """Stop at what can fill the memory or the stack, before anything is built."""
    if strange := STRANGE.search(text):
        line = text.count("\n", 0, strange.start()) + 1
        raise ReadError(line, "hier staat een teken dat niet in een tekst hoort")
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise ReadError(line, "een verwijzing met * mag hier niet; schrijf het uit")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise ReadError(line, "het bestand heeft te veel lagen")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _value(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, i), lines) for i, item in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
        if key in result:
            raise ReadError(line, "deze naam staat hier twee keer", (*path, key))
        lines[(*path, key)] = line
        result[key] = _value(value_node, (*path, key), lines)
    return result


def _scalar(node: yaml.Node) -> Any:
    try:
        return SafeConstructor().construct_object(node)
    except (ValueError, OverflowError, yaml.YAMLError):
        # Something that looks like a date or a number and is not one (31 February): keep the
        # text, so that the check can say what belongs there.
        return node.value


def _item_name(item: Any, index: int) -> str:
    if isinstance(item, dict):
        for key in ("slug", "code"):
            if isinstance(item.get(key), str) and item[key]:
                return str(item[key])
        if isinstance(item.get("number"), int):
            return str(item["number"])
    return str(index + 1)
