"""Which Python the house runs on: said once, and who has another hears what to do."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = "tools/python.sh"


@pytest.fixture
def machine(root: Path, tmp_path: Path) -> Path:
    """A folder with the set-up of the house, in which no Python is found but what a test puts in
    `bin`."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "bin").mkdir()
    script = (root / SCRIPT).read_text(encoding="utf-8").replace("/usr/bin/python3 ", "")
    (tmp_path / SCRIPT).write_text(script, encoding="utf-8")
    shutil.copy(root / "Makefile", tmp_path)
    for name in ("sh", "cat", "make"):
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    return tmp_path


def has(machine: Path, version: tuple[int, int], name: str = "python3") -> None:
    """Put a Python there that says it is `version`."""
    real = f"import sys; sys.version_info = {(*version, 0)}"
    python = machine / "bin" / name
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{real}\n$2"\n', encoding="utf-8")
    python.chmod(0o755)


def ask(machine: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=machine, env={"PATH": str(machine / "bin")}, capture_output=True, text=True
    )


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_a_python_that_fits_is_found(machine: Path, version: tuple[int, int]) -> None:
    has(machine, version)
    assert ask(machine, "sh", SCRIPT).stdout == "python3\n"


@pytest.mark.parametrize("version", [(3, 9), (3, 10), (3, 14), (3, 15), (4, 0)])
def test_who_has_another_hears_what_to_do(machine: Path, version: tuple[int, int]) -> None:
    has(machine, version)
    answer = ask(machine, "sh", SCRIPT)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "Python 3.11, 3.12 of 3.13 is nodig" in answer.stderr
    assert f"Deze machine heeft Python {version[0]}.{version[1]}." in answer.stderr
    assert "apt install python3.13 python3.13-venv" in answer.stderr
    # And one beside it is enough.
    has(machine, (3, 13), "python3.13")
    assert ask(machine, "sh", SCRIPT).stdout == "python3.13\n"


def test_who_has_none_hears_it_too(machine: Path) -> None:
    answer = ask(machine, "sh", SCRIPT)
    assert answer.returncode == 1 and "Python 3.11, 3.12 of 3.13 is nodig" in answer.stderr
    assert "Deze machine" not in answer.stderr


def test_make_stops_there(machine: Path) -> None:
    has(machine, (3, 14))
    answer = ask(machine, "make", "demo")
    assert answer.returncode != 0
    assert "is nodig" in answer.stderr and "Er is geen Python die past" in answer.stderr
    assert "Permission denied" not in answer.stderr


def test_everywhere_the_same_versions_are_said(root: Path) -> None:
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r'^requires-python = ">=3\.(\d+),<3\.(\d+)"$', project, re.M)
    assert found
    first, too_new = int(found[1]), int(found[2])
    versions = [f"3.{minor}" for minor in range(first, too_new)]
    words = f"{', '.join(versions[:-1])} of {versions[-1]}"
    script = (root / SCRIPT).read_text(encoding="utf-8")
    assert f"(3, {first}) <= sys.version_info < (3, {too_new})" in script
    assert all(f" python{version} " in script for version in versions)
    for path in ("README.md", SCRIPT):
        assert f"Python {words}" in (root / path).read_text(encoding="utf-8")
    setup = (root / "tools" / "setup.py").read_text(encoding="utf-8")
    assert f"FIRST, TOO_NEW = (3, {first}), (3, {too_new})" in setup
    image = re.search(r"^FROM python:(3\.\d+)-slim", (root / "Dockerfile").read_text("utf-8"), re.M)
    assert image and image[1] in versions
