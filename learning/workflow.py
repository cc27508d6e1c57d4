"""The steps of a terugkoppeling, a leersessie and a lesson, as tables."""

from __future__ import annotations

from django.db import models

from rdm.lib.flow import Flow, Transition


class TerugkoppelingStatus(models.TextChoices):
    DRAFT = "draft", "nog te maken"
    SUBMITTED = "submitted", "ingediend"
    CORRECTING = "correcting", "correctie in de maak"


class LeersessieStatus(models.TextChoices):
    PLANNED = "planned", "gepland"
    HELD = "held", "gehouden"
    CANCELLED = "cancelled", "afgezegd"


class LessonStatus(models.TextChoices):
    OPEN = "open", "open"
    IN_PROGRESS = "in_progress", "opgepakt"
    DONE = "done", "afgerond"
    DROPPED = "dropped", "niet verder"


# A lesson that somebody still has to do something about.
LESSON_ONGOING = (LessonStatus.OPEN, LessonStatus.IN_PROGRESS)

TERUGKOPPELING_FLOW = Flow(
    "Terugkoppeling",
    TerugkoppelingStatus.choices,
    [
        Transition(
            "submit_terugkoppeling",
            "Dien de terugkoppeling in",
            (TerugkoppelingStatus.DRAFT, TerugkoppelingStatus.CORRECTING),
            TerugkoppelingStatus.SUBMITTED,
        ),
        Transition(
            "start_correction",
            "Maak een correctie",
            (TerugkoppelingStatus.SUBMITTED,),
            TerugkoppelingStatus.CORRECTING,
        ),
        Transition(
            "withdraw_correction",
            "Stop met de correctie",
            (TerugkoppelingStatus.CORRECTING,),
            TerugkoppelingStatus.SUBMITTED,
        ),
    ],
)

LEERSESSIE_FLOW = Flow(
    "Leersessie",
    LeersessieStatus.choices,
    [
        Transition(
            "hold_leersessie",
            "Rond de leersessie af",
            (LeersessieStatus.PLANNED,),
            LeersessieStatus.HELD,
        ),
        Transition(
            "cancel_leersessie",
            "Zeg de leersessie af",
            (LeersessieStatus.PLANNED,),
            LeersessieStatus.CANCELLED,
        ),
    ],
)

LESSON_FLOW = Flow(
    "Leerpunt",
    LessonStatus.choices,
    [
        Transition(
            "pick_up_lesson", "Pak het leerpunt op", (LessonStatus.OPEN,), LessonStatus.IN_PROGRESS
        ),
        Transition(
            "finish_lesson",
            "Rond het leerpunt af",
            (LessonStatus.OPEN, LessonStatus.IN_PROGRESS),
            LessonStatus.DONE,
        ),
        Transition(
            "drop_lesson",
            "Ga er niet mee verder",
            (LessonStatus.OPEN, LessonStatus.IN_PROGRESS),
            LessonStatus.DROPPED,
        ),
        Transition(
            "reopen_lesson",
            "Open het leerpunt weer",
            (LessonStatus.DONE, LessonStatus.DROPPED),
            LessonStatus.OPEN,
        ),
    ],
)
