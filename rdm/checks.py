"""What production demands, as Django system checks.

`manage.py` commands run these by themselves. Gunicorn and Celery do not, so their entry points
call `refuse_unsafe_start()`.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from rdm.lib.copies import CopyRefused, sealed

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
        value = getattr(settings, name)
        if value == settings.DEVELOPMENT_KEY or len(value) < 32:
            found.append(
                _error(
                    number,
                    f"{name} ontbreekt of is te kort.",
                    f"Geef {name} (of {name}_FILE) een eigen, willekeurige waarde "
                    "van ten minste 32 tekens.",
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
    others = (settings.SECRET_KEY, settings.AUDIT_KEY, settings.DEVELOPMENT_KEY)
    if settings.BACKUP_KEY in others or len(settings.BACKUP_KEY) < 32:
        found.append(
            _error(
                10,
                "BACKUP_KEY ontbreekt, is te kort, of is ook een andere sleutel.",
                "Geef BACKUP_KEY (of BACKUP_KEY_FILE) een eigen, willekeurige waarde van ten "
                "minste 32 tekens: wie die heeft, kan een reservekopie maken die echt lijkt.",
            )
        )
    try:
        sealed.recipients()
    except CopyRefused as error:
        hint = "Maak op een andere machine een sleutelpaar met `backup_key` of age-keygen."
        found.append(_error(11, str(error), hint))
    folder = settings.BACKUP_DIR
    if not folder.is_absolute() or folder.is_relative_to(settings.BASE_DIR):
        found.append(
            _error(
                12,
                "RDM_BACKUP_DIR ontbreekt, of wijst naar de map van het programma.",
                "Geef een eigen map voor de reservekopieën, liefst op een andere schijf.",
            )
        )
    return found


def refuse_unsafe_start() -> None:
    """Raise ImproperlyConfigured, naming every unmet demand, when this place may not start."""
    found: Sequence[checks.CheckMessage] = [
        *demo_is_never_production(),
        *production_is_complete(),
        *copies_are_safe(),
    ]
    if found:
        raise ImproperlyConfigured(" ".join(f"[{e.id}] {e.msg} {e.hint}" for e in found))
