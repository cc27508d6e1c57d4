"""`make test`: everything on SQLite; what can differ per database again on PostgreSQL and Redis,
where they answer.

    python tools/test.py [--nightly] [pytest arguments]

With --nightly the long tests instead of the others, on PostgreSQL also those that `make test` asks
on SQLite only (marked `once`), and the bench. At the end it says what ran and what could not, and
why. With RDM_REQUIRE_ALL=1 (CI) a part that could not run is a failure.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import check
import setup as house

# An own name per run: two people (or a developer and CI) may test on one machine at a time.
LOCAL_POSTGRESQL = f"postgres://postgres@127.0.0.1:5432/rdm_{os.getpid()}"
LOCAL_REDIS = "redis://127.0.0.1:6379/9"
BROKER = "tests/rdm/test_redis_away.py"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Report:
    lines: list[str] = field(default_factory=list)
    failed: bool = False
    missing: bool = False

    def part(self, name: str, ok: bool, seconds: float) -> None:
        self.lines.append(f"{'goed' if ok else 'FOUT'}  {name} ({seconds:.0f} s)")
        self.failed |= not ok

    def could_not(self, name: str, why: str) -> None:
        self.lines.append(f"NIET  {name}: {why}")
        self.missing = True


def redis_answers(url: str) -> str | None:
    """None when Redis answers on this address, else why not."""
    parts = urlsplit(url)
    try:
        address = (parts.hostname or "127.0.0.1", parts.port or 6379)
        with socket.create_connection(address, timeout=2) as connection:
            connection.sendall(b"PING\r\n")
            connection.recv(64)
    except OSError as error:
        return f"geen antwoord op {parts.hostname}:{parts.port or 6379} ({error})"
    return None


def postgresql_answers(url: str) -> str | None:
    """None when a database can be made on this server, else why not."""
    script = (
        "import sys, psycopg\n"
        "try: psycopg.connect(sys.argv[1], connect_timeout=3).close()\n"
        "except psycopg.OperationalError as error: sys.exit(str(error).strip().split(chr(10))[0])"
    )
    parts = urlsplit(url)
    server = parts._replace(scheme="postgresql", path="/postgres").geturl()
    result = subprocess.run(
        [house.PYTHON, "-c", script, server], capture_output=True, text=True, timeout=30
    )
    return None if result.returncode == 0 else result.stderr.strip() or "geen antwoord"


def browser_answers() -> str | None:
    """None when a browser for the journeys is found, else why not."""
    if any(shutil.which(name) for name in BROWSERS):
        return None
    script = (
        "import os; from playwright.sync_api import sync_playwright as p\n"
        "with p() as x: raise SystemExit(not os.path.exists(x.chromium.executable_path))"
    )
    result = subprocess.run([house.PYTHON, "-c", script], capture_output=True)
    return None if result.returncode == 0 else "geen Chromium (apt-get install chromium)"


def run(name: str, module: list[str], environment: dict[str, str], to: Report) -> None:
    """`python -m` with these words, as one part of the report."""
    print(f"\n=== {name}", flush=True)
    started = time.monotonic()
    result = subprocess.run([str(house.PYTHON), "-m", *module], cwd=house.ROOT, env=environment)
    to.part(name, result.returncode == 0, time.monotonic() - started)


class Beside(threading.Thread):
    """A part that runs beside the others; what it printed comes at the end."""

    def __init__(self, name: str, module: list[str], environment: dict[str, str]) -> None:
        super().__init__(name=name)
        self.command, self.environment = [str(house.PYTHON), "-m", *module], environment
        self.start()

    def run(self) -> None:
        started = time.monotonic()
        self.result = subprocess.run(
            self.command,
            cwd=house.ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        self.seconds = time.monotonic() - started

    def finish(self, to: Report) -> None:
        self.join()
        print(f"\n=== {self.name}\n{self.result.stdout}", flush=True)
        to.part(self.name, self.result.returncode == 0, self.seconds)


def run_pytest(name: str, arguments: list[str], environment: dict[str, str], to: Report) -> None:
    workers = os.environ.get("RDM_TEST_PROCESSES") or str(min(os.cpu_count() or 2, 4))
    module = ["pytest", "-q", "-rs", "--durations=5", "-n", workers, "--dist", "worksteal"]
    run(name, [*module, *arguments], environment, to)


def main() -> int:
    arguments = [a for a in sys.argv[1:] if a != "--nightly"]
    nightly = len(arguments) < len(sys.argv) - 1
    try:
        house.prepare(dev=True)
    except house.SetupError as error:
        print(f"Dat lukte niet: {error}", file=sys.stderr)
        return 1

    report = Report()
    which = "nightly" if nightly else "not nightly"
    browser = browser_answers()
    if browser and not nightly:
        report.could_not("browserreizen", browser)
        which += " and not browser"

    if not nightly and not shutil.which("java"):
        report.could_not("keuring van de HTML", "geen Java (apt-get install default-jre-headless)")

    if not nightly and not shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin"):
        report.could_not("echte virusscanner", "geen clamd (apt-get install clamav-daemon)")

    plain = house.clean_environment(PYTHONPYCACHEPREFIX=str(house.ROOT / "var" / "pycache"))
    # Dozens of processes import the same: compiled once, and not beside the source.
    plain.pop("PYTHONDONTWRITEBYTECODE", None)
    redis_url = plain.pop("REDIS_URL", None) or LOCAL_REDIS
    database_url = os.environ.get("DATABASE_URL", "")
    if not database_url.startswith("postgres"):
        database_url = LOCAL_POSTGRESQL
    no_postgresql, no_redis = postgresql_answers(database_url), redis_answers(redis_url)

    real = dict(plain) if no_postgresql else {**plain, "DATABASE_URL": database_url}
    if not no_redis:
        real["REDIS_URL"] = redis_url

    if not nightly:
        # While the types are checked the other processor has little to do: time for the databases
        # that all processes below take a copy of.
        prebuilt = [Beside("Testdatabase (SQLite)", ["tests.prebuilt"], plain)]
        if not no_postgresql:
            prebuilt.append(Beside("Testdatabase (PostgreSQL)", ["tests.prebuilt"], real))
        print("=== make check", flush=True)
        started = time.monotonic()
        report.part("make check", not check.run(), time.monotonic() - started)
        for database in prebuilt:
            database.finish(report)

    beside = None
    if not nightly and not arguments:
        # Once, on the most real database there is: a Redis that goes away and comes back, a
        # worker and a beat.
        alone = dict(real)
        if not no_postgresql:
            parts = urlsplit(database_url)
            alone["DATABASE_URL"] = parts._replace(path=f"{parts.path}_broker").geturl()
        asked = ["pytest", "-q", "-rs", "-m", "broker", BROKER]
        beside = Beside("Redis weg en terug", asked, alone)
        which += " and not broker"
    run_pytest("SQLite", [*arguments, "-m", which], plain, report)

    if no_postgresql:
        report.could_not("PostgreSQL", no_postgresql)
        if nightly:
            report.could_not("bench op PostgreSQL", no_postgresql)
    else:
        # What says the same on every database was asked above; at night it is asked here too.
        again = "nightly or once" if nightly else f"{which} and not once"
        name = "PostgreSQL" if no_redis else "PostgreSQL en Redis"
        run_pytest(name, [*arguments, "-m", again], real, report)
        if nightly:
            run("bench op PostgreSQL", ["bench"], real, report)
    if no_redis:
        report.could_not("Redis", no_redis)
    if beside:
        beside.finish(report)

    strict = os.environ.get("RDM_REQUIRE_ALL") == "1"
    print("\n=== Wat er draaide\n" + "\n".join(report.lines))
    if report.missing:
        print("Wat NIET draaide is hier " + ("verplicht: FOUT." if strict else "niet verplicht."))
    return int(report.failed or (strict and report.missing))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
