"""What the region does besides casussen: college decisions, procesafspraken, leersessies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from demo.reports import LESSONS, LESSONS_THIS_YEAR, LessonStory
from demo.story import Story, World
from directory.agreements import actions as agreements
from directory.agreements.college import actions as college
from directory.models import Procesafspraak, Theme
from directory.people import actions as people
from directory.people.invitations import actions as invitations
from learning.actions import leersessies
from learning.models import Terugkoppeling
from rdm.lib import clock
from rdm.lib.workdays import is_workday, workdays_between

# Of the fourteen gemeenten: what each college decided, and how many working days ago.
COLLEGES = (
    ("enschede", "decided", -440),
    ("hengelo", "decided", -436),
    ("almelo", "decided", -431),
    ("hof-van-twente", "decided", -420),
    ("rijssen-holten", "decided", -415),
    ("losser", "decided", -402),
    ("oldenzaal", "decided", -399),
    ("borne", "decided", -380),
    ("dinkelland", "decided", -371),
    ("haaksbergen", "decided", -350),
    ("hellendoorn", "decided", -318),
    ("tubbergen", "rejected", -300),
)


def colleges(world: World) -> Story:
    for slug, state, day in COLLEGES:
        yield world.at(day, 16)
        note = "Het college wil eerst zien hoe het in de regio gaat." if state == "rejected" else ""
        college.set_college_decision(
            gemeente=world.gemeente(slug),
            by=world.coordinator,
            state=state,
            decided_on=clock.today(),
            note=note,
        )


def terms(world: World) -> Story:
    """One term was settled; the others are still provisional."""
    yield world.at(-330)
    term = Procesafspraak.objects.get(code="terugkoppeling_indienen")
    agreements.change_procesafspraak(
        procesafspraak=term,
        by=world.coordinator,
        number=term.number,
        text="",
        state=Procesafspraak.State.SETTLED,
        decided_on=clock.today(),
        decided_by="verzonnen bestuurlijk overleg",
        reason="In de demo is deze termijn al vastgesteld.",
    )


def leersessie_last_year(world: World) -> Story:
    """Held in November of last year, with lessons that since went their way."""
    hanna, sanne = world.coordinator, world["themagroep"]
    day = date(world.today.year - 1, 11, 12)
    while not is_workday(day):
        day = date(day.year, day.month, day.day + 1)
    days = _days_before(world, day)
    yield world.at(days - 25)
    session = leersessies.plan(
        by=sanne,
        title=f"Leersessie {day.year}",
        held_on=day,
        place="Zorg en Veiligheidshuis, grote zaal",
        agenda="Drie terugkoppelingen bespreken\nLeerpunten kiezen\nAfspreken wie wat oppakt",
        terugkoppelingen=_submitted(3),
    )
    yield world.at(days, 16)
    leersessies.hold(
        leersessie=session,
        by=hanna,
        attendees="Portefeuillehouder, themagroep, twee zorgaanbieders, zorgkantoor, politie",
        conclusions="Oplossingen zijn vaak al bekend. Wat ontbreekt, is iemand met mandaat.",
    )
    themes = {theme.code: theme for theme in Theme.objects.all()}
    made = []
    for number, (theme, level, text, owner, after) in enumerate(LESSONS):
        lesson = leersessies.add_lesson(
            by=sanne,
            theme=themes[theme],
            level=level,
            text=text,
            owner=owner,
            due=world.date(-20 + 12 * number),
            leersessie=session,
        )
        made.append((lesson, after))
    for number, (lesson, (state, result)) in enumerate(made):
        if state == "open":
            continue
        yield world.at(days + 30 + 20 * number)
        if state != "dropped":
            leersessies.move_lesson(lesson=lesson, by=sanne, name="pick_up_lesson")
        if state == "done":
            leersessies.move_lesson(lesson=lesson, by=sanne, name="finish_lesson", result=result)
        if state == "dropped":
            leersessies.move_lesson(lesson=lesson, by=sanne, name="drop_lesson", result=result)


def lesson_this_year(told: LessonStory, world: World) -> Story:
    """A lesson that the region did not keep for the leersessie: straight from a terugkoppeling."""
    gemeente, day, theme, level, text, owner, after = told
    sanne = world["themagroep"]
    yield world.at(day, 14)
    lesson = leersessies.add_lesson(
        by=sanne,
        theme=Theme.objects.get(code=theme),
        level=level,
        text=text,
        owner=owner,
        due=world.date(day + 180),
        terugkoppeling=_report_of(world, gemeente),
    )
    if after == "open":
        return
    yield world.at(day + 12, 11)
    leersessies.move_lesson(lesson=lesson, by=sanne, name="pick_up_lesson")
    if after != "in_progress":
        yield world.at(day + 40, 11)
        leersessies.move_lesson(lesson=lesson, by=sanne, name="finish_lesson", result=after)


def _report_of(world: World, gemeente: str) -> Terugkoppeling:
    found = Terugkoppeling.objects.filter(overleg__casus__gemeente=world.gemeente(gemeente))
    return found.latest("first_submitted_at")


def leersessie_this_year(world: World) -> Story:
    """Planned, two and a half weeks from now (earlier when the year ends before that)."""
    yield world.at(-15)
    last = date(world.today.year, 12, 18)
    day = min(world.date(12), last) if world.today < last else world.date(12)
    leersessies.plan(
        by=world["themagroep"],
        title=f"Leersessie {day.year}",
        held_on=day,
        place="Gemeentehuis Hengelo, trouwzaal",
        agenda="Wat leerden wij van de spoedcasus?\nDe nacht is van niemand\nLobby voor trede 4",
        terugkoppelingen=_submitted(4),
    )


def comings_and_goings(world: World) -> Story:
    """Beheer: an invitation without an answer, one that expired, a heavy role that waits for a
    second person, somebody who left."""
    admin = world["beheerder"]
    yield world.at(-40)
    for slug in ("zorgkantoor", "tactus"):
        membership = world[slug].memberships.get(ended_at=None)
        if slug == "zorgkantoor":
            people.end_membership(membership=membership, by=admin)
        else:
            people.set_active(user=world[slug], by=admin, active=False)
    for day, name, organisation, role in (
        (-14, "Floor Sjabloon", "trajectum", "aanmelder"),
        (-2, "Jip Voorlopig", "tubbergen", "gemeente"),
        (-1, "Puck Maquette", "zvh-twente", "coordinator"),
    ):
        yield world.at(day, 11)
        invitations.invite(
            by=admin,
            email=f"{name.lower().replace(' ', '.')}@demo.example",
            name=name,
            organisation=world.organisation(organisation),
            role=role,
        )


def _submitted(count: int) -> list[Terugkoppeling]:
    """The newest reports that are in at this moment."""
    found = Terugkoppeling.objects.filter(first_submitted_at__isnull=False)
    return list(found.order_by("-first_submitted_at")[:count])


def _days_before(world: World, day: date) -> int:
    """How many working days `day` lies before today, as a negative number."""
    return workdays_between(world.today, day)


STORIES: tuple[Callable[[World], Story], ...] = (
    colleges,
    terms,
    leersessie_last_year,
    *(partial(lesson_this_year, told) for told in LESSONS_THIS_YEAR),
    leersessie_this_year,
    comings_and_goings,
)
