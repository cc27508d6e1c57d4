from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Mail as rows, written with the change they tell about and sent by a sweep."""

    name = "outbox"
    verbose_name = "Postvak uit"
