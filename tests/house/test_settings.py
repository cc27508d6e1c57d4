"""Settings: what production demands, and that nothing else can start."""

import hashlib
import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from rdm import checks, env
from rdm.lib import entropy

AGE = "age1095pspw8awqju0jj09kukaujj4msy6hgkynq06ur5zp52ms7wuksx9r9af"
# As random as a key is, and the same in every run.
KEY = hashlib.sha256(b"a key of a test").hexdigest()
# Every sign that means something in an address, in a shell, in compose or in a format string.
PASSWORD = " p@ss#w0rd?/:%41&=+$x${y}'\"\\[{é] "
COMPLETE = {
    "PRODUCTION": True,
    "DEMO": False,
    "DEBUG": False,
    "SECRET_KEY": KEY,
    "SECRET_KEY_FALLBACKS": [],
    "AUDIT_KEY": KEY[::-1],
    "ALLOWED_HOSTS": ["rdm.example", "127.0.0.1"],
    "SITE_URL": "https://rdm.example",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "mail.example",
    "EMAIL_USE_TLS": True,
    "PRIVATE_DIR": Path("/private"),
    "BACKUP_KEY": hashlib.sha256(b"a key of copies").hexdigest(),
    "BACKUP_RECIPIENTS": [AGE],
    "BACKUP_DIR": Path("/copies"),
}
ENVIRONMENT = {
    "RDM_PRODUCTION": "1",
    "SECRET_KEY": KEY,
    "AUDIT_KEY": KEY[::-1],
    "ALLOWED_HOSTS": "rdm.example",
    "SITE_URL": "https://rdm.example",
    "EMAIL_HOST": "mail.example",
    "RDM_PRIVATE_DIR": "/private",
    "BACKUP_KEY": hashlib.sha256(b"a key of copies").hexdigest(),
    "RDM_BACKUP_RECIPIENTS": AGE,
    "RDM_BACKUP_DIR": "/copies",
}


def postgresql(host: str, **options: str) -> dict[str, object]:
    engine = "django.db.backends.postgresql"
    return {"default": {"ENGINE": engine, "HOST": host, "OPTIONS": options}}


