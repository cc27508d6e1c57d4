"""The one settings file. Everything that differs per place comes from the environment.

Without any variable this is a development house on SQLite. `RDM_PRODUCTION=1` turns every
protection on; rdm/checks.py then refuses to start while a demand is not met.
"""

import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from rdm import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

# --- where are we

PRODUCTION = env.flag("RDM_PRODUCTION")
DEMO = env.flag("RDM_DEMO")
DEBUG = env.flag("RDM_DEBUG")

DEVELOPMENT_KEY = "alleen-om-te-ontwikkelen-nooit-in-productie-gebruiken"
SECRET_KEY = env.text("SECRET_KEY", DEVELOPMENT_KEY)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
# Signs the chain of the audit log; apart from SECRET_KEY, because that one is replaced now and
# then and the chain must stay checkable.
AUDIT_KEY = env.text("AUDIT_KEY", DEVELOPMENT_KEY)

ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
SITE_URL = env.endpoint("SITE_URL", "http://127.0.0.1:8000", "http", "https")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

# Machines that are reached without leaving this one, like the other services of compose: only the
# way to these need not be encrypted (rdm.checks).
OWN_NETWORK = env.hosts("RDM_OWN_NETWORK", ())

# --- what the house is made of

INSTALLED_APPS = [
    "rdm",
    "audit",
    "outbox",
    "directory",
    "escalation",
    "learning",
    *(["demo"] if DEMO else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "lucide",
]

# Sweeps: a function without arguments, and the seconds between two runs. The same table drives
# the embedded loop (`manage.py sweep`) and Celery beat.
SWEEPS: dict[str, int] = {
    "outbox.sweeps.send_ready": 5,
    "outbox.bounces.read_bounces": 300,
    "escalation.dossier.sweeps.remind": 60,
    "escalation.attachments.scanning.sweeps.scan_waiting": 30,
    "escalation.attachments.sweeps.remove_left_over": 600,
    "escalation.overleg.sweeps.remind_of_afspraken": 600,
    "escalation.overleg.deelnemers.sweeps.tell_of_unreached": 60,
    "escalation.sharing.transfer.sweeps.remind_of_transfers": 600,
    "escalation.sharing.sweeps.ask_to_extend": 600,
    "escalation.sharing.sweeps.warn_of_leaving_behind": 600,
    "escalation.registration.drafts.sweeps.ask_to_finish": 600,
    "escalation.registration.drafts.sweeps.forget_drafts": 3600,
    "learning.sweeps.remind": 60,
    "escalation.keeping.destruction.sweeps.destroy_approved": 60,
    "directory.upkeep.confirmations.sweeps.ask_to_confirm": 600,
    "directory.upkeep.subscriptions.sweeps.tell_subscribers": 600,
    "directory.upkeep.subscriptions.sweeps.forget_unconfirmed": 3600,
    "directory.guide.sweeps.forget_guide_mail": 60,
    "directory.signalen.sweeps.forget_signaal_mail": 60,
    "directory.mail.sweeps.empty_sent_mail": 3600,
    "audit.sweeps.forget_handled": 3600,
    "audit.sweeps.look_at_new": 60,
    "audit.sweeps.look_at_all": 600,
    "directory.log_watch.sweeps.tell_of_alarms": 60,
    "directory.log_watch.sweeps.mail_head": 600,
    "escalation.oversight.unusual.sweeps.watch_the_log": 60,
    "directory.people.reviews.sweeps.ask_to_review": 600,
    "directory.site.sweeps.watch_security_txt": 3600,
    "rdm.backup.sweeps.copy_when_due": 600,
    "directory.copies.sweeps.forget_old_copies": 3600,
}
# Those that may take longer than a task may otherwise, in seconds.
LONG_SWEEPS = {"rdm.backup.sweeps.copy_when_due": 6 * 3600}
# "Mijn werk": functions that take a user and say what waits for this person.
WORK_PROVIDERS = [
    "directory.mail.work.for_user",
    "directory.copies.work.for_user",
    "directory.log_watch.work.for_user",
    "directory.health.work.for_user",
    "directory.people.invitations.work.for_user",
    "directory.upkeep.proposals.work.for_user",
    "directory.upkeep.confirmations.work.for_user",
    "directory.signalen.work.for_user",
    "directory.evaluation.work.for_user",
    "directory.upkeep.entrances.work.for_user",
    "escalation.lists.work.for_user",
    "escalation.keeping.work.for_user",
    "escalation.attachments.scanning.work.for_user",
    "learning.work.for_user",
    "directory.people.reviews.work.for_user",
    "escalation.oversight.unusual.work.for_user",
]
# What is kept about a casus, per app: what leans on another first (see escalation.keeping.parts).
DOSSIER_PARTS = [
    "learning.dossier.PARTS",
    "escalation.keeping.parts.outside.PARTS",
    "escalation.keeping.parts.of_the_casus.PARTS",
]
# With less room than this on a disk, the functioneel beheerder is warned.
DISK_WARN_PERCENT = env.number("RDM_DISK_WARN_PERCENT", 10)
# The head of the log, one a day, kept outside the database as well: whoever winds back the log does
# not know what stands there.
LOG_HEADS = Path(env.text("RDM_LOG_HEADS", str(VAR_DIR / "log-heads.jsonl")))
# Which triggers must be there, and do what they did: a function of the connection that names those
# that do not.
TRIGGER_GUARDS = ["audit.triggers.missing", "learning.triggers.missing"]
# What is asked of the apps about a house that was put back from a copy (rdm.backup): which files
# its rows name, to destroy again what had been destroyed, and to read dossiers as a person does.
RESTORED_HOUSE = {
    name: f"escalation.management.restored.{name}"
    for name in ("file_keys", "destroy_again", "walk")
}
# The codes of destroyed casussen, one JSON object a line. Kept outside the database: a copy that is
# put back asks it what must go again. Every copy has the list of its day, for an empty machine.
TOMBSTONES = Path(env.text("RDM_TOMBSTONES", str(VAR_DIR / "tombstones.jsonl")))

MIDDLEWARE = [
    "rdm.middleware.RequestLog",
    "audit.middleware.OriginMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "rdm.middleware.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "rdm.middleware.SessionLimits",
    "rdm.middleware.LoginRequired",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "escalation.web.destroyed.TombstoneMiddleware",
    # Last: it sees the answer of the view itself.
    "audit.middleware.ShowingMiddleware",
]
ROOT_URLCONF = "rdm.urls"
WSGI_APPLICATION = "rdm.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "directory.web.menu.frame",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("nlds",)
CRISPY_TEMPLATE_PACK = "nlds"
CSRF_FAILURE_VIEW = "rdm.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- data


def _database() -> dict[str, Any]:
    """SQLite unless the environment names another; the protections of each engine are always on."""
    env.only_one("DATABASE_URL", "DATABASE_HOST", *env.DATABASE_PARTS)
    env.only_with("DATABASE_HOST", *env.DATABASE_PARTS)
    config = _from_parts() if env.postgres_host("DATABASE_HOST") else _from_address()
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            # A transaction takes the write lock when it starts: two people who write at once
            # wait for each other instead of failing halfway.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            # secure_delete: what was destroyed must not stay readable in free pages.
            # trusted_schema stays on: SQLite 3.40 otherwise refuses json_valid(), which Django
            # puts in the check constraint of every JSONField.
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
            "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;",
        }
        # A file and not memory: tests with two people at once need real locks between threads.
        name = f"rdm-test-{os.getpid()}.sqlite3"
        config["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / name)}
    elif config["ENGINE"] == "django.db.backends.postgresql":
        timeout = env.number("RDM_STATEMENT_TIMEOUT_MS", 10_000)
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {
            **config.get("OPTIONS", {}),
            "connect_timeout": 5,
            "options": f"-c statement_timeout={timeout} -c lock_timeout=5000 "
            "-c idle_in_transaction_session_timeout=60000",
        }
    return config


def _from_parts() -> dict[str, Any]:
    """So that any password fits: in an address some signs of it would end the password."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": env.postgres_host("DATABASE_HOST"),
        "PORT": env.number("DATABASE_PORT", 5432, minimum=1),
        "NAME": env.text("DATABASE_NAME", "rdm"),
        "USER": env.text("DATABASE_USER", "rdm"),
        "PASSWORD": env.secret("DATABASE_PASSWORD"),
        "OPTIONS": {
            name: value
            for name, value in (
                ("sslmode", env.text("DATABASE_SSLMODE")),
                ("sslrootcert", env.text("DATABASE_SSLROOTCERT")),
            )
            if value
        },
    }


def _from_address() -> dict[str, Any]:
    default = f"sqlite:///{VAR_DIR / 'db.sqlite3'}"
    address = env.url("DATABASE_URL", default, "sqlite", "postgres", "postgresql")
    try:
        return dict(dj_database_url.parse(address))
    except (ValueError, dj_database_url.ParseError) as error:
        raise ImproperlyConfigured("DATABASE_URL is geen geldig adres van een database.") from error


DATABASES = {"default": _database()}
SILENCED_SYSTEM_CHECKS = [
    # The e-mail address is unique in any spelling: a constraint on Lower(email), which this
    # check does not see.
    "auth.W004",
    # SQLite leaves the extra columns of an index out, which costs it speed and nothing else.
    "models.W040",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": (
        # Rate limits must count over all web processes together, so in production in the database.
        {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "rdm_cache"}
        if PRODUCTION
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# --- language and time

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# --- static files: our own in static/, built from packages in var/assets/

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [path for path in (BASE_DIR / "static", VAR_DIR / "assets") if path.is_dir()]
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# What browsers ask at the root, whatever a page says: favicon.ico.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"

# --- accounts: by invitation, e-mail and password (O-12)

AUTH_USER_MODEL = "directory.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "rdm.passwords.UnlikeThePerson",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "rdm.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "rdm.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# The invitation went to this address and was answered from it; that is the verification.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
# Also of what visitors send (directory.web.visitors).
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "guide_mail": "10/h/ip,5/h/key",
    "subscribe": "10/h/ip,3/h/key",
    # A whole office may share one address.
    "evaluation": "60/h/ip",
    "signaal": "10/h/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("RDM_PROXIES", 1 if PRODUCTION else 0)

# --- sessions: in the database, so that a withdrawn right or account works at once

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_SECONDS = env.number("RDM_SESSION_IDLE_MINUTES", 480 if DEMO else 15, minimum=1) * 60
SESSION_MAX_SECONDS = env.number("RDM_SESSION_MAX_HOURS", 8, minimum=1) * 3600
SESSION_COOKIE_AGE = SESSION_MAX_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-rdm_session" if PRODUCTION else "rdm_session"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-rdm_csrf" if PRODUCTION else "rdm_csrf"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"

# --- transport and headers

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^gezond/"]
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
)
SECURE_HSTS_SECONDS = 63_072_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_PERMISSIONS = 0o600

# --- files of people: outside everything the web server serves, handed out by a view only

# The demo has a folder of its own, as it has a database of its own.
PRIVATE_DIR = Path(
    env.text("RDM_PRIVATE_DIR", str(VAR_DIR / ("private-demo" if DEMO else "private")))
)
# As much as clamd takes in by default (StreamMaxLength).
UPLOAD_MAX_BYTES = 25 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "rdm.uploads.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Without it files are kept unscanned, and every page says so.
CLAMAV_URL = env.endpoint("CLAMAV_URL", "", "tcp", "unix")

# --- copies of the house (rdm.backup)

# Signs the copies. A key of its own, apart from what the database and its log know.
BACKUP_KEY = env.text("BACKUP_KEY", DEVELOPMENT_KEY)
# Public keys (age1…) that copies are sealed for; the secret halves are kept elsewhere.
BACKUP_RECIPIENTS = env.words("RDM_BACKUP_RECIPIENTS")
# How old the newest copy gets before the next one is made.
BACKUP_HOURS = env.number("RDM_BACKUP_HOURS", 24, minimum=1)
BACKUP_DIR = Path(env.text("RDM_BACKUP_DIR", str(VAR_DIR / ("copies-demo" if DEMO else "copies"))))

# --- mail: to the screen unless a server is named

EMAIL_HOST = env.host("EMAIL_HOST")
env.only_with("EMAIL_HOST", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD")
EMAIL_PORT = env.number("EMAIL_PORT", 587, minimum=1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", PRODUCTION)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.mailbox("DEFAULT_FROM_EMAIL", f"RDM <no-reply@{SITE_HOST}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where mail comes back to (DEFAULT_FROM_EMAIL), read over TLS; without it nobody looks.
IMAP_HOST = env.host("IMAP_HOST")
# Not the password: compose always hands over the file of it.
env.only_with("IMAP_HOST", "IMAP_USER")
IMAP_PORT = env.number("IMAP_PORT", 993, minimum=1)
IMAP_USER = env.text("IMAP_USER")
IMAP_PASSWORD = env.secret("IMAP_PASSWORD")
# A function without arguments: the address that answers to mail go to, or nothing.
MAIL_REPLY_TO = "directory.region.names.reply_to"

# --- Celery: only worker and beat talk to Redis, the web process never does


def _redis() -> str:
    """Celery wants one address, so a password goes into it in a form that fits."""
    env.only_one("REDIS_URL", "REDIS_HOST", "REDIS_PORT", "REDIS_PASSWORD", "REDIS_TLS")
    if address := env.url("REDIS_URL", "", "redis", "rediss", "unix"):
        return _with_certificate(address)
    machine = env.host("REDIS_HOST") or "127.0.0.1"
    password = quote(env.secret("REDIS_PASSWORD"), safe="")
    port = env.number("REDIS_PORT", 6379, minimum=1)
    scheme = "rediss" if env.flag("REDIS_TLS") else "redis"
    return _with_certificate(f"{scheme}://{f':{password}@' if password else ''}{machine}:{port}/0")


def _with_certificate(address: str) -> str:
    """Without being asked, Celery takes any certificate for that of Redis."""
    if not address.startswith("rediss://") or "ssl_cert_reqs=" in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}ssl_cert_reqs=required"


CELERY_BROKER_URL = _redis()
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# Beat writes its schedule with every order: the sign that it is alive (rdm.alive).
CELERY_BEAT_SYNC_EVERY = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    "health_check_interval": 25,
}

# --- logs: one JSON object a line, only fields that hold nothing about a person

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "rdm.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.text("RDM_LOG_LEVEL", "INFO")},
    "loggers": {
        # Django's own handlers would print exception values and query strings.
        "django": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
