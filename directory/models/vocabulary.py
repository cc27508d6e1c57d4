"""Words that the region chooses: kinds of participants and themes of lessons."""

from __future__ import annotations

from django.db import models


class DeelnemerKind(models.Model):
    """A kind of participant of an escalatieoverleg (E-113 mandatory, E-114 depends on the case)."""

    code = models.SlugField(unique=True)
    label = models.CharField(max_length=160)
    mandatory = models.BooleanField(default=False)
    hint = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label


class Theme(models.Model):
    """What a lesson is about, so that lessons of several years can be put side by side."""

    code = models.SlugField(unique=True)
    label = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label
