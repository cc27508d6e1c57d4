"""What the overleg asks of people, for "Mijn werk"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from directory.models import Role
from escalation.models import Afspraak, DateAnswer, DateOption, Deelnemer
from escalation.overleg.deelnemers.links import path_for
from escalation.overleg.deelnemers.rules import Unreached, unreached
from escalation.roles import GEMEENTE_ROLES
from rdm.lib import clock
from rdm.lib.work import MOST, WorkItem

if TYPE_CHECKING:
    from directory.models import User


def asked_as_deelnemer(user: User) -> list[WorkItem]:
    """Overleggen at which this person sits and was asked something, by the address of the account;
    most deelnemers have no account and only get the mail with the same page."""
    now = clock.now()
    answer = DateAnswer.objects.filter(option=OuterRef("pk"), deelnemer=OuterRef(OuterRef("pk")))
    moments = DateOption.objects.filter(overleg=OuterRef("overleg"), starts_at__gt=now)
    owes_dates = Q(overleg__starts_at=None) & Exists(moments.filter(~Exists(answer)))
    owes_presence = Q(overleg__starts_at__gt=now, attendance=Deelnemer.Attendance.UNKNOWN)
    found = (
        Deelnemer.objects.filter(owes_dates | owes_presence)
        .filter(
            email=user.email.lower(),
            invited_at__isnull=False,
            removed_at=None,
            link_revoked_at=None,
            overleg__held_on=None,
            overleg__cancelled_at=None,
            overleg__casus__restricted_at=None,
        )
        .select_related("overleg__casus")
        .only("link_version", "name", "overleg__starts_at", "overleg__casus__code")
        .order_by("pk")[: MOST + 1]
    )
    return [
        WorkItem(
            title="Geef door of u komt" if one.overleg.starts_at else "Geef door wanneer u kunt",
            url=path_for(one),
            due=None,
            # Colleagues may share the mailbox of this account.
            who="u" if one.name == user.name else one.name,
            waiting=False,
            kind="deelnemer",
            casus_code=one.overleg.casus.code,
        )
        for one in found
    ]


def deelnemers_without_mail(user: User) -> list[WorkItem]:
    """Deelnemers whom no mail reaches, for who plans the overleg: a wrong address is mended by who
    knows the person, and an overleg does not wait."""
    if Role.COORDINATOR in user.roles:
        found = unreached()
    elif gemeenten := user.organisation_ids(*GEMEENTE_ROLES):
        found = unreached(overleg__casus__gemeente__in=gemeenten)
    else:
        return []
    return [_without_mail(one) for one in found[: MOST + 1]]


def _without_mail(one: Unreached) -> WorkItem:
    overleg, name = one.deelnemer.overleg, one.deelnemer.name
    code = overleg.casus.code
    title = f"Bel {name} en verbeter het e-mailadres: een e-mail kwam niet aan"
    url = reverse("deelnemer_edit", args=[code, one.deelnemer.pk])
    if one.comes_in_vain:
        title = f"Bel {name}: de afzegging van het overleg kwam niet aan"
        url = reverse("overleg_detail", args=[code])
    day = clock.local_date(overleg.starts_at) if overleg.starts_at else overleg.hold_before
    return WorkItem(
        title=title,
        url=url,
        due=day,
        who="u",
        waiting=False,
        kind="deelnemer-onbereikt",
        casus_code=code,
    )


def afspraken(user: User) -> list[WorkItem]:
    """Open promises of overleggen, also of a casus that is closed; the gemeente keeps watch over
    them (E-122)."""
    gemeenten = user.organisation_ids(*GEMEENTE_ROLES)
    if not gemeenten:
        return []
    afspraken = (
        Afspraak.objects.filter(state=Afspraak.State.OPEN, overleg__casus__gemeente__in=gemeenten)
        .filter(overleg__casus__restricted_at=None)
        .select_related("overleg__casus")
        .only("due", "function", "organisation_name", "overleg__casus__code")
        .order_by("due")[: MOST + 1]
    )
    return [
        WorkItem(
            title="Bewaak een afspraak van het overleg",
            url=reverse("overleg_detail", args=[afspraak.overleg.casus.code]),
            due=afspraak.due,
            who=f"{afspraak.function}, {afspraak.organisation_name}",
            waiting=True,
            kind="afspraak",
            casus_code=afspraak.overleg.casus.code,
        )
        for afspraak in afspraken
    ]
