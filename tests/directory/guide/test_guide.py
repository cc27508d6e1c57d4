"""The wegwijzer of the shipped region: the seven tafels by hand, and every answer by chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.guide import words
from directory.guide.advice import FITS, FITS_NOT, MAYBE, Advice, Finding, advise
from directory.guide.answers import Answers, read, restore, settle
from directory.guide.place import Place
from directory.guide.prefill import start_of
from directory.guide.questions import NOT_SURE, Asks, Guide, Question, asks_of, guide_of
from directory.management.commands.region import SHIPPED
from directory.models import Gemeente, Region, Tafel
from directory.reading.instroom import MET, NO, NOT_MET, UNKNOWN, YES, Way, judge, ways_in
from directory.region.file.check import read_region
from directory.region.file.schema import RegionFile

INVENTED = Path(__file__).parents[2] / "regions" / "verzonnen.yaml"
# How fast the machine is says nothing about the rule, so a busy one must not fail the test.
calmly = settings(
    deadline=None, max_examples=150, suppress_health_check=list(HealthCheck), derandomize=True
)


@dataclass(frozen=True)
class Shipped:
    """The region as the wegwijzer reads it."""

    guide: Guide
    tafels: list[Tafel]
    ways: dict[int, list[Way]]
    place: Place

    def read(self, query: str) -> Answers:
        return read(self.guide, QueryDict(query))

    def advise(self, query: str | Answers) -> Advice:
        answers = self.read(query) if isinstance(query, str) else query
        return advise(answers, self.tafels, self.ways)

    def fit(self, slug: str, query: str) -> str:
        return of(self.advise(query), slug).fit


def of(advice: Advice, slug: str) -> Finding:
    return next(one for one in advice.findings if one.tafel.slug == slug)


@pytest.fixture
def shipped(twente: Region) -> Shipped:
    names = Gemeente.objects.values_list("organisation__slug", "organisation__name")
    tafels = list(Tafel.objects.select_related("trede").prefetch_related("submitters"))
    guide = guide_of(twente.guide, names)
    return Shipped(guide, tafels, ways_in(tafels), Place("enschede", "Enschede"))


def because(advice: Advice, slug: str) -> str:
    """The reasons of one tafel as one text."""
    found = words.reasons(of(advice, slug))
    return " | ".join(
        " ".join([one.text, *one.lines, *(" en ".join(way) for way in one.ways)]) for one in found
    )


# --- Each of the seven tafels -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "fit"),
    [
        ("veiligheid=gebied", FITS),  # E-056: a serious problem in an area is enough
        ("veiligheid=afglijden&veiligheid=omgeving", FITS),  # E-056: both of the other way in
        ("veiligheid=afglijden", MAYBE),
        ("veiligheid=geen", FITS_NOT),
        ("veiligheid=weet-niet", MAYBE),
        ("", MAYBE),
    ],
)
def test_topx_asks_one_of_two_ways_in(shipped: Shipped, query: str, fit: str) -> None:
    assert shipped.fit("topx", query) == fit


def test_topx_says_what_is_missing_per_way_in(shipped: Shipped) -> None:
    """E-056; the national extra criterion is switched off, so nobody is asked about it (T-11)."""
    reason = because(shipped.advise("veiligheid=afglijden"), "topx")
    assert reason.startswith("Past als één hiervan klopt:")
    assert "Er is een ernstig probleem met de veiligheid" in reason
    assert "Het gezin of de directe omgeving heeft invloed" in reason
    assert "meer ketens samen lukt" not in reason


@pytest.mark.parametrize(
    ("query", "fit"),
    [
        ("speelt=ggz", FITS),  # E-060, E-062
        ("speelt=verslaving&veiligheid=geen&nood=geen", FITS),
        ("speelt=lvb", FITS),
        ("speelt=wmo", MAYBE),
        ("speelt=geen", FITS_NOT),
    ],
)
def test_the_triagetafel_has_no_criteria_but_is_for_somebody(
    shipped: Shipped, query: str, fit: str
) -> None:
    assert shipped.fit("triage-transfertafel", query) == fit


def test_only_waiting_points_to_the_triagetafel(shipped: Shipped) -> None:
    """T-05, E-060, E-011."""
    advice = shipped.advise("speelt=ggz&vast=wachttijd&veiligheid=gebied")
    assert advice.only_waiting is not None
    assert advice.only_waiting.tafel.slug == "triage-transfertafel"
    assert advice.findings[0].tafel.slug == "triage-transfertafel"
    assert of(advice, "bestuurlijk-escalatieoverleg").fit == FITS_NOT
    assert shipped.advise("speelt=ggz&vast=geen-plek").only_waiting is None


DONE = ("stappen", "eigen-plekken", "overdracht", "niet-wachten", "blijft")
WLZ = "nood=geen&speelt=wlz" + "".join(f"&aanbieder={one}" for one in DONE)


@pytest.mark.parametrize(
    ("query", "fit"),
    [
        (WLZ, FITS),  # E-072: all six
        (WLZ.replace("nood=geen&", ""), MAYBE),
        (WLZ.replace("nood=geen", "nood=zorg-weg"), FITS_NOT),  # E-072a: first the crisis
        (WLZ.replace("&aanbieder=blijft", ""), MAYBE),
        ("speelt=wlz&aanbieder=geen", FITS_NOT),
        ("speelt=geen", FITS_NOT),  # E-070, E-077: for care from the Wlz
        ("speelt=zvw&speelt=ggz", MAYBE),  # E-004: laws can apply at the same time
        ("speelt=zvw&speelt=wlz", MAYBE),
        ("speelt=ggz", MAYBE),
    ],
)
def test_the_regiotafel_asks_six_things_of_wlz_care(shipped: Shipped, query: str, fit: str) -> None:
    assert shipped.fit("regiotafel-zorgkantoor", query) == fit


def test_what_the_provider_did_counts_for_wlz_care_only(shipped: Shipped) -> None:
    """The question is asked after "langdurige zorg (Wlz)" and otherwise says nothing."""
    without = shipped.advise(WLZ.replace("speelt=wlz", "speelt=ggz"))
    assert of(without, "regiotafel-zorgkantoor").verdict.result == UNKNOWN


@pytest.mark.parametrize(
    ("query", "fit"),
    [
        ("nood=zorg-weg&wonen=thuis", FITS),  # E-083, T-10: one of home or institution …
        ("nood=zorg-weg&wonen=instelling", FITS),
        ("nood=gevaar&wonen=thuis", FITS),  # … and one of no care or danger
        ("nood=gevaar", MAYBE),
        ("nood=zorg-weg&wonen=opgenomen", MAYBE),
        ("nood=geen", FITS_NOT),
        ("wonen=thuis", MAYBE),
    ],
)
def test_the_crisisteam_asks_a_place_and_a_crisis(shipped: Shipped, query: str, fit: str) -> None:
    assert shipped.fit("crisis-ondersteuningsteam", query) == fit


SEVEN = (
    "speelt=meer-ggz&speelt=leefgebieden&veiligheid=letsel&geprobeerd=traject"
    "&nodig=doel&nodig=bijzonder&nodig=schaars"
)


def test_oostnl_asks_seven_things(shipped: Shipped) -> None:
    """E-094: all seven, and each of them is needed."""
    assert shipped.fit("oostnl-hoogcomplex", SEVEN) == FITS
    for one in SEVEN.split("&"):
        rest = "&".join(each for each in SEVEN.split("&") if each != one)
        assert shipped.fit("oostnl-hoogcomplex", rest) == MAYBE, one
    for no in ("veiligheid=geen", "geprobeerd=niets", "nodig=geen", "speelt=geen"):
        name = no.split("=")[0]
        rest = "&".join(each for each in SEVEN.split("&") if not each.startswith(name))
        assert shipped.fit("oostnl-hoogcomplex", f"{rest}&{no}") == FITS_NOT, no


def test_levensloopaanpak_is_for_people_and_not_by_criteria(shipped: Shipped) -> None:
    """E-100, E-106, E-105."""
    slug = "levensloopaanpak"
    assert shipped.fit(slug, "speelt=verslaving&veiligheid=gevaarlijk") == FITS
    assert shipped.fit(slug, "speelt=verslaving") == MAYBE
    assert shipped.fit(slug, "speelt=verslaving&veiligheid=geen") == FITS_NOT
    found = shipped.advise("wie=huisarts&speelt=ggz&veiligheid=gevaarlijk")
    card = next(one for one in words.cards(found, FITS, shipped.place) if one.tafel.slug == slug)
    assert card.may_submit is False
    assert "De procesmanager van Enschede kan het voor u doen." in card.submit


STUCK = "speelt=meer-ggz&geprobeerd=tafel-1&vast=regels"


def test_the_escalatieoverleg_comes_last_and_says_what_comes_before(shipped: Shipped) -> None:
    """T-02, E-011, E-130."""
    advice = shipped.advise(f"{STUCK}&veiligheid=gebied")
    fitting = advice.that(FITS)
    assert [one.tafel.slug for one in fitting] == [
        "topx", "triage-transfertafel", "bestuurlijk-escalatieoverleg",
    ]  # fmt: skip
    card = words.cards(advice, FITS, None)[-1]
    assert "Eerst zijn trede 1 en trede 2 aan de beurt." in card.tafel.precondition
    assert "Eerst: Eerst zijn trede 1" in words.as_text(advice, None, [])
    tried_nothing = STUCK.replace("tafel-1", "niets")
    assert shipped.fit("bestuurlijk-escalatieoverleg", tried_nothing) == FITS_NOT


# --- Who may submit, and the order ------------------------------------------------------------


def test_a_kind_of_party_may_be_more_than_one_kind_of_submitter(shipped: Shipped) -> None:
    """E-074, E-082, E-093: a ggz-aanbieder is a zorgaanbieder too; a huisarts a verwijzer."""

    def may(who: str) -> set[str]:
        advice = shipped.advise(f"wie={who}")
        cards = [each for fit in (FITS, MAYBE, FITS_NOT) for each in words.cards(advice, fit, None)]
        return {one.tafel.slug for one in cards if one.may_submit}

    assert "regiotafel-zorgkantoor" in may("ggz")
    assert may("huisarts") == {
        "triage-transfertafel", "crisis-ondersteuningsteam", "oostnl-hoogcomplex",
        "bestuurlijk-escalatieoverleg",
    }  # fmt: skip
    assert may("inwoner") == {"oostnl-hoogcomplex"}


def test_somebody_who_may_submit_nowhere_hears_who_can(shipped: Shipped) -> None:
    """E-120: a woningcorporatie goes to the gemeente first."""
    card = words.cards(shipped.advise("speelt=ggz&wie=ander"), FITS, shipped.place)[0]
    assert card.submit.startswith("U kunt hier niet zelf aanmelden. Dat mag: ")
    assert card.submit.endswith("De procesmanager van Enschede kan het voor u doen.")


def test_who_does_not_say_who_they_are_reads_who_may_submit(shipped: Shipped) -> None:
    for query in ("speelt=ggz", "speelt=ggz&wie=weet-niet"):
        card = words.cards(shipped.advise(query), FITS, None)[0]
        assert card.may_submit is None and card.submit.startswith("Aanmelden mag: ")


def test_los_op_of_schaal_op(shipped: Shipped) -> None:
    """E-008: from the lowest trede up, what fits before what may fit."""
    slugs = [one.tafel.slug for one in shipped.advise("").findings]
    assert slugs[0] == "topx" and slugs[-1] == "bestuurlijk-escalatieoverleg"
    advice = shipped.advise("speelt=ggz&veiligheid=geen&nood=geen")
    order = [FITS, MAYBE, FITS_NOT]
    found = [order.index(one.fit) for one in advice.findings]
    assert found == sorted(found) and found[0] == 0


def fitting(advice: Advice) -> list[str]:
    return [one.tafel.slug for one in advice.that(FITS)]


def test_within_a_trede_what_fits_by_more_comes_first(shipped: Shipped) -> None:
    """All six criteria of the regiotafel and its Wlz, against one general sentence."""
    advice = shipped.advise(f"{WLZ}&speelt=ggz")
    assert fitting(advice) == ["regiotafel-zorgkantoor", "triage-transfertafel"]
    assert words.summary(words.cards(advice, FITS, None), []).endswith(
        "Probeer eerst Regiotafel zorgkantoor."
    )
    # What fits on a lower trede stays first: los op of schaal op.
    assert fitting(shipped.advise(f"{WLZ}&speelt=ggz&veiligheid=gebied"))[0] == "topx"
    # And only waiting still leads to the tafel that is for that (T-05).
    assert fitting(shipped.advise(f"{WLZ}&speelt=ggz&vast=wachttijd"))[0] == "triage-transfertafel"


def test_the_aanpak_comes_before_what_fits_by_less(shipped: Shipped) -> None:
    """T-07, E-100: dangerous and with a forensic past, beside the treden."""
    query = "speelt=ggz&speelt=forensisch&veiligheid=gevaarlijk"
    assert fitting(shipped.advise(query)) == ["levensloopaanpak", "triage-transfertafel"]
    assert fitting(shipped.advise(f"{query}&veiligheid=gebied"))[0] == "topx"


def test_of_as_many_criteria_the_more_specific_come_first(shipped: Shipped) -> None:
    """Two criteria with one answer each, before two sentences that several answers make so."""
    query = "speelt=ggz&veiligheid=gevaarlijk&nood=zorg-weg&wonen=thuis"
    assert fitting(shipped.advise(query)) == [
        "crisis-ondersteuningsteam", "levensloopaanpak", "triage-transfertafel",
    ]  # fmt: skip


def test_a_reason_against_names_the_answer(shipped: Shipped) -> None:
    reason = because(shipped.advise("nood=geen"), "crisis-ondersteuningsteam")
    assert "Past niet, want dit klopt niet:" in reason
    assert "Er is direct gevaar. Daarom moet er snel zorg zijn. U antwoordde: Nee." in reason


# --- Reading an address -----------------------------------------------------------------------


def test_what_is_not_known_is_left_out(shipped: Shipped) -> None:
    answers = shipped.read("nood=verzonnen&nood=geen&gemeente=nergens&speelt=ggz&speelt=%00&x=y")
    assert answers.given == {"nood": ("geen",), "speelt": ("ggz",)}
    assert answers.strange
    assert not shipped.read("nood=&gemeente=&speelt=ggz").strange


def test_the_last_of_two_answers_counts(shipped: Shipped) -> None:
    assert shipped.read("nood=gevaar&nood=geen").chosen("nood") == ("geen",)


def test_an_address_says_the_same_again(shipped: Shipped) -> None:
    answers = shipped.read(f"{SEVEN}&gemeente=borne&nood=zorg-weg&wonen=thuis")
    assert shipped.read(answers.query()).given == answers.given
    assert restore(shipped.guide, answers.stored()).stored() == answers.stored()


def test_not_knowing_is_an_answer_that_says_nothing(shipped: Shipped) -> None:
    for question in shipped.guide.questions:
        answers = shipped.read(f"{question.code}={NOT_SURE}")
        assert answers.given == {question.code: (NOT_SURE,)}
        assert answers.chosen(question.code) == ()
        assert not answers.strange


def test_yes_counts_before_no() -> None:
    asks = Asks("q", frozenset({"a"}), frozenset({"b"}))
    guide = guide_of(
        [{"code": "s", "title": "S", "questions": [
            {"code": "q", "text": "Q", "short": "Q", "several": True,
             "options": [{"code": one, "label": one} for one in "abc"]}]}],
        (),
    )  # fmt: skip

    def say(query: str) -> str:
        return settle(asks, read(guide, QueryDict(query)))

    assert [say(one) for one in ("q=a", "q=b", "q=c", "", "q=b&q=a")] == [
        YES, NO, UNKNOWN, UNKNOWN, YES,
    ]  # fmt: skip
    assert settle(Asks("gone", frozenset({"a"})), read(guide, QueryDict("gone=a"))) == UNKNOWN
    assert settle(None, read(guide, QueryDict("q=a"))) == UNKNOWN


def test_what_a_registration_can_begin_with(shipped: Shipped) -> None:
    begin = start_of(
        shipped.read(
            "gemeente=borne&speelt=ggz&speelt=wlz&veiligheid=omgeving&veiligheid=geen"
            "&geprobeerd=verwijzing&geprobeerd=tafel-1&vast=regels"
        )
    )
    assert begin.gemeente == "borne"
    assert begin.domains == ["ggz", "wlz"] and begin.frameworks == ["wlz"]
    assert begin.safety == "yes"
    assert begin.waiting_list_only is False
    assert begin.tried == (
        "- een verwijzing naar een behandelaar of instelling\n"
        "- een tafel op trede 1, zonder passende oplossing"
    )
    nothing = start_of(shipped.read(""))
    assert (nothing.gemeente, nothing.safety, nothing.tried) == ("", "", "")
    assert nothing.waiting_list_only is None


# --- Any answers at all -----------------------------------------------------------------------


def queries(guide: Guide) -> st.SearchStrategy[dict[str, list[str]]]:
    """Any options for any questions, also none, too many, and ones that do not exist."""

    def options(question: str) -> st.SearchStrategy[list[str]]:
        known = [one.code for one in guide.by_code[question].options]
        return st.lists(st.sampled_from([*known, NOT_SURE, "verzonnen"]), max_size=4)

    return st.fixed_dictionaries({}, optional={one: options(one) for one in guide.by_code})


def as_query(chosen: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, codes in chosen.items():
        query.setlist(name, codes)
    return query


def test_the_guide_and_the_check_never_contradict_each_other(shipped: Shipped) -> None:
    """Met is never "past niet", not met is always, and the criteria named are the same."""

    @calmly
    @given(queries(shipped.guide))
    def check(chosen: dict[str, list[str]]) -> None:
        advice = shipped.advise(read(shipped.guide, as_query(chosen)))
        for one in advice.findings:
            verdict = judge([way.codes for way in one.ways], one.settled)
            assert one.verdict == verdict
            if verdict.result == MET:
                assert one.fit in (FITS, MAYBE)
                assert one.fit == FITS or one.audience == NOT_MET
            if verdict.result == NOT_MET:
                assert one.fit == FITS_NOT
                texts = {each.code: each.text for way in one.ways for each in way.criteria}
                said = because(advice, one.tafel.slug)
                assert all(texts[code] in said for code in verdict.deciding)
            if verdict.result == UNKNOWN:
                assert one.fit != FITS

    check()


def test_what_is_still_missing_would_let_the_casus_in(shipped: Shipped) -> None:
    """ "Past als …" is true: yes to all of one way in makes the check say "voldoet"."""

    @calmly
    @given(queries(shipped.guide))
    def check(chosen: dict[str, list[str]]) -> None:
        for one in shipped.advise(read(shipped.guide, as_query(chosen))).findings:
            texts = {each.text: each.code for way in one.ways for each in way.criteria}
            if one.verdict.result == UNKNOWN:
                assert one.open_ways
            for missing in one.open_ways:
                more = {texts[text]: YES for text in missing}
                found = judge([way.codes for way in one.ways], {**one.settled, **more})
                assert found.result == MET

    check()


def test_the_order_is_by_fit_then_trede_then_what_holds(shipped: Shipped) -> None:
    @calmly
    @given(queries(shipped.guide))
    def check(chosen: dict[str, list[str]]) -> None:
        advice = shipped.advise(read(shipped.guide, as_query(chosen)))
        for first, then in pairwise(advice.findings):
            same = first.fit == then.fit and first.tafel.trede_id == then.tafel.trede_id
            if same and not (first.pointed_to or first.tafel.is_escalation):
                assert held(first) >= held(then)
        for fit in (FITS, MAYBE, FITS_NOT):
            treden = [
                one.tafel.trede_id for one in advice.that(fit)
                if one.tafel.trede_id is not None and not one.pointed_to
            ]  # fmt: skip
            assert treden == sorted(treden)

    check()


def held(finding: Finding) -> int:
    return [*finding.settled.values(), *finding.audience_settled].count(YES)


# --- "De rest is niet gedaan" -----------------------------------------------------------------


def lists(region: RegionFile) -> Iterator[tuple[Guide, str, Asks]]:
    """Every question of `region` from which more can be chosen, with each thing that asks it."""
    guide = guide_of([one.model_dump() for one in region.guide], ())
    for tafel in region.tafels:
        for one in (*tafel.criteria, *tafel.audience):
            asks = asks_of(one.asks.model_dump() if one.asks else None)
            if asks and guide.by_code[asks.question].several:
                yield guide, asks.question, asks


@pytest.mark.parametrize("region", [SHIPPED, INVENTED], ids=["twente", "verzonnen"])
def test_who_knows_that_the_rest_is_not_so_can_say_it(region: Path) -> None:
    """Per list one answer, which goes with the others: what is not chosen is then no."""
    asked = list(lists(read_region(region)))
    assert asked
    for guide, code, asks in asked:
        question = guide.by_code[code]
        rest = question.options[-1]
        assert rest.label.casefold().startswith("de rest") and rest.code in asks.no
        assert [one.code for one in question.options if one.rest] == [rest.code]
        others = [one.code for one in question.options[:-1] if one.code not in asks.yes]
        for more in ([], others):
            given = Answers(guide, {code: (*more, rest.code)})
            always = replace(given, guide=replace(guide, by_code={code: _always_asked(question)}))
            assert settle(asks, always) == NO
            assert settle(asks, replace(always, given={code: tuple(more)})) == UNKNOWN
            both = read(always.guide, as_query({code: [*more, rest.code, NOT_SURE]}))
            assert both.given[code] == (tuple(more) or (NOT_SURE,))
            assert settle(asks, both) == UNKNOWN


def _always_asked(question: Question) -> Question:
    return replace(question, only_if=None)


def test_a_step_that_was_not_taken_makes_it_fit_not(shipped: Shipped) -> None:
    """E-072, E-094, T-02: one of the steps was taken, and the rest was not."""
    for slug, query in (
        ("regiotafel-zorgkantoor", "speelt=wlz&aanbieder=stappen"),
        ("oostnl-hoogcomplex", "speelt=meer-ggz&geprobeerd=verwijzing"),
        ("bestuurlijk-escalatieoverleg", "speelt=meer-ggz&geprobeerd=verwijzing"),
    ):
        assert shipped.fit(slug, query) == MAYBE
        rest = "&aanbieder=geen" if "aanbieder" in query else "&geprobeerd=niets"
        advice = shipped.advise(query + rest)
        assert of(advice, slug).fit == FITS_NOT
        assert "U antwoordde: de rest is niet gedaan." in because(advice, slug).replace("De", "de")


@pytest.mark.parametrize("query", ["veiligheid=geen", "geprobeerd=niets", "speelt=geen"])
def test_who_does_not_know_shuts_nobody_out(shipped: Shipped, query: str) -> None:
    """ "De rest niet" and "weet ik niet" cannot both be so: then it is not known."""
    name = query.split("=")[0]
    unsure = f"{name}={NOT_SURE}"
    assert shipped.advise(query).that(FITS_NOT)
    for both in (f"{query}&{unsure}", f"{unsure}&{query}"):
        advice = shipped.advise(both)
        assert not advice.that(FITS_NOT)
        assert advice.answers == shipped.read(unsure)
        assert start_of(advice.answers) == start_of(shipped.read(""))
        said = {code: value for code, _, value, _ in words.answered(advice.answers)}
        assert said[name] == "Weet ik niet"


def test_what_is_so_counts_beside_what_is_not_known(shipped: Shipped) -> None:
    answers = shipped.read(f"veiligheid=gebied&veiligheid=geen&veiligheid={NOT_SURE}")
    assert answers.chosen("veiligheid") == ("gebied",)
    assert shipped.advise(answers).that(FITS)[0].tafel.slug == "topx"


def test_skipping_a_question_shuts_nobody_out(shipped: Shipped) -> None:
    """Without an answer a tafel that fitted, or might, never fits not."""

    @calmly
    @given(queries(shipped.guide), st.sampled_from(sorted(shipped.guide.by_code)))
    def check(chosen: dict[str, list[str]], skipped: str) -> None:
        before = shipped.advise(read(shipped.guide, as_query(chosen)))
        less = {name: codes for name, codes in chosen.items() if name != skipped}
        after = shipped.advise(read(shipped.guide, as_query(less)))
        for one in before.findings:
            if one.fit != FITS_NOT:
                assert of(after, one.tafel.slug).fit != FITS_NOT

    check()


def test_every_answer_gets_an_advice_in_words(shipped: Shipped) -> None:
    """All tafels, each with a reason; who to call first where there is danger (O-03)."""
    routes = Region.current().crisis_routes

    @calmly
    @given(queries(shipped.guide))
    def check(chosen: dict[str, list[str]]) -> None:
        answers = read(shipped.guide, as_query(chosen))
        advice = shipped.advise(answers)
        assert len(advice.findings) == len(shipped.tafels)
        for one in advice.findings:
            reasons = list(words.reasons(one))
            assert reasons and all(each.lines or each.ways for each in reasons)
        text = words.as_text(advice, shipped.place, routes)
        danger = answers.chosen("nood") == ("gevaar",)
        assert advice.crisis == danger
        assert text.startswith("Is er acuut gevaar? Bel dan eerst:") == danger
        start_of(answers)
        words.answered(answers)

    check()
