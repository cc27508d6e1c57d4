"""`make check`: everything that reads the code without running the product."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import setup as house

BIN = house.VENV / "bin"
CHECKS: dict[str, list[str]] = {
    "ruff (regels)": [f"{BIN}/ruff", "check", "."],
    "ruff (opmaak)": [f"{BIN}/ruff", "format", "--check", "."],
    "mypy (typen)": [f"{BIN}/mypy"],
    "import-linter (richting)": [f"{BIN}/lint-imports"],
    "migraties compleet": [
        *(f"{BIN}/python", "manage.py", "makemigrations", "--check", "--dry-run")
    ],
    "Django": [f"{BIN}/python", "manage.py", "check", "--fail-level", "WARNING"],
}


def run() -> list[str]:
    """Run every check, two at a time; the names of those that failed, their output printed."""
    failed = []
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(_result_of, CHECKS.values())
    for name, result in zip(CHECKS, results, strict=True):
        print(f"{'ok  ' if result.returncode == 0 else 'FOUT'} {name}", flush=True)
        if result.returncode:
            print(result.stdout, flush=True)
            failed.append(name)
    return failed


def _result_of(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=house.ROOT,
        env=house.clean_environment(RDM_DEMO="1"),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


if __name__ == "__main__":
    try:
        house.prepare(dev=True)
    except house.SetupError as error:
        sys.exit(f"Dat lukte niet: {error}")
    sys.exit(bool(run()))
