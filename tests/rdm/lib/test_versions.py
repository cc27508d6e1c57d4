"""Of two people who change one row, the second is told so."""

from __future__ import annotations

from typing import Any

import pytest

from directory.models import Signaal
from directory.signalen import actions as signalen
from rdm.lib.refusal import Conflict
from rdm.lib.versions import compare_and_set, somebody_was_first

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Signaal:
    """Any row with a version and a status."""
    return signalen.leave(text="Verzonnen: de link werkt niet.")


def put(row: Signaal, seen: int | None = None, **more: Any) -> None:
    compare_and_set(row, seen=seen, no=somebody_was_first("dit signaal"), **more)


def test_the_change_stands_in_the_table_and_on_the_row(row: Signaal) -> None:
    put(row, text="Anders", status="in_progress")
    kept = Signaal.objects.get(pk=row.pk)
    assert (row.text, row.status, row.version) == ("Anders", "in_progress", 2)
    assert (kept.text, kept.status, kept.version) == ("Anders", "in_progress", 2)


def test_two_changes_after_each_other(row: Signaal) -> None:
    put(row, text="Eerst")
    put(row, text="Toen")
    assert Signaal.objects.get(pk=row.pk).version == row.version == 3


def test_who_saw_an_older_version_changes_nothing(row: Signaal) -> None:
    put(row, text="Van de eerste")
    with pytest.raises(Conflict) as no:
        put(row, seen=1, text="Van de tweede")
    assert "Iemand anders heeft dit signaal intussen gewijzigd" in no.value.reason
    assert row.text == Signaal.objects.get(pk=row.pk).text == "Van de eerste"


def test_a_row_that_was_read_before_the_change_is_old_too(row: Signaal) -> None:
    earlier = Signaal.objects.get(pk=row.pk)
    put(row, text="Van de eerste")
    with pytest.raises(Conflict):
        put(earlier, text="Van de tweede")


def test_the_status_must_be_the_one_that_was_asked_about(row: Signaal) -> None:
    """The newest version in the hand, and a row from before somebody took it on."""
    earlier = Signaal.objects.get(pk=row.pk)
    put(row, status="in_progress")
    with pytest.raises(Conflict):
        put(earlier, seen=row.version, text="Te laat")


def test_only_what_is_among_those_that_may_change(row: Signaal) -> None:
    answered = Signaal.objects.filter(status="done")
    with pytest.raises(Conflict):
        put(row, among=answered, text="Niet")
    put(row, among=Signaal.objects.exclude(pk__in=answered), text="Wel")
    assert Signaal.objects.get(pk=row.pk).text == "Wel"
