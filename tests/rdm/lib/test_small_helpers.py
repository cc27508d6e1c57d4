"""Tokens, numbers, charts and the lines of "Mijn werk"."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rdm.lib import charts, clock, dates, numbers, tokens
from rdm.lib.work import WorkItem, by_urgency
from tests.rdm.lib.bad_input import BAD_INPUT

WEEK = timedelta(days=7)
SVG = "{http://www.w3.org/2000/svg}"


# --- dates


def test_days_and_moments_in_words() -> None:
    # Half past eleven in the evening UTC is the next day in Amsterdam.
    moment = datetime(2026, 11, 17, 23, 30, tzinfo=UTC)
    assert dates.long_date(date(2026, 3, 1)) == "1 maart 2026"
    assert dates.long_date(moment) == "18 november 2026"
    assert dates.long_moment(moment) == "18 november 2026 om 00:30"


# --- tokens


def test_a_token_gives_its_payload_back() -> None:
    token = tokens.sign("deelnemer", {"id": 7})
    assert tokens.read(token, "deelnemer", WEEK) == {"id": 7}
    assert token.isascii() and "/" not in token


def test_a_token_is_for_one_purpose() -> None:
    with pytest.raises(tokens.BadToken):
        tokens.read(tokens.sign("deelnemer", {"id": 7}), "uitnodiging", WEEK)


def test_a_token_expires_by_the_clock_of_the_product() -> None:
    with clock.travel(datetime(2026, 3, 1, tzinfo=UTC)):
        token = tokens.sign("deelnemer", {"id": 7})
    with clock.travel(datetime(2026, 3, 8, tzinfo=UTC)):
        assert tokens.read(token, "deelnemer", WEEK)
    with (
        clock.travel(datetime(2026, 3, 8, 0, 0, 1, tzinfo=UTC)),
        pytest.raises(tokens.ExpiredToken),
    ):
        tokens.read(token, "deelnemer", WEEK)


@pytest.mark.parametrize("max_age", [WEEK, tokens.FOR_EVER])
def test_a_token_from_the_future_is_none(max_age: timedelta) -> None:
    """Only two clocks that are a little apart are believed."""
    with clock.travel(datetime(2026, 3, 1, 12, 0, tzinfo=UTC)):
        token = tokens.sign("deelnemer", {"id": 7})
    with clock.travel(datetime(2026, 3, 1, 11, 56, tzinfo=UTC)):
        assert tokens.read(token, "deelnemer", max_age)
    with (
        clock.travel(datetime(2026, 3, 1, 11, 54, tzinfo=UTC)),
        pytest.raises(tokens.BadToken),
    ):
        tokens.read(token, "deelnemer", max_age)


@given(st.data())
def test_a_changed_token_is_refused(data: st.DataObject) -> None:
    # At one moment: a token says when it was made, and what is drawn depends on the token.
    with clock.travel(datetime(2026, 3, 1, tzinfo=UTC)):
        token = tokens.sign("deelnemer", {"id": 7})
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from("Ab0-_:.").filter(lambda c: c != token[at]))
    with pytest.raises(tokens.BadToken):
        tokens.read(token[:at] + other + token[at + 1 :], "deelnemer", WEEK)


@pytest.mark.parametrize("text", BAD_INPUT)
def test_bad_input_is_no_token(text: str) -> None:
    with pytest.raises(tokens.BadToken):
        tokens.read(text, "deelnemer", WEEK)


# --- numbers


def test_dutch_numbers() -> None:
    assert numbers.whole(1234567) == "1.234.567"
    assert numbers.decimal(1234.56) == "1.234,6"
    assert numbers.share(3, 8) == "38%"
    assert numbers.share(0, 0) == "–"


@pytest.mark.parametrize(("count", "shown"), [(0, "<5"), (4, "<5"), (5, "5"), (1200, "1.200")])
def test_small_counts_are_suppressed(count: int, shown: str) -> None:
    assert numbers.suppress(count) == shown


# --- charts


def parts(svg: str, name: str) -> list[ElementTree.Element]:
    assert "style=" not in svg and "<script" not in svg
    root = ElementTree.fromstring(
        svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    )
    return list(root.iter(f"{SVG}{name}"))


def test_a_bar_is_as_long_as_its_share() -> None:
    assert [r.get("width") for r in parts(charts.bar(3, 12), "rect")] == ["25.0"]
    assert [r.get("width") for r in parts(charts.bar(3, 0), "rect")] == ["0.0"]


def test_a_suppressed_bar_does_not_show_its_length() -> None:
    assert charts.bar(None, 10) == charts.bar(None, 500)
    assert "chart-unknown" in charts.bar(None, 10)


def test_parts_of_a_stacked_bar_stand_behind_each_other() -> None:
    drawn = parts(charts.stacked([1, 2, 1], 8), "rect")
    assert [(r.get("x"), r.get("width")) for r in drawn] == [
        ("0.0", "12.5"), ("12.5", "25.0"), ("37.5", "12.5"),
    ]  # fmt: skip


def test_grouped_bars_stand_under_each_other() -> None:
    drawn = parts(charts.grouped([4, None, 8], 8), "rect")
    assert [(r.get("y"), r.get("width")) for r in drawn] == [
        ("0", "50.0"), ("6", "3"), ("12", "100.0"),
    ]  # fmt: skip


def test_a_funnel_has_counts_and_shares_as_text() -> None:
    stages = charts.funnel([("Aangemeld", 40), ("Trede 3", 10), ("Trede 4", 0)])
    assert [(s.label, s.count, s.percentage) for s in stages] == [
        ("Aangemeld", 40, 100), ("Trede 3", 10, 25), ("Trede 4", 0, 0),
    ]  # fmt: skip
    assert charts.funnel([]) == []
    assert charts.funnel([("Aangemeld", 0)])[0].percentage == 0


def test_a_line_says_its_message_and_plots_every_point() -> None:
    drawn = charts.line([("jan", 2), ("feb", 4), ("mrt", 0)], 'Van 2 naar 0, "in" <3> maanden')
    (svg,) = parts(drawn, "svg")
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == 'Van 2 naar 0, "in" <3> maanden'
    heights = [float(c.get("cy") or "") for c in parts(drawn, "circle")]
    assert heights[1] < heights[0] < heights[2]


@pytest.mark.parametrize("points", [[], [("jan", 0)], [(f"m{i}", i) for i in range(40)]])
def test_a_line_of_any_length(points: list[tuple[str, float]]) -> None:
    assert len(parts(charts.line(points, "Titel"), "circle")) == len(points)


# --- work


def test_work_is_sorted_by_deadline() -> None:
    def make(title: str, due: date | None) -> WorkItem:
        return WorkItem(title, "/", due, "u", False, "kind", "TW-26-7K4QX")

    today = date(2026, 11, 12)
    items = [make("later", None), make("soon", today), make("late", date(2026, 11, 1))]
    assert [item.title for item in by_urgency(items)] == ["late", "soon", "later"]
    assert [item.is_overdue(today) for item in by_urgency(items)] == [True, False, False]
