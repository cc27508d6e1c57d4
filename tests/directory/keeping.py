"""What the tests of keeping the overview true share: the tafel of the cast, and a page to send."""

from __future__ import annotations

from typing import Any

from directory.models import Edition, Gemeente, Organisation, Proposal, Tafel, User
from directory.people.invitations import actions as invitations
from directory.upkeep.editions import changelog
from directory.upkeep.entrances.actions import propose_entrances
from directory.upkeep.page_fields.fields import Values
from directory.upkeep.proposals import actions as proposals
from tests.cast import PASSWORD, Cast

REASON = "Verzonnen reden: het staat anders op de website."
ENTRANCE = {
    "kind": "wijkteam",
    "name": "Verzonnen wijkteam Noord",
    "email": "noord@voorbeeld.example",
    "phone": "053 123 45 67",
    "website": "https://voorbeeld.example/noord",
    "hours": "werkdagen van 9 tot 12 uur",
    "note": "",
}


def own_tafel(cast: Cast) -> Tafel:
    """The tafel that Mediant leads, so the one of the tafelcontact of the cast."""
    return Tafel.objects.select_related("led_by").get(led_by=cast.mediant)


def other_tafel(cast: Cast) -> Tafel:
    """A tafel that somebody else leads."""
    return (
        Tafel.objects.select_related("led_by").exclude(led_by=cast.mediant).exclude(led_by=None)[0]
    )


def colleague(cast: Cast) -> User:
    """A second contact of the same tafel."""
    invitation, _ = invitations.invite(
        by=None,
        email="tweede.contact@voorbeeld.example",
        name="Verzonnen Tweede Contact",
        organisation=cast.mediant,
        role="tafelcontact",
    )
    return invitations.accept(invitation=invitation, password=PASSWORD)


def proposed(cast: Cast, by: User | None = None, **values: Any) -> Proposal:
    """A proposal for the own tafel; without values for another chair."""
    tafel = own_tafel(cast)
    return proposals.propose_tafel(
        tafel=tafel,
        by=by or cast.tafel_contact,
        values=values or {"chair": "verzonnen voorzitter"},
        based_on=tafel.version,
        reason=REASON,
    )


def published(cast: Cast, **values: Any) -> Edition:
    """The same, on the page."""
    proposal = proposed(cast, **values)
    assert proposal.tafel is not None
    version = Tafel.objects.get(pk=proposal.tafel_id).version
    return proposals.publish(proposal=proposal, by=cast.themagroep, version=version)


def entrances_of(gemeente: Gemeente, by: User, *rows: dict[str, str], support: Any = ()) -> Edition:
    """A gemeente that published these entrances."""
    gemeente = Gemeente.objects.get(pk=gemeente.pk)
    proposal = propose_entrances(
        gemeente=gemeente,
        by=by,
        values={"entrances": list(rows), "client_support": sorted(support)},
        based_on=gemeente.entrance_version,
        reason=REASON,
    )
    return proposals.publish(proposal=proposal, by=by, version=gemeente.entrance_version)


def page_of(subject: Tafel | Gemeente) -> Values:
    """What the newest edition says."""
    newest: Edition = changelog.of(subject)[0]
    return newest.values


def supporters() -> list[str]:
    kind = Organisation.Kind.CLIENT_SUPPORT
    return list(Organisation.objects.filter(kind=kind).values_list("slug", flat=True))
