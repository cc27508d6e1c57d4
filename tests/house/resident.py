"""The part of the scene about the resident and the end: a casus that is restricted, one that was
asked for, and casussen in every stretch of the way to being destroyed."""

from __future__ import annotations

import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.test import override_settings

from escalation.dossier.closing import actions as closing
from escalation.keeping.destruction import actions as destructions
from escalation.keeping.destruction import sweeps
from escalation.keeping.export import actions as export
from escalation.keeping.export import rules as everything
from escalation.keeping.holds import actions as holds
from escalation.keeping.rights import actions as rights
from escalation.models import Casus
from rdm.lib import clock
from tests import world
from tests.cast import Cast
from tests.escalation.attachments import attached

LONG_AGO = timedelta(days=6 * 366)


def fill(cast: Cast, codes: dict[str, str], keys: dict[str, Any], text: str) -> None:
    """Make it, and note in `codes` and `keys` what the pages need."""
    by = cast.gemeente
    _asked(cast, codes, keys, text)
    restricted = world.registered_casus(cast)
    rights.restrict(casus=restricted, by=by, reason=text)
    codes["restricted"] = restricted.code
    with clock.travel(clock.now() - LONG_AGO):
        old = {name: world.closed_casus(cast) for name in ("due", "proposed", "kept")}
    codes |= {name: casus.code for name, casus in old.items()}
    destructions.propose_destruction(casus=old["proposed"], by=by, ground="term")
    until = clock.today() + timedelta(days=90)
    holds.keep_longer(casus=old["kept"], by=by, reason=text, until=until)
    _destroyed(cast, codes, keys)


def _asked(cast: Cast, codes: dict[str, str], keys: dict[str, Any], text: str) -> None:
    by = cast.gemeente
    asked = world.held_casus(cast)
    codes["asked_for"] = asked.code
    attached.attachment(asked, by)
    attached.attachment(asked, cast.coordinator, audience="own")
    for granted in (True, False):
        rights.correct_text(
            casus=asked,
            by=by,
            field="resident_view",
            asked=text,
            granted=granted,
            new_text=text,
            reason=text,
        )
    request = export.start_access_request(casus=asked, by=by, received_on=clock.today())
    people = everything.people_in(everything.everything(asked))
    export.judge_people(access_request=request, by=by, people=people, withheld=people[:2])
    keys["access_request"] = request.pk
    again = world.registered_casus(cast)
    codes["asked_again"] = again.code
    request = export.start_access_request(casus=again, by=by, received_on=clock.today())
    keys["unjudged_request"] = request.pk


def _destroyed(cast: Cast, codes: dict[str, str], keys: dict[str, Any]) -> None:
    casus = Casus.objects.get(pk=world.submitted_terugkoppeling(cast).overleg.casus_id)
    with clock.travel(clock.now() - LONG_AGO):
        closing.close(casus=casus, by=cast.gemeente, closing="solved", reason="Opgelost.")
    codes["destroyed"] = keys["tombstone"] = casus.code
    casus = Casus.objects.get(pk=casus.pk)
    destructions.propose_destruction(casus=casus, by=cast.gemeente, ground="term")
    destructions.approve_destruction(casus=casus, by=cast.privacy_officer)
    nowhere = Path(tempfile.gettempdir()) / f"rdm-test-tombstones-{os.getpid()}.jsonl"
    with override_settings(TOMBSTONES=nowhere):
        sweeps.destroy_approved()
    nowhere.unlink()


def more(keys: dict[str, Any], copies: Any) -> None:
    """More of everything that these pages list; `copies` is that of tests/house/growth.py."""
    from escalation.models import AccessRequest, Destruction, Hold, Restriction

    tombstone = Destruction.objects.get(code=keys["tombstone"])
    proposed = Destruction.objects.get(state="proposed")
    for row, year in ((tombstone, 30), (proposed, 60)):
        code = row.code[6:]
        copies(row, {"code": lambda turn, a=year, b=code: f"TW-{turn + a}-{b}"})
    copies(Hold.objects.get(), {})
    request = AccessRequest.objects.get(pk=keys["access_request"])
    # What came in with the growth is judged as well, or there would be nothing to download.
    people = everything.people_in(everything.everything(request.casus))
    AccessRequest.objects.filter(pk=request.pk).update(people=people)
    copies(request, {})
    for correction in request.casus.corrections.all():
        copies(correction, {})
    restriction = Restriction.objects.get()
    gone = {"lifted_at": lambda _: restriction.set_at, "lift_reason": lambda _: "r"}
    copies(restriction, gone)
