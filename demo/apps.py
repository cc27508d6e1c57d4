from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo: an invented world, sign-in with one click, a page of sent mail."""

    name = "demo"
    verbose_name = "Demo"
