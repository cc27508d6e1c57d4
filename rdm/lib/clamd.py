"""Asking ClamAV about a file, over the INSTREAM command of clamd.

A verdict is clean or infected. What is not surely one of those raises, so that nobody can take
silence for a yes: `TooLarge` when the scanner says that this file is too much for it, and
`Unavailable` when nobody knows whose fault it is; then `works` tells.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum
from urllib.parse import urlsplit

CHUNK = 64 * 1024
# Of who is slower than this it is not known whether an answer comes.
SECONDS = 20.0
# A person waits for it; after this the file is looked at later, by a sweep.
PATIENCE = 3.0
_TOO_LARGE = b"INSTREAM size limit exceeded. ERROR"
# What clamd calls a virus when it is set to tell that a limit of its own stopped it.
_STOPPED_BY_A_LIMIT = b"stream: Heuristics.Limits.Exceeded"


class Verdict(Enum):
    CLEAN = "clean"
    INFECTED = "infected"


class Unavailable(Exception):
    """No verdict: nobody answers, too slowly, or not with a verdict."""


class TooLarge(Exception):
    """No verdict, because this file is over a limit of the scanner."""


def scan(address: str, chunks: Iterable[bytes], *, seconds: float = SECONDS) -> Verdict:
    """The verdict of the clamd at `address` (tcp://host:3310 or unix:///path) on these bytes, or
    Unavailable or TooLarge within `seconds`."""
    until = time.monotonic() + seconds
    try:
        with _connect(address, until) as link:
            # It may stop listening: at a limit it says so before it hangs up.
            with suppress(ConnectionError):
                _send(link, chunks, until)
            answer = _read(link, until)
    except OSError as error:
        raise Unavailable(type(error).__name__) from error
    if answer == b"stream: OK":
        return Verdict.CLEAN
    if answer == _TOO_LARGE or answer.startswith(_STOPPED_BY_A_LIMIT):
        raise TooLarge
    if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
        return Verdict.INFECTED
    raise Unavailable("no verdict")


def works(address: str, *, seconds: float = PATIENCE) -> bool:
    """Whether it gives verdicts at all: some harmless bytes get one."""
    try:
        return scan(address, [b"harmless"], seconds=seconds) is Verdict.CLEAN
    except (Unavailable, TooLarge):
        return False


def _connect(address: str, until: float) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        return _reach(socket.AF_UNIX, parts.path, until)
    problem: OSError = ConnectionRefusedError()
    # One after the other within the same time; `create_connection` gives each of them all of it.
    host, port = parts.hostname or "", parts.port or 3310
    for family, _, _, _, to in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        try:
            return _reach(family, to, until)
        except OSError as error:
            problem = error
    raise problem


def _reach(family: int, to: object, until: float) -> socket.socket:
    link = socket.socket(family)
    try:
        _hurry(link, until)
        link.connect(to)  # type: ignore[arg-type]  # as getaddrinfo gives it
    except OSError:
        link.close()
        raise
    return link


def _send(link: socket.socket, chunks: Iterable[bytes], until: float) -> None:
    _hurry(link, until)
    link.sendall(b"zINSTREAM\0")
    for chunk in chunks:
        for start in range(0, len(chunk), CHUNK):
            part = chunk[start : start + CHUNK]
            _hurry(link, until)
            link.sendall(struct.pack("!I", len(part)) + part)
    _hurry(link, until)
    link.sendall(struct.pack("!I", 0))


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
