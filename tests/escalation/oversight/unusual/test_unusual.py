"""Ongewoon gebruik: found in the log, told to the privacy officer, and handled with an explanation
(security.md, promise 1 and Threats)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from audit import log, watching
from audit.models import AuditEntry
from directory.models import Procesafspraak, User
from escalation.models import LogWatch, UnusualReading, UnusualStatus
from escalation.oversight.unusual import actions as oversight
from escalation.oversight.unusual import sweeps as unusual_sweeps
from escalation.oversight.unusual.work import for_user
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Forbidden, Refused
from tests.cast import Cast, person
from tests.world import registered_casus

ClientOf = Callable[[User], Client]
TEN = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
MOST = 3


@pytest.fixture(autouse=True)
def agreed(cast: Cast) -> None:
    Procesafspraak.objects.filter(code__in=["inzage_per_uur", "pogingen_per_uur"]).update(
        number=MOST
    )


def saw(who: User, code: str, at: datetime, **fields: str) -> None:
    values = {"action": "read", "part": "dossier", "role": "gemeente", **fields}
    with clock.travel(at):
        log.record(
            actor=who,
            object_type=values.pop("object_type", "casus"),
            object_id=code,
            organisation=who.acting_for,
            **values,
        )


def saw_many(who: User, number: int, at: datetime, **fields: str) -> None:
    for turn in range(number):
        saw(who, f"TW-26-{turn:05d}", at + timedelta(minutes=turn), **fields)


def mails() -> list[Message]:
    return list(Message.objects.filter(key__startswith="unusual:"))


# --- What is found


def test_more_dossiers_in_an_hour_than_agreed_is_told_once(cast: Cast) -> None:
    saw_many(cast.gemeente, MOST + 1, TEN)
    unusual_sweeps.watch_the_log()
    found = UnusualReading.objects.get()
    assert (found.kind, found.actor_id) == ("reading", str(cast.gemeente.pk))
    assert (found.number, found.allowed, found.hour) == (MOST + 1, MOST, TEN)
    assert (found.actor_name, found.organisation) == (cast.gemeente.name, "Enschede")
    (mail,) = mails()
    assert mail.to == cast.privacy_officer.email
    LogWatch.objects.update(number=0)
    unusual_sweeps.watch_the_log()
    unusual_sweeps.watch_the_log()
    assert UnusualReading.objects.count() == len(mails()) == 1


def test_the_mail_names_nobody_and_no_dossier(cast: Cast) -> None:
    casus = registered_casus(cast)
    for _ in range(MOST + 1):
        saw(cast.outsider, casus.code, TEN, action="refuse", outcome="not_visible")
    unusual_sweeps.watch_the_log()
    (mail,) = mails()
    text = mail.subject + mail.body
    assert reverse("unusual_detail", args=[UnusualReading.objects.get().pk]) in mail.body
    for secret in (casus.code, cast.outsider.name, cast.outsider.email, "Hengelo"):
        assert secret not in text


@pytest.mark.parametrize(
    ("number", "fields"),
    [
        (MOST, {}),
        (MOST + 2, {"part": "access-log"}),
        (MOST + 2, {"action": "update"}),
        (MOST + 2, {"object_type": "terugkoppeling"}),
        (MOST + 2, {"action": "refuse", "outcome": "not_allowed"}),
        (MOST + 2, {"action": "refuse", "outcome": "not_now"}),
        (MOST, {"action": "refuse", "outcome": "not_found"}),
    ],
)
def test_what_is_not_unusual(cast: Cast, number: int, fields: dict[str, str]) -> None:
    saw_many(cast.gemeente, number, TEN, **fields)
    unusual_sweeps.watch_the_log()
    assert not UnusualReading.objects.exists()


def test_one_dossier_often_and_many_spread_over_hours_is_ordinary_work(cast: Cast) -> None:
    for turn in range(MOST + 3):
        saw(cast.gemeente, "TW-26-00001", TEN + timedelta(minutes=turn))
        saw(cast.aanmelder, f"TW-26-{turn:05d}", TEN + timedelta(hours=turn))
    unusual_sweeps.watch_the_log()
    assert not UnusualReading.objects.exists()


def test_hours_are_those_of_the_clock_also_in_the_night_it_changes(cast: Cast) -> None:
    # 01:00 to 02:00 UTC on 25 October is 02:00 to 03:00 in Amsterdam for the second time.
    saw_many(cast.gemeente, MOST + 1, datetime(2026, 10, 25, 0, 10, tzinfo=UTC))
    saw_many(cast.gemeente, MOST + 1, datetime(2026, 10, 25, 1, 10, tzinfo=UTC))
    unusual_sweeps.watch_the_log()
    assert UnusualReading.objects.count() == 2


def test_after_three_days_without_sweeps_everything_is_found(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "AT_ONCE", 3)  # an hour falls over several stretches
    for day in range(3):
        saw_many(cast.gemeente, MOST + 1, TEN + timedelta(days=day))
        saw_many(
            cast.outsider, MOST + 1, TEN + timedelta(days=day), action="refuse",
            outcome="not_visible",
        )  # fmt: skip
    with clock.travel(TEN + timedelta(days=6)):
        unusual_sweeps.watch_the_log()
    found = UnusualReading.objects.values_list("kind", "hour", "number")
    assert sorted(found) == sorted(
        (kind, TEN + timedelta(days=day), MOST + 1)
        for kind in ("reading", "trying")
        for day in range(3)
    )
    assert len(mails()) == 6
    # All rows but those that the sweep itself wrote.
    assert LogWatch.objects.get().number == log.head().number


def test_a_sweep_that_stopped_halfway_goes_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    saw_many(cast.gemeente, MOST + 1, TEN)
    with monkeypatch.context() as broken:
        broken.setattr(oversight, "looked_until", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            unusual_sweeps.watch_the_log()
    assert UnusualReading.objects.count() == 1
    saw_many(cast.gemeente, MOST + 4, TEN + timedelta(minutes=30))
    unusual_sweeps.watch_the_log()
    assert UnusualReading.objects.get().number == MOST + 4
    assert len(mails()) == 1


def test_the_database_keeps_one_melding_per_person_and_hour(cast: Cast) -> None:
    saw_many(cast.gemeente, MOST + 1, TEN)
    unusual_sweeps.watch_the_log()
    found = UnusualReading.objects.get()
    found.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        found.save(force_insert=True)


# --- Over HTTP: what leaves a trace


def test_trying_codes_ends_as_a_melding(cast: Cast, client_of: ClientOf) -> None:
    """A code of somebody else, a code that cannot exist, and a search for a whole code."""
    casus = registered_casus(cast)
    http = client_of(cast.outsider)
    for path in (
        reverse("casus_detail", args=[casus.code]),
        reverse("casus_timeline", args=["TW-26-00000"]),
        f"{reverse('casus_list')}?q={casus.code.lower()}",
        reverse("casus_pdf", args=["Kanarievogel"]),
    ):
        http.get(path)
    unusual_sweeps.watch_the_log()
    found = UnusualReading.objects.get()
    assert (found.kind, found.number, found.role) == ("trying", 4, "procesmanager")
    rows = AuditEntry.objects.filter(action="refuse", actor_id=str(cast.outsider.pk))
    assert [row.object_id for row in rows] == [casus.code, "", "", ""]
    assert not rows.filter(part__icontains="kanarie").exists()


def test_searching_often_for_words_that_are_nowhere_to_be_seen_is_unusual(
    cast: Cast, client_of: ClientOf
) -> None:
    registered_casus(cast, situation="Verzonnen kanarievogel.")
    found, nothing = client_of(cast.gemeente), client_of(cast.outsider)
    for _ in range(MOST + 1):
        found.get(f"{reverse('casus_list')}?q=kanarievogel")
        nothing.get(f"{reverse('casus_list')}?q=kanarievogel")
        # Choosing another list is no search for somebody.
        found.get(f"{reverse('casus_list')}?status=nominated")
    unusual_sweeps.watch_the_log()
    melding = UnusualReading.objects.get()
    assert (melding.kind, melding.number) == ("trying", MOST + 1)
    assert melding.actor_id == str(cast.outsider.pk) and melding.role == "procesmanager"
    page = client_of(cast.privacy_officer).get(reverse("unusual_detail", args=[melding.pk]))
    assert "Niets gevonden" in page.content.decode() and "kanarie" not in page.content.decode()


def test_who_searches_the_log_for_a_code_that_is_none_leaves_a_trace(
    cast: Cast, client_of: ClientOf
) -> None:
    answer = client_of(cast.coordinator).get(reverse("access_log_find") + "?code=TW-26-00000")
    assert answer.status_code == 422
    row = AuditEntry.objects.latest("number")
    assert (row.action, row.object_type, row.object_id) == ("refuse", "casus", "")


def test_finding_the_own_casus_by_its_code_is_no_refusal(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    client_of(cast.gemeente).get(f"{reverse('casus_list')}?q={casus.code}")
    assert not AuditEntry.objects.filter(action="refuse").exists()


# --- Reading and handling


def melding(cast: Cast, who: User | None = None) -> UnusualReading:
    saw_many(who or cast.gemeente, MOST + 1, TEN)
    unusual_sweeps.watch_the_log()
    return UnusualReading.objects.latest("pk")


def test_the_page_says_which_dossiers_and_when_and_is_in_the_log(
    cast: Cast, client_of: ClientOf
) -> None:
    reading = melding(cast)
    answer = client_of(cast.privacy_officer).get(reverse("unusual_detail", args=[reading.pk]))
    page = BeautifulSoup(answer.content, "html.parser")
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in page.select("tbody tr")
    ]
    assert rows == [
        [f"TW-26-{turn:05d}", "overzicht", f"11:0{turn}", "1"] for turn in range(MOST + 1)
    ]
    link = page.select_one("tbody a")
    assert link is not None and f"?wie={cast.gemeente.pk}" in str(link["href"])
    row = AuditEntry.objects.latest("number")
    assert (row.object_type, row.object_id, row.action) == (
        "unusual_reading", str(reading.pk), "read",
    )  # fmt: skip
    assert (row.actor_id, row.purpose) == (str(cast.privacy_officer.pk), "oversee")


def test_only_the_privacy_officer(cast: Cast, client_of: ClientOf) -> None:
    reading = melding(cast)
    paths = [
        reverse("unusual_list"),
        reverse("unusual_detail", args=[reading.pk]),
        reverse("unusual_move", args=[reading.pk, "afhandelen"]),
    ]
    for role, somebody in cast.everybody.items():
        expected = 200 if role == "privacy_officer" else 403
        found = [client_of(somebody).get(path).status_code for path in paths]
        assert found == [expected] * 3, role


def test_it_is_work_until_it_is_handled_with_an_explanation(
    cast: Cast, client_of: ClientOf
) -> None:
    reading = melding(cast)
    http = client_of(cast.privacy_officer)
    assert len(for_user(cast.privacy_officer)) == 1
    assert for_user(cast.coordinator) == []

    def post(word: str, note: str) -> int:
        reading.refresh_from_db()
        data = {"request_id": str(uuid4()), "version": str(reading.version), "note": note}
        return http.post(reverse("unusual_move", args=[reading.pk, word]), data).status_code

    assert post("uitzoeken", "") == 302
    assert len(for_user(cast.privacy_officer)) == 1
    assert post("afhandelen", "  ") == 422
    assert post("afhandelen", "Bel 06-12345678 over de inwoner") == 422
    assert post("afhandelen", "Verzonnen: het hoorde bij een overdracht.") == 302
    reading.refresh_from_db()
    assert reading.status == UnusualStatus.DONE
    assert for_user(cast.privacy_officer) == []
    assert [step.status for step in reading.steps.all()] == ["seen", "done"]
    assert (
        "Verzonnen: het hoorde"
        in http.get(reverse("unusual_detail", args=[reading.pk])).content.decode()
    )
    assert post("afhandelen", "Nog eens.") == 422
    assert post("heropenen", "Verzonnen: er kwam iets bij.") == 302
    assert len(for_user(cast.privacy_officer)) == 1
    log_parts = AuditEntry.objects.filter(object_type="unusual_reading", action="update")
    assert list(log_parts.values_list("part", flat=True)) == ["look_into", "settle", "open_again"]


def test_of_two_people_at_once_one_handles_it(cast: Cast) -> None:
    reading = melding(cast)
    mine = UnusualReading.objects.get(pk=reading.pk)
    oversight.move(reading=reading, by=cast.privacy_officer, name="settle", note="n", version=1)
    with pytest.raises(Conflict):
        oversight.move(reading=mine, by=cast.privacy_officer, name="settle", note="n", version=1)
    with pytest.raises(Forbidden):
        oversight.move(reading=mine, by=cast.coordinator, name="open_again", note="n")


def test_nobody_handles_a_melding_about_themselves_when_somebody_else_can(
    cast: Cast, client_of: ClientOf
) -> None:
    reading = melding(cast, cast.privacy_officer)
    address = reverse("unusual_detail", args=[reading.pk])
    alone = client_of(cast.privacy_officer).get(address).content.decode()
    assert "gaat over uzelf" in alone and "afhandelen" in alone
    other = person("fg2@voorbeeld.example", "Verzonnen Fg", [("zvh-twente", "privacy_officer")])
    with pytest.raises(Refused, match="over uzelf"):
        oversight.move(reading=reading, by=cast.privacy_officer, name="settle", note="n")
    assert "afhandelen" not in client_of(cast.privacy_officer).get(address).content.decode()
    oversight.move(reading=reading, by=other, name="settle", note="n")
