"""The year report: what it counts, who sees small counts, and that it stays cheap."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from audit.models import AuditEntry
from demo import walk
from directory.models import Theme
from learning.actions import leersessies, terugkoppelingen
from learning.report import report_of
from learning.report.counts import LeadTime, count_year
from rdm.lib import clock, csv_export
from tests import world
from tests.cast import Cast


def at(year: int, month: int, day: int):
    return clock.travel(datetime(year, month, day, 10, tzinfo=UTC))


@pytest.fixture
def region(cast: Cast) -> Cast:
    """In 2025: three casussen, of which one had an overleg and one stopped at trede 2."""
    with at(2025, 3, 14):
        one = world.held_casus(cast, solution="none")
    with at(2025, 4, 11):
        report = terugkoppelingen.open_for(overleg=one.overleggen.get(), by=cast.gemeente)
        terugkoppelingen.submit(terugkoppeling=report, by=cast.gemeente, texts=world.FOUR_TEXTS)
    with at(2025, 6, 2):
        two = world.tried_casus(cast)
        walk.step(two, cast.procesmanager, cast.tafel(2), outcome="advice")
    with at(2025, 12, 31):
        world.registered_casus(cast)
        leersessies.add_lesson(
            by=cast.coordinator,
            theme=Theme.objects.all()[0],
            level="landelijk",
            text="Verzonnen lobbypunt.",
            owner="themagroep",
            terugkoppeling=report,
        )
    return cast


def test_the_funnel_follows_the_casussen_of_the_year(region: Cast) -> None:
    counts = count_year(2025)
    assert counts.stages == {
        "registered": 3,
        "trede_1": 2,
        "trede_2": 1,
        "trede_3": 1,
        "held": 1,
        "trede_4": 0,
    }
    assert counts.client_support == {"not_offered": 3}
    assert counts.solutions == {"none": 1}
    assert counts.lobby == {"open": 1}


def test_lead_times_are_against_the_terms(region: Cast) -> None:
    counts = count_year(2025)
    assert (counts.verdict.in_time, counts.verdict.late) == (1, 0)
    # Held 14 March, ten working days is 28 March, submitted 11 April: twenty working days.
    assert (counts.feedback.in_time, counts.feedback.late) == (0, 1)
    assert counts.feedback.median == 20


def test_counting_again_is_one_query_until_something_is_written(
    region: Cast, django_assert_num_queries: Any
) -> None:
    before = count_year(2025)
    with django_assert_num_queries(1):
        assert count_year(2025) is before
    with at(2025, 12, 31):
        world.registered_casus(region)
    assert count_year(2025).stages["registered"] == before.stages["registered"] + 1


def test_a_term_that_passes_counts_without_anybody_writing(cast: Cast) -> None:
    with at(2025, 3, 14):
        world.submitted_casus(cast)
        assert count_year(2025).verdict.waiting == 1
    with at(2025, 12, 1):
        assert count_year(2025).verdict.late == 1


def test_a_lead_time_that_still_runs_is_late_after_its_last_day() -> None:
    lead, due = LeadTime(), date(2025, 3, 14)
    lead.add(date(2025, 3, 3), None, due, date(2025, 3, 14), 1)
    assert (lead.waiting, lead.late) == (1, 0)
    lead.add(date(2025, 3, 3), None, due, date(2025, 3, 17), 1)
    assert (lead.waiting, lead.late) == (1, 1)
    assert lead.median is None
    lead.add(date(2025, 3, 3), date(2025, 3, 5), due, due, 1)
    lead.add(date(2025, 3, 3), date(2025, 3, 6), due, due, 1)
    assert lead.median == 2.5


def test_a_moment_just_after_midnight_in_amsterdam_is_the_next_year(cast: Cast) -> None:
    with clock.travel(datetime(2024, 12, 31, 23, 30, tzinfo=UTC)):
        world.registered_casus(cast)
    assert count_year(2025).stages["registered"] == 1
    assert count_year(2024).stages["registered"] == 0


@pytest.mark.parametrize("who", ["gemeente", "portefeuillehouder", "themagroep", "procesmanager"])
def test_small_counts_are_for_the_coordinator_only(region: Cast, client_of, who: str) -> None:
    url = reverse("report") + "?jaar=2025"
    assert "&lt;5" not in client_of(region.coordinator).get(url).content.decode()
    page = client_of(getattr(region, who)).get(url).content.decode()
    assert "&lt;5" in page
    hidden = report_of(2025, full=False)
    for figure in hidden.figures:
        if figure.id in ("route", "uitkomsten", "tafels", "clientondersteuning", "themas", "lobby"):
            cells = [one.text for row in figure.rows for one in row.values]
            assert not [text for text in cells if text.isdigit()], figure.id


def test_more_overleggen_than_expected_is_a_signal(region: Cast) -> None:
    assert "niet meer dan verwacht (2)" in _message(region, "overleggen")
    for month in (8, 9):
        with at(2025, month, 12):
            world.held_casus(region)
    assert "geen grens" in _message(region, "overleggen")


def test_a_hidden_number_reads_as_a_sentence(cast: Cast) -> None:
    for month in (3, 4, 5, 6, 8):
        with at(2025, month, 12):
            world.held_casus(cast)
    with at(2025, 9, 12):
        world.held_casus(cast, solution="none")
    figures = {one.id: one for one in report_of(2025, full=False).figures}
    said = figures["overleggen"].message
    assert said.startswith("Aantal overleggen: 6 of meer. Dat zijn er meer dan verwacht (2)")
    with at(2025, 10, 13):
        world.registered_casus(cast)
    figures = {one.id: one for one in report_of(2025, full=False).figures}
    assert figures["route"].message.endswith("Daarvan naar trede 3: dat tonen wij niet.")
    assert "tonen wij niet" in figures["termijnen"].message


def _message(cast: Cast, figure_id: str) -> str:
    figures = report_of(2025, full=True).figures
    return next(one.message for one in figures if one.id == figure_id)


def test_years(region: Cast, client_of) -> None:
    client = client_of(region.coordinator)
    page = client.get(reverse("report") + "?jaar=2025").content.decode()
    assert "?jaar=2026" in page and "?jaar=2024" not in page
    assert "geen gegevens" in client.get(reverse("report") + "?jaar=2024").content.decode()
    for nonsense in ("0000", "9999", "٢٠٢٥", "abc", "2025 OR 1=1", "1" * 400):
        answer = client.get(reverse("report"), {"jaar": nonsense})
        assert answer.status_code == 200
        assert f"Rapportage {clock.today().year}" in answer.content.decode()


def test_the_figures_can_be_downloaded_and_that_is_logged(region: Cast, client_of) -> None:
    answer = client_of(region.themagroep).get(reverse("report_csv") + "?jaar=2025")
    assert answer.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rapportage-2025.csv"'
    (line,) = [
        one
        for one in rows(answer)
        if one["Regel"] == "Geregistreerd"
        and one["Getal"] == ""
        and one["Wat"] == "Aantal casussen"
    ]
    assert (line["Onderwerp"], line["Waarde"]) == ("Hoe ver casussen kwamen", "<5")
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_type, entry.object_id) == ("export", "report", "2025")


def rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_download_says_every_number_of_the_page_once(region: Cast, client_of) -> None:
    found = rows(client_of(region.coordinator).get(reverse("report_csv") + "?jaar=2025"))
    told = [
        (figure.title, row.label, column, value.text)
        for figure in report_of(2025, full=True).figures
        for row in figure.rows
        for column, value in row.labelled
    ]
    keys = ("Onderwerp", "Regel", "Wat", "Waarde")
    assert [tuple(one[key] for key in keys) for one in found] == told
    numbers = {(one["Regel"], one["Wat"]): (one["Getal"], one["Eenheid"]) for one in found}
    assert numbers["Geregistreerd", "Aantal casussen"] == ("3", "")
    assert numbers["Geregistreerd", "Deel van alle"] == ("100", "%")
    assert numbers["Terugkoppeling indienen", "Mediaan"] == ("20", "werkdagen")
    assert {one["Jaar"] for one in found} == {"2025"}
    assert {one["Gemaakt op"] for one in found} == {clock.today().isoformat()}


def test_a_hidden_count_is_no_number_in_the_download(region: Cast, client_of) -> None:
    found = rows(client_of(region.themagroep).get(reverse("report_csv") + "?jaar=2025"))
    hidden = [one for one in found if "<" in one["Waarde"] or one["Waarde"] == "niet getoond"]
    assert hidden and not any(one["Getal"] for one in hidden)


def test_who_has_no_part_in_it_gets_no_report(region: Cast, client_of) -> None:
    for who in (region.aanmelder, region.client_support, region.admin, region.tafel_contact):
        assert client_of(who).get(reverse("report")).status_code == 403
        assert client_of(who).get(reverse("report_csv")).status_code == 403


def test_lobby_points_themselves_are_for_who_reads_lessons(region: Cast, client_of) -> None:
    url = reverse("report") + "?jaar=2025"
    readers = client_of(region.portefeuillehouder).get(url).content.decode()
    assert "Verzonnen lobbypunt" in readers
    assert "Verzonnen lobbypunt" not in client_of(region.gemeente).get(url).content.decode()


def test_the_report_asks_a_fixed_number_of_queries(
    region: Cast, client_of, django_assert_max_num_queries
) -> None:
    client = client_of(region.coordinator)
    for month in (7, 8):
        with at(2025, month, 4):
            world.held_casus(region)
    client.get(reverse("report"))
    with django_assert_max_num_queries(15):
        client.get(reverse("report") + "?jaar=2025")


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2", "@a", "\t=1", " =1"])
def test_a_cell_is_never_a_formula(text: str) -> None:
    line = csv_export.render([[text, 3]]).decode("utf-8-sig")
    assert line.strip('"').startswith("'")
    assert ";3" in line


def test_days_and_numbers_are_written_one_way() -> None:
    line = csv_export.render([[date(2027, 2, 25), 2.5, -3, None, "x"]]).decode("utf-8-sig")
    assert line == "2027-02-25;2,5;-3;;x\r\n"
