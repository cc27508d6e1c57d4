"""A choice of filters that somebody keeps."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.db import models

from rdm.lib import clock


class SavedView(models.Model):
    """The list of casussen as somebody likes to see it: filters under a name (a *weergave*).

    Only its own maker sees it. It holds filters and no casussen: what it shows is asked anew, with
    the rights of that moment.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    # Parameter of the list → value, only of filters that the list has; never the words of a search.
    query = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_view_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def querystring(self) -> str:
        return urlencode(self.query)
