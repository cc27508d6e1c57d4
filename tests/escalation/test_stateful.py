"""A casus on its way, by anybody of the cast, right and wrong, in any order.

Hypothesis chooses who does what; after each attempt everything that must always be true is asked.
What a transition does is taken from the tables that are decided by hand (test_transitions.py,
test_step_transitions.py), and who may do it from the permission table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db.models import Count
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from audit import log
from audit.models import AuditEntry
from demo import walk
from directory.models import Role, User
from escalation.blocks import ALL, NONE, Blocks
from escalation.keeping.destruction import actions as destructions
from escalation.models import Casus, Deelnemer, Destruction, Event, Overleg, RouteStep
from escalation.overleg.nomination import actions as nominations
from escalation.overleg.nomination import rules as nomination_rules
from escalation.permissions import ACTIONS, Circumstances, relations
from escalation.permissions.keeping import reason_to_keep
from escalation.permissions.relations import blocks_in, relations_in
from escalation.permissions.standing import may_now_in
from escalation.permissions.table import OPEN_OVERLEG
from escalation.roles import CASE_ROLES, REGISTRANTS
from escalation.workflow import CasusStatus
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Forbidden, Refused
from tests import world
from tests.cast import ROLES, Cast
from tests.escalation import acts
from tests.escalation.route.test_step_transitions import DECIDED as STEP_DECIDED
from tests.escalation.route.test_step_transitions import MOMENTS as STEP_MOMENTS
from tests.escalation.test_transitions import DECIDED, MOMENTS
from tests.rows import everything
from tests.standing import undone

# How long before today it begins, so that the overleg can be in the past as well.
BEGIN = timedelta(days=90)
HELD_AFTER = timedelta(days=11)
ON = {*DECIDED, "add_step", "submit_step", "discuss_step", "not_admit_step", "close_step"}
TEXT = "Verzonnen tekst."
TOMBSTONES = Destruction._meta.db_table
# Hypothesis itself prefers what is small and seen before; a casus must get everywhere.
LUCK = st.randoms(use_true_random=True)
STARTS = ("draft", "active", "route", "submitted", "accepted", "planned", "held", "nominated")


class OnTheWay(RuleBasedStateMachine):
    """One casus, from wherever it is to wherever it goes."""

    cast: Cast
    begun: dict[str, int]  # status → the casus that is in it
    # Of all runs: where they began, what was tried by who may and by anybody, what came of it.
    tried: dict[str, Counter[str]] = {"begin": Counter(), "right": Counter(), "any": Counter()}
    taken: Counter[str] = Counter()
    refused: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.undo = undone()
        self.undo.__enter__()
        # Once the overleg of a casus that begins as `held` is over.
        self.now = clock.now() - BEGIN + HELD_AFTER
        self.head = log.head()

    def teardown(self) -> None:
        try:
            with clock.travel(self.now):
                self.always()
            assert log.check(self.head) is None
        finally:
            self.undo.__exit__(None, None, None)

    # --- what happens

    @initialize(luck=LUCK)
    def begin(self, luck: Random) -> None:
        self.pk = self.begun[self.least("begin", STARTS, luck)]

    @rule(luck=LUCK)
    def somebody_does_what_can_be_done(self, luck: Random) -> None:
        self.do_one_of(self.possible(), luck)

    @rule(luck=LUCK)
    def it_goes_on(self, luck: Random) -> None:
        """One of the steps of a workflow, or a casus would hardly get anywhere."""
        possible = self.possible()
        self.do_one_of({name: possible[name] for name in possible if acts.row_of(name) in ON}, luck)

    @rule(luck=LUCK)
    def anybody_tries_anything(self, luck: Random) -> None:
        self.time_passes(luck)
        name, who = self.least("any", acts.ACTS, luck), luck.choice(sorted(ROLES))
        text, late = luck.choice([TEXT, TEXT, "", " \n "]), luck.random() < 0.2
        self.attempt(name, who, text=text, late=late, old=luck.random() < 0.5)

    @rule(luck=LUCK)
    def the_night_falls(self, luck: Random) -> None:
        """What two people approved is destroyed, unless somebody wants to keep it after all; it
        goes on with another casus."""
        for destruction in Destruction.objects.filter(state=Destruction.State.APPROVED):
            casus, before = self.casus(), everything()
            with clock.travel(self.now):
                wanted = reason_to_keep(Circumstances(casus)) is not None
                assert destructions.carry_out(destruction=destruction) != wanted
            after = everything()
            if wanted:
                assert {**after, TOMBSTONES: None} == {**before, TOMBSTONES: None}
                continue
            assert [table for table, rows in after.items() if casus.code in str(rows)] == [
                TOMBSTONES
            ]
            self.taken["(destroyed)"] += 1
            left = Casus.objects.filter(pk__in=self.begun.values(), destroyed_at=None)
            self.pk = luck.choice(sorted(left.exclude(pk=casus.pk).values_list("pk", flat=True)))

    def possible(self) -> dict[str, list[str]]:
        """What can be done now, as far as the tables know, and by whom."""
        now = Circumstances(self.casus())
        standing = {who: relations_in(now, user) for who, user in self.cast.everybody.items()}
        found = {
            name: [who for who in standing if ACTIONS[acts.row_of(name)].who & standing[who]]
            for name in acts.ACTS
            if may_now_in(now, acts.row_of(name)) is None
        }
        return {name: people for name, people in found.items() if people}

    def do_one_of(self, possible: dict[str, list[str]], luck: Random) -> None:
        self.time_passes(luck)
        if possible:
            name = self.least("right", possible, luck)
            self.attempt(name, luck.choice(possible[name]))

    def time_passes(self, luck: Random) -> None:
        self.now += timedelta(days=luck.choice([0, 0, 1, 4, 9]))

    def least(self, kind: str, names: Iterable[str], luck: Random) -> str:
        """What was tried least until now, or the runs of a day would leave half of it untried."""
        tried = self.tried[kind]
        name = min(sorted(names), key=lambda one: (tried[one], luck.random()))
        tried[name] += 1
        return name

    # --- what must be true

    def casus(self) -> Casus:
        return Casus.objects.get(pk=self.pk)

    def attempt(
        self, name: str, who: str, *, text: str = TEXT, late: bool = False, old: bool = False
    ) -> None:
        casus, by, row = self.casus(), getattr(self.cast, who), acts.row_of(name)
        right = bool(ACTIONS[row].who & relations(by, casus))
        steps = dict(casus.steps.values_list("pk", "status"))
        before, entries = everything(), AuditEntry.objects.count()
        began = self.began()
        over, lines = self.over(), self.lines(but="explained" if row == "discard" else "")
        how = {"text": text, "version": casus.version - 1 if late else None, "old": old}
        try:
            with clock.travel(self.now):
                acts.take(name, Casus.objects.get(pk=self.pk), self.cast, by=who, **how)
        except Refused as no:
            self.refused[row] += 1
            assert no.reason.endswith((".", "?"))
            assert right or isinstance(no, Forbidden) or not isinstance(no, Conflict)
            assert everything() == before, f"{name} was refused and changed something"
            assert AuditEntry.objects.count() == entries
        else:
            self.taken[row] += 1
            assert right, f"{who} may not {name}"
            logged = AuditEntry.objects.count() > entries
            assert logged or everything() == before, f"{name} is not in the log"
            self.moved_as_decided(row, casus, steps)
            assert self.began().items() >= began.items(), f"{name} rewrote who began"
            assert {pk: self.over()[pk] for pk in over} == over, f"{name} changed what is over"
            now = self.lines()
            assert {pk: now.get(pk) for pk in lines} == lines, f"{name} changed the timeline"
            with clock.travel(self.now):
                self.always()

    def began(self) -> dict[int, int]:
        """Who registered the casus (under 0), and who took each step to its tafel."""
        registered = Casus.objects.values_list("registered_by", flat=True).get(pk=self.pk)
        steps = RouteStep.objects.filter(casus=self.pk)
        return {0: registered, **dict(steps.values_list("pk", "brought_in_by"))}

    def over(self) -> dict[int, Any]:
        """Every overleg that was held or stopped, with who sat there."""
        done = Overleg.objects.filter(casus=self.pk).exclude(held_on=None, cancelled_at=None)
        return {
            one["id"]: (one, list(Deelnemer.objects.filter(overleg=one["id"]).values()))
            for one in done.values()
        }

    def lines(self, but: str = "") -> dict[int, Any]:
        """Every line of the timeline, which only grows."""
        found = Event.objects.filter(casus=self.pk).exclude(kind=but)
        return {one["id"]: one for one in found.values()}

    def moved_as_decided(self, row: str, before: Casus, steps: dict[int, str]) -> None:
        """The status goes over the table; a closed casus only where that is decided."""
        now = self.casus()
        if row in DECIDED:
            assert now.status == DECIDED[row].get(before.status), row
            assert now.version > before.version
        else:
            assert now.status == before.status, row
            assert before.status in {**MOMENTS, **STEP_MOMENTS}[row], row
        for pk, status in now.steps.values_list("pk", "status"):
            wanted = STEP_DECIDED.get(row, {}).get(steps.get(pk, ""), steps.get(pk, "prepared"))
            assert status in (wanted, steps.get(pk, "prepared")), row

    def always(self) -> None:
        casus = self.casus()
        now = Circumstances(casus)
        for who, user in self.cast.everybody.items():
            sees, standing = Casus.objects.visible_to(user), relations_in(now, user)
            found = sees.filter(pk=casus.pk).exists()
            assert found == bool(ACTIONS["view"].who & standing), who
            assert blocks_in(now, user, standing) == self.shared_with(user, casus), who
        waiting = casus.submissions.filter(verdict__in=("pending", "completion")).count()
        assert waiting == (casus.status in (CasusStatus.SUBMITTED, CasusStatus.INCOMPLETE))
        going = casus.overleggen.filter(held_on=None, cancelled_at=None).count()
        assert going == (casus.status in OPEN_OVERLEG)
        assert casus.transfers.pending().count() <= 1
        assert casus.admissions.filter(until=None).count() <= 1
        numbers = list(casus.steps.order_by("position").values_list("position", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        twice = Message.objects.values("key").annotate(number=Count("pk")).filter(number__gt=1)
        assert not twice.exists()

    def shared_with(self, user: User, casus: Casus) -> Blocks:
        """What this person reads of the dossier, from the rows themselves: all of it for who
        carries or registered it and for the coördinatiepunt, else what was shared. What is
        restricted is only left to the gemeente and the coördinatiepunt."""
        mine = user.organisation_ids(*CASE_ROLES)
        registered = casus.status not in ("draft", "discarded")
        free = casus.restricted_at is None
        carried = casus.gemeente_id in mine
        whole = registered and carried
        whole |= casus.carried_by_id in user.organisation_ids(*REGISTRANTS) and (free or carried)
        whole |= Role.COORDINATOR in user.roles and casus.first_submitted_at is not None
        if whole:
            return ALL
        if not registered or not free:
            return NONE
        today = clock.today()
        lasting = [
            one.shares
            for one in casus.involvements.filter(organisation__in=mine, ended_at=None)
            if one.until is None or one.until >= today
        ]
        return NONE.union(*lasting)


def _begun(cast: Cast, status: str) -> Casus:
    if status == "draft":
        return walk.draft(cast.procesmanager, gemeente=cast.enschede, **DRAFT)
    if status == "active":
        return world.registered_casus(cast)
    casus, by = world.tried_casus(cast), cast.procesmanager
    if status == "route":
        walk.step(casus, by, cast.tafel(2), until="submitted")
        walk.step(casus, by, cast.tafel(1), until="prepared")
        return casus
    walk.submitted(casus, by)
    if status != "submitted":
        walk.accepted(casus, cast.coordinator)
    if status in ("planned", "held", "nominated"):
        walk.planned(world.open_overleg(casus), by)
    if status in ("held", "nominated"):
        with clock.travel(clock.now() + timedelta(days=10)):
            walk.held(casus.overleggen.get(), by, solution="none")
    if status == "nominated":
        casus.refresh_from_db()
        with clock.travel(clock.now() + timedelta(days=10)):
            nominations.nominate(
                casus=casus,
                by=by,
                motivation="m",
                checklist=nomination_rules.trede_4_conditions(),
            )
    return casus


DRAFT = {**walk.TEXTS, "safety": "no", "resident_informed": False, "not_informed_reason": "r"}


@contextmanager
def counted() -> Iterator[None]:
    for tried in OnTheWay.tried.values():
        tried.clear()
    OnTheWay.taken.clear()
    OnTheWay.refused.clear()
    yield


def run(cast: Cast, **how: object) -> None:
    OnTheWay.cast = cast
    with clock.travel(clock.now() - BEGIN):
        OnTheWay.begun = {status: _begun(cast, status).pk for status in STARTS}
    with counted():
        run_state_machine_as_test(
            OnTheWay,
            settings=settings(
                deadline=None,
                suppress_health_check=list(HealthCheck),
                database=None,
                # What fails is shown as it was found: making it shorter takes minutes.
                phases=[Phase.generate],
                **how,
            ),
        )


@pytest.mark.once
def test_a_casus_on_its_way(cast: Cast) -> None:
    """Sixty runs, the same ones every time as long as the test is the same."""
    run(cast, max_examples=60, stateful_step_count=30, derandomize=True)
    # Otherwise the runs would prove nothing. What comes too early on one day of the year may be
    # left undone on another.
    everything_there_is = {acts.row_of(name) for name in acts.ACTS}
    assert len(everything_there_is - set(OnTheWay.taken)) <= 5
    assert set(OnTheWay.refused) == everything_there_is


@pytest.mark.nightly
def test_a_casus_on_its_way_for_long(cast: Cast) -> None:
    """Other runs every night, long enough to do everything there is to do."""
    run(cast, max_examples=500, stateful_step_count=30)
    everything_there_is = {acts.row_of(name) for name in acts.ACTS}
    assert set(OnTheWay.taken) == everything_there_is | {"(destroyed)"}
    assert set(OnTheWay.refused) == everything_there_is
    # The first four change nothing; a copy changes another casus than the one on its way.
    others = {"view", "view_access_log", "view_rights", "export_step", "copy"}
    assert everything_there_is | others == set(ACTIONS)
