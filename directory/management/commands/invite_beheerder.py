"""`manage.py invite_beheerder EMAIL NAME ORGANISATION [--fg]`: the way in for the first people.

The first functioneel beheerder, and the first FG, who agrees to all other heavy roles.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from directory.models import Organisation, Role
from directory.people.invitations import actions as invitations
from rdm.lib.dates import long_date
from rdm.lib.refusal import Refused


class Command(BaseCommand):
    help = (
        "Nodig een functioneel beheerder uit. Die nodigt daarna alle anderen uit. Met --fg: een "
        "functionaris gegevensbescherming, die akkoord gaat met zware rollen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument(
            "organisation", help="de slug van de organisatie, te vinden in het regiobestand"
        )

        parser.add_argument("--fg", action="store_true", help="de rol is die van de FG")

    def handle(
        self, *args: Any, email: str, name: str, organisation: str, fg: bool, **options: Any
    ) -> None:
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is geen e-mailadres.") from None
        found = Organisation.objects.filter(slug=organisation).first()
        if found is None:
            known = ", ".join(Organisation.objects.values_list("slug", flat=True)) or (
                "nog geen; laad eerst de regio met: manage.py region load"
            )
            raise CommandError(f"Er is geen organisatie {organisation}. Bekend zijn: {known}.")
        try:
            invitation, link = invitations.invite(
                by=None,
                email=email,
                name=name,
                organisation=found,
                role=Role.PRIVACY_OFFICER if fg else Role.ADMIN,
            )
        except Refused as no:
            raise CommandError(no.reason) from None
        self.stdout.write(
            f"{invitation.name} krijgt een e-mail. De link werkt ook zo:\n{link}\n"
            f"Tot {long_date(invitation.expires_at)}, en één keer."
        )
