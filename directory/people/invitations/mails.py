"""Mail about an invitation; each is queued with the change (promise 5).

Whom a heavy role is for stays out of the mail to others: they look on the page.
"""

from __future__ import annotations

from django.db.models import Q

from directory.models import Invitation, Membership, User
from directory.people.permissions import may_agree
from directory.region.names import product_name
from directory.roles import Role
from directory.web.mails import full_address, letter
from outbox import queue


def send_link(invitation: Invitation, link: str, days: int) -> None:
    """The link itself, to the one it is for; it works `days` days."""
    queue.put(
        key=f"invitation:{invitation.pk}",
        to=invitation.email,
        subject=f"Uitnodiging voor {product_name()}",
        body=letter(
            invitation.name,
            f"U bent uitgenodigd bij {invitation.organisation}, in de rol "
            f"‘{invitation.get_role_display()}’.\nMaak uw account aan: {link}",
            f"De link werkt {days} dagen en één keer.",
        ),
    )


def ask_second_person(invitation: Invitation) -> None:
    """To everybody of whom one must agree."""
    asked = may_agree(invitation.role).exclude(Q(pk=invitation.invited_by_id))
    for person in asked.exclude(email=invitation.email):
        queue.put(
            key=f"invitation:{invitation.pk}:agree:{person.pk}",
            to=person.email,
            subject="Uw akkoord is nodig voor een zware rol",
            body=letter(
                person.name,
                "De functioneel beheerder wil iemand de rol "
                f"‘{invitation.get_role_display()}’ geven bij {invitation.organisation}. Daarvoor "
                "moet een tweede persoon akkoord gaan. Eén van u is genoeg.",
                "Bekijk om wie het gaat, en of dat klopt:\n"
                f"{full_address('invitation_agree', invitation.pk)}",
                "Verwacht u dit niet? Ga dan niet akkoord en bel de functioneel beheerder.",
            ),
        )


def tell_declined(invitation: Invitation) -> None:
    """To who invited: it does not go on."""
    inviter = invitation.invited_by
    if inviter is None:
        return
    queue.put(
        key=f"invitation:{invitation.pk}:declined",
        to=inviter.email,
        subject="Geen akkoord voor een zware rol",
        body=letter(
            inviter.name,
            f"De uitnodiging voor de rol ‘{invitation.get_role_display()}’ bij "
            f"{invitation.organisation} gaat niet door: een tweede persoon gaat niet akkoord.",
            f"Waarom, leest u bij de uitnodigingen:\n{full_address('invitation_list')}",
        ),
    )


def tell_of_heavy_role(membership: Membership) -> None:
    """To the FG, the coördinators, who has the same role, and who works at the organisation; to
    the address of the organisation itself when nobody else works there."""
    role, organisation = membership.get_role_display(), membership.organisation
    said = f"Bij {organisation} heeft iemand vanaf nu de rol ‘{role}’."
    readers = {Role.PRIVACY_OFFICER, Role.COORDINATOR, membership.role}
    colleagues = Q(memberships__organisation=organisation) | Q(memberships__role__in=readers)
    people = User.objects.filter(colleagues, is_active=True, memberships__ended_at=None)
    told = list(people.exclude(pk=membership.user_id).distinct())
    for person in told:
        where = "Wie dat is, hoort u van de functioneel beheerder."
        if person.roles & {*readers, Role.ADMIN}:
            where = f"Wie dat is, en wie akkoord ging: {full_address('heavy_role_list')}"
        _tell(membership, person.email, person.name, said, where, str(person.pk))
    if organisation.email and not any(
        organisation.pk in person.organisation_ids() for person in told
    ):
        where = "Verwacht u dit niet? Bel dan de functioneel beheerder van het programma."
        _tell(membership, organisation.email, str(organisation), said, where, "organisation")


def _tell(membership: Membership, to: str, name: str, said: str, where: str, key: str) -> None:
    queue.put(
        key=f"membership:{membership.pk}:heavy:{key}",
        to=to,
        subject="Iemand kreeg een zware rol",
        body=letter(name, said, where),
    )
