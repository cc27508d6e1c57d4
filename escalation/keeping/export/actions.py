"""What a resident asks to see, and who of the others stays in it (AVG)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from audit.transaction import action
from directory.models import Procesafspraak
from escalation.change import record, require, tell
from escalation.models import AccessRequest, Casus
from rdm.lib import clock
from rdm.lib.refusal import Refused

if TYPE_CHECKING:
    from directory.models import User

TERM = "verzoek_inwoner"


@action
def start_access_request(*, casus: Casus, by: User, received_on: date) -> AccessRequest:
    """The resident asked for everything that is kept, on the day `received_on` (AVG art. 15)."""
    require(by, casus, "export_dossier")
    if received_on > clock.today():
        raise Refused("Deze datum ligt in de toekomst.", "received_on")
    found = AccessRequest.objects.create(
        casus=casus,
        received_on=received_on,
        due=received_on + timedelta(days=Procesafspraak.number_of(TERM)),
        started_at=clock.now(),
        started_by_name=by.name,
    )
    tell(casus, "access_requested", "De inwoner vroeg om inzage", by=by)
    record(casus, "export_dossier", by=by, part=f"request-{found.pk}")
    return found


@action
def judge_people(
    *, access_request: AccessRequest, by: User, people: Iterable[str], withheld: Iterable[str]
) -> None:
    """Per name of another person: does it stay in what the resident gets, or does it go?

    `people` are the names that were in front of `by`; `withheld` those that go, which may also be
    words that somebody found in a text.
    """
    casus = access_request.casus
    require(by, casus, "export_dossier")
    seen, gone = sorted(set(people)), sorted({word.strip() for word in withheld} - {""})
    AccessRequest.objects.filter(pk=access_request.pk).update(
        people=seen, withheld=gone, judged_at=clock.now(), judged_by_name=by.name
    )
    tell(casus, "people_judged", "Namen van anderen in de inzage beoordeeld", by=by)
    record(casus, "export_dossier", by=by, part=f"judge-{access_request.pk}")