def start(root: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a house of its own, with only these variables."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=root,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_complete_production_house_may_start(settings):
    for name, value in COMPLETE.items():
        setattr(settings, name, value)
    checks.refuse_unsafe_start()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEMO", True, "rdm.E001"),
        ("DEBUG", True, "rdm.E002"),
        ("SECRET_KEY", checks.settings.DEVELOPMENT_KEY, "rdm.E003"),
        ("SECRET_KEY", "short", "rdm.E003"),
        ("SECRET_KEY", "s" * 50, "rdm.E003"),
        ("SECRET_KEY", "s3cret-" * 9, "rdm.E003"),
        ("SECRET_KEY", "abcdefghijklmnopqrstuvwxyz0123456789", "rdm.E003"),
        ("SECRET_KEY_FALLBACKS", [KEY, "ab" * 30], "rdm.E010"),
        ("AUDIT_KEY", "0123456789" * 5, "rdm.E004"),
        ("AUDIT_KEY", checks.settings.DEVELOPMENT_KEY, "rdm.E004"),
        ("AUDIT_KEY", COMPLETE["SECRET_KEY"], "rdm.E005"),
        ("ALLOWED_HOSTS", ["127.0.0.1"], "rdm.E006"),
        ("ALLOWED_HOSTS", ["*"], "rdm.E006"),
        ("SITE_URL", "http://rdm.example", "rdm.E007"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "rdm.E008"),
        ("PRIVATE_DIR", Path(settings.BASE_DIR) / "var" / "private", "rdm.E009"),
        ("PRIVATE_DIR", Path("private"), "rdm.E009"),
        ("BACKUP_KEY", checks.settings.DEVELOPMENT_KEY, "rdm.E015"),
        ("BACKUP_KEY", COMPLETE["AUDIT_KEY"], "rdm.E015"),
        ("BACKUP_KEY", "short", "rdm.E015"),
        ("BACKUP_RECIPIENTS", [], "rdm.E016"),
        ("BACKUP_RECIPIENTS", [AGE[:-1]], "rdm.E016"),
        ("BACKUP_DIR", Path(settings.BASE_DIR) / "var" / "copies", "rdm.E017"),
        ("EMAIL_USE_TLS", False, "rdm.E011"),
        ("DATABASES", postgresql("db.example"), "rdm.E012"),
        ("DATABASES", postgresql("db.example", sslmode="prefer"), "rdm.E012"),
        ("DATABASES", postgresql("127.0.0.1,db.example"), "rdm.E012"),
        ("CELERY_BROKER_URL", "redis://:geheim@redis.example:6379/0", "rdm.E013"),
        ("CELERY_BROKER_URL", "rediss://redis.example/0?ssl_cert_reqs=none", "rdm.E013"),
        ("CLAMAV_URL", "tcp://scanner.example:3310", "rdm.E014"),
    ],
)
def test_one_unmet_demand_stops_the_start(monkeypatch, settings, name, value, expected):
    for each, good in COMPLETE.items():
        setattr(settings, each, good)
    monkeypatch.setattr(settings._wrapped, name, value)
    with pytest.raises(ImproperlyConfigured, match=expected):
        checks.refuse_unsafe_start()
    # The same demand is a registered system check, so every command refuses too.
    with pytest.raises(SystemCheckError, match=expected):
        call_command("check", tags=["security"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASES", postgresql("")),
        ("DATABASES", postgresql("/run/postgresql")),
        ("DATABASES", postgresql("::1")),
        ("DATABASES", postgresql("buur")),
        ("DATABASES", postgresql("db.example", sslmode="verify-full")),
        ("CELERY_BROKER_URL", "redis://buur:6379/0"),
        ("CELERY_BROKER_URL", "redis://127.0.0.1:6379/0"),
        ("CELERY_BROKER_URL", "rediss://redis.example/0?ssl_cert_reqs=required"),
        ("CELERY_BROKER_URL", "unix:///run/redis.sock"),
        ("CLAMAV_URL", "tcp://buur:3310"),
        ("CLAMAV_URL", "unix:///run/clamd.sock"),
        ("EMAIL_HOST", "localhost"),
    ],
)
def test_what_nobody_can_listen_to_may_start(monkeypatch, settings, name, value):
    for each, good in COMPLETE.items():
        setattr(settings, each, good)
    settings.OWN_NETWORK = ["buur"]
    settings.EMAIL_USE_TLS = name != "EMAIL_HOST"
    monkeypatch.setattr(settings._wrapped, name, value)
    checks.refuse_unsafe_start()


def test_any_random_key_is_good_enough():
    for size in (16, 24, 32, 48):
        for _ in range(200):
            assert entropy.bits(secrets.token_hex(size)) > 80
            assert entropy.bits(secrets.token_urlsafe(size + 8)) > 80


@pytest.mark.parametrize(
    "variables",
    [
        {"REDIS_HOST": "redis.example", "REDIS_TLS": "1", "REDIS_PASSWORD": PASSWORD},
        {"REDIS_URL": "rediss://redis.example:6380/0"},
        {"REDIS_URL": "rediss://redis.example:6380/0?ssl_ca_certs=/ca.pem"},
    ],
)
def test_the_certificate_of_redis_is_looked_at(root, variables):
    """Celery by itself takes any."""
    script = (
        "from kombu import Connection; from rdm import settings as s;"
        "print(Connection(s.CELERY_BROKER_URL).ssl['ssl_cert_reqs'].name)"
    )
    result = start(root, "-c", script, **variables)
    assert result.stdout.strip() == "CERT_REQUIRED", result.stderr


def test_tls_to_the_database_can_be_asked_in_parts(root):
    script = "from rdm import settings as s; print(s.DATABASES['default']['OPTIONS']['sslmode'])"
    result = start(root, "-c", script, DATABASE_HOST="db", DATABASE_SSLMODE="verify-full")
    assert result.stdout.strip() == "verify-full", result.stderr


def test_gunicorn_does_not_start_in_demo_and_production(root):
    result = start(root, "-c", "import rdm.wsgi", RDM_DEMO="1", **ENVIRONMENT)
    assert result.returncode != 0
    assert "rdm.E001" in result.stderr


def test_celery_does_not_start_without_secrets(root):
    result = start(root, "-c", "import rdm.celery", RDM_PRODUCTION="1")
    assert result.returncode != 0
    assert "rdm.E003" in result.stderr


