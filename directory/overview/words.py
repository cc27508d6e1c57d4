"""How the document says the value of one part, an address, or that the source gives nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst

from directory.models import Gemeente, Tafel
from directory.overview.shapes import Block, Run
from directory.upkeep.page_fields.fields import Kind, Part, Values
from directory.upkeep.page_fields.words import Names, in_words
from rdm.lib import clock, wording

UNKNOWN = "niet vermeld"


def value_blocks(part: Part, value: Any, names: Names) -> tuple[Block, ...]:
    """The value of a part; nothing when there is none and that means nothing."""
    words = in_words(part, value, names)
    if not words or value in (None, "", []):
        return prose(capfirst(words))
    match part.kind:
        case Kind.EMAIL | Kind.PHONE | Kind.URL:
            return address_block(part.kind, str(value))
        case Kind.LINKS:
            links = (
                Run(one["label"], one["url"], wording.address_text(one["url"])) for one in value
            )
            return (Block("list", tuple(links)),)
        case Kind.HOURS | Kind.QUESTIONS:
            return (Block("list", tuple(Run(line) for line in words.split("\n"))),)
        case Kind.SUBMITTERS | Kind.DOMAINS | Kind.ORGANISATIONS:
            return prose(capfirst(words.replace("\n", ", ")))
        case Kind.INSTROOM:
            return tuple(_ways_in(value))
    return prose(words)


def _ways_in(value: Mapping[str, Any]) -> Iterator[Block]:
    """The criteria per way in, as on the page of a tafel (directory/tafels/_criteria.html)."""
    known = {one["code"]: one for one in value["criteria"]}
    ways = value["alternatives"]
    if len(ways) > 1:
        yield paragraph(
            "Eén van deze mogelijkheden is genoeg. Alles binnen een mogelijkheid moet kloppen."
        )
    for number, way in enumerate(ways, start=1):
        yield paragraph(
            f"Mogelijkheid {number}: {way['label']}" if len(ways) > 1 else way["label"], "strong"
        )
        counting = [known[code] for code in known if code in way["criteria"]]
        if len(ways) == 1 and len(counting) > 1:
            yield paragraph("Alles moet kloppen.")
        yield Block(
            "numbers",
            tuple(Run(one["text"], note=one["help"]) for one in counting if one["active"]),
        )
    for one in known.values():
        if not one["active"]:
            yield paragraph(
                f"Telt in deze regio nu niet mee: {one['text']} {one['help']}".strip(), "small"
            )


def paragraph(text: str, kind: str = "text") -> Block:
    return Block(kind, (Run(text),))


def prose(text: str) -> tuple[Block, ...]:
    """Lines as paragraphs and "- " lines as a list, as `directory.templatetags.tafels.prose`."""
    blocks: list[Block] = []
    for line in (one.strip() for one in text.splitlines() if one.strip()):
        if not line.startswith("- "):
            blocks.append(paragraph(line))
        elif blocks and blocks[-1].kind == "list":
            blocks[-1] = Block("list", (*blocks[-1].runs, Run(line[2:])))
        else:
            blocks.append(paragraph(line[2:], "list"))
    return tuple(blocks)


def not_given(heading: str, labels: Sequence[str]) -> str:
    if not labels:
        return ""
    if [heading] == labels:
        return f"{capfirst(UNKNOWN)}."
    return f"{capfirst(UNKNOWN)}: {', '.join(f'{one[0].lower()}{one[1:]}' for one in labels)}."


def ways_to_reach(email: str | None, phone: str | None, website: str | None) -> tuple[Run, ...]:
    ways = ((Kind.EMAIL, email), (Kind.PHONE, phone), (Kind.URL, website))
    return tuple(address(kind, value) for kind, value in ways if value)


def address(kind: Kind, value: str) -> Run:
    """An address as people write it, that can be clicked."""
    if kind is Kind.EMAIL:
        return Run(value, f"mailto:{value}")
    if kind is Kind.PHONE:
        return Run(value, wording.tel_link(value))
    return Run(wording.address_text(value), value)


def address_block(kind: Kind, value: str) -> tuple[Block, ...]:
    return (Block("text", (address(kind, value),)),) if value else ()


def published(subject: Tafel | Gemeente) -> Values:
    return subject.edition_values or {}  # type: ignore[union-attr]


def day_of(moment: datetime | None) -> date | None:
    return clock.local_date(moment) if moment else None
