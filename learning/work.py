"""What waits for a person in this app ("Mijn werk")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.text import Truncator

from directory.models import Role
from escalation.models import Overleg
from learning.forms.leersessies import ONGOING
from learning.models import (
    Leersessie,
    Lesson,
    ReadReceipt,
    Terugkoppeling,
    TerugkoppelingVersion,
)
from learning.models.terugkoppeling import unreported, without_report
from learning.permissions import may
from learning.workflow import LESSON_ONGOING, LeersessieStatus, TerugkoppelingStatus
from learning.year import leersessie_year
from rdm.lib import clock
from rdm.lib.work import MOST, WorkItem

if TYPE_CHECKING:
    from directory.models import User

# Few, so that the lessons of years never push a casus off the page.
MOST_LESSONS = 5


def for_user(user: User) -> list[WorkItem]:
    """Terugkoppelingen to write (gemeente), to wait for and to read; leersessies to plan, to
    prepare and to round off; lessons to follow."""
    items: list[WorkItem] = []
    writes_for = user.organisation_ids(Role.GEMEENTE)
    if writes_for:
        mine = Overleg.objects.filter(casus__gemeente__in=writes_for)
        items += _to_write(unreported(mine), waiting=False)
    # A procesmanager prepares the overleg, but the terugkoppeling is for the gemeente (O-05).
    waits_for = user.organisation_ids(Role.PROCESMANAGER) - writes_for
    others = Q(casus__gemeente__in=waits_for)
    if Role.COORDINATOR in user.roles:
        others = ~Q(casus__gemeente__in=writes_for)
    if waits_for or Role.COORDINATOR in user.roles:
        # A correction that was begun is nothing to wait for: the submitted version holds.
        submitted_once = (TerugkoppelingStatus.SUBMITTED, TerugkoppelingStatus.CORRECTING)
        never = without_report(Overleg.objects.filter(others), *submitted_once)
        items += _to_write(never, waiting=True)
    if Role.PORTEFEUILLEHOUDER in user.roles:
        items += _to_read(user)
    if may(user, "plan_leersessie") is None:
        items += _leersessies()
    if may(user, "pick_up_lesson") is None:
        items += _lessons()
    return items


def _to_write(overleggen: QuerySet[Overleg], *, waiting: bool) -> list[WorkItem]:
    items = []
    # A casus of which the use is restricted stands still.
    overleggen = overleggen.filter(casus__restricted_at=None)
    shown = (
        "feedback_due",
        "casus__code",
        "casus__gemeente__organisation__name",
        "terugkoppeling__status",
    )
    for overleg in overleggen.order_by("feedback_due", "pk").only(*shown)[: MOST + 1]:
        casus, begun = overleg.casus, getattr(overleg, "terugkoppeling", None)
        correcting = begun is not None and begun.status == TerugkoppelingStatus.CORRECTING
        link = (
            reverse("casus_detail", args=[casus.code])
            if waiting
            else reverse("terugkoppeling_write", args=[casus.code, overleg.pk])
        )
        items.append(
            WorkItem(
                title="Maak de correctie af" if correcting else "Dien de terugkoppeling in",
                url=link,
                due=None if correcting else overleg.feedback_due,
                who=f"de gemeente {casus.gemeente}",
                waiting=waiting,
                kind="terugkoppeling-schrijven",
                casus_code=casus.code,
            )
        )
    return items


def _to_read(user: User) -> list[WorkItem]:
    """Of each terugkoppeling the last version, as long as this person did not confirm it."""
    newer = TerugkoppelingVersion.objects.filter(
        terugkoppeling=OuterRef("terugkoppeling"), number__gt=OuterRef("number")
    )
    read = ReadReceipt.objects.filter(version=OuterRef("pk"), user=user)
    unread = (
        # Exists, not a list of all that was read: the database then stops at the first rows.
        TerugkoppelingVersion.objects.filter(
            ~Exists(read),
            ~Exists(newer),
            Exists(Terugkoppeling.objects.visible_to(user).filter(pk=OuterRef("terugkoppeling"))),
        )
        .select_related("terugkoppeling__overleg__casus__gemeente__organisation")
        .order_by("submitted_at", "pk")[: MOST + 1]
    )
    return [
        WorkItem(
            title=f"Lees de terugkoppeling van de gemeente {casus.gemeente}",
            url=reverse("terugkoppeling_detail", args=[casus.code, version.terugkoppeling_id]),
            due=None,
            who="u",
            waiting=False,
            kind="terugkoppeling-lezen",
            casus_code=casus.code,
            since=version.submitted_at,
        )
        for version in unread
        if (casus := version.terugkoppeling.overleg.casus)
    ]


def _leersessies() -> list[WorkItem]:
    """Sessions that were not rounded off, the next one, and the one that a year at risk needs."""
    today = clock.today()
    planned = Leersessie.objects.filter(status=LeersessieStatus.PLANNED)
    items = []
    for one in planned.order_by("held_on", "pk")[: MOST + 1]:
        is_past = one.held_on < today
        items.append(
            WorkItem(
                title=f"{'Rond de leersessie af' if is_past else 'Bereid de leersessie voor'}: "
                f"{one.title}",
                url=reverse("leersessie_detail", args=[one.pk]),
                due=None if is_past else one.held_on,
                who="u",
                waiting=False,
                kind="leersessie-afronden" if is_past else "leersessie-voorbereiden",
                casus_code="",
            )
        )
        if not is_past:
            break
    if leersessie_year(today.year).at_risk:
        items.append(
            WorkItem(
                title=f"Plan de leersessie van {today.year}",
                url=reverse("leersessie_plan"),
                due=today.replace(month=12, day=31),
                who="u",
                waiting=False,
                kind="leersessie-plannen",
                casus_code="",
            )
        )
    return items


def _lessons() -> list[WorkItem]:
    """The most urgent lessons that did not end, and the way to the others. The owner is a
    function, often of somebody without an account; who may move a lesson keeps watch (E-172)."""
    ongoing = Lesson.objects.filter(status__in=LESSON_ONGOING)
    found = list(ongoing.order_by(F("due").asc(nulls_last=True), "pk")[: MOST_LESSONS + 1])
    items = [
        WorkItem(
            title=f"Volg het leerpunt: {Truncator(lesson.text).chars(80)}",
            url=reverse("lesson_detail", args=[lesson.pk]),
            due=lesson.due,
            who=lesson.owner,
            # Whoever owns it acts; who keeps watch acts when it is late.
            waiting=lesson.due is None or lesson.due >= clock.today(),
            kind="leerpunt",
            casus_code="",
        )
        for lesson in found[:MOST_LESSONS]
    ]
    if len(found) > MOST_LESSONS:
        items.append(
            WorkItem(
                title="Bekijk alle leerpunten die nog niet klaar zijn",
                url=f"{reverse('lesson_list')}?stand={ONGOING}",
                due=None,
                who="u",
                waiting=False,
                kind="leerpunten",
                casus_code="",
            )
        )
    return items