def test_no_command_runs_the_demo_in_production(root):
    result = start(root, "manage.py", "migrate", "--plan", RDM_DEMO="1", **ENVIRONMENT)
    assert result.returncode != 0
    assert "rdm.E001" in result.stderr


def test_production_starts_without_the_demo_and_passes_deploy_checks(root):
    result = start(root, "manage.py", "check", "--deploy", "--fail-level=WARNING", **ENVIRONMENT)
    assert result.returncode == 0, result.stderr
    script = (
        "import rdm.wsgi; from django.conf import settings as s; from django.urls import resolve;"
        "assert 'demo' not in s.INSTALLED_APPS; assert s.SESSION_COOKIE_SECURE;"
        "assert s.SESSION_COOKIE_NAME.startswith('__Host-');"
        "assert 'DatabaseCache' in s.CACHES['default']['BACKEND'];"
        "from django.urls import Resolver404\n"
        "try: resolve('/demo/')\n"
        "except Resolver404: print('geen demo')"
    )
    result = start(root, "-c", script, **ENVIRONMENT)
    assert "geen demo" in result.stdout, result.stderr


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"RDM_DEMO": "misschien"}, "RDM_DEMO"),
        ({"EMAIL_PORT": "smtp"}, "EMAIL_PORT"),
        ({"EMAIL_PORT": "0"}, "EMAIL_PORT"),
        ({"SITE_URL": "rdm.example"}, "SITE_URL"),
        ({"REDIS_URL": "http://x"}, "REDIS_URL"),
        ({"CLAMAV_URL": "http://x"}, "CLAMAV_URL"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
        ({"SECRET_KEY_FILE": "/does/not/exist"}, "SECRET_KEY_FILE"),
        # What is not an address at all must not look like one.
        ({"EMAIL_HOST": "mail.example:587"}, "EMAIL_HOST"),
        ({"EMAIL_HOST": "smtp://mail.example"}, "EMAIL_HOST"),
        ({"DATABASE_HOST": "rdm:geheim@postgres"}, "DATABASE_HOST"),
        ({"REDIS_HOST": "redis:6379"}, "REDIS_HOST"),
        ({"ALLOWED_HOSTS": "rdm.example,https://www.rdm.example"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "rdm.example:443"}, "ALLOWED_HOSTS"),
        ({"DEFAULT_FROM_EMAIL": "RDM, Twente <rdm@rdm.example>"}, "DEFAULT_FROM_EMAIL"),
        ({"DEFAULT_FROM_EMAIL": "RDM Twente"}, "DEFAULT_FROM_EMAIL"),
        # Two that say the same: which one counts?
        ({"DATABASE_HOST": "postgres", "DATABASE_URL": "sqlite:///x"}, "DATABASE_HOST"),
        ({"REDIS_HOST": "redis", "REDIS_URL": "redis://redis"}, "REDIS_HOST"),
        ({"DATABASE_NAME": "x", "DATABASE_URL": "postgres://db/rdm"}, "DATABASE_NAME"),
        ({"REDIS_PASSWORD": "geheim", "REDIS_URL": "redis://redis"}, "REDIS_PASSWORD"),
        ({"REDIS_TLS": "1", "REDIS_URL": "redis://redis"}, "REDIS_TLS"),
        # Parts that would count for nothing.
        ({"DATABASE_PORT": "5432"}, "DATABASE_PORT"),
        ({"DATABASE_NAME": "rdm", "DATABASE_USER": "rdm"}, "DATABASE_NAME, DATABASE_USER"),
        ({"DATABASE_PASSWORD": "geheim"}, "DATABASE_PASSWORD"),
        ({"DATABASE_PASSWORD": "geheim", **ENVIRONMENT}, "DATABASE_PASSWORD"),
        ({"DATABASE_SSLMODE": "verify-full", **ENVIRONMENT}, "DATABASE_SSLMODE"),
        ({"DATABASE_SSLROOTCERT": "system"}, "DATABASE_SSLROOTCERT"),
        ({"EMAIL_HOST_USER": "rdm"}, "EMAIL_HOST_USER"),
        ({"IMAP_USER": "rdm"}, "IMAP_USER"),
        # Only the name of a machine, or its address.
        ({"ALLOWED_HOSTS": "rdm.example/"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "rdm.example,www.rdm.example/pad"}, "ALLOWED_HOSTS"),
        ({"EMAIL_HOST": "mail.example/"}, "EMAIL_HOST"),
        ({"EMAIL_HOST": "mail.example,mail2.example"}, "EMAIL_HOST"),
        ({"IMAP_HOST": "mail.example/inbox"}, "IMAP_HOST"),
        ({"REDIS_HOST": "redis/1"}, "REDIS_HOST"),
        ({"RDM_OWN_NETWORK": "postgres/"}, "RDM_OWN_NETWORK"),
        ({"SITE_URL": "https://rdm.example?x=1"}, "SITE_URL"),
        ({"SITE_URL": "https://rdm.example/?"}, "SITE_URL"),
        ({"SITE_URL": "https://rdm.example/#boven"}, "SITE_URL"),
        ({"SITE_URL": "https://rdm:geheim@rdm.example"}, "SITE_URL"),
        ({"SITE_URL": "https://rdm.example/pad"}, "SITE_URL"),
        ({"CLAMAV_URL": "tcp://rdm:geheim@clamav:3310"}, "CLAMAV_URL"),
        ({"CLAMAV_URL": "tcp://clamav:3310/pad"}, "CLAMAV_URL"),
        ({"CLAMAV_URL": "unix:///run/clamd.sock?x"}, "CLAMAV_URL"),
    ],
)
def test_a_wrong_value_is_refused_by_name(root, variables, named):
    result = start(root, "-c", "import rdm.settings", **variables)
    assert result.returncode != 0
    assert f"ImproperlyConfigured: {named}" in result.stderr
    assert "geheim" not in result.stderr


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({}, "redis://127.0.0.1:6379/0"),
        ({"REDIS_PASSWORD": "g/h"}, "redis://:g%2Fh@127.0.0.1:6379/0"),
        ({"REDIS_HOST": "", "REDIS_PORT": "6380"}, "redis://127.0.0.1:6380/0"),
        ({"REDIS_TLS": "1"}, "rediss://127.0.0.1:6379/0?ssl_cert_reqs=required"),
    ],
)
def test_without_a_name_redis_is_on_this_machine(root, variables, address):
    script = "from rdm import settings as s; print(s.CELERY_BROKER_URL)"
    result = start(root, "-c", script, **variables)
    assert result.stdout.strip() == address, result.stderr


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [
        ("SITE_URL", "https://rdm.example:8443/", "https://rdm.example:8443"),
        ("CLAMAV_URL", "tcp://[::1]:3310", "tcp://[::1]:3310"),
        ("CLAMAV_URL", "unix:///run/clamav/clamd.sock", "unix:///run/clamav/clamd.sock"),
        ("ALLOWED_HOSTS", ".rdm.example,[::1],*", [".rdm.example", "[::1]", "*"]),
        ("DATABASE_HOST", "een.example,twee.example", "een.example,twee.example"),
        ("DATABASE_HOST", "/run/postgresql", "/run/postgresql"),
    ],
)
def test_a_machine_that_can_be_reached_is_taken(root, name, value, taken):
    read = "DATABASES['default']['HOST']" if name == "DATABASE_HOST" else name
    script = f"import rdm.settings as s; print(repr(s.{read}))"
    result = start(root, "-c", script, **{name: value})
    assert result.stdout.strip() == repr(taken), result.stderr


