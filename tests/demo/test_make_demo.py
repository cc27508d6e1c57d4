"""`make demo` in a folder where nothing ran before, and once more in the same one."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MADE = (".venv", "var", "node_modules", ".git", "__pycache__")
# What setting up the environment leaves: that takes a network, and is not asked here.
SET_UP = ("stamps", "assets", "static")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The source as it is here, with its environment and without anything of a demo."""
    found = tmp_path / "rdm"
    shutil.copytree(ROOT, found, ignore=shutil.ignore_patterns(*MADE))
    (found / ".venv").symlink_to(ROOT / ".venv")
    for name in SET_UP:
        shutil.copytree(ROOT / "var" / name, found / "var" / name)
    (found / "var" / "stamps" / "demo-database").unlink(missing_ok=True)
    (found / "frontend" / "node_modules").mkdir()
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started_and_stopped(folder: Path) -> float:
    """Seconds until the sign-in page of the demo was there; it stops at once when asked."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    started = time.monotonic()
    demo = subprocess.Popen(
        [sys.executable, "tools/demo.py", "--port", str(port)],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        while True:
            assert demo.poll() is None, demo.communicate()[0]
            assert time.monotonic() - started < 120
            try:
                with urlopen(f"http://127.0.0.1:{port}/demo/", timeout=5) as page:
                    assert "procesmanager" in page.read().decode().lower()
                    break
            except (URLError, OSError):
                time.sleep(0.2)
        seconds = time.monotonic() - started
    finally:
        demo.send_signal(signal.SIGINT)
        said, _ = demo.communicate(timeout=20)
    assert demo.returncode in (0, 130), said
    with pytest.raises(OSError):
        urlopen(f"http://127.0.0.1:{port}/demo/", timeout=2)
    return seconds


@pytest.mark.nightly
@pytest.mark.once
def test_the_demo_begins_where_nothing_was_and_goes_on_where_it_was(folder: Path) -> None:
    first = started_and_stopped(folder)
    again = started_and_stopped(folder)
    assert (folder / "var" / "demo.sqlite3").exists()
    assert again < first
