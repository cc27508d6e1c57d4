from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Who and where: people, organisations, gemeenten, tafels and what the region agreed."""

    name = "directory"
    verbose_name = "Wegwijzer"