@pytest.mark.parametrize("from_file", [False, True], ids=["variable", "file"])
def test_any_password_arrives_to_the_letter(root, tmp_path, from_file):
    """Where it is a part of its own, and where Celery wants it in an address."""
    names = ("DATABASE_PASSWORD", "REDIS_PASSWORD", "EMAIL_HOST_PASSWORD")
    given = dict.fromkeys(names, PASSWORD)
    if from_file:
        (tmp_path / "geheim").write_text(f"{PASSWORD}\n", encoding="utf-8")
        given = {f"{name}_FILE": str(tmp_path / "geheim") for name in names}
    script = (
        "import json; from kombu import Connection; from rdm import settings as s;"
        "d = s.DATABASES['default']; r = Connection(s.CELERY_BROKER_URL);"
        "print(json.dumps([[d['HOST'], d['PORT'], d['NAME'], d['USER'], d['PASSWORD']],"
        "[r.hostname, r.port, r.virtual_host, r.password], s.EMAIL_HOST_PASSWORD]))"
    )
    where = {"DATABASE_HOST": "postgres", "REDIS_HOST": "redis", "EMAIL_HOST": "mail.example"}
    where["PYTHONUTF8"] = "1"
    result = start(root, "-c", script, **where, **given)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == [
        ["postgres", 5432, "rdm", "rdm", PASSWORD],
        ["redis", 6379, "0", PASSWORD],
        PASSWORD,
    ]


