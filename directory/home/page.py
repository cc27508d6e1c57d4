"""What somebody can begin with when nothing waits, by role."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from directory.models import Role, Tafel, User
from rdm.lib.work import MOST


@dataclass(frozen=True)
class Card:
    """Something a person can begin with when nothing waits: a link with a sentence."""

    label: str
    url: str
    text: str


@dataclass(frozen=True)
class Start:
    """A card with who gets it; None is everybody."""

    label: str
    url_name: str
    text: str
    roles: frozenset[Role] | None = None


# Who works on casussen can look up the rest of a long list there.
CASE_ROLES = frozenset(
    {
        Role.PROCESMANAGER,
        Role.GEMEENTE,
        Role.AANMELDER,
        Role.CLIENT_SUPPORT,
        Role.COORDINATOR,
    }
)
# Who can ever wait for somebody else, and for whom something can ever wait.
WAITING_ROLES = CASE_ROLES | {Role.ADMIN, Role.TAFEL_CONTACT}
TASK_ROLES = WAITING_ROLES | {Role.PORTEFEUILLEHOUDER, Role.THEMAGROEP, Role.PRIVACY_OFFICER}
# What somebody can do without being asked, by role; None is everybody. In order of use.
STARTS = (
    Start(
        "Registreer een casus",
        "casus_start",
        "Zit een inwoner vast? Leg vast wat er is geprobeerd.",
        frozenset({Role.PROCESMANAGER, Role.AANMELDER}),
    ),
    Start(
        "Bekijk de aanmeldingen",
        "coordinatiepunt",
        "Alle casussen op trede 3, met hun termijnen.",
        frozenset({Role.COORDINATOR}),
    ),
    Start(
        "Alle casussen",
        "casus_list",
        "Zoek een casus op code, gemeente of status.",
        CASE_ROLES,
    ),
    Start(
        "Lees terugkoppelingen",
        "terugkoppeling_list",
        "Wat gemeenten leerden van een escalatieoverleg.",
        frozenset({Role.PORTEFEUILLEHOUDER, Role.THEMAGROEP}),
    ),
    Start(
        "Leersessies",
        "leersessie_list",
        "Plan de leersessie en volg de leerpunten.",
        frozenset({Role.THEMAGROEP, Role.COORDINATOR}),
    ),
    Start(
        "Leersessies",
        "leersessie_list",
        "Bekijk de leersessies en volg de leerpunten.",
        frozenset({Role.PORTEFEUILLEHOUDER}),
    ),
    Start(
        "Rapportage",
        "report",
        "De cijfers van de regio over een jaar.",
        frozenset({Role.PORTEFEUILLEHOUDER, Role.THEMAGROEP}),
    ),
    Start(
        "Hoe actueel is het overzicht?",
        "upkeep_board",
        "Welke tafels zijn bevestigd, en welke voorstellen wachten.",
        frozenset({Role.THEMAGROEP}),
    ),
    Start(
        "Signalen",
        "signaal_list",
        "Lees wat er volgens anderen niet werkt, en geef antwoord.",
        frozenset({Role.THEMAGROEP}),
    ),
    Start(
        "Signalen",
        "signaal_list",
        "Lees wat er volgens anderen niet werkt.",
        frozenset({Role.COORDINATOR, Role.PORTEFEUILLEHOUDER}),
    ),
    Start(
        "Helpt het overzicht?",
        "evaluation_list",
        "De vragenlijst van elk jaar, en wat mensen antwoordden.",
        frozenset({Role.THEMAGROEP, Role.COORDINATOR, Role.PORTEFEUILLEHOUDER}),
    ),
    Start(
        "Mensen en rollen",
        "member_list",
        "Nodig iemand uit, stop een rol of sluit een account.",
        frozenset({Role.ADMIN}),
    ),
    Start(
        "Bekijk wie een dossier zag",
        "access_log_find",
        "Zoek op de code van een casus.",
        frozenset({Role.PRIVACY_OFFICER}),
    ),
    Start(
        "Meldingen van ongewoon gebruik",
        "unusual_list",
        "Wie opende veel dossiers, of zocht vaak vergeefs.",
        frozenset({Role.PRIVACY_OFFICER}),
    ),
    Start("Wegwijzer", "guide", "Zoek met een paar vragen uit welke tafel past."),
    Start("Zoek een tafel op", "tafel_list", "Voor wie een tafel is en hoe u aanmeldt."),
)


def starts(user: User) -> list[Card]:
    """One card per page, in the words for the first role that fits."""
    found: dict[str, Card] = {}
    for start in STARTS:
        if start.roles is not None and not start.roles & user.roles:
            continue
        try:
            url = reverse(start.url_name)
        except NoReverseMatch:
            continue
        found.setdefault(url, Card(start.label, url, start.text))
    return list(found.values())


def own_tafels(user: User) -> list[Card]:
    """For who is the contact of a tafel: the tafels that the own organisation leads."""
    organisations = user.organisation_ids(Role.TAFEL_CONTACT)
    if not organisations:
        return []
    return [
        Card(
            f"Uw tafel: {tafel.name}",
            reverse("tafel_detail", args=[tafel.slug]),
            "Bekijk wat anderen over deze tafel lezen.",
        )
        for tafel in Tafel.objects.filter(led_by__in=organisations)[:MOST]
    ]
