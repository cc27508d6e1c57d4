"""A casus that is kept up to date: answers that change, a note put right, and who was told what."""

from __future__ import annotations

from demo import texts, walk
from demo.story import Story, World, registered
from escalation.dossier.communication import actions as communication
from escalation.dossier.communication.actions import Told
from escalation.dossier.timeline import actions as timeline
from escalation.lists.saved_views import actions as saved_views
from escalation.models import Communication
from escalation.registration import actions as registration
from rdm.lib import clock

Party, Way = Communication.Party, Communication.Way


def kept_up_to_date(world: World) -> Story:
    """Enschede: everything that a timeline can tell."""
    fenna = world["procesmanager"]
    casus = yield from registered(
        world, fenna, "enschede", texts.LOUD_NEIGHBOUR, -18, own_reference="ENS-2041"
    )
    yield world.at(-17, 9)
    told = "De huisarts weet dat wij een tafel zoeken. De huisarts wil meedenken."
    communication.log_communication(
        casus=casus,
        by=fenna,
        told=Told(Party.REFERRER, Way.PHONE, clock.today(), told, who="huisarts"),
    )
    yield world.at(-15, 11)
    timeline.add_note(
        casus=casus, by=fenna, text="De woningcorporatie stopt de ontruiming tot 1 maart."
    )
    yield world.at(-14, 10)
    note = casus.events.get(kind="note")
    timeline.correct_note(
        event=note, by=fenna, text="De woningcorporatie stopt de ontruiming tot 1 mei."
    )
    yield world.at(-12, 14)
    situation = casus.situation.replace("een handtekeningenactie", "twee handtekeningenacties")
    registration.save_registration(
        casus=casus,
        by=fenna,
        situation=situation,
        frameworks=["wlz", "wmo"],
        local_escalation="De wethouder sprak met de directeur van de woningcorporatie.",
    )
    yield world.at(-8, 15)
    wrong = communication.log_communication(
        casus=casus,
        by=fenna,
        told=Told(
            Party.RESIDENT,
            Way.LETTER,
            clock.today(),
            "De inwoner kreeg een brief over wat er nu volgt.",
        ),
    )
    yield world.at(-7, 9)
    communication.correct_communication(
        communication=wrong,
        by=fenna,
        reason="De brief kwam terug. Ik ben langsgegaan.",
        told=Told(
            Party.RESIDENT,
            Way.TALK,
            clock.today(),
            "Wij bespraken wat er nu volgt. De inwoner wil een rustige woning.",
        ),
    )


def the_same_number(world: World) -> Story:
    """Enschede: a draft with a number that is in use already."""
    yield world.at(-1, 15)
    walk.draft(
        world["procesmanager"],
        gemeente=world.gemeente("enschede"),
        situation=texts.DRAFT_ONLY,
        own_reference="ens-2041",
    )


def weergaven(world: World) -> Story:
    """The filters that two people keep."""
    yield world.at(-5, 9)
    for slug, name, query in (
        ("procesmanager", "Ik ben aan zet", {"lijst": "mijn", "aan_zet": "mij"}),
        ("procesmanager", "Bij trede 3", {"status": "submitted"}),
        ("coordinator", "Te beoordelen", {"status": "submitted"}),
    ):
        saved_views.keep_view(by=world[slug], name=name, query=query)


STORIES = (kept_up_to_date, the_same_number, weergaven)
