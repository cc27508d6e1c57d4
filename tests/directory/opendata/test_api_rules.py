"""The API judged by others: Spectral reads its description, schemathesis asks whatever fits it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client, override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from directory.models import Region
from tests.conftest import missing

pytestmark = [pytest.mark.nightly, pytest.mark.once]

HERE = Path(__file__).resolve().parents[3]
SPECTRAL = HERE / "tools" / "spectral"
# Said in the description, with the reason: path in the document.
DIFFERENT = {
    ("paths", "/tafels.csv"),
    ("paths", "/hsds/services", "get", "parameters", "1", "name"),
}
# Which values a filter has is for the region to say, so a text that fits the description may be
# refused; that the example is not, is asked in test_opendata.py.
FILTERED = {"/tafels", "/tafels.csv"}
# The client inside this process does not unpack what is compressed.
PLAIN = {"Accept-Encoding": "identity"}
calmly = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)


@pytest.fixture(scope="module")
def spectral(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The linter from npm, in the versions of the lock."""
    npm = shutil.which("npm")
    if not npm:
        missing("npm")
    folder = tmp_path_factory.mktemp("spectral")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(SPECTRAL / name, folder)
    command = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    environment = {**os.environ, "NODE_USE_SYSTEM_CA": "1"}
    if subprocess.run(command, cwd=folder, env=environment).returncode:
        missing("wat npm ophaalt")
    return folder / "node_modules" / ".bin" / "spectral"


def rule_sets() -> list[Path]:
    """Ours, and that of Logius where somebody has it."""
    given_one = os.environ.get("RDM_ADR_RULES")
    return [SPECTRAL / "rules.yaml", *([Path(given_one)] if given_one else [])]


def found_by(spectral: Path, rules: Path, document: Path) -> list[dict[str, Any]]:
    command = [str(spectral), "lint", "-q", "-f", "json", "--ruleset", str(rules), str(document)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert said.returncode in (0, 1), said.stderr
    found: list[dict[str, Any]] = json.loads(said.stdout)
    return found


@pytest.mark.parametrize("rules", rule_sets(), ids=lambda one: one.stem)
def test_a_linter_of_the_design_rules_finds_nothing_but_what_we_said(
    twente: Region, spectral: Path, tmp_path: Path, rules: Path
) -> None:
    with override_settings(SITE_URL="https://rdm.example"):
        document = Client().get("/api/v1/openapi.json").json()
    described = tmp_path / "openapi.json"
    described.write_text(json.dumps(document), encoding="utf-8")
    found = found_by(spectral, rules, described)
    errors = {tuple(one["path"]): one["code"] for one in found if one["severity"] == 0}
    assert set(errors) == DIFFERENT, errors
    # And it does look: without what it asks for, it says so.
    del document["info"]["contact"]["email"]
    del document["paths"]["/tafels"]["get"]["responses"]["304"]["headers"]
    described.write_text(json.dumps(document), encoding="utf-8")
    wrong = {tuple(one["path"]) for one in found_by(spectral, rules, described)}
    assert any(path[:2] == ("info", "contact") for path in wrong)
    assert any(path[:2] == ("paths", "/tafels") for path in wrong)


@pytest.fixture
def app() -> Iterator[Any]:
    """The product as a server has it, in the transaction of this test: a server closes what it read
    with after every request, and this database must stay open."""
    signals = (request_started, request_finished)
    connected = [one for one in signals if one.disconnect(close_old_connections)]
    yield get_wsgi_application()
    for one in connected:
        one.connect(close_old_connections)


@pytest.mark.parametrize("mode", GenerationMode)
def test_whatever_is_asked_gets_an_answer_that_was_described(
    twente: Region, app: Any, mode: GenerationMode
) -> None:
    """Every operation, with values that fit the description and with values that do not."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = [one.ok() for one in schema.get_all_operations()]
    assert len(operations) == 8  # the description itself is left out
    # Where there is nothing to ask, there is nothing to ask wrongly.
    able = [one for one in operations if mode is GenerationMode.POSITIVE or one.query]
    for operation in able:
        left_out = [positive_data_acceptance] if operation.path in FILTERED else []
        ask_all(operation.as_strategy(generation_mode=mode), left_out)


def ask_all(cases: SearchStrategy[schemathesis.Case], left_out: list[Any]) -> None:
    @calmly
    @given(case=cases)
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=left_out, headers=PLAIN)

    ask()
