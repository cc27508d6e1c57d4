"""What must be so before a voordracht for trede 4 (O-04)."""

from __future__ import annotations

import re

from directory.models import Procesafspraak


def trede_4_conditions() -> list[str]:
    """What must be in order before a casus goes to trede 4: one per line of the procesafspraak,
    or one per sentence when it is a single paragraph (E-147, O-04)."""
    text = Procesafspraak.objects.get(code="voorwaarden_trede_4").text
    lines = [line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t")]
    if len(lines) == 1:
        lines = re.split(r"(?<=[.!?])\s+", lines[0])
    return lines
