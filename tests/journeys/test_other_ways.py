"""What the main job leaves out: coming in by invitation, the directory, a procesafspraak that
changes, the ways back and up, a correction, and mail that did not arrive.

Everybody has a browser and an account of their own, and every mail goes over real SMTP.
"""

from __future__ import annotations

import pytest

from audit import log
from tests.cast import Cast
from tests.journeys import arriving, mending, returning
from tests.journeys.play import Play

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]


def test_the_other_ways_through_the_house(live_server, cast: Cast, site, mailbox, visitor, enter):
    admin = enter(cast.admin)
    play = Play(
        cast=cast,
        site=site,
        mailbox=mailbox,
        visitor=visitor,
        procesmanager=visitor(),  # comes in by invitation
        coordinator=enter(cast.coordinator),
        gemeente=enter(cast.gemeente),
        portefeuillehouder=enter(cast.portefeuillehouder),
    )
    mailbox.deliver()  # what the cast was invited with

    arriving.accept(play, arriving.invite(play, admin))
    arriving.directory(play)

    returning.agreement(play)
    returning.advice(play)
    returning.spoed(play)
    returning.to_the_region(play)

    mending.casus_without_solution(play)
    returning.trede_4(play)
    mending.correction(play)
    mending.failed_mail(play, admin)
    assert log.check() is None
