"""What production demands, as Django system checks.

`manage.py` commands run these by themselves. Gunicorn and Celery do not, so their entry points
call `refuse_unsafe_start()`.
"""

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from rdm.lib import entropy
from rdm.lib.copies import CopyRefused, sealed

# Half as many signs of hexadecimal already have more.
_KEY_LENGTH, _KEY_BITS = 32, 80
_ENCRYPTED_MODES = ("require", "verify-ca", "verify-full")
_MAKE_ONE = "Bijvoorbeeld: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
_OWN_NETWORK = (
    "Gaat het over een netwerk dat deze machine niet verlaat, zoals dat van compose? Noem de naam "
    "dan in RDM_OWN_NETWORK."
)
_WEAK_MAIL = ("console", "locmem", "dummy", "filebased")


def _error(number: int, message: str, hint: str) -> checks.Error:
    return checks.Error(message, hint=hint, id=f"rdm.E{number:03}")


@checks.register(checks.Tags.security)
def demo_is_never_production(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    if settings.DEMO and settings.PRODUCTION:
        return [
            _error(
                1,
                "De demo kan niet aan in productie: iedereen zou zonder wachtwoord inloggen.",
                "Haal RDM_DEMO of RDM_PRODUCTION weg.",
            )
        ]
    return []


@checks.register(checks.Tags.security)
def production_is_complete(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    if not settings.PRODUCTION:
        return []
    found: list[checks.CheckMessage] = []
    if settings.DEBUG:
        found.append(_error(2, "RDM_DEBUG kan niet aan in productie.", "Haal RDM_DEBUG weg."))
    for number, name in ((3, "SECRET_KEY"), (4, "AUDIT_KEY")):
        if _is_weak(getattr(settings, name)):
            found.append(
                _error(
                    number,
                    f"{name} ontbreekt, is te kort of is te raden.",
                    f"Geef {name} (of {name}_FILE) een eigen, willekeurige waarde "
                    f"van ten minste {_KEY_LENGTH} tekens. {_MAKE_ONE}",
                )
            )
    # Whoever guesses an earlier key signs with it just as well.
    if any(_is_weak(value) for value in settings.SECRET_KEY_FALLBACKS):
        found.append(
            _error(
                10,
                "Een van de SECRET_KEY_FALLBACKS is te kort of te raden.",
                "Haal die weg: wie ermee was ingelogd, logt opnieuw in.",
            )
        )
    if settings.SECRET_KEY == settings.AUDIT_KEY != settings.DEVELOPMENT_KEY:
        found.append(
            _error(
                5,
                "SECRET_KEY en AUDIT_KEY zijn gelijk.",
                "Wie de ene sleutel vervangt, maakt anders het logboek oncontroleerbaar.",
            )
        )
    public = set(settings.ALLOWED_HOSTS) - {"localhost", "127.0.0.1", "[::1]"}
    if not public or "*" in public:
        found.append(
            _error(
                6,
                "ALLOWED_HOSTS noemt geen echte naam, of laat alles toe.",
                "Bijvoorbeeld ALLOWED_HOSTS=rdm.example.nl",
            )
        )
    if not settings.SITE_URL.startswith("https://"):
        found.append(
            _error(
                7,
                "SITE_URL begint niet met https://.",
                "De links in e-mails beginnen met dit adres.",
            )
        )
    if any(f".{weak}." in settings.EMAIL_BACKEND for weak in _WEAK_MAIL):
        found.append(
            _error(
                8,
                "Er is geen mailserver: uitnodigingen en herinneringen komen niet aan.",
                "Geef EMAIL_HOST, en zo nodig EMAIL_HOST_USER en EMAIL_HOST_PASSWORD.",
            )
        )
    if not settings.PRIVATE_DIR.is_absolute() or settings.PRIVATE_DIR.is_relative_to(
        settings.BASE_DIR
    ):
        found.append(
            _error(
                9,
                "RDM_PRIVATE_DIR ontbreekt, of wijst naar de map van het programma.",
                "Geef een eigen map voor de bijlagen, die een nieuwe versie overleeft en die "
                "geen webserver laat zien.",
            )
        )
    return found


@checks.register(checks.Tags.security)
def copies_are_safe(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """A house without copies is lost with its disk, and a copy that anybody reads is a leak."""
    if not settings.PRODUCTION:
        return []
    found: list[checks.CheckMessage] = []
    others = (settings.SECRET_KEY, settings.AUDIT_KEY)
    if settings.BACKUP_KEY in others or _is_weak(settings.BACKUP_KEY):
        found.append(
            _error(
                15,
                "BACKUP_KEY ontbreekt, is te raden, of is ook een andere sleutel.",
                "Geef BACKUP_KEY (of BACKUP_KEY_FILE) een eigen, willekeurige waarde van ten "
                "minste 32 tekens: wie die heeft, kan een reservekopie maken die echt lijkt.",
            )
        )
    try:
        sealed.recipients()
    except CopyRefused as error:
        hint = "Maak op een andere machine een sleutelpaar met `backup_key` of age-keygen."
        found.append(_error(16, str(error), hint))
    folder = settings.BACKUP_DIR
    if not folder.is_absolute() or folder.is_relative_to(settings.BASE_DIR):
        found.append(
            _error(
                17,
                "RDM_BACKUP_DIR ontbreekt, of wijst naar de map van het programma.",
                "Geef een eigen map voor de reservekopieën, liefst op een andere schijf.",
            )
        )
    return found


@checks.register(checks.Tags.security)
def nobody_listens_on_the_way(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """What leaves this machine is encrypted; what stays on it, or goes over a network of its own
    (RDM_OWN_NETWORK), need not be."""
    if not settings.PRODUCTION:
        return []
    found: list[checks.CheckMessage] = []
    mail = settings.EMAIL_HOST
    if mail and not _is_here(mail) and not settings.EMAIL_USE_TLS:
        found.append(
            _error(
                11,
                "EMAIL_USE_TLS staat uit, en de mailserver is een andere machine.",
                "Haal EMAIL_USE_TLS weg: mail met persoonlijke links gaat niet onversleuteld.",
            )
        )
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.postgresql":
        mode = database.get("OPTIONS", {}).get("sslmode", "")
        hosts = str(database["HOST"]).split(",")
        if mode not in _ENCRYPTED_MODES and not all(_is_ours(host) for host in hosts):
            found.append(
                _error(
                    12,
                    "De verbinding met PostgreSQL gaat onversleuteld over een netwerk.",
                    "Geef DATABASE_SSLMODE=verify-full, of zet ?sslmode=verify-full in "
                    f"DATABASE_URL. {_OWN_NETWORK}",
                )
            )
    broker = urlsplit(settings.CELERY_BROKER_URL)
    checked = parse_qs(broker.query).get("ssl_cert_reqs") == ["required"]
    encrypted = broker.scheme == "unix" or (broker.scheme == "rediss" and checked)
    if not encrypted and not _is_ours(broker.hostname or ""):
        found.append(
            _error(
                13,
                "De verbinding met Redis gaat onversleuteld over een netwerk, of met een machine "
                "die niet hoeft te laten zien wie zij is.",
                f"Geef REDIS_TLS=1, of begin REDIS_URL met rediss://. {_OWN_NETWORK}",
            )
        )
    scanner = urlsplit(settings.CLAMAV_URL)
    if scanner.scheme == "tcp" and not _is_ours(scanner.hostname or ""):
        found.append(
            _error(
                14,
                "Bijlagen gaan onversleuteld over een netwerk naar de virusscanner.",
                "clamd kent geen TLS: zet de scanner op deze machine, met unix:///pad. "
                f"{_OWN_NETWORK}",
            )
        )
    return found


def _is_weak(key: str) -> bool:
    return (
        key == settings.DEVELOPMENT_KEY or len(key) < _KEY_LENGTH or entropy.bits(key) < _KEY_BITS
    )


def _is_here(host: str) -> bool:
    """Whether `host` is this machine: its name, its own address, or the folder of a socket."""
    if host in ("", "localhost") or host.startswith("/"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_ours(host: str) -> bool:
    return _is_here(host) or host in settings.OWN_NETWORK


def refuse_unsafe_start() -> None:
    """Raise ImproperlyConfigured, naming every unmet demand, when this place may not start."""
    found: Sequence[checks.CheckMessage] = [
        *demo_is_never_production(),
        *production_is_complete(),
        *copies_are_safe(),
        *nobody_listens_on_the_way(),
    ]
    if found:
        raise ImproperlyConfigured(" ".join(f"[{e.id}] {e.msg} {e.hint}" for e in found))
