"""docker-compose.yml and Dockerfile cannot be started here, so they are held against the house."""

import ast
import os
import re
import shlex
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command, get_commands
from django.urls import resolve

from directory.models import Invitation
from outbox.models import Message
from rdm import alive, health

OURS = ("web", "worker", "beat", "migrate")
# Read by the images of others, not by our settings.
THEIRS = {"POSTGRES_PASSWORD_FILE", "POSTGRES_USER", "POSTGRES_DB"}
SAMPLE = {
    "ALLOWED_HOSTS": "rdm.example",
    "SITE_URL": "https://rdm.example",
    "EMAIL_HOST": "mail.example",
    "DEFAULT_FROM_EMAIL": "RDM <rdm@rdm.example>",
    "RDM_BACKUP_RECIPIENTS": "age1095pspw8awqju0jj09kukaujj4msy6hgkynq06ur5zp52ms7wuksx9r9af",
}


@pytest.fixture(scope="module")
def compose(root: Path) -> dict[str, Any]:
    return yaml.safe_load((root / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def variables(root: Path) -> set[str]:
    """Every environment variable that rdm/settings.py reads."""
    tree = ast.parse((root / "rdm" / "settings.py").read_text(encoding="utf-8"))
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and isinstance(node.args[0], ast.Constant)
    }


def filled(value: str) -> str:
    """`value` as compose would fill it from a complete .env, and the defaults it names."""

    def fill(match: re.Match[str]) -> str:
        name, kind, default = match["name"], match["kind"], match["rest"] or ""
        if name not in SAMPLE and kind != ":-":
            raise AssertionError(f"{name} is required by compose but not in the sample .env")
        return SAMPLE.get(name, default)

    return re.sub(r"\$\{(?P<name>\w+)(?:(?P<kind>:[?-])(?P<rest>[^}]*))?\}", fill, value)


def test_the_five_parts_and_the_migration_are_there(compose):
    assert set(compose["services"]) == {*OURS, "postgres", "redis"}


def test_images_are_ours_or_pinned(compose, root):
    for name, service in compose["services"].items():
        if name in OURS:
            assert service["image"] == "rdm-twente"
            assert service["build"] == "."
        else:
            assert re.fullmatch(rf"{name}:\d+", service["image"])
    bases = re.findall(r"^FROM (\S+)", (root / "Dockerfile").read_text(encoding="utf-8"), re.M)
    assert len(set(bases)) == 1, "both stages must build for the same Python"
    assert re.fullmatch(r"python:3\.1[1-3]-slim", bases[0])


def test_every_variable_is_read_by_the_settings(compose, variables):
    for name in OURS:
        given = compose["services"][name]["environment"]
        assert {one.removesuffix("_FILE") for one in given} <= variables
    assert set(compose["services"]["postgres"]["environment"]) <= THEIRS


def test_every_secret_is_a_file(compose, root):
    """Of its own, and given to who needs it only: in a file every sign may stand, and nobody reads
    it in the list of variables of a container."""
    folder = {PurePosixPath(one["file"]).name for one in compose["secrets"].values()}
    assert {PurePosixPath(one["file"]).parent for one in compose["secrets"].values()} == {
        PurePosixPath("geheimen")
    }
    assert folder == set(compose["secrets"])
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"KEY|PASSWORD", name):
                assert name.endswith("_FILE")
                where = PurePosixPath(value)
                assert where.parent == PurePosixPath("/run/secrets")
                assert where.name in service["secrets"]
    assert compose["services"]["postgres"]["secrets"] == ["database_password"]
    assert "secrets" not in compose["services"]["redis"]
    ignored = (root / ".gitignore").read_text("utf-8"), (root / ".dockerignore").read_text("utf-8")
    assert all(re.search(r"^/?geheimen/?$", one, re.M) for one in ignored)


