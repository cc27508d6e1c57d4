from django.apps import AppConfig


class EscalationConfig(AppConfig):
    """What happens: the casus, its route, the coördinatiepunt and the overleg."""

    name = "escalation"
    verbose_name = "Opschaling"
