"""Every status × every transition, decided here by hand and tried through the real actions.

The table below is written apart from `workflow.py` on purpose: a change there must be meant.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from demo import walk
from escalation.models import Admission, Casus, Hold, Overleg, Transfer
from escalation.permissions import ACTIONS, CASUS_FLOW, Circumstances
from escalation.permissions.circumstances import Loaded
from escalation.permissions.standing import may_now_in
from escalation.workflow import CasusStatus
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Refused
from tests.cast import Cast
from tests.escalation import acts
from tests.escalation.route.test_step_transitions import MOMENTS as STEP_MOMENTS
from tests.house.tried import note
from tests.world import IN_STATUS, draft_casus, held_casus, open_overleg

# transition → {from: to}; everything that is not here must be refused with a reason.
DECIDED: dict[str, dict[str, str]] = {
    "register": {"draft": "active"},
    "discard": {"draft": "discarded"},
    "submit": {"active": "submitted"},
    "withdraw": {"submitted": "active", "incomplete": "active"},
    "ask_completion": {"submitted": "incomplete"},
    "complete": {"incomplete": "submitted"},
    "mark_spoed": {"submitted": "submitted"},
    "accept": {"submitted": "accepted"},
    "return_with_advice": {"submitted": "active"},
    "fix_date": {"accepted": "planned", "planned": "planned"},
    "cancel_date": {"planned": "accepted"},
    "stop_overleg": {"accepted": "active", "planned": "active"},
    "record_overleg": {"planned": "held"},
    "return_to_region": {"held": "active"},
    "nominate": {"held": "nominated"},
    "record_answer": {"nominated": "active"},
    "close": {"active": "closed", "held": "closed"},
    "reopen": {"closed": "active"},
}

REGISTERED = set(CasusStatus.values) - {"draft", "discarded"}
# What is no transition → the statuses in which it can be done. Steps: test_step_transitions.py.
MOMENTS: dict[str, set[str]] = {
    "view": set(CasusStatus.values),
    "view_access_log": set(CasusStatus.values),
    "edit": {"draft", "active", "incomplete"},
    "offer_client_support": REGISTERED - {"closed"},
    "add_note": REGISTERED - {"closed"},
    "add_attachment": REGISTERED - {"closed"},
    "withdraw_attachment": REGISTERED,
    "note_reference": REGISTERED,
    "correct_note": REGISTERED,
    "log_communication": REGISTERED,
    "involve": REGISTERED - {"closed"},
    "change_involvement": REGISTERED - {"closed"},
    "end_involvement": REGISTERED,
    "record_admission": REGISTERED - {"closed"},
    "end_admission": REGISTERED - {"closed"},
    "propose_transfer": {"active", "nominated"},
    "withdraw_transfer": {"active", "nominated"},
    "answer_transfer": {"active", "nominated"},
    "plan_overleg": {"accepted", "planned"},
    "change_afspraak": REGISTERED,
    "report_back": REGISTERED,
    "copy": set(CasusStatus.values) - {"discarded"},
    "export_step": REGISTERED,
    "view_rights": set(CasusStatus.values),
    "restrict": REGISTERED,
    # These two ask for a restriction and a hold, which only a registered casus can have.
    "lift_restriction": set(CasusStatus.values),
    "release_hold": set(CasusStatus.values),
    "correct_text": REGISTERED,
    "export_dossier": REGISTERED,
    "keep_longer": REGISTERED,
    "propose_destruction": {"closed"},
    "approve_destruction": {"closed"},
}
# These ask for something that waits or lasts.
WAITING: dict[str, Loaded] = {
    "withdraw_transfer": {"transfer": Transfer()},
    "answer_transfer": {"transfer": Transfer()},
    "end_admission": {"admission": Admission()},
    "release_hold": {"holds": [Hold(until=clock.today())]},
    "approve_destruction": {"leaving": "proposed"},
}


def _take(name: str, casus: Casus, cast: Cast, version: int | None = None) -> None:
    """Take the transition; an outcome is recorded once the planned moment is there."""
    if name == "fix_date" and casus.status == "accepted":
        walk.with_deelnemers(open_overleg(casus), cast.procesmanager)
    late = timedelta(days=8 if name == "record_overleg" else 0)
    with clock.travel(clock.now() + late):
        acts.take(name, casus, cast, version=version)


def _in(status: str, cast: Cast) -> Casus:
    """A casus in this status from which every transition of the table can be taken."""
    if status == "draft":
        complete = {
            "gemeente": cast.enschede,
            "safety": "yes",
            "resident_informed": True,
            "resident_informed_on": clock.today(),
        }
        return draft_casus(cast, **walk.TEXTS, **complete)
    made = held_casus(cast, solution="none") if status == "held" else IN_STATUS[status](cast)
    return Casus.objects.get(pk=made.pk)


def test_the_tables_name_everything() -> None:
    assert set(DECIDED) == set(CASUS_FLOW.transitions)
    decided = set(MOMENTS) | set(DECIDED) | set(STEP_MOMENTS)
    assert decided == set(ACTIONS)
    assert set(IN_STATUS) == set(CasusStatus.values), "tests/world.py brings a casus there"
    taken = {acts.row_of(name) for name in acts.ACTS}
    assert set(CASUS_FLOW.transitions) <= taken, "tests/escalation/acts.py takes it"


@pytest.mark.parametrize("status", CasusStatus.values)
def test_every_transition_from_this_status(cast: Cast, status: str) -> None:
    """Allowed ones arrive where the table says; the others refuse with a reason, nothing moves."""
    start = _in(status, cast)
    for name, routes in DECIDED.items():
        note("transitions")
        casus = Casus.objects.get(pk=start.pk)
        with transaction.atomic():
            if status in routes:
                _take(name, casus, cast)
                assert Casus.objects.get(pk=start.pk).status == routes[status], name
            else:
                with pytest.raises(Refused) as refused:
                    _take(name, casus, cast)
                assert refused.value.reason.endswith("."), name
                assert Casus.objects.get(pk=start.pk).status == status, name
            transaction.set_rollback(True)
    for name, statuses in MOMENTS.items():
        note("moments")
        casus = Casus.objects.get(pk=start.pk)
        if name == "lift_restriction":
            casus.restricted_at = clock.now()
        now = Circumstances(casus).with_loaded(**WAITING.get(name, {}))
        assert (may_now_in(now, name) is None) == (status in statuses), name


@pytest.mark.parametrize(
    ("status", "name"), [(start, name) for name, routes in DECIDED.items() for start in routes]
)
def test_an_old_version_loses(cast: Cast, status: str, name: str) -> None:
    """Who acts on what somebody else changed meanwhile is told so, and nothing happens."""
    casus = _in(status, cast)
    before = Casus.objects.get(pk=casus.pk)
    with pytest.raises(Conflict):
        _take(name, casus, cast, version=casus.version - 1)
    after = Casus.objects.get(pk=casus.pk)
    assert (after.status, after.version) == (before.status, before.version)


def test_an_overleg_that_is_over_stays_as_it_was(cast: Cast) -> None:
    """Also when the casus has another one going on, in the status that each action asks for."""
    casus, by = _in("held", cast), cast.procesmanager
    first = casus.overleggen.get()
    acts.take("return_to_region", casus, cast)
    walk.submitted(casus, by, exception_reason="e")
    walk.accepted(casus, cast.coordinator, gate_reason="g")
    before = (Overleg.objects.filter(pk=first.pk).values()[0], first.deelnemers.count())
    accepted = ("add_deelnemer", "remove_deelnemer", "propose_date", "fix_date", "stop_overleg")
    planned = ("cancel_date", "record_overleg", "ask_dates")
    for status, names in (("accepted", accepted), ("planned", planned)):
        for name in names:
            casus = Casus.objects.get(pk=first.casus_id)
            assert casus.status == status
            with pytest.raises(Refused, match="geweest of gestopt"):
                acts.take(name, casus, cast, old=True)
        if status == "accepted":
            walk.planned(open_overleg(Casus.objects.get(pk=first.casus_id)), by)
    assert (Overleg.objects.filter(pk=first.pk).values()[0], first.deelnemers.count()) == before