@pytest.mark.parametrize(
    "address",
    [
        # A password that ends its own part of an address: read on, it would name another machine.
        "postgres://rdm:p@ss/w0rd@postgres:5432/rdm",
        "postgres://rdm:p#ss@postgres:5432/rdm",
        "postgres://rdm:1?ss@postgres:5432/rdm",
        "postgres://rdm:p/ss@postgres:5432/rdm",
        "postgres://rdm:p[ss@postgres:5432/rdm",
        "redis://:p/ss@redis:6379/0",
        "redis://:1#ss@redis:6379/0",
        "sqlite:////tmp/een#twee.sqlite3",
        "tcp://clam#av:3310",
        "tcp://clamav:poort",
        "tcp://:3310",
        "https://rdm.example:poort",
        "https://rdm.example#x",
    ],
)
def test_an_address_that_would_be_read_as_another_is_refused(monkeypatch, address):
    monkeypatch.setenv("SOME_URL", address)
    scheme = address.split(":")[0]
    with pytest.raises(ImproperlyConfigured, match="SOME_URL: dit adres is niet te lezen"):
        env.url("SOME_URL", "", scheme)


@pytest.mark.parametrize(
    "address",
    [
        "postgres://rdm:p%40ss%23@postgres:5432/rdm?sslmode=require",
        "postgres:///rdm",
        "redis://redis:6379/0",
        "unix:///var/run/clamd.sock",
        "tcp://[::1]:3310",
        "sqlite:////home/iemand@werk/db.sqlite3",
        "https://rdm.example",
    ],
)
def test_an_address_that_can_be_read_is_taken(monkeypatch, address):
    monkeypatch.setenv("SOME_URL", address)
    assert env.url("SOME_URL", "", address.split(":")[0]) == address


def test_a_password_in_an_address_that_cannot_be_read_is_not_shown(root):
    result = start(root, "-c", "import rdm.settings", DATABASE_URL="postgres://rdm:g/heim@x/rdm")
    assert "heim" not in result.stderr


def test_another_process_finds_the_same_database(root):
    """Of a test, or of a measurement, whatever its password is."""
    here = {"ENGINE": "django.db.backends.postgresql", "HOST": "", "PORT": "", "USER": "rdm"}
    here |= {"NAME": "rdm", "PASSWORD": PASSWORD}
    script = (
        "from rdm import settings as s; d = s.DATABASES['default']; print(d['HOST'], d['NAME'])"
    )
    result = start(root, "-c", script, **env.of_database(here))
    assert result.stdout.split() == ["127.0.0.1", "rdm"], result.stderr
    here = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/tmp/x.sqlite3"}
    result = start(root, "-c", script, **{"DATABASE_NAME": "rdm"} | env.of_database(here))
    assert result.stdout.split() == ["/tmp/x.sqlite3"], result.stderr


def test_a_secret_can_come_from_a_file(tmp_path, monkeypatch):
    (tmp_path / "key").write_text("from-a-file\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    assert env.text("SECRET_KEY") == "from-a-file"


def test_every_sweep_and_work_provider_can_be_called():
    from django.utils.module_loading import import_string

    for path in (*settings.SWEEPS, *settings.WORK_PROVIDERS):
        assert callable(import_string(path)), path
    assert all(seconds > 0 for seconds in settings.SWEEPS.values())


@pytest.mark.django_db
def test_the_database_has_its_protections():
    with connection.cursor() as cursor:

        def ask(question: str) -> object:
            cursor.execute(question)
            return cursor.fetchone()[0]

        if connection.vendor == "sqlite":
            assert ask("PRAGMA journal_mode") == "wal"
            assert ask("PRAGMA foreign_keys") == 1
            assert ask("PRAGMA secure_delete") == 1
            assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        else:
            assert ask("SHOW statement_timeout") == "10s"
            assert ask("SHOW lock_timeout") == "5s"
