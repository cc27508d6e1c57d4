"""When a casus is destroyed, nothing that was typed is left anywhere (O-10, promise 9)."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from audit import log
from escalation.keeping import parts as dossier
from escalation.keeping.destruction import actions as destructions
from escalation.keeping.destruction import sweeps
from escalation.keeping.parts import of_the_casus as own
from escalation.keeping.tombstones import ledger as tombstones
from escalation.models import Casus, Deelnemer, Destruction, Overleg
from learning.dossier import STAYS
from learning.models import Terugkoppeling
from outbox.models import Message
from tests.cast import Cast
from tests.escalation.canary import CLEAN, MAIL, WORD, closed_casus

TEXTS = (models.CharField, models.TextField, models.JSONField)


@pytest.fixture(autouse=True)
def list_outside(settings: Any, tmp_path: Path) -> Path:
    settings.TOMBSTONES = tmp_path / "tombstones.jsonl"
    return tmp_path / "tombstones.jsonl"


def destroyed(casus: Casus, cast: Cast) -> Destruction:
    found = destructions.propose_destruction(casus=casus, by=cast.gemeente, ground="term")
    destructions.approve_destruction(casus=casus, by=cast.privacy_officer)
    assert sweeps.destroy_approved() == 1
    found.refresh_from_db()
    return found


def tables_with(word: str) -> list[str]:
    """Every table in which some column of some row holds `word`, whatever it is a table of."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = cursor.fetchall()
            if any(word.lower() in str(value).lower() for row in rows for value in row):
                found.append(table)
    return found


# --- The canary -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_word_is_gone_from_every_table_and_from_the_file(
    cast: Cast, tmp_path: Path, settings: Any
) -> None:
    settings.PRIVATE_DIR = tmp_path / "private"
    casus = closed_casus(cast)
    assert attached_files(tmp_path)
    code = casus.code
    # It really was everywhere.
    assert connection.vendor != "sqlite" or any(WORD.encode() in raw for raw in _files())
    before = set(tables_with(WORD))
    holding = {part.model._meta.db_table for part in dossier.parts()}
    without = {"audit_explanation", "learning_terugkoppelingversion", "escalation_dateoption"}
    without |= {"escalation_dateanswer", "escalation_instroomtoets"}
    assert before == holding - without
    tombstone = destroyed(casus, cast)
    assert tables_with(WORD) == []
    assert tables_with(MAIL) == []
    left = {"audit_auditentry", "escalation_destruction"}
    assert set(tables_with(code)) <= left
    assert WORD not in tombstones.place().read_text(encoding="utf-8")
    assert WORD not in str(tombstone.counts)
    assert tombstone.swept_at
    assert not attached_files(tmp_path)
    if connection.vendor == "sqlite":
        assert not [raw for raw in _files() if WORD.lower().encode() in raw.lower()]


def attached_files(folder: Path) -> list[Path]:
    return [one for one in (folder / "private").rglob("*") if one.is_file()]


def _files() -> Iterator[bytes]:
    """The raw bytes of the database and of what SQLite keeps beside it. Read by another process:
    closing a file that SQLite has open gives up the locks that it holds on it."""
    path = Path(str(connection.settings_dict["NAME"]))
    for one in path.parent.glob(f"{path.name}*"):
        yield subprocess.run(["cat", str(one)], capture_output=True, check=True).stdout


@pytest.mark.django_db(transaction=True)
def test_without_a_terugkoppeling_nothing_is_left_at_all(cast: Cast) -> None:
    casus = closed_casus(cast, report=False)
    destroyed(casus, cast)
    assert tables_with(WORD) == []
    assert not Casus.objects.filter(pk=casus.pk).exists()
    assert not Overleg.objects.exists() and not Deelnemer.objects.exists()
    assert not Message.objects.filter(subject__contains=casus.code).exists()


