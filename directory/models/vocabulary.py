"""Words that the region chooses: why a casus is stuck, kinds of participants, themes of lessons."""

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


class Stagnation(models.Model):
    """Why a casus is stuck, as a code: samenwerking, aanbod ontbreekt, wachttijd …

    Stands beside the words of the aanmelder, so that casussen can be counted and compared.
    """

    code = models.SlugField(unique=True)
    label = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label


class BasicNeed(models.Model):
    """One line of the checklist of basisvoorzieningen (E-102): identiteitsbewijs, onderdak …"""

    code = models.SlugField(unique=True)
    label = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label
