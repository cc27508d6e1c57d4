"""Who saw a casus: what stands there, folded into one line per person, day and kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit import log, readers
from audit.models import AuditEntry
from directory.models import User
from escalation.models import Casus
from escalation.oversight.access_log.views import part_words
from rdm.lib import clock, paging
from tests.cast import Cast
from tests.world import registered_casus, submitted_casus, submitted_terugkoppeling

ClientOf = Callable[[User], Client]
NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)


def saw(casus: Casus, who: User, part: str, at: datetime, action: str = "read") -> None:
    with clock.travel(at):
        log.record(
            actor=who,
            action=action,
            object_type="casus",
            object_id=casus.code,
            part=part,
            role=", ".join(sorted(who.roles)),
            organisation=who.acting_for,
        )


def lines(http: Client, casus: Casus, query: str = "") -> list[list[str]]:
    """The rows of the page, each cell as words."""
    answer = http.get(reverse("casus_access_log", args=[casus.code]) + query)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in page.select("tbody tr")
    ]


def test_one_line_per_person_day_and_kind_newest_first(cast: Cast, client_of: ClientOf) -> None:
    casus, other = registered_casus(cast), registered_casus(cast)
    gemeente, manager = cast.gemeente, cast.procesmanager
    saw(casus, gemeente, "dossier", NOON)
    saw(casus, manager, "dossier", NOON + timedelta(minutes=1))
    saw(casus, gemeente, "registration:situatie", NOON + timedelta(hours=2))
    saw(casus, gemeente, "dossier", NOON + timedelta(hours=3))
    saw(casus, gemeente, "dossier", NOON + timedelta(hours=3), action="export")
    saw(casus, gemeente, "timeline", NOON + timedelta(days=1))
    saw(other, gemeente, "overleg", NOON)
    role = f"{gemeente.name} gemeente (overleg en terugkoppeling), Enschede"
    assert lines(client_of(cast.privacy_officer), casus) == [
        [role, "11 maart 2026", "Casus bekeken tijdlijn", "1 keer 12:00"],
        [role, "10 maart 2026", "Casus gedownload overzicht", "1 keer 15:00"],
        [
            *(role, "10 maart 2026"),
            *("Casus bekeken overzicht, registratie (situatie)", "3 keer 12:00 – 15:00"),
        ],
        [
            f"{manager.name} gemeente (overleg en terugkoppeling), procesmanager, Enschede",
            *("10 maart 2026", "Casus bekeken overzicht", "1 keer 12:01"),
        ],
    ]


def test_a_day_is_a_day_in_amsterdam(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    # Half past eleven at night and half past midnight, on both sides of the change of the clock.
    for moment in (
        datetime(2026, 3, 28, 22, 30, tzinfo=UTC),
        datetime(2026, 3, 28, 23, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 21, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 22, 30, tzinfo=UTC),
    ):
        saw(casus, cast.gemeente, "dossier", moment)
    found = lines(client_of(cast.privacy_officer), casus)
    assert [(day, often) for _, day, _, often in found] == [
        ("30 maart 2026", "1 keer 00:30"),
        ("29 maart 2026", "2 keer 00:30 – 23:30"),
        ("28 maart 2026", "1 keer 23:30"),
    ]


def test_the_terugkoppeling_of_the_casus_is_on_it_with_its_downloads(
    cast: Cast, client_of: ClientOf
) -> None:
    report, other = submitted_terugkoppeling(cast), submitted_terugkoppeling(cast)
    casus = report.overleg.casus
    reader = client_of(cast.portefeuillehouder)
    for found in (report, other):
        place = [found.overleg.casus.code, found.pk]
        reader.get(reverse("terugkoppeling_detail", args=place))
        reader.get(reverse("terugkoppeling_pdf", args=place))
        reader.get(reverse("terugkoppeling_docx", args=place) + "?versie=1")
    seen = [
        what
        for who, _, what, _ in lines(client_of(cast.coordinator), casus)
        if who.startswith(cast.portefeuillehouder.name)
    ]
    assert seen == [
        "Terugkoppeling gedownload Word-bestand (versie 1), pdf (laatste versie)",
        "Terugkoppeling bekeken laatste versie",
    ]


def test_who_was_refused_is_on_it_with_why(cast: Cast, client_of: ClientOf) -> None:
    casus = submitted_casus(cast)
    client_of(cast.outsider).get(reverse("casus_detail", args=[casus.code]))
    client_of(cast.gemeente).get(reverse("submission_accept", args=[casus.code]))
    found = lines(client_of(cast.coordinator), casus)
    assert [line[2] for line in found] == [
        "Geweigerd mag dit niet doen: aanmelding",
        "Geweigerd mag de casus niet zien: overzicht",
    ]
    assert cast.outsider.name in found[1][0] and "procesmanager, Hengelo" in found[1][0]


def test_the_log_can_be_narrowed_to_a_person_a_kind_and_a_period(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = registered_casus(cast)
    gemeente, manager = cast.gemeente, cast.procesmanager
    # Half past eleven at night in Amsterdam, on the last day of winter time.
    late = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)
    saw(casus, gemeente, "dossier", NOON)
    saw(casus, gemeente, "dossier", late, action="export")
    saw(casus, manager, "timeline", late)
    http = client_of(cast.privacy_officer)
    assert len(lines(http, casus, f"?wie={gemeente.pk}")) == 2
    assert len(lines(http, casus, f"?wie={gemeente.pk}&wat=exported")) == 1
    assert len(lines(http, casus, "?van=2026-03-28&tot=2026-03-28")) == 2
    assert len(lines(http, casus, "?van=2026-03-29&tot=2026-03-29")) == 0
    assert len(lines(http, casus, "?tot=2026-03-27")) == 1
    address = reverse("casus_access_log", args=[casus.code])
    page = http.get(f"{address}?wie={gemeente.pk}&van=2026-03-11")
    assert dict(page.context["totals"]) == {
        "Mensen": "1", "Bekeken": "0 keer", "Gedownload": "1 keer", "Geweigerd": "0 keer",
    }  # fmt: skip
    for wrong in ("wie=999999", "wie=x", "wat=alles", "van=31-02-2026",
                  "van=2026-03-02&tot=2026-03-01"):  # fmt: skip
        answer = http.get(f"{address}?{wrong}")
        assert answer.status_code == 422, wrong
        assert "Fout: " in answer.content.decode()
    # Looking with a filter is looking as well.
    mine = AuditEntry.objects.filter(actor_id=str(cast.privacy_officer.pk), object_id=casus.code)
    assert mine.filter(action="read", part="access-log").count() == 11


def test_changing_is_not_seeing(cast: Cast) -> None:
    casus = submitted_casus(cast)
    assert not readers.lines_about(["casus"], casus.code).exists()


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("docx:version-12", "Word-bestand (versie 12)"),
        ("client-support", "cliëntondersteuning"),
        ("iets-nieuws", "iets-nieuws"),
        ("", ""),
    ],
)
def test_a_part_in_words(part: str, words: str) -> None:
    assert part_words(part) == words


def test_many_people_are_paged_at_the_same_cost(cast: Cast, client_of: ClientOf) -> None:
    casus = submitted_casus(cast)
    http = client_of(cast.coordinator)
    address = reverse("casus_access_log", args=[casus.code])

    def cost() -> int:
        http.get(address)
        with CaptureQueriesContext(connection) as counted:
            assert http.get(address).status_code == 200
        return len(counted)

    saw(casus, cast.gemeente, "dossier", NOON)
    few = cost()
    for number in range(paging.PER_PAGE + 5):
        for part in ("dossier", "timeline"):
            saw(casus, cast.gemeente, part, NOON + timedelta(days=number))
    assert cost() == few <= 15
    first, second = lines(http, casus), lines(http, casus, "?page=2")
    assert len(first) == paging.PER_PAGE
    # The days, and the coördinator who is looking.
    assert len(second) == 6
    assert second[-1][1] == "10 maart 2026"


def test_the_log_of_a_casus_stands_under_the_item_of_who_oversees(
    cast: Cast, client_of: ClientOf
) -> None:
    """Its address begins with that of the casus, which the privacy officer never sees."""
    address = reverse("casus_access_log", args=[submitted_casus(cast).code])
    items = {"privacy_officer": "Inzage", "coordinator": "Casussen"}
    for who, label in items.items():
        page = BeautifulSoup(client_of(getattr(cast, who)).get(address).content, "html.parser")
        assert page.select_one(".rdm-nav [aria-current]").text == label
