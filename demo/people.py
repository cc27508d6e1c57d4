"""The people of the demo: invented, on addresses that do not exist, each with something to try."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test.utils import override_settings

from directory.models import Organisation, User
from directory.people.invitations import actions as invitations
from directory.roles import HEAVY

# Only for who wants to see the ordinary sign-in; a click on a persona needs no password.
PASSWORD = "oefenen in Twente 26"


@dataclass(frozen=True)
class Person:
    """Somebody in the demo. `roles`: (organisation, role). `work` and `attempt` are for the
    sign-in page: what this person does, and what the visitor can try. Without them the person
    is only in the short list."""

    slug: str
    name: str
    roles: tuple[tuple[str, str], ...]
    work: str = ""
    attempt: str = ""

    @property
    def email(self) -> str:
        return f"{self.slug}@demo.example"

    @property
    def organisation(self) -> str:
        """The slug of the organisation that this person works for."""
        return self.roles[0][0]


PERSONAS = (
    Person(
        "procesmanager",
        "Fenna Verzonnen",
        (("enschede", "procesmanager"), ("enschede", "gemeente")),
        "Procesmanager bij de gemeente Enschede",
        "Registreer een vastgelopen casus en leg de route langs de tafels vast.",
    ),
    Person(
        "coordinator",
        "Hanna Denkbeeldig",
        (("zvh-twente", "coordinator"),),
        "Coördinator bij het Zorg en Veiligheidshuis",
        "Beoordeel een aanmelding voor trede 3 en geef de gemeente de opdracht.",
    ),
    Person(
        "gemeente",
        "Daan Voorbeeld",
        (("enschede", "gemeente"),),
        "Bereidt bij de gemeente Enschede het overleg voor",
        "Plan een escalatieoverleg en dien een terugkoppeling in.",
    ),
    Person(
        "aanmelder",
        "Mirjam Bedacht",
        (("mediant", "aanmelder"),),
        "Behandelaar bij Mediant",
        "Maak het concept af, of volg de casus die u hebt aangemeld.",
    ),
    Person(
        "clientondersteuner",
        "Jelle Fictief",
        (("scot", "clientondersteuner"),),
        "Cliëntondersteuner bij SCOT",
        "Lees mee bij een casus waarbij u bent betrokken.",
    ),
    Person(
        "portefeuillehouder",
        "Ruben Oefenaar",
        (("hengelo", "portefeuillehouder"),),
        "Regionaal portefeuillehouder",
        "Lees een terugkoppeling, en bekijk de rapportage over het jaar.",
    ),
    Person(
        "themagroep",
        "Sanne Proefstra",
        (("themagroep", "themagroep"),),
        "Projectleider van de themagroep",
        "Bereid de leersessie voor en volg de leerpunten.",
    ),
    Person(
        "privacy",
        "Wiebe Schijnbaar",
        (("zvh-twente", "privacy_officer"),),
        "Functionaris gegevensbescherming",
        "Bekijk wie een dossier zag, en handel een melding van ongewoon gebruik af.",
    ),
    Person(
        "beheerder",
        "Lotte Sjabloon",
        (("zvh-twente", "beheerder"),),
        "Functioneel beheerder",
        "Nodig iemand uit, of loop de rollen na. Casussen ziet u niet.",
    ),
    Person(
        "tafelcontact",
        "Koen Modelman",
        (("mediant", "tafelcontact"), ("oefenorganisatie", "tafelcontact")),
        "Contactpersoon van een tafel",
        "Bekijk hoe uw tafel in het openbare overzicht staat.",
    ),
    Person(
        "hengelo",
        "Nora Bedenksel",
        (("hengelo", "procesmanager"), ("hengelo", "gemeente")),
        "Procesmanager bij de gemeente Hengelo",
        "Zie dat u de casussen van andere gemeenten niet kunt openen.",
    ),
)

OTHERS = (
    Person("almelo", "Bram Zogenaamd", (("almelo", "procesmanager"), ("almelo", "gemeente"))),
    Person("borne", "Ilse Voorstel", (("borne", "procesmanager"), ("borne", "gemeente"))),
    Person(
        "dinkelland",
        "Teun Schets",
        (("dinkelland", "procesmanager"), ("dinkelland", "gemeente")),
    ),
    Person(
        "haaksbergen",
        "Anouk Ontwerp",
        (("haaksbergen", "procesmanager"), ("haaksbergen", "gemeente")),
    ),
    Person(
        "hellendoorn",
        "Gijs Probeersel",
        (("hellendoorn", "procesmanager"), ("hellendoorn", "gemeente")),
    ),
    Person(
        "hof-van-twente",
        "Vera Sprookje",
        (("hof-van-twente", "procesmanager"), ("hof-van-twente", "gemeente")),
    ),
    Person("losser", "Sjoerd Maquette", (("losser", "procesmanager"), ("losser", "gemeente"))),
    Person(
        "oldenzaal", "Esra Fantasie", (("oldenzaal", "procesmanager"), ("oldenzaal", "gemeente"))
    ),
    Person(
        "rijssen-holten",
        "Pim Onbestaand",
        (("rijssen-holten", "procesmanager"), ("rijssen-holten", "gemeente")),
    ),
    Person(
        "tubbergen", "Yara Droombeeld", (("tubbergen", "procesmanager"), ("tubbergen", "gemeente"))
    ),
    Person(
        "twenterand", "Lars Toneel", (("twenterand", "procesmanager"), ("twenterand", "gemeente"))
    ),
    Person("wierden", "Maud Oefening", (("wierden", "procesmanager"), ("wierden", "gemeente"))),
    Person("dimence", "Olaf Spiegelbeeld", (("dimence", "aanmelder"),)),
)

# Two who left on the way: they are in the lists of the beheerder and cannot be played.
GONE = (
    Person("tactus", "Kim Legende", (("tactus-verslavingszorg", "aanmelder"),)),
    Person("zorgkantoor", "Stef Raamwerk", (("zorgkantoor-menzis", "aanmelder"),)),
)

EVERYBODY = PERSONAS + OTHERS + GONE
# Who comes in before there is anybody to invite or to agree.
FIRST = ("beheerder", "privacy")
BY_SLUG = {person.slug: person for person in PERSONAS + OTHERS}


class QuickHasher(Argon2PasswordHasher):
    """Argon2 at its cheapest: the password of the demo stands in this file, and the demo must
    start quickly. Whoever signs in with it gets the ordinary strength at that moment."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1


@override_settings(PASSWORD_HASHERS=["demo.people.QuickHasher"])
def invite_everybody(persons: Iterable[Person] = EVERYBODY) -> dict[str, User]:
    """Everybody comes in as people do: the first beheerder and the FG from the command line. They
    let the others in. Gives the accounts by the slug of the person."""
    organisations = {row.slug: row for row in Organisation.objects.all()}
    ordered = sorted(persons, key=lambda person: person.slug not in FIRST)
    users: dict[str, User] = {}
    for person in ordered:
        admin = None if person.slug in FIRST else users["beheerder"]
        for slug, role in person.roles:
            invitation, _ = invitations.invite(
                by=admin,
                email=person.email,
                name=person.name,
                organisation=organisations[slug],
                role=role,
            )
            if admin and role in HEAVY:
                invitations.agree(invitation=invitation, by=users["privacy"])
            user = invitations.accept(invitation=invitation, password=PASSWORD)
        # Fresh, so that the memberships are read again.
        users[person.slug] = User.objects.get(pk=user.pk)
    return users