@pytest.fixture(scope="module")
def secrets(compose, root, tmp_path_factory) -> Path:
    """The folder with secrets, made as the README says."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    block = next(one for one in readme.split("```")[1::2] if "mkdir -m 700 geheimen" in one)
    typed = [one for one in block.strip().splitlines() if not one.startswith("docker ")]
    folder = tmp_path_factory.mktemp("huis")
    subprocess.run(["sh", "-ec", "\n".join(typed)], cwd=folder, check=True)
    made = folder / "geheimen"
    assert {one.name for one in made.iterdir()} == set(compose["secrets"])
    # Nobody else comes into the folder; the user of the image may read what is mounted of it.
    assert made.stat().st_mode & 0o077 == 0
    assert all(one.stat().st_mode & 0o777 == 0o444 for one in made.iterdir())
    return made


def test_nobody_can_do_more_than_needed(compose):
    """No right of root, nothing to gain one with, and nowhere to write besides what is named."""
    for name, service in compose["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["read_only"] is True
        assert "privileged" not in service and "cap_add" not in service
    for name in ("postgres", "redis"):
        assert compose["services"][name]["user"] == name
    assert compose["services"]["postgres"]["tmpfs"] == ["/tmp", "/run/postgresql"]
    for name in OURS:
        assert compose["services"][name]["tmpfs"] == ["/tmp"]


def test_the_readme_explains_every_variable(compose, variables, root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `(\w+)`", readme, re.M))
    assert explained == variables
    asked = set(re.findall(r"\$\{(\w+):\?", (root / "docker-compose.yml").read_text("utf-8")))
    for name in asked:
        assert re.search(rf"^\| `{name}` \|.*verplicht", readme, re.M), name


def test_every_command_in_the_readme_exists(root):
    """In the order of the README, on an empty house that is: nothing else has to be typed."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"manage\.py (\w+)", readme)
    assert {"region", "invite_beheerder", "outbox_retry"} <= set(named)
    assert set(named) <= set(get_commands())
    assert named.index("region") < named.index("invite_beheerder")
    targets = re.findall(r"`make (\w+)`", readme) + re.findall(r"^make (\w+)", readme, re.M)
    assert targets
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    assert [name for name in targets if not re.search(rf"^{name}:", makefile, re.M)] == []


