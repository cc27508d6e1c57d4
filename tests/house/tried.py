"""How much is tried, counted where it is tried.

A faster test that tries less is no faster test. What a test tries in loops of its own (cells,
transitions, pages, bad values in a field) it counts with `note`, and how much that must be at least
stands in LEAST, by the name of the test. More is fine, and then the number here goes up with it.
That no case went away altogether is seen by tests/house/test_tried.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

COLLECTED = pytest.StashKey[list[str]]()
_noted: Counter[str] = Counter()


def note(what: str, times: int = 1) -> None:
    """Something was tried just now, by the test that is running."""
    _noted[what] += times


def begin() -> None:
    _noted.clear()


def enough(test: str) -> None:
    """Fail when this test, in which nothing went wrong, tried less than it must."""
    short = [
        f"{_noted[what]} {what}, and it was {least}"
        for what, least in LEAST.get(test, {}).items()
        if _noted[what] < least
    ]
    assert not short, "; ".join(short)


def cases(test: str, names: Iterable[str], least: dict[str, int]) -> dict[str, dict[str, int]]:
    """The same for each case of a test."""
    return {f"{test}[{name}]": least for name in names}


LEAST: dict[str, dict[str, int]] = {
    "test_a_bad_answer_is_refused_in_dutch_and_kept[casus]": {"bad values in a field": 258},
    "test_a_bad_answer_is_refused_in_dutch_and_kept[house]": {"bad values in a field": 41},
    "test_a_bad_answer_is_refused_in_dutch_and_kept[keeping]": {"bad values in a field": 247},
    "test_a_bad_answer_is_refused_in_dutch_and_kept[learning]": {"bad values in a field": 58},
    "test_a_bad_answer_is_refused_in_dutch_and_kept[overleg]": {"bad values in a field": 114},
    "test_a_bad_answer_is_refused_in_dutch_and_kept[public]": {"bad values in a field": 33},
    "test_a_bad_answer_is_refused_in_dutch_and_kept[rights]": {"bad values in a field": 24},
    "test_a_page_with_mistakes_in_it_is_as_good": {"pages in a browser": 29},
    "test_a_search_finds_nothing_that_is_not_shared": {"searches": 205},
    "test_a_text_is_there_to_copy_when_something_ended[signed out]": {"forms": 86},
    "test_a_text_is_there_to_copy_when_something_ended[stopped]": {"forms": 86},
    "test_a_text_is_there_to_copy_when_something_ended[too old]": {"forms": 92},
    "test_a_word_in_an_address_does_not_come_into_the_log[admin]": {"addresses": 408},
    "test_a_word_in_an_address_does_not_come_into_the_log[coordinator]": {"addresses": 408},
    "test_a_word_in_an_address_does_not_come_into_the_log[procesmanager]": {"addresses": 408},
    "test_a_word_in_an_address_does_not_come_into_the_log[tafel_contact]": {"addresses": 408},
    "test_an_empty_form_does_no_harm": {"forms": 131},
    "test_an_old_version_is_a_409_that_keeps_my_text": {"forms": 60},
    "test_as_many_queries_at_twenty_rows_as_at_one_and_not_too_many": {"pages": 726},
    "test_error_pages_are_as_good": {"pages in a browser": 5},
    "test_every_action_on_a_step_of_a_casus_that_is_closed": {"transitions": 7},
    "test_every_action_on_every_step_at_every_stop": {"transitions": 217},
    "test_every_bad_value_is_typed_in_every_kind_of_field": {"bad values in a field": 1291},
    "test_every_cell[aanmelder]": {"cells": 425, "requests for a cell": 580},
    "test_every_cell[beheerder]": {"cells": 425, "requests for a cell": 530},
    "test_every_cell[clientondersteuner]": {"cells": 425, "requests for a cell": 548},
    "test_every_cell[coordinator]": {"cells": 425, "requests for a cell": 675},
    "test_every_cell[gemeente]": {"cells": 425, "requests for a cell": 584},
    "test_every_cell[portefeuillehouder]": {"cells": 425, "requests for a cell": 530},
    "test_every_cell[privacy_officer]": {"cells": 425, "requests for a cell": 555},
    "test_every_cell[procesmanager]": {"cells": 425, "requests for a cell": 624},
    "test_every_cell[tafelcontact]": {"cells": 425, "requests for a cell": 530},
    "test_every_cell[themagroep]": {"cells": 425, "requests for a cell": 530},
    "test_every_form_is_accepted_and_leads_on_in_this_region": {"forms": 145},
    "test_every_page_answers_as_listed_and_every_template_is_seen": {"pages": 333},
    "test_every_page_is_fit_for_everybody[casus]": {"pages in a browser": 6},
    "test_every_page_is_fit_for_everybody[house]": {"pages in a browser": 2},
    "test_every_page_is_fit_for_everybody[keeping]": {"pages in a browser": 25},
    "test_every_page_is_fit_for_everybody[learning]": {"pages in a browser": 4},
    "test_every_page_is_fit_for_everybody[overleg]": {"pages in a browser": 2},
    "test_every_page_is_fit_for_everybody[public]": {"pages in a browser": 22},
    "test_every_page_is_fit_for_everybody[rights]": {"pages in a browser": 5},
    "test_every_post_needs_the_token_of_the_page": {"forms": 131},
    "test_every_public_page_may_be_kept_or_has_a_reason_not_to_be": {"pages": 60},
    "test_every_refusal_has_one_row_and_no_reading_before_it[outsider]": {"requests": 718},
    "test_every_refusal_has_one_row_and_no_reading_before_it[tafel_contact]": {"requests": 718},
    "test_every_transition_from_every_status[Leersessie]": {"transitions": 9},
    "test_every_transition_from_every_status[Lesson]": {"transitions": 16},
    "test_every_transition_from_every_status[Terugkoppeling]": {"transitions": 12},
    "test_every_page_is_valid_html": {"documents": 479},
    "test_every_table_and_every_part_reads_well": {"documents": 479},
    **{
        f"test_what_is_no_personal_data_can_be_explained_and_a_bsn_cannot[{group}]": {
            "forms": least
        }
        for group, least in {
            "casus": 40,
            "house": 4,
            "keeping": 10,
            "learning": 9,
            "overleg": 15,
            "rights": 5,
        }.items()
    },
    **cases(
        "test_every_transition_from_this_status",
        [
            "accepted",
            "active",
            "closed",
            "discarded",
            "draft",
            "held",
            "incomplete",
            "nominated",
            "planned",
            "submitted",
        ],
        {"transitions": 18, "moments": 32},
    ),
    **cases(
        "test_exactly_what_is_shared_comes_back",
        [
            "aanmelder-process",
            "clientondersteuner-care",
            "clientondersteuner-care-process",
            "clientondersteuner-care-process-safety",
            "clientondersteuner-care-safety",
            "clientondersteuner-process",
            "clientondersteuner-process-safety",
            "clientondersteuner-safety",
            "gemeente-safety",
            "procesmanager-care",
        ],
        {"pages of a dossier": 71},
    ),
    "test_good_answers_are_accepted_and_sent_twice_have_one_effect[casus]": {"forms": 47},
    "test_good_answers_are_accepted_and_sent_twice_have_one_effect[house]": {"forms": 14},
    "test_good_answers_are_accepted_and_sent_twice_have_one_effect[keeping]": {"forms": 19},
    "test_good_answers_are_accepted_and_sent_twice_have_one_effect[learning]": {"forms": 12},
    "test_good_answers_are_accepted_and_sent_twice_have_one_effect[overleg]": {"forms": 21},
    "test_good_answers_are_accepted_and_sent_twice_have_one_effect[public]": {"forms": 8},
    "test_good_answers_are_accepted_and_sent_twice_have_one_effect[rights]": {"forms": 9},
    "test_no_page_has_a_link_that_is_refused[all_offered]": {"links": 1100},
    "test_no_page_has_a_link_that_is_refused[all_restricted]": {"links": 740},
    "test_no_page_has_a_link_that_is_refused[as_it_is]": {"links": 1150},
    "test_no_page_of_a_dossier_is_shown_without_a_row": {"pages": 173},
    "test_no_page_or_document_says_a_word_of_the_shipped_region": {"pages": 369},
    "test_nonsense_after_the_question_mark_breaks_no_page": {"pages": 175},
    "test_nothing_that_is_typed_comes_into_the_log[casus]": {
        "forms": 102,
        "reasons that are kept": 33,
    },
    "test_nothing_that_is_typed_comes_into_the_log[house]": {
        "forms": 32,
        "reasons that are kept": 3,
    },
    "test_nothing_that_is_typed_comes_into_the_log[keeping]": {
        "forms": 44,
        "reasons that are kept": 10,
    },
    "test_nothing_that_is_typed_comes_into_the_log[learning]": {
        "forms": 28,
        "reasons that are kept": 9,
    },
    "test_nothing_that_is_typed_comes_into_the_log[overleg]": {
        "forms": 42,
        "reasons that are kept": 12,
    },
    "test_nothing_that_is_typed_comes_into_the_log[public]": {"forms": 28},
    "test_nothing_that_is_typed_comes_into_the_log[rights]": {
        "forms": 18,
        "reasons that are kept": 5,
    },
    **cases(
        "test_pages_without_a_casus",
        [
            "aanmelder",
            "beheerder",
            "clientondersteuner",
            "coordinator",
            "gemeente",
            "portefeuillehouder",
            "privacy_officer",
            "procesmanager",
            "tafelcontact",
            "themagroep",
        ],
        {"requests for a cell": 152},
    ),
    "test_the_inspector_sees_what_is_wrong": {"pages in a browser": 1},
    "test_too_many_fields_or_too_much_text_is_a_dutch_400": {"forms": 258},
    "test_unknown_and_malformed_codes_are_not_found": {"addresses": 460},
    **cases(
        "test_what_is_not_registered_has_no_route",
        ["discarded", "draft"],
        {"transitions": 1},
    ),
    **cases(
        "test_who_carries_the_casus_sees_all_of_it",
        [
            "aanmelder-mediant",
            "gemeente-enschede",
            "procesmanager-enschede",
            "procesmanager-mediant",
        ],
        {"pages of a dossier": 71},
    ),
}

# How many cases the tests with most of them have; and all tests together, those of the night too.
CASES = {
    "test_bad_input_is_taken_or_refused_in_dutch": 848,
    "test_a_visitor_is_asked_to_sign_in": 314,
    "test_template_is_sound": 240,
    "test_no_hidden_part_can_be_worked_out_from_a_known_total": 216,
    "test_a_bad_value_in_every_kind_of_field": 110,
    "test_bad_input_is_no_code": 106,
    "test_bad_input_still_makes_a_pdf": 106,
    "test_bad_input_still_makes_a_process_overview": 106,
    "test_bad_input_still_makes_a_docx": 106,
    "test_bad_input_adds_nothing_to_a_calendar_item": 106,
    "test_bad_input_never_breaks_screening": 106,
    "test_bad_input_is_no_token": 106,
    "test_a_strange_address_gets_a_page": 78,
    "test_nothing_can_be_written": 60,
    "test_a_mistake_is_named_with_line_and_field": 57,
    "test_a_field_follows_the_file_until_somebody_changed_it": 55,
    "test_a_bad_file_is_refused_and_leaves_nothing": 36,
    "test_every_field_is_shown_or_says_nothing": 27,
    "test_ordinary_text_is_not_blocked": 27,
    "test_every_answer_carries_the_headers_of_the_rules": 25,
    "test_odd_values_are_refused_and_never_repeated": 23,
    "test_an_old_version_loses": 22,
    "test_long_text_does_not_hold_up_a_request": 22,
    "test_whatever_is_accepted_there_is_a_clean_answer": 21,
    "test_a_line_end_makes_nothing_suspect": 21,
    "test_a_picture_in_a_document_may_hold_words": 20,
}
ALL_CASES = 5494