def test_every_field_of_the_canary_was_filled_in(cast: Cast) -> None:
    """A new text field that nobody plants the word in would make the test above blind to it."""
    casus = closed_casus(cast)
    empty = []
    for part in dossier.parts():
        rows = list(part.rows(casus))
        for one in part.model._meta.concrete_fields:
            if not isinstance(one, TEXTS) or one.choices or one.name in part.technical:
                continue
            if not any(WORD.lower() in str(getattr(row, one.name)).lower() for row in rows):
                empty.append(f"{part.key}.{one.name}")
    assert set(empty) - NOT_TYPED == set()


# Made by the program, or by somebody in another casus: the name of a member of staff, a code, a
# text of the region. And what stays on purpose.
NOT_TYPED = {
    "casus.code",
    "casus.guide_answers",
    "casus.frameworks",
    # Choices of the region, kept by their code.
    "involvement.blocks",
    "casus.stagnations",
    "casus.basic_needs",
    "attachment.added_by_name",
    "attachment.withdrawn_by_name",
    "attachment_version.added_by_name",
    "attachment_version.added_by_organisation",
    "attachment_version.removed_by_name",
    "event.actor_name",
    "event.actor_organisation",
    "involvement.added_by_name",
    "toets.actor_name",
    "toets.deciding",
    "answer.criterium_text",
    "submission.submitted_by_name",
    "submission.gate_gaps",
    "submission.warnings",
    "submission.verdict_by_name",
    "submission.verdict_reason",
    "overleg.cancel_reason",
    "date_option.proposed_by_name",
    "nomination.nominated_by_name",
    "nomination.checklist",
    "admission.recorded_by_name",
    "transfer.proposed_by_name",
    "transfer.answered_by_name",
    "hold.placed_by_name",
    "hold.ended_by_name",
    "restriction.set_by_name",
    "restriction.lifted_by_name",
    "correction.by_name",
    "access_request.started_by_name",
    "access_request.judged_by_name",
    "message.subject",
    "explanation.field",
    "explanation.kinds",
    "explanation.reason",
    "terugkoppeling_version.case_description",
    "terugkoppeling_version.outcomes",
    "terugkoppeling_version.regional_lessons",
    "terugkoppeling_version.national_advice",
    "terugkoppeling_version.submitted_by_name",
    "terugkoppeling_version.submitted_by_organisation",
    "terugkoppeling_version.correction_reason",
}


# --- What stays -----------------------------------------------------------------------------------


def test_the_terugkoppeling_stays_without_the_code(cast: Cast) -> None:
    casus = closed_casus(cast)
    uid = casus.overleggen.get().uid
    destroyed(casus, cast)
    report = Terugkoppeling.objects.get()
    left = report.overleg.casus
    assert report.status == "submitted" and report.correction_reason == ""
    assert {name: getattr(report, name) for name in CLEAN} == CLEAN
    assert report.versions.get().outcomes == CLEAN["outcomes"]
    assert left.pk == casus.pk and left.code != casus.code and left.destroyed_at
    assert report.overleg.uid != uid
    assert not left.events.exists() and not left.domains.exists()
    assert not Casus.objects.visible_to(cast.gemeente).filter(pk=left.pk).exists()
    assert not Casus.objects.visible_to(cast.coordinator).filter(pk=left.pk).exists()
    assert Terugkoppeling.objects.visible_to(cast.portefeuillehouder).get() == report


def test_the_tombstone_says_who_when_and_why(cast: Cast) -> None:
    casus = closed_casus(cast)
    tombstone = destroyed(casus, cast)
    assert tombstone.code == casus.code
    assert tombstone.proposed_by_name == cast.gemeente.name
    assert tombstone.approved_by_name == cast.privacy_officer.name
    assert tombstone.ground_words == "de bewaartermijn is voorbij (5 jaar na het afsluiten)"
    assert tombstone.counts["Tijdlijn"] > 10 and tombstone.destroyed_at
    assert log.check() is None


# --- Every row that can be reached ----------------------------------------------------------------


def reachable(model: type[models.Model], seen: set[type[models.Model]]) -> set[Any]:
    """Every model from which a foreign key or a list leads, in some steps, to `model`."""
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        if other not in seen:
            seen.add(other)
            reachable(other, seen)
    return seen


