"""A program on its own: limits what it may use, and then becomes the program that it is given.

Started by apart.py, with as arguments the most seconds of processor time and bytes of memory, the
program, and the words for that. It imports nothing of the project.
"""

from __future__ import annotations

import math
import runpy
import sys
import time


def main(seconds: int, most_memory: int, program: str) -> None:
    _limit(seconds, most_memory)
    del sys.argv[:3]
    runpy.run_path(program, run_name="__main__")


def _limit(seconds: int, most_memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows, where this is only used to try things out
        return
    # Without what it took to start, of which a file has no part.
    used = math.ceil(time.process_time())
    limits = {
        resource.RLIMIT_CPU: used + seconds,
        resource.RLIMIT_AS: most_memory,
        # No copy of the file on disk when it is stopped, nor any other file.
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }
    for which, most in limits.items():
        try:
            resource.setrlimit(which, (most, most))
        except (ValueError, OSError):  # macOS does not limit memory
            continue


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
