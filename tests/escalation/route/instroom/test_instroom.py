"""What answers mean and when the gate opens, for every combination rather than a few."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import Tafel
from directory.reading.instroom import MET, NO, NO_CRITERIA, NOT_MET, UNKNOWN, YES, judge
from escalation.models import Casus, RouteStep
from escalation.reading.gate import gate_of
from escalation.workflow import StepStatus

# How fast the machine is says nothing about the rule, so a busy one must not fail the test.
calmly = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)

CODES = ["a", "b", "c", "d", "e"]
codes = st.sampled_from(CODES)
alternatives = st.lists(st.lists(codes, unique=True, max_size=4), max_size=4)
answers = st.dictionaries(codes, st.sampled_from([YES, NO, UNKNOWN]))


def holds(ways: list[list[str]], truth: dict[str, bool]) -> bool:
    return any(way and all(truth[code] for code in way) for way in ways)


def filled(given_answers: dict[str, str], unknown_is: bool) -> dict[str, bool]:
    """The truth when everything that is not known turns out to be `unknown_is`."""
    return {
        code: {YES: True, NO: False}.get(given_answers.get(code, UNKNOWN), unknown_is)
        for code in CODES
    }


@calmly
@given(alternatives, answers)
def test_the_result_is_what_can_still_be_true(
    ways: list[list[str]], given_answers: dict[str, str]
) -> None:
    worst = holds(ways, filled(given_answers, unknown_is=False))
    best = holds(ways, filled(given_answers, unknown_is=True))
    expected = MET if worst else UNKNOWN if best else NOT_MET
    result = judge(ways, given_answers).result
    assert result == (expected if any(ways) else NO_CRITERIA)


@calmly
@given(alternatives, answers)
def test_what_decides_are_the_criteria_with_the_deciding_answer(
    ways: list[list[str]], given_answers: dict[str, str]
) -> None:
    verdict = judge(ways, given_answers)
    expected = {MET: YES, NOT_MET: NO, UNKNOWN: UNKNOWN}.get(verdict.result)
    assert {given_answers.get(code, UNKNOWN) for code in verdict.deciding} <= {expected}
    assert bool(verdict.deciding) == (verdict.result != NO_CRITERIA)
    assert len(set(verdict.deciding)) == len(verdict.deciding)
    assert set(verdict.deciding) <= {code for way in ways for code in way}


@calmly
@given(alternatives, answers)
def test_yes_to_all_that_is_still_unknown_lets_the_casus_in(
    ways: list[list[str]], given_answers: dict[str, str]
) -> None:
    verdict = judge(ways, given_answers)
    if verdict.result == UNKNOWN:
        assert judge(ways, given_answers | dict.fromkeys(verdict.deciding, YES)).result == MET


@calmly
@given(alternatives, answers)
def test_no_to_all_that_is_still_unknown_shuts_it_out(
    ways: list[list[str]], given_answers: dict[str, str]
) -> None:
    verdict = judge(ways, given_answers)
    if verdict.result == UNKNOWN:
        assert judge(ways, given_answers | dict.fromkeys(verdict.deciding, NO)).result == NOT_MET


@calmly
@given(alternatives, answers, codes)
def test_a_yes_never_makes_it_worse(
    ways: list[list[str]], given_answers: dict[str, str], code: str
) -> None:
    rank = {NO_CRITERIA: 0, NOT_MET: 1, UNKNOWN: 2, MET: 3}
    before, after = judge(ways, given_answers), judge(ways, given_answers | {code: YES})
    assert rank[after.result] >= rank[before.result]


@calmly
@given(alternatives, answers, st.randoms(use_true_random=False))
def test_the_order_of_the_ways_in_does_not_matter(
    ways: list[list[str]], given_answers: dict[str, str], random: object
) -> None:
    shuffled = list(ways)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert judge(shuffled, given_answers).result == judge(ways, given_answers).result


# --- the gate ---------------------------------------------------------------------------------

OUTCOMES = RouteStep.Outcome


@st.composite
def steps(draw: st.DrawFn) -> RouteStep:
    status = draw(st.sampled_from(StepStatus.values))
    outcome = draw(st.sampled_from(OUTCOMES.values)) if status == StepStatus.CLOSED else ""
    tafel = Tafel(name="Verzonnen tafel", trede_id=draw(st.sampled_from([None, 0, 1, 2, 3])))
    return RouteStep(tafel=tafel, status=status, outcome=outcome)


routes = st.lists(steps(), max_size=6)
reasons = st.sampled_from(["", "  \n ", "Verzonnen reden."])


def stuck_on(route: list[RouteStep]) -> set[int]:
    ended = (OUTCOMES.ADVICE, OUTCOMES.REFERRED, OUTCOMES.NO_SOLUTION)
    return {
        step.tafel.trede_id
        for step in route
        if step.tafel.trede_id in (1, 2) and step.outcome in ended
    }


@calmly
@given(routes, reasons)
def test_the_gate_opens_on_one_trede_tried_and_the_other_tried_or_explained(
    route: list[RouteStep], reason: str
) -> None:
    stuck = stuck_on(route)
    gate = gate_of(Casus(), route, skipped_reason=reason)
    assert gate.is_open == (bool(stuck) and (stuck == {1, 2} or bool(reason.strip())))
    assert set(gate.untried) == {1, 2} - stuck


@calmly
@given(routes, steps(), reasons)
def test_going_on_never_shuts_the_gate(
    route: list[RouteStep], one_more: RouteStep, reason: str
) -> None:
    before = gate_of(Casus(), route, skipped_reason=reason)
    after = gate_of(Casus(), [*route, one_more], skipped_reason=reason)
    assert len(after.gaps) <= len(before.gaps)
    assert set(after.untried) <= set(before.untried)


@calmly
@given(routes, reasons, st.sampled_from(["yes", "no", "unknown", ""]), st.booleans())
def test_a_warning_never_shuts_the_gate(
    route: list[RouteStep], reason: str, safety: str, waiting: bool
) -> None:
    warned = Casus(safety=safety, waiting_list_only=waiting)
    calm = Casus(safety="yes", waiting_list_only=False, client_support="linked")
    assert (
        gate_of(warned, route, skipped_reason=reason).gaps
        == gate_of(calm, route, skipped_reason=reason).gaps
    )


def test_the_warnings_name_what_to_think_about() -> None:
    casus = Casus(safety="no", waiting_list_only=True)
    running = RouteStep(tafel=Tafel(trede_id=1), status=StepStatus.SUBMITTED)
    text = " ".join(gate_of(casus, [running]).warnings)
    for word in ("veiligheidsrisico", "wachttijd", "zonder uitkomst", "Cliëntondersteuning"):
        assert word in text
    assert gate_of(Casus(safety="yes", client_support="linked"), []).warnings == ()
