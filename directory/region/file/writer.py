"""Write a region file as people would: in the order of the schema, and texts as blocks.

The counterpart of `reader`: what is written here reads back as the same region.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from directory.region.file.schema import RegionFile

HEAD = """\
# Alles wat dit programma over de regio weet, in één bestand.
#
# Controleren:  manage.py region check BESTAND
# Laden:        manage.py region load BESTAND
# Opslaan:      manage.py region export BESTAND
#
# Een veld dat er niet staat, is niet bekend. Het scherm zegt dan "niet vermeld".
"""

WIDTH = 90
# A text that is longer than this gets lines of its own.
LONG = 70
_SLUG = re.compile(r"[a-z0-9_-]+")


class _Writer(yaml.SafeDumper):
    """Lists stand further in than what they belong to, as in the file that people write."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(writer: yaml.SafeDumper, text: str) -> yaml.Node:
    """A block for what has more lines, and for one long line. PyYAML itself falls back on quotes
    where a block would lose something."""
    style = "|" if "\n" in text else ">" if len(text) > LONG else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _list(writer: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    """A short list of codes on one line."""
    codes = all(isinstance(one, str) and _SLUG.fullmatch(one) for one in items)
    return writer.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=codes)


_Writer.add_representer(str, _text)
_Writer.add_representer(list, _list)


def to_yaml(region: RegionFile) -> str:
    """The whole file. What has its default value is left out."""
    parts = region.model_dump(by_alias=True, exclude_defaults=True)
    return "\n".join([HEAD, *(_part(name, value) for name, value in parts.items())])


def _part(name: str, value: Any) -> str:
    written: str = yaml.dump(
        {name: value},
        Dumper=_Writer,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=WIDTH,
    )
    return written