def test_every_model_around_a_casus_is_a_part() -> None:
    """A new table that points at a casus is shown and destroyed, or this fails."""
    around = {model for model in reachable(Casus, set()) if not model._meta.auto_created}
    covered = {part.model for part in dossier.parts()}
    assert {model.__name__ for model in around - covered} == set(STAYS)
    assert covered - around - {Casus} == set(own.BY_CODE)
    assert len({part.key for part in dossier.parts()}) == len(dossier.parts())


@pytest.mark.parametrize("part", dossier.parts(), ids=lambda part: part.key)
def test_every_field_is_shown_or_says_nothing(part: dossier.Part) -> None:
    meta = part.model._meta
    fields = {one.name for one in [*meta.concrete_fields, *meta.many_to_many]} - {"id"}
    parents = {
        one.name
        for one in meta.concrete_fields
        if one.is_relation and one.related_model in {other.model for other in dossier.parts()}
    }
    assert set(part.shows) | part.technical | parents == fields | set()
    assert not set(part.shows) & part.technical
    assert part.people <= set(part.shows)


@pytest.mark.parametrize(
    "part", [part for part in dossier.parts() if part.emptied], ids=lambda part: part.key
)
@pytest.mark.django_db
def test_what_is_left_has_no_text(part: dossier.Part, cast: Cast) -> None:
    """Of a row that has to stay every text is emptied, except a word from a list."""
    assert part.emptied is not None
    emptied = part.emptied()
    kept = {
        one.name
        for one in part.model._meta.concrete_fields
        if isinstance(one, TEXTS) and one.name not in emptied
    }
    assert kept == set(part.stays)


def test_all_parts_are_in_the_settings() -> None:
    """An app that keeps something about a casus names its parts."""
    labels = {apps.get_containing_app_config(part.model.__module__) for part in dossier.parts()}
    assert {one.label for one in labels if one} == {"escalation", "learning", "outbox", "audit"}


# --- After a backup -------------------------------------------------------------------------------


def test_a_restored_backup_is_destroyed_again(
    cast: Cast, list_outside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    casus = closed_casus(cast)
    code = casus.code
    first = destroyed(casus, cast)
    line = next(tombstones.lines())
    assert line["code"] == code and first.noted_at
    # The backup from before brings the casus back, and knows nothing of the destruction.
    again = closed_casus(cast)
    Destruction.objects.all().delete()
    Casus.objects.filter(pk=again.pk).update(code=code)
    Message.objects.all().delete()  # under the code that it was made with
    call_command("reapply_tombstones")
    assert "1 op de lijst, 1 opnieuw vernietigd." in capsys.readouterr().out
    tombstone = Destruction.objects.get()
    assert (tombstone.code, tombstone.ground) == (code, "term")
    assert tombstone.destroyed_at == first.destroyed_at
    assert not Casus.objects.filter(code=code).exists()
    assert tables_with(WORD) == []
    call_command("reapply_tombstones")
    assert "1 op de lijst, 0 opnieuw vernietigd." in capsys.readouterr().out


def test_a_list_that_cannot_be_written_is_written_later(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.TOMBSTONES = tmp_path / "bestaat-niet" / "tombstones.jsonl"
    casus = closed_casus(cast)
    destructions.propose_destruction(casus=casus, by=cast.gemeente, ground="term")
    destructions.approve_destruction(casus=casus, by=cast.privacy_officer)
    with pytest.raises(FileNotFoundError):
        sweeps.destroy_approved()
    assert Destruction.objects.get().noted_at is None
    settings.TOMBSTONES = tmp_path / "tombstones.jsonl"
    assert sweeps.destroy_approved() == 0
    assert [one["code"] for one in tombstones.lines()] == [casus.code]
    assert Destruction.objects.get().noted_at
    assert sweeps.destroy_approved() == 0
    assert len(list(tombstones.lines())) == 1
