"""Where the tests play: in the region that comes with the program, or in an invented one.

Everywhere in the tests a place or an organisation is called as in the shipped region. A setting
knows who has that part in its own region.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from directory.management.commands.region import SHIPPED


@dataclass(frozen=True)
class Setting:
    """One region file, and its name for each part in the play."""

    name: str
    file: Path
    parts: Mapping[str, str] = field(default_factory=dict)

    def of(self, part: str) -> str:
        """The slug or code that stands here for this one of the shipped region."""
        return self.parts.get(part, part)

    def translated(self, words: str) -> str:
        """The same for every part in an address or a query."""
        return re.sub(r"[\w-]+", lambda found: self.of(found[0]), words)


TWENTE = Setting("twente", SHIPPED)
ZANDRIJK = Setting(
    "zandrijk",
    Path(__file__).parent / "regions" / "verzonnen.yaml",
    {
        "enschede": "verzandum",
        "hengelo": "schelpdam",
        "mediant": "zorghuis-meeuw",
        "menzis": "zorghuis-wulp",
        "scot": "naast-u",
        "zvh-twente": "huis-van-zand",
        "themagroep": "kustraad",
        "topx": "duintafel",
        "oostnl-hoogcomplex": "kustberaad",
        "TW-26-00000": "ZRK-26-00000",
        # Kinds of submitters and subjects, as in a query of the open data.
        "huisarts": "dorpsdokter",
        "ggz": "hoofd",
    },
)
