"""A clamd of our own that knows one virus: enough of INSTREAM to talk to over a real socket."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# In two halves, or a scanner on the machine of a developer takes this file away.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.seen.append(content)  # type: ignore[attr-defined]
        if self.server.hangs:  # type: ignore[attr-defined]
            self.server.closing.wait(60)  # type: ignore[attr-defined]
            return
        answer = self.server.answer  # type: ignore[attr-defined]
        if self.server.puzzle and self.server.puzzle in content:  # type: ignore[attr-defined]
            answer = b"stream: Can't allocate memory ERROR"
        if answer is None:
            answer = b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"
        self.wfile.write(answer + b"\0")


class Scanner(socketserver.ThreadingTCPServer):
    """`answer` instead of a verdict, when a test wants to see what becomes of that. A file with
    `puzzle` in it gets no verdict; and when it `hangs`, no file gets an answer."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[bytes] = []
        self.answer: bytes | None = None
        self.puzzle, self.hangs = b"", False
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"


@contextmanager
def running() -> Iterator[Scanner]:
    with Scanner() as scanner:
        thread = threading.Thread(target=scanner.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield scanner
        finally:
            scanner.closing.set()
            scanner.shutdown()
            thread.join(5)
