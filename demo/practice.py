"""What the demo adds to the region: a tafel and organisations that are invented, and say so.

The people of the demo change the page of a tafel, as people do. They never change a tafel that
exists: who looks at the demo may believe what it says of those (E-041..E-116).
"""

from __future__ import annotations

from pathlib import Path

from directory.management.commands.region import SHIPPED
from directory.region.file import reader
from directory.region.file.check import check_data
from directory.region.file.load import load_region

TAFEL = "oefentafel"
CLIENT_SUPPORT = "clientondersteuning-verzonnen"

ADDED = Path(__file__).parent / "practice.yaml"


def load() -> None:
    """Load the region that is shipped, and what the demo adds to it."""
    region = reader.read(SHIPPED.read_bytes())
    for part, rows in reader.read(ADDED.read_bytes()).data.items():
        region.data[part] += rows
    load_region(check_data(region, ADDED.name))
