"""Whether a process without a page still does its work: `python -m rdm.alive FILE`.

The worker leaves a sign with every sweep, beat keeps its schedule; a file that nobody wrote for a
while is a process that does nothing. Nothing of the house is imported, so asking costs little.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

# The first sweep runs every few seconds (settings.SWEEPS).
SECONDS = 60
WORKER = Path(tempfile.gettempdir()) / "rdm-worker"


def leave_sign() -> None:
    """The worker did something just now."""
    WORKER.touch()


def is_alive(file: Path) -> bool:
    """Whether `file` was written lately; beat may put it under its name and an ending."""
    written = [one.stat().st_mtime for one in file.parent.glob(f"{file.name}*")]
    return time.time() - max(written, default=0) < SECONDS


if __name__ == "__main__":
    sys.exit(not is_alive(Path(sys.argv[1])))
