"""A real web process on the database that is being measured, as it runs in production."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from rdm import env


@dataclass(frozen=True)
class Web:
    """Gunicorn on loopback: where it listens, and the process above its workers."""

    port: int
    master: int

    @property
    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()
        return [int(pid) for pid in children]


@contextmanager
def serving(*, workers: int, threads: int) -> Iterator[Web]:
    """Start it, wait until it answers, and stop it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "rdm.wsgi", "-b", f"127.0.0.1:{port}"]
    command += ["--workers", str(workers), "--threads", str(threads), "--log-level", "error"]
    here = env.of_database(connection.settings_dict)
    environment = {**os.environ, **here, "RDM_LOG_LEVEL": "ERROR"}
    web = subprocess.Popen(command, env=environment)
    try:
        _wait(port)
        yield Web(port, web.pid)
    finally:
        web.terminate()
        web.wait(30)


def _wait(port: int) -> None:
    for _ in range(120):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise RuntimeError("gunicorn did not start")
