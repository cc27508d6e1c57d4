from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who saw or did what: an append-only log with a chain over its rows."""

    name = "audit"
    verbose_name = "Logboek"
