"""Every page is valid HTML, says the judge of the W3C (the Nu Html Checker, `vnu-jar` from npm). It
is written in Java: without that, these tests are skipped and `make test` says so."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house import tried
from tests.house.markup import documents
from tests.house.scene import Scene

ROOT = Path(__file__).resolve().parent.parent.parent
JUDGE = ROOT / "frontend" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
JAVA = shutil.which("java")

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(JAVA is None, reason="geen Java: de HTML is niet gekeurd"),
    pytest.mark.skipif(not JUDGE.exists(), reason="geen vnu-jar: de HTML is niet gekeurd"),
]


def test_every_page_is_valid_html(scene: Scene, tmp_path: Path) -> None:
    wrong = judged(documents(scene), tmp_path)
    assert not wrong, "\n".join(wrong)


def test_the_judge_sees_what_is_wrong(tmp_path: Path) -> None:
    """Otherwise the test above could pass because nothing was judged."""
    bad = (
        '<!DOCTYPE html><html lang="nl"><title>x</title><input type="hidden" aria-required="true">'
    )
    wrong = judged([("slecht", bad.encode())], tmp_path)
    assert wrong and all(one.startswith("slecht: ") and "aria-" in one for one in wrong)


def judged(found: Iterable[tuple[str, bytes]], folder: Path) -> list[str]:
    """What is wrong with these documents, each thing once, with where it was seen first."""
    names: dict[str, str] = {}
    for number, (name, content) in enumerate(found):
        tried.note("documents")
        path = folder / f"{number}.html"
        path.write_bytes(content)
        names[path.name] = name
    assert names and JAVA
    done = subprocess.run(
        [JAVA, "-jar", JUDGE, "--format", "json", "--stdout", "--exit-zero-always", folder],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    said: dict[str, str] = {}
    for one in json.loads(done.stdout)["messages"]:
        place = names[one["url"].rpartition("/")[2]]
        said.setdefault(one["message"], f"{place}: {one['message']} {one.get('extract', '')!r}")
    return sorted(said.values())
