"""Toezicht in the demo: roles that were gone through, and meldingen of ongewoon gebruik."""

from __future__ import annotations

from collections.abc import Callable

from audit import log, showing
from demo.story import Story, World, look
from directory.models import Organisation, Procesafspraak, User
from directory.people.reviews import actions as review_actions
from directory.reading import reviews
from escalation.models import Casus, UnusualReading
from escalation.oversight.unusual import actions as oversight
from escalation.oversight.unusual import sweeps as unusual_sweeps
from rdm.lib import clock

# Gone through so many working days ago; the others later, so their term has not come.
EARLY = ("dimence", "losser")
EARLY_DAY, DAY = -262, -200


def roles_gone_through(world: World) -> Story:
    """A year ago the beheerder signed for every organisation; for two the year is over."""
    by = world["beheerder"]
    yield world.at(EARLY_DAY, 14)
    for slug in EARLY:
        _sign(world.organisation(slug), by)
    yield world.at(DAY, 14)
    for state in reviews.states(clock.today()):
        if state.organisation.slug not in EARLY:
            _sign(state.organisation, by)


def _sign(organisation: Organisation, by: User) -> None:
    found = reviews.undecided(organisation, None)
    review_actions.go_through(
        organisation=organisation, by=by, decisions={one.pk: "keep" for one in found}
    )


def handled(world: World) -> Story:
    """Months ago somebody of Almelo looked for a casus that was never theirs."""
    fg = world["privacy"]
    yield world.at(-80, 10)
    _try_often(world["almelo"])
    unusual_sweeps.watch_the_log()
    yield world.at(-79, 9)
    reading = UnusualReading.objects.latest("pk")
    oversight.move(reading=reading, by=fg, name="look_into", note="Verzonnen: ik bel Almelo.")
    yield world.at(-78, 15)
    oversight.move(
        reading=reading,
        by=fg,
        name="settle",
        note="Verzonnen: een oude lijst met codes. De lijst is vernietigd. Het is geen datalek.",
    )


def waiting(world: World) -> Story:
    """Last week many dossiers in one hour, and yesterday somebody of Hengelo who tried codes."""
    yield world.at(-4, 15)
    for casus in Casus.objects.exclude(status="draft").order_by("pk"):
        look(casus, world.coordinator)
    unusual_sweeps.watch_the_log()
    yield world.at(-1, 20)
    _try_often(world["hengelo"])
    unusual_sweeps.watch_the_log()


def _try_often(by: User) -> None:
    """Once more than the region agreed, always about a casus that this person may not see."""
    seen = Casus.objects.visible_to(by).values("pk")
    codes = list(Casus.objects.exclude(pk__in=seen).order_by("pk").values_list("code", flat=True))
    for turn in range(Procesafspraak.number_of("pogingen_per_uur") + 1):
        log.record(
            actor=by,
            action="refuse",
            object_type="casus",
            object_id=codes[turn % len(codes)],
            part="dossier",
            outcome=showing.NOT_VISIBLE,
            role=", ".join(sorted(by.roles)),
            organisation=by.acting_for,
        )


STORIES: tuple[Callable[[World], Story], ...] = (roles_gone_through, handled, waiting)
