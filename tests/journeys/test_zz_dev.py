import os
import pytest
from tests.journeys import deciding, learning, meeting, registering
from tests.journeys.play import Play
from tests.journeys.visit import CANARY, shot
from tests.cast import Cast
from demo import walk
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

def test_dev(live_server, cast: Cast, site, mailbox, visitor, enter):
    start = os.environ.get("DEV", "deciding")
    pages = dict(procesmanager=None, coordinator=None, gemeente=None, portefeuillehouder=None)
    casus = walk.registered(cast.procesmanager_only, cast.enschede, situation=f"x {CANARY}")
    t = cast.tafel(1, 1)
    walk.step(casus, cast.procesmanager_only, t)
    walk.submitted(casus, cast.procesmanager_only, question=f"Wie neemt op? ({CANARY})", skipped_reason=f"Die past niet bij de zorgvraag ({CANARY}).", spoed_asked=True, spoed_asked_reason=f"De plek vervalt binnenkort ({CANARY}).")
    if start != "deciding":
        o = walk.accepted(casus, cast.coordinator)
    if start == "learning":
        walk.planned(o, cast.gemeente); walk.held(o, cast.gemeente); type(o).objects.update(solution_text=f"Er komt een plek ({CANARY}).")
    play = Play(cast=cast, site=site, mailbox=mailbox, visitor=visitor, procesmanager=enter(cast.procesmanager_only) if start=="deciding" else None,
      coordinator=enter(cast.coordinator) if start!="meeting" else None, gemeente=enter(cast.gemeente) if start!="deciding" else None, portefeuillehouder=enter(cast.portefeuillehouder) if start=="learning" else None, code=casus.code)
    mailbox.deliver()
    try:
        if start == "deciding":
            deciding.inbox(play); deciding.spoed(play); deciding.completion(play); deciding.acceptance(play)
        if start == "meeting":
            meeting.deelnemers(play); meeting.dates(play); meeting.answer_without_account(play); meeting.calendar(play); meeting.record(play)
        if start == "learning":
            for f in os.environ.get("F", "write_report documents read_report leersessie year_report who_saw_it close").split():
                getattr(learning, f)(play)
    except BaseException:
        for n in pages:
            if getattr(play, n): getattr(play, n).screenshot(path=f"/tmp/jour/fail-{n}.png", full_page=True)
        raise
