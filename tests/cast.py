"""The cast: one invented person per role, made the way people come in (by invitation).

Everybody in the tests knows them by the name of their attribute.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.management import call_command

from directory.models import Gemeente, Organisation, Tafel, User
from directory.people.invitations import actions as invitations
from tests.setting import TWENTE, ZANDRIJK, Setting
from tests.snapshot import remember

PASSWORD = "Een-verzonnen-zin-1"


def load_twente() -> None:
    def load() -> None:
        call_command("region", "load", verbosity=0)

    remember("region", load)


@dataclass(frozen=True)
class Cast:
    """Enschede is the gemeente of the play; Hengelo looks on from outside."""

    procesmanager: User  # Enschede, also the gemeente role there
    procesmanager_only: User  # Enschede, procesmanager and nothing else
    gemeente: User  # Enschede, prepares overleg and terugkoppeling
    aanmelder: User  # Mediant
    client_support: User  # SCOT
    coordinator: User  # ZVH Twente
    portefeuillehouder: User
    themagroep: User
    privacy_officer: User
    admin: User
    tafel_contact: User  # Mediant
    outsider: User  # procesmanager of Hengelo, another gemeente
    setting: Setting = TWENTE  # in another region others have these parts (tests/setting.py)

    @property
    def everybody(self) -> dict[str, User]:
        return {name: getattr(self, name) for name in ROLES}

    @property
    def enschede(self) -> Gemeente:
        return Gemeente.objects.get(organisation__slug=self.setting.of("enschede"))

    @property
    def hengelo(self) -> Gemeente:
        return Gemeente.objects.get(organisation__slug=self.setting.of("hengelo"))

    @property
    def mediant(self) -> Organisation:
        return Organisation.objects.get(slug=self.setting.of("mediant"))

    @property
    def scot(self) -> Organisation:
        return Organisation.objects.get(slug=self.setting.of("scot"))

    def tafel(self, trede: int, position: int = 0) -> Tafel:
        """An ordinary tafel on this trede."""
        return Tafel.objects.filter(trede=trede, special="").order_by("position")[position]


ROLES = {
    "procesmanager": [("enschede", "procesmanager"), ("enschede", "gemeente")],
    "procesmanager_only": [("enschede", "procesmanager")],
    "gemeente": [("enschede", "gemeente")],
    "aanmelder": [("mediant", "aanmelder")],
    "client_support": [("scot", "clientondersteuner")],
    "coordinator": [("zvh-twente", "coordinator")],
    "portefeuillehouder": [("hengelo", "portefeuillehouder")],
    "themagroep": [("themagroep", "themagroep")],
    "privacy_officer": [("zvh-twente", "privacy_officer")],
    "admin": [("zvh-twente", "beheerder")],
    "tafel_contact": [("mediant", "tafelcontact")],
    "outsider": [("hengelo", "procesmanager")],
}


def person(email: str, name: str, memberships: list[tuple[str, str]]) -> User:
    """Somebody who was invited for each membership and accepted."""
    for slug, role in memberships:
        organisation = Organisation.objects.get(slug=slug)
        invitation, _ = invitations.invite(
            by=None, email=email, name=name, organisation=organisation, role=role
        )
        invitations.accept(invitation=invitation, password=PASSWORD)
    # Fresh, so that memberships are read again.
    return User.objects.get(email=email)


def make_cast(setting: Setting = TWENTE) -> Cast:
    """The region, and everybody in it; fast from the second test on (see tests/snapshot.py)."""
    remember(f"cast of {setting.name}", lambda: _invite_everybody(setting))
    return known_cast(setting)


def make_cast_elsewhere() -> Cast:
    """The same people in the invented region."""
    return make_cast(ZANDRIJK)


def known_cast(setting: Setting = TWENTE) -> Cast:
    """The cast that stands in the database, as people who remember nothing."""
    everybody = {user.email: user for user in User.objects.all()}
    return Cast(**{role: everybody[_address(role)] for role in ROLES}, setting=setting)


def _address(role: str) -> str:
    return f"{role.replace('_', '.')}@voorbeeld.example"


def _invite_everybody(setting: Setting) -> None:
    call_command("region", "load", setting.file, verbosity=0)
    for role, memberships in ROLES.items():
        here = [(setting.of(slug), kind) for slug, kind in memberships]
        person(_address(role), f"Verzonnen {role.replace('_', ' ').title()}", here)
