"""A line of the timeline."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from escalation.blocks import ALL, STORED, Blocks, stored, within
from escalation.models.casus import Casus
from rdm.lib import clock


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, seen: Blocks) -> EventQuerySet:
        """Those that somebody who sees these blocks may read."""
        return self if seen == ALL else self.filter(blocks__in=within(seen))


class Event(models.Model):
    """One line of the timeline; rows are only ever added. A discarded draft loses its texts."""

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="events")
    at = models.DateTimeField(default=clock.now)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    # What was changed, in words: {"part", "label", "old", "new"} each. `part` is the section of the
    # dossier (`Section.key`), so that who may not see that section does not read it here either.
    changes = models.JSONField(default=list, blank=True)
    # The line that this one puts right. Both stay; once, so that everybody corrects the last one.
    corrects = models.OneToOneField(
        "self", models.RESTRICT, null=True, blank=True, related_name="correction"
    )
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)
    actor_organisation = models.CharField(max_length=250, blank=True)
    # Only who sees all of these reads the line; see escalation.blocks.
    blocks = models.CharField(max_length=30, blank=True, default=stored(ALL))

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            # Nearly no line corrects another. SQLite counts the empty ones of the unique index too,
            # takes it for useless, and walks along every line there is.
            models.Index(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="event_correction"
            ),
            models.Index(fields=["casus", "-at", "-id"]),
            # "Mijn casussen": those in which somebody did something.
            models.Index(fields=["actor_id", "casus"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(blocks__in=STORED), name="event_blocks_known"),
        ]

    def __str__(self) -> str:
        return self.title
