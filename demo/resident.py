"""What residents asked in the demo: to see it, to leave it alone, to wipe it."""

from __future__ import annotations

from demo import texts
from demo.story import Act, Story, World, registered, tried
from escalation.dossier.closing import actions as closing
from escalation.keeping.destruction import actions as destructions
from escalation.keeping.export import actions as export
from escalation.keeping.export.rules import everything, people_in
from escalation.keeping.holds import actions as holds
from escalation.keeping.rights import actions as rights
from escalation.models import Casus, Destruction, RouteStep
from rdm.lib import clock


def _solved(world: World, by: str, gemeente: str, text: texts.Situation, day: int) -> Act[Casus]:
    """The first tafel finds a place, and the casus is closed some weeks later."""
    who = world[by]
    casus = yield from registered(world, who, gemeente, text, day)
    yield from tried(
        world,
        casus,
        who,
        "triage-transfertafel",
        day + 3,
        outcome=RouteStep.Outcome.SOLVED,
        text="De tafel vond een passende plek, dicht bij familie.",
    )
    yield world.at(day + 30)
    reason = "De inwoner woont nu op een passende plek."
    closing.close(casus=casus, by=who, closing="solved", reason=reason)
    return casus


def wiped(world: World) -> Story:
    """Borne: the resident asked to wipe it. Two people agreed, so only a tombstone is left."""
    casus = yield from _solved(world, "borne", "borne", texts.CARAVAN, -200)
    yield world.at(-120)
    destruction = destructions.propose_destruction(
        casus=casus, by=world["borne"], ground=Destruction.Ground.REQUEST
    )
    yield world.at(-118)
    destructions.approve_destruction(casus=casus, by=world["privacy"])
    yield world.at(-118, 15)
    destructions.carry_out(destruction=destruction)


def to_be_wiped(world: World) -> Story:
    """Enschede: the resident asked to wipe it; the privacy officer has yet to look."""
    casus = yield from _solved(world, "procesmanager", "enschede", texts.FARM, -90)
    yield world.at(-2)
    destructions.propose_destruction(
        casus=casus, by=world["gemeente"], ground=Destruction.Ground.REQUEST
    )


def kept_for_a_complaint(world: World) -> Story:
    """Almelo: wiping was asked, but a complaint runs, so it is kept."""
    casus = yield from _solved(world, "almelo", "almelo", texts.LOUD_NEIGHBOUR, -150)
    yield world.at(-40)
    holds.keep_longer(
        casus=casus,
        by=world["almelo"],
        reason="Er loopt een klacht over de plaatsing. De commissie beslist later dit jaar.",
        until=world.date(120),
    )


def left_alone(world: World) -> Story:
    """Enschede: the resident says that a text is wrong. Meanwhile nobody goes on with it."""
    daan = world["gemeente"]
    casus = yield from registered(
        world, world["procesmanager"], "enschede", texts.BETWEEN_TWO_LAWS, -30
    )
    yield world.at(-8)
    request = export.start_access_request(casus=casus, by=daan, received_on=clock.today())
    yield world.at(-7)
    people = people_in(everything(casus))
    export.judge_people(access_request=request, by=daan, people=people, withheld=people)
    yield world.at(-4)
    rights.correct_text(
        casus=casus,
        by=daan,
        field="resident_view",
        asked="‘Ik heb nooit gezegd dat ik weg wil. Ik wil blijven waar ik woon.’",
        granted=True,
        new_text="‘Ik wil blijven wonen waar ik woon, met meer rust in de nacht.’",
        version=Casus.objects.get(pk=casus.pk).version,
    )
    yield world.at(-3)
    rights.restrict(
        casus=Casus.objects.get(pk=casus.pk),
        by=daan,
        reason="De inwoner vindt dat de tekst over veiligheid niet klopt. Wij zoeken dat uit.",
    )


STORIES = (wiped, to_be_wiped, kept_for_a_complaint, left_alone)
