"""Small counts stay hidden, also for who can subtract."""

import itertools

import pytest

from learning.report.hiding import cell, parts_of_known_total, population, stages


def texts(cells):
    return [one.text for one in cells]


def test_the_coordinator_sees_everything():
    assert texts(parts_of_known_total([0, 3, 20], None)) == ["0", "3", "20"]
    (cells,), number = population([[1, 2]], None)
    assert texts(cells) == ["1", "2"] and number.text == "3"
    assert texts(stages([10, 9, 0], None)) == ["10", "9", "0"]


def test_a_small_count_is_less_than_five():
    assert cell(4, 5).text == "<5" and cell(4, 5).value is None
    assert cell(5, 5).text == "5"
    assert cell(0, 5).words == "minder dan 5"
    assert cell(4, 5).drawn is None and cell(5, 5).drawn == 5


def test_another_table_does_not_give_the_total_away():
    (first, second), number = population([[10, 3], [7, 6]], 5)
    assert texts(first) == ["10", "<5"]
    # 7 + 6 would be 13, and 13 - 10 the hidden 3.
    assert texts(second) == ["7", "niet getoond"]
    assert number.text == "10 of meer" and number.value is None
    # The bar shows what the words say, and nothing more.
    assert number.drawn == 10


def test_without_a_small_count_the_total_stands():
    (cells,), number = population([[10, 6]], 5)
    assert texts(cells) == ["10", "6"] and number.text == "16"


def test_nothing_visible_says_nothing():
    (cells,), number = population([[3, 4]], 5)
    assert texts(cells) == ["<5", "<5"] and number.text == "niet getoond"
    (_,), number = population([[1, 2]], 5)
    assert number.text == "<5"


def test_a_stage_that_nearly_all_reached_is_hidden():
    assert texts(stages([40, 38, 20, 3], 5)) == ["40", "niet getoond", "20", "<5"]
    assert texts(stages([40, 40], 5)) == ["40", "40"]


@pytest.mark.parametrize("counts", list(itertools.product([0, 1, 4, 5, 9, 30], repeat=3)))
def test_no_hidden_part_can_be_worked_out_from_a_known_total(counts):
    """Every value from 0 to 4 stays possible for each part that shows "<5"."""
    cells = parts_of_known_total(counts, 5)
    hidden = [i for i, one in enumerate(cells) if one.value is None]
    total = sum(counts[i] for i in hidden)
    ranges = [range(5) if cells[i].text == "<5" else range(5, total + 1) for i in hidden]
    if not hidden or len(hidden) == len(counts):
        return  # everything is shown, or nothing is
    possible = [combo for combo in itertools.product(*ranges) if sum(combo) == total]
    for position, index in enumerate(hidden):
        if cells[index].text == "<5":
            assert {combo[position] for combo in possible} == set(range(5)), (counts, cells)
