from django.apps import AppConfig


class RdmConfig(AppConfig):
    """The frame: settings, errors, health, sweeps. It knows no word of the domain."""

    name = "rdm"
    verbose_name = "Raamwerk"

    def ready(self) -> None:
        from rdm import checks  # noqa: F401  registers the system checks