@pytest.mark.django_db
def test_an_empty_house_gets_its_region_and_first_beheerder_as_the_readme_says(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    typed = re.findall(r"^docker compose run --rm web python manage\.py (.+)$", readme, re.M)
    said = StringIO()
    for line in typed:
        words = shlex.split(line.replace("EMAIL", "eerste@voorbeeld.example"))
        call_command(*words, stdout=said)
    roles = set(Invitation.objects.values_list("role", "name"))
    assert roles == {("beheerder", "NAAM"), ("privacy_officer", "NAAM")}
    assert said.getvalue().count("/uitnodiging/") == 2
    assert {one.to for one in Message.objects.all()} == {"eerste@voorbeeld.example"}


def test_the_environment_of_compose_passes_the_production_checks(compose, root, secrets):
    environment = {
        name: filled(value).replace("/run/secrets", str(secrets))
        for name, value in compose["services"]["web"]["environment"].items()
    }
    script = (
        "import django; from django.conf import settings as s; django.setup();"
        "from rdm.checks import refuse_unsafe_start; refuse_unsafe_start();"
        "d = s.DATABASES['default']; print(d['ENGINE'].split('.')[-1], d['HOST'], d['NAME'],"
        "d['PASSWORD'],"
        "s.CELERY_BROKER_URL, '127.0.0.1' in s.ALLOWED_HOSTS, s.EMAIL_USE_TLS)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root,
        env={**environment, "DJANGO_SETTINGS_MODULE": "rdm.settings"},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    # The hosts are the names of the other services.
    password = (secrets / "database_password").read_text("utf-8").strip()
    assert result.stdout.split() == [
        *("postgresql", "postgres", "rdm", password, "redis://redis:6379/0", "True", "True")
    ]


def test_the_commands_start_what_exists(compose, root):
    services = compose["services"]
    command = ast.literal_eval(
        re.search(r"^CMD (\[.*\])", (root / "Dockerfile").read_text("utf-8"), re.M)[1]
    )
    assert command[:2] == ["gunicorn", "rdm.wsgi"]
    assert "--bind=0.0.0.0:8000" in command
    # Gunicorn would put a socket in the home of its user, who has none in the image.
    assert "--no-control-socket" in command
    understood = subprocess.run([sys.executable, "-m", *command, "--check-config"], cwd=root)
    assert understood.returncode == 0
    assert "command" not in services["web"]
    assert services["web"]["ports"] == ["127.0.0.1:8000:8000"]
    for name in ("worker", "beat"):
        words = shlex.split(services[name]["command"])
        assert words[:4] == ["celery", "-A", "rdm.celery", name]
    assert "manage.py migrate" in services["migrate"]["command"]
    assert "manage.py createcachetable" in services["migrate"]["command"]


def test_worker_and_beat_understand_their_options(compose, root):
    """Celery parses the options before it looks for Redis, so --help tells whether they exist."""
    for name in ("worker", "beat"):
        words = shlex.split(compose["services"][name]["command"])[1:]
        result = subprocess.run(
            [sys.executable, "-m", "celery", *words, "--help"],
            cwd=root,
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stderr
        for word in words:
            if word.startswith("--"):
                assert word.split("=")[0] in result.stdout


def test_nothing_starts_before_the_database_is_ready(compose):
    services = compose["services"]
    for name in ("web", "worker", "beat"):
        assert services[name]["depends_on"]["migrate"]["condition"].endswith("successfully")
    assert services["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"
    for name in ("web", "worker", "beat", "postgres", "redis"):
        assert services[name]["healthcheck"]["test"][0] == "CMD"


def test_web_is_asked_for_its_health_where_it_answers(compose):
    asked = re.search(
        r"http://127\.0\.0\.1:8000(/[^']*)",
        " ".join(compose["services"]["web"]["healthcheck"]["test"]),
    )
    assert resolve(asked[1]).func is health.ready


def test_worker_and_beat_are_asked_for_the_sign_that_they_leave(compose, root, tmp_path):
    asked = {name: compose["services"][name]["healthcheck"]["test"] for name in ("worker", "beat")}
    assert asked["worker"][-1] == f"/tmp/{alive.WORKER.name}"
    assert f"--schedule={asked['beat'][-1]}" in compose["services"]["beat"]["command"]
    # Older than a few runs of the first sweep is no sign of life.
    assert 5 * min(settings.SWEEPS.values()) < alive.SECONDS
    sign = tmp_path / "beat"

    def answer() -> int:
        words = [sys.executable, *asked["beat"][2:-1], str(sign)]
        return subprocess.run(words, cwd=root).returncode

    assert asked["beat"][:2] == ["CMD", "python"]
    assert answer() == 1
    sign.with_name("beat.db").touch()
    assert answer() == 0
    os.utime(sign.with_name("beat.db"), (0, time.time() - alive.SECONDS - 1))
    assert answer() == 1


def test_data_outlives_the_containers(compose):
    assert set(compose["volumes"]) == {"postgres", "private", "tombstones", "copies"}
    for service in compose["services"].values():
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in compose["volumes"]


def test_files_of_people_are_where_web_and_worker_both_find_them(compose, root):
    """And where the user of the image may write: a new volume takes over who owns the folder."""
    environment = compose["services"]["web"]["environment"]
    folders = {
        "private": environment["RDM_PRIVATE_DIR"],
        "tombstones": str(PurePosixPath(environment["RDM_TOMBSTONES"]).parent),
        "copies": environment["RDM_BACKUP_DIR"],
    }
    for name in ("web", "worker"):
        for volume, folder in folders.items():
            assert f"{volume}:{folder}" in compose["services"][name]["volumes"]
    both = " ".join(folders.values())
    made = (root / "Dockerfile").read_text("utf-8")
    assert re.search(rf"mkdir -m 700 {both} \\\s+&& chown -R rdm [^&]*{both}$", made, re.M)
