"""The main job, walked by five people: from a stuck casus to a lesson learned (issue 2).

Everybody has a browser of their own and, but for the deelnemer, an account; every mail goes over
real SMTP.
"""

from __future__ import annotations

import pytest

from audit import log
from tests.cast import Cast
from tests.journeys import deciding, learning, meeting, registering
from tests.journeys.play import Play

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_a_stuck_casus_to_a_lesson_learned(
    live_server, cast: Cast, site, mailbox, visitor, enter
):
    play = Play(
        cast=cast,
        site=site,
        mailbox=mailbox,
        visitor=visitor,
        procesmanager=enter(cast.procesmanager_only),
        coordinator=enter(cast.coordinator),
        gemeente=enter(cast.gemeente),
        portefeuillehouder=enter(cast.portefeuillehouder),
    )
    mailbox.deliver()  # what the cast was invited with

    registering.crisis_question(play)
    registering.registration(play)
    registering.check_and_register(play)
    registering.bring_to_tafel(play)
    registering.submit_to_trede_3(play)

    deciding.inbox(play)
    deciding.spoed(play)
    deciding.completion(play)
    deciding.acceptance(play)

    meeting.deelnemers(play)
    meeting.dates(play)
    meeting.answer_without_account(play)
    meeting.calendar(play)
    meeting.record(play)

    learning.write_report(play)
    learning.documents(play)
    learning.read_report(play)
    learning.leersessie(play)
    learning.year_report(play)
    learning.who_saw_it(play)
    learning.close(play)
    assert log.check() is None
