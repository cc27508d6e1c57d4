"""Who knows what is going on with a casus, and who was not told yet (E-129)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from escalation.models import Casus, ClientSupport, Communication, Event

Party = Communication.Party
# Who must know what is going on.
PARTIES = (Party.REFERRER, Party.RESIDENT, Party.CLIENT_SUPPORT, Party.GEMEENTE)


@dataclass(frozen=True)
class Informed:
    """One party: since when it knows, or that nobody told it yet. `note` says how, or why not."""

    label: str
    on: date | None
    note: str = ""

    @property
    def waits(self) -> bool:
        """Somebody still has to tell them."""
        return self.on is None and not self.note


def last_told(casus: Casus) -> Q:
    """For the events of `casus`: those by which a party was told something last. One condition, so
    that the dossier asks for them together with the last lines of its timeline."""
    found = Q()
    for party in PARTIES:
        told = casus.communications.filter(party=party, event__correction=None)
        found |= Q(pk__in=told.order_by("-on", "-pk").values("event")[:1])
    return found


def informed_of(casus: Casus, events: Iterable[Event]) -> list[Informed]:
    """Verwijzer, inwoner, cliëntondersteuner and gemeente, with what `last_told` found."""
    told = [
        event.communication
        for event in events
        if hasattr(event, "communication") and not hasattr(event, "correction")
    ]
    last: dict[str, date] = {}
    for one in sorted(told, key=lambda one: one.on):
        last[one.party] = one.on
    return [
        Informed("Verwijzer", last.get(Party.REFERRER)),
        _resident(casus, last),
        _client_support(casus, last),
        _gemeente(last),
    ]


def _resident(casus: Casus, last: Mapping[str, date]) -> Informed:
    """Also what registration asked: on which day the resident heard that the casus is shared."""
    days = [day for day in (last.get(Party.RESIDENT), casus.resident_informed_on) if day]
    return Informed("Inwoner", max(days, default=None))


def _client_support(casus: Casus, last: Mapping[str, date]) -> Informed:
    told = last.get(Party.CLIENT_SUPPORT)
    if told is None and casus.client_support != ClientSupport.LINKED:
        return Informed("Cliëntondersteuner", None, "niet gekoppeld")
    return Informed("Cliëntondersteuner", told)


def _gemeente(last: Mapping[str, date]) -> Informed:
    """It always sees the casus: it registered it, got a message of it, or took it over."""
    told = last.get(Party.GEMEENTE)
    return Informed("Gemeente", told, "" if told else "ziet de casus zelf")
