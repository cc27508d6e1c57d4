from django.apps import AppConfig


class LearningConfig(AppConfig):
    """What we learn: terugkoppeling, leersessie, lessons and the year report."""

    name = "learning"
    verbose_name = "Leren"
