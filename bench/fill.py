"""Fill a database with N invented casussen, in bulk and with a progress bar.

The rows are the shape that the actions make, without walking: walking 20,000 casussen would take
hours. Nothing here is used by the product or its tests.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from tqdm import tqdm

from bench.fill_house import write_log, write_mail, write_melding
from bench.fill_learning import LearningFiller
from directory.models import DeelnemerKind, Gemeente, Organisation, Tafel, User
from escalation.blocks import STORED
from escalation.models import (
    Admission,
    Afspraak,
    Casus,
    DateOption,
    Deelnemer,
    Event,
    InstroomAnswer,
    InstroomToets,
    Involvement,
    Nomination,
    Overleg,
    OwnReference,
    RouteStep,
    Submission,
    Transfer,
)
from rdm.lib import clock, codes
from rdm.lib.spelling import number_in

TEXT = "Verzonnen tekst over een verzonnen casus, lang genoeg om een alinea te vullen. " * 4
# How the casussen of a region lie over the statuses: most are finished.
SHARES = {
    "closed": 60,
    "active": 22,
    "draft": 6,
    "submitted": 2,
    "incomplete": 1,
    "accepted": 2,
    "planned": 2,
    "held": 4,
    "nominated": 1,
}
# The first casussen, all of Enschede: so a small database has something of everything as well, for
# the people of the cast. Ten held overleggen have every fate of a terugkoppeling.
FIRST = [*["held"] * 10, *["active"] * 10, "planned", *SHARES]
# Of so many active casussen one waits for another gemeente, and one resident is admitted.
MOVING_ONE_IN = 40
# How far the last step of an active casus is; the others are closed.
STEPS = ("closed", "prepared", "submitted", "discussed")
REACHED_TREDE_3 = {"submitted", "incomplete", "accepted", "planned", "held", "nominated"}
HELD = {"held", "nominated"}
BATCH = 1000


class Filler:
    """Makes `count` casussen; deterministic for a given `seed`."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self.count = count
        self.random = random.Random(seed)
        self.gemeenten = list(Gemeente.objects.select_related("organisation"))
        self.own = next(one for one in self.gemeenten if one.slug == "enschede")
        # Hengelo looks on in the cast, so it is the one that is asked to take a casus over.
        self.gemeenten.sort(key=lambda one: (one.slug not in ("enschede", "hengelo"), one.slug))
        self.organisations = list(Organisation.objects.exclude(kind="gemeente"))
        self.tafels = list(Tafel.objects.filter(special="").prefetch_related("criteria"))
        # An open step is at a tafel that asks an instroomtoets.
        self.asking = [one for one in self.tafels if one.criteria.all()]
        self.kinds = list(DeelnemerKind.objects.all())
        self.registrant = User.objects.order_by("pk")[0]
        self.now = clock.now()
        self.learning = LearningFiller(self.random, self.now, self.registrant, TEXT)
        self.made = self.planned = 0
        self.used: set[str] = set(Casus.objects.values_list("code", flat=True))

    def run(self) -> None:
        with tqdm(total=self.count, unit=" casussen", desc="Vullen") as bar:
            for start in range(0, self.count, BATCH):
                size = min(BATCH, self.count - start)
                with transaction.atomic():
                    self._batch(size)
                bar.update(size)
        self.learning.leersessies()
        write_mail(self.now)
        write_log(self.now, self.registrant)
        write_melding(self.now, self.registrant)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _batch(self, size: int) -> None:
        casussen = Casus.objects.bulk_create(self._casus() for _ in range(size))
        self._details(casussen)
        self._responsibility([one for one in casussen if one.status == "active"])
        self._route([one for one in casussen if not one.is_draft])
        self._coordination([one for one in casussen if one.first_submitted_at])

    def _code(self, year: int) -> str:
        while (code := codes.new_code("TW", year)) in self.used:
            pass
        self.used.add(code)
        return code

    def _casus(self) -> Casus:
        status = self.random.choices(list(SHARES), weights=list(SHARES.values()))[0]
        created = self.now - timedelta(days=self.random.randint(1, 730))
        gemeente = self.random.choice(self.gemeenten)
        if self.made < len(FIRST):
            status = FIRST[self.made]
            gemeente = self.own
        self.made += 1
        to_trede_3 = status in REACHED_TREDE_3 or (
            status == "closed" and self.random.random() < 0.1
        )
        return Casus(
            code=self._code(created.year),
            status=status,
            status_since=created,
            due=None if status in ("closed", "draft") else self._day_around_now(),
            gemeente=gemeente,
            registered_by=gemeente.organisation,
            carried_by=gemeente.organisation,
            created_by=self.registrant,
            created_at=created,
            updated_at=created + timedelta(days=1),
            registered_at=None if status == "draft" else created,
            first_submitted_at=created + timedelta(days=20) if to_trede_3 else None,
            closed_at=created + timedelta(days=60) if status == "closed" else None,
            closing="solved" if status == "closed" else "",
            closing_reason=TEXT if status == "closed" else "",
            no_acute_danger=True,
            adult=True,
            situation=TEXT,
            frameworks=["zvw", "wmo"],
            safety="yes",
            safety_text=TEXT,
            tried_regular=TEXT,
            stagnation=TEXT,
            sharing_purpose=TEXT,
            sharing_ground="Taak van algemeen belang",
            resident_informed=True,
        )

    def _day_around_now(self) -> date:
        return clock.local_date(self.now) + timedelta(days=self.random.randint(-10, 30))

    def _details(self, casussen: list[Casus]) -> None:
        Event.objects.bulk_create(
            Event(
                casus=casus,
                at=casus.created_at + timedelta(days=number),
                kind="note",
                title=f"Gebeurtenis {number}",
                text=TEXT,
                # One person did everything of the own gemeente: more than anybody's real list.
                actor_id=self.registrant.pk if casus.gemeente == self.own else None,
                actor_name="Verzonnen Persoon",
                actor_organisation=casus.registered_by.name,
            )
            for casus in casussen
            for number in range(8)
        )
        OwnReference.objects.bulk_create(
            OwnReference(
                casus=casus,
                organisation_id=casus.registered_by_id,
                reference=(reference := f"Z-{casus.pk}"),
                number=number_in(reference),
            )
            for casus in casussen
        )
        Involvement.objects.bulk_create(
            Involvement(
                casus=casus,
                organisation=organisation,
                part="behandelaar",
                purpose=TEXT,
                ground="Taak van algemeen belang",
                blocks=self.random.choice(STORED[1:]),
                until=clock.today() + timedelta(days=self.random.randrange(3, 170)),
                resident_informed_on=casus.created_at.date(),
                since=casus.created_at,
                added_by_name="Verzonnen Persoon",
            )
            for casus in casussen
            if not casus.is_draft
            for organisation in self.random.sample(self.organisations, 2)
        )

    def _responsibility(self, active: list[Casus]) -> None:
        """Transfers that wait, to another gemeente than the own one, and admissions that last."""
        after = dict(zip(self.gemeenten, [*self.gemeenten[1:], self.gemeenten[0]], strict=True))
        Transfer.objects.bulk_create(
            Transfer(
                casus=casus,
                from_gemeente=casus.gemeente,
                to_gemeente=after[casus.gemeente],
                reason=TEXT,
                proposed_by_name="Verzonnen Persoon",
            )
            for casus in active[8::MOVING_ONE_IN]
            if casus.gemeente
        )
        Admission.objects.bulk_create(
            Admission(
                casus=casus,
                organisation=self.random.choice(self.organisations),
                since=clock.local_date(casus.created_at),
                recorded_by_name="Verzonnen Persoon",
            )
            for casus in active[9::MOVING_ONE_IN]
        )

    def _route(self, casussen: list[Casus]) -> None:
        steps = RouteStep.objects.bulk_create(
            step for number, casus in enumerate(casussen) for step in self._steps(casus, number)
        )
        toetsen = InstroomToets.objects.bulk_create(
            InstroomToets(
                step=step, number=1, at=step.prepared_at, actor_name="Persoon", result="met"
            )
            for step in steps
        )
        InstroomAnswer.objects.bulk_create(
            InstroomAnswer(
                toets=toets,
                criterium=criterium,
                criterium_code=criterium.code,
                criterium_text=criterium.text,
                value="yes",
            )
            for toets in toetsen
            for criterium in toets.step.tafel.criteria.all()
        )

    def _steps(self, casus: Casus, number: int) -> Iterator[RouteStep]:
        last = self.random.randint(1, 3)
        until = STEPS[number % len(STEPS)] if casus.status == "active" else "closed"
        for position in range(1, last):
            yield self._step(casus, position, "closed")
        yield self._step(casus, last, until)

    def _step(self, casus: Casus, position: int, status: str) -> RouteStep:
        day = clock.local_date(casus.created_at)
        closed = status == "closed"
        tafels = self.tafels if closed else self.asking
        return RouteStep(
            casus=casus,
            tafel=tafels[position % len(tafels)],
            position=position,
            status=status,
            brought_in_by_id=casus.registered_by_id,
            carried_by_id=casus.carried_by_id,
            question=TEXT,
            prepared_at=casus.created_at,
            submitted_on=None if status == "prepared" else day,
            discussed_on=day if status in ("discussed", "closed") else None,
            closed_on=day if closed else None,
            outcome="no_solution" if closed else "",
            outcome_text=TEXT if closed else "",
        )

    def _coordination(self, casussen: list[Casus]) -> None:
        submissions = Submission.objects.bulk_create(self._submission(one) for one in casussen)
        with_overleg = [
            one for one in submissions if one.casus.status not in ("submitted", "incomplete")
        ]
        overleggen = Overleg.objects.bulk_create(self._overleg(one) for one in with_overleg)
        Deelnemer.objects.bulk_create(
            Deelnemer(
                overleg=overleg,
                kind=kind,
                organisation=self.random.choice(self.organisations),
                name="Verzonnen Deelnemer",
                function="bestuurder",
                email=f"deelnemer{number}.{overleg.pk}@voorbeeld.example",
                mandate=True,
            )
            for overleg in overleggen
            for number, kind in enumerate(self.kinds)
        )
        DateOption.objects.bulk_create(
            DateOption(
                overleg=overleg,
                starts_at=self._moment(number),
                ends_at=self._moment(number) + timedelta(hours=1),
                proposed_by_name="Persoon",
            )
            for overleg in overleggen
            for number in range(3)
        )
        held = [one for one in overleggen if one.held_on]
        Afspraak.objects.bulk_create(
            Afspraak(
                overleg=overleg,
                text=TEXT,
                organisation_name="Verzonnen organisatie",
                function="directeur",
                due=self._day_around_now(),
                state=self.random.choice(["open", "done"]),
                position=number,
            )
            for overleg in held
            for number in range(3)
        )
        Nomination.objects.bulk_create(
            Nomination(
                overleg=overleg,
                motivation=TEXT,
                checklist=["Verzonnen voorwaarde."],
                nominated_by_name="Verzonnen Persoon",
            )
            for overleg in held
            if overleg.casus.status == "nominated"
        )
        self.learning.report(held)

    def _moment(self, days: int) -> datetime:
        return self.now + timedelta(days=days + 2)

    def _submission(self, casus: Casus) -> Submission:
        verdict = {"submitted": "pending", "incomplete": "completion"}.get(casus.status, "accepted")
        assert casus.first_submitted_at is not None
        return Submission(
            casus=casus,
            number=1,
            organisation_id=casus.registered_by_id,
            submitted_at=casus.first_submitted_at,
            submitted_by_name="Verzonnen Persoon",
            question=TEXT,
            plan_of_approach=TEXT,
            verdict=verdict,
            verdict_at=None
            if verdict in ("pending", "completion")
            else casus.first_submitted_at + timedelta(days=2),
            verdict_due=clock.local_date(casus.first_submitted_at + timedelta(days=4)),
        )

    def _overleg(self, submission: Submission) -> Overleg:
        casus = submission.casus
        day = clock.local_date(submission.submitted_at + timedelta(days=12))
        values: dict[str, Any] = {}
        if casus.status in HELD or casus.status == "closed":
            values = {
                "held_on": day,
                "recorded_at": self.now,
                "plan_verdict": "adopted",
                "solution": "none" if casus.status == "nominated" else "found",
                "solution_text": TEXT,
                "feedback_due": day + timedelta(days=14),
            }
        if casus.status == "planned":
            # Every other one has taken place and waits for its record.
            self.planned += 1
            start = self._moment(5 if self.planned % 2 else -4)
            values = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
        return Overleg(
            casus=casus,
            submission=submission,
            uid=uuid.UUID(int=self.random.getrandbits(128)),
            opened_at=submission.submitted_at + timedelta(days=2),
            hold_before=day,
            initiator="de burgemeester",
            assignment=TEXT,
            place="Gemeentehuis",
            **values,
        )
