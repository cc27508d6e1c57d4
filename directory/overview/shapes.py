"""What the document of the overview is made of; the PDF and the page to print both show this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rdm.lib.dates import long_date


@dataclass(frozen=True)
class Run:
    """A piece of text; `url` makes it a link, `note` stands below it in small print."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph ("text", "strong" or "small"), or a "list" or "numbers" of several runs."""

    kind: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Fact:
    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """A heading with facts; `missing` says in one line what the source does not give (E-042)."""

    heading: str
    facts: tuple[Fact, ...]
    missing: str = ""


@dataclass(frozen=True)
class Chapter:
    """One tafel. `key` is its anchor, `contact` how to reach it, in the order to try."""

    key: str
    name: str
    place: str
    alias: str
    casuistry: str
    contact: tuple[Run, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Rung:
    """One trede with the tafels on it; `number` is empty beside the treden (T-07)."""

    number: str
    name: str
    description: str
    tafels: tuple[Run, ...]

    @property
    def title(self) -> str:
        return f"Trede {self.number}: {self.name}" if self.number else self.name


@dataclass(frozen=True)
class Route:
    """Who to call at once (O-03)."""

    name: str
    text: str
    reach: tuple[Run, ...]


@dataclass(frozen=True)
class Door:
    """One local entrance of a gemeente; `reach` is how to reach it, for a row in a table."""

    name: str
    reach: tuple[Run, ...]
    section: Section


@dataclass(frozen=True)
class Place:
    """One gemeente: its own ways in, who supports its residents, and its ggz (E-045, E-131)."""

    slug: str
    name: str
    ggz: str
    ggz_note: str
    url: str
    doors: tuple[Door, ...]
    supporters: tuple[Fact, ...]


@dataclass(frozen=True)
class Overview:
    """The whole document. `place` is None for the region; `places` is empty for a gemeente.
    `supporters` are those of the region, also for a gemeente that did not choose its own yet.

    `number` counts how often something was published, the first time included; it goes up with
    every change of the overview, whichever document it is.
    """

    title: str
    region: str
    intro: str
    routes: tuple[Route, ...]
    rungs: tuple[Rung, ...]
    chapters: tuple[Chapter, ...]
    place: Place | None
    places: tuple[Place, ...]
    supporters: tuple[Fact, ...]
    number: int
    changed_on: date | None
    made_on: date
    url: str
    name: str

    @property
    def version(self) -> str:
        changed = f", laatst gewijzigd op {long_date(self.changed_on)}" if self.changed_on else ""
        return f"Versie {self.number}{changed}"

    @property
    def ladder_in_words(self) -> str:
        """What the picture of the ladder shows, for who cannot see it."""
        said = []
        for rung in self.rungs:
            names = ", ".join(one.text for one in rung.tafels) or "geen tafel"
            said.append(f"{rung.title}: {names}.")
        return " ".join(["Een ladder die per trede omhoog gaat.", *said])
