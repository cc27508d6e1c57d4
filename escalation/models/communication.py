"""Who was told what about a casus."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from escalation.models.casus import Casus
from escalation.models.event import Event
from rdm.lib import clock


class Communication(models.Model):
    """That somebody was told something about a casus: who, how and on which day (E-129).

    What was told is the text of `event`, the line on the timeline. A wrong one stays and is put
    right by another, which its event `corrects`; only what was not put right counts.
    """

    class Party(models.TextChoices):
        REFERRER = "referrer", "verwijzer"
        RESIDENT = "resident", "inwoner"
        CLIENT_SUPPORT = "client_support", "cliëntondersteuner"
        GEMEENTE = "gemeente", "gemeente"
        OTHER = "other", "iemand anders"

    class Way(models.TextChoices):
        TALK = "talk", "in een gesprek"
        PHONE = "phone", "per telefoon"
        LETTER = "letter", "per brief"
        MAIL = "mail", "per e-mail"
        OTHER = "other", "op een andere manier"

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="communications")
    event = models.OneToOneField(Event, models.CASCADE, related_name="communication")
    party = models.CharField(max_length=16, choices=Party.choices)
    # A function or an organisation, never a name.
    who = models.CharField(max_length=120, blank=True)
    way = models.CharField(max_length=8, choices=Way.choices)
    on = models.DateField(default=clock.today)

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["casus", "-on", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(party="other") | ~Q(who=""), name="communication_other_says_who"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.told} {self.get_way_display()}"

    @property
    def told(self) -> str:
        """ "de inwoner", "de verwijzer (huisarts)"; of somebody else only who it was."""
        if self.party == self.Party.OTHER:
            return self.who
        return f"de {self.get_party_display()}" + (f" ({self.who})" if self.who else "")
