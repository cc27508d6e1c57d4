"""Asking ClamAV about a file, over the INSTREAM command of clamd.

There is no third answer: what is not surely clean and not surely infected raises, so that nobody
can take silence for a yes.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterable
from enum import Enum
from urllib.parse import urlsplit

CHUNK = 64 * 1024
# A person waits for it; who is slower than this is asked again later, by a sweep.
SECONDS = 20.0


class Verdict(Enum):
    CLEAN = "clean"
    INFECTED = "infected"


class Unavailable(Exception):
    """No verdict: nobody answers, too slowly, or not with a verdict."""


def scan(address: str, chunks: Iterable[bytes], *, seconds: float = SECONDS) -> Verdict:
    """The verdict of the clamd at `address` (tcp://host:3310 or unix:///path) on these bytes."""
    until = time.monotonic() + seconds
    try:
        with _connect(address, seconds) as link:
            link.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                for start in range(0, len(chunk), CHUNK):
                    part = chunk[start : start + CHUNK]
                    _hurry(link, until)
                    link.sendall(struct.pack("!I", len(part)) + part)
            link.sendall(struct.pack("!I", 0))
            answer = _read(link, until)
    except OSError as error:
        raise Unavailable(type(error).__name__) from error
    if answer == b"stream: OK":
        return Verdict.CLEAN
    if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
        return Verdict.INFECTED
    raise Unavailable("no verdict")


def _connect(address: str, seconds: float) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(seconds)
        link.connect(parts.path)
        return link
    return socket.create_connection((parts.hostname or "", parts.port or 3310), timeout=seconds)


def _hurry(link: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    link.settimeout(left)


def _read(link: socket.socket, until: float) -> bytes:
    answer = b""
    while b"\0" not in answer and len(answer) < 4096:
        _hurry(link, until)
        part = link.recv(4096)
        if not part:
            break
        answer += part
    return answer.partition(b"\0")[0].strip()
