"""The clamd of the distribution, with one harmless signature of our own instead of the official
list: what our stub says it does is what the real one does."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rdm.lib import clamd

# Debian keeps it where only root looks.
PROGRAM = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
# These words and nothing else are what the signature looks for.
MARKER = b"verzonnen handtekening van de regionale doorzettingsmacht"
MOST = 1024 * 1024


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Its address, once it gives verdicts. A file of over `MOST` bytes is too large for it."""
    assert PROGRAM is not None
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "own.ndb").write_text(f"Verzonnen.Test:0:*:{MARKER.hex()}\n")
    link = folder / "clamd.sock"
    settings = folder / "clamd.conf"
    settings.write_text(
        f"Foreground yes\nLocalSocket {link}\nDatabaseDirectory {signatures}\n"
        f"TemporaryDirectory {folder}\nStreamMaxLength {MOST}\n"
    )
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen([PROGRAM, "-c", str(settings)], stdout=said, stderr=said)
        try:
            until = time.monotonic() + 30
            while not clamd.works(f"unix://{link}", seconds=1):
                assert process.poll() is None, (folder / "said").read_text()
                assert time.monotonic() < until, (folder / "said").read_text()
                time.sleep(0.05)
            yield f"unix://{link}"
        finally:
            process.terminate()
            process.wait(10)
