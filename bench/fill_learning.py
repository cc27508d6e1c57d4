"""What the region learned from the overleggen of a filled database."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from directory.models import Theme, User
from escalation.models import Overleg
from learning.models import (
    Leersessie,
    Lesson,
    ReadReceipt,
    Terugkoppeling,
    TerugkoppelingVersion,
)
from rdm.lib import clock

# What became of ten overleggen in a row; None is not begun.
FATES = ("submitted", None, "draft", "correcting", "twice", *["submitted"] * 5)
SESSIONS = 12


class LearningFiller:
    """Terugkoppelingen and lessons per overleg; a fixed number of leersessies, as in a region."""

    def __init__(self, rng: random.Random, now: datetime, reader: User, text: str) -> None:
        self.random, self.now, self.reader = rng, now, reader
        self.texts = dict.fromkeys(
            ("case_description", "outcomes", "regional_lessons", "national_advice"), text
        )
        self.text = text
        self.themes = list(Theme.objects.all())
        self.seen = 0

    def report(self, overleggen: list[Overleg]) -> None:
        fates: dict[int, str] = {}
        for overleg in overleggen:
            if fate := FATES[self.seen % len(FATES)]:
                fates[overleg.pk] = fate
            self.seen += 1
        made = Terugkoppeling.objects.bulk_create(
            self._terugkoppeling(overleg, fates[overleg.pk])
            for overleg in overleggen
            if overleg.pk in fates
        )
        submitted = [one for one in made if one.status != "draft"]
        twice = [one for one in submitted if fates[one.overleg_id] == "twice"]
        versions = TerugkoppelingVersion.objects.bulk_create(
            [*self._versions(submitted, 1), *self._versions(twice, 2)]
        )
        ReadReceipt.objects.bulk_create(
            ReadReceipt(version=one, user=self.reader, user_name="Verzonnen Persoon")
            for one in versions[::2]
        )
        Lesson.objects.bulk_create(
            Lesson(
                terugkoppeling=one,
                theme=self.random.choice(self.themes),
                level=self.random.choice(Lesson.Level.values),
                text=self.text,
                owner="de themagroep",
            )
            for one in submitted
        )

    def _terugkoppeling(self, overleg: Overleg, fate: str) -> Terugkoppeling:
        return Terugkoppeling(
            overleg=overleg,
            status="submitted" if fate == "twice" else fate,
            due=overleg.feedback_due or overleg.hold_before,
            first_submitted_at=None if fate == "draft" else overleg.recorded_at,
            correction_reason=self.text if fate == "correcting" else "",
            **self.texts,
        )

    def _versions(
        self, of: Iterable[Terugkoppeling], number: int
    ) -> Iterable[TerugkoppelingVersion]:
        for one in of:
            yield TerugkoppelingVersion(
                terugkoppeling=one,
                number=number,
                submitted_at=self.now,
                submitted_by_name="Verzonnen Persoon",
                submitted_by_organisation="Verzonnen organisatie",
                correction_reason=self.text if number > 1 else "",
                **self.texts,
            )

    def leersessies(self) -> None:
        """Held ones in the past months and one to come, each with some terugkoppelingen."""
        today = clock.local_date(self.now)
        made = Leersessie.objects.bulk_create(
            Leersessie(
                title=f"Verzonnen leersessie {number}",
                held_on=today + timedelta(days=14 - 60 * number),
                status="held" if number else "planned",
                agenda=self.text,
                conclusions=self.text if number else "",
                created_by_name="Verzonnen Persoon",
            )
            for number in range(SESSIONS)
        )
        reported = list(Terugkoppeling.objects.exclude(first_submitted_at=None).order_by("pk"))
        for number, session in enumerate(made):
            session.terugkoppelingen.set(reported[number * 5 : number * 5 + 5])
