"""Running a program of ours on a file that somebody sent, in a process of its own.

What a crafted file may cost is some seconds of that process. Its memory and time are limited
(limited_program.py beside this), and it ends without the web process noticing more than that.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

LIMITED = Path(__file__).with_name("limited_program.py")
# On the clock. Only one that waits uses these up, and there is nothing that it could wait for.
PATIENCE = 60
# A file of 25 MB with everything that is unpacked from it.
MOST_MEMORY = 512 * 1024 * 1024
# So that many files at once cost no more memory than two. Threads are few, so nobody waits long.
_TURNS = BoundedSemaphore(2)


@dataclass(frozen=True)
class Ended:
    """How a program ended: its exit status, or in `stopped` why there is none; and what it said."""

    status: int | None
    said: bytes
    stopped: str = ""


def run(
    program: Path,
    content: bytes,
    *words: int,
    seconds: int,
    memory: int = MOST_MEMORY,
    patience: float = PATIENCE,
) -> Ended:
    """What the program says about these bytes, which it gets on stdin. `seconds` are of processor
    time. Raises nothing."""
    # Isolated and without the environment: it has no need of our folders, keys and passwords.
    limits = [str(one) for one in (seconds, memory)]
    command = [sys.executable, "-I", str(LIMITED), *limits, str(program), *map(str, words)]
    with _TURNS:
        try:
            ended = subprocess.run(
                command,
                input=content,
                stdout=subprocess.PIPE,
                # It repeats pieces of the file.
                stderr=subprocess.DEVNULL,
                env={},
                timeout=patience,
            )
        except subprocess.TimeoutExpired as late:
            return Ended(None, late.output or b"", "timeout")
        except OSError as problem:
            return Ended(None, b"", type(problem).__name__)
    return Ended(ended.returncode, ended.stdout)
