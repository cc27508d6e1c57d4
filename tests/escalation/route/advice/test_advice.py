"""Advice for the next tafel, and what the rules allow now."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from demo import walk
from directory.guide.advice import FITS, FITS_NOT, MAYBE
from directory.guide.answers import restore
from directory.guide.prefill import Start, answered_by, start_of
from directory.guide.questions import guide_of
from directory.models import Domain, Region, User
from escalation.blocks import ALL
from escalation.dossier.rules import NO_OVERLEG, OPEN_STEP, ways_on
from escalation.models import Casus
from escalation.permissions import standing_of
from escalation.reading.advice import NextTafel, advice_for
from escalation.reading.progress import progress_of
from escalation.registration import actions as registration
from tests import world
from tests.cast import Cast
from tests.escalation.overleg.sending import text_of

ClientOf = Callable[[User], Client]


def again(casus: Casus) -> Casus:
    return Casus.objects.get(pk=casus.pk)


def advice(casus: Casus) -> NextTafel:
    return advice_for(progress_of(again(casus), ALL))


def about(cast: Cast, *domains: str, **fields: object) -> Casus:
    chosen = list(Domain.objects.filter(code__in=domains))
    return world.registered_casus(cast, domains=chosen, **fields)


def test_it_says_the_same_as_the_wegwijzer_for_the_same_answers(cast: Cast) -> None:
    from directory.guide.advice import advise
    from directory.reading.instroom import ways_in
    from escalation.reading.tafels import tafels_for

    asked = guide_of(Region.current().guide, ())
    answers = restore(asked, {"speelt": ["wlz"], "veiligheid": ["geen"], "aanbieder": ["blijft"]})
    casus = registration.start(
        by=cast.procesmanager,
        organisation=cast.enschede.organisation,
        no_acute_danger=True,
        adult=True,
        guide=answers,
    )
    walk.complete(casus, cast.procesmanager, gemeente=cast.enschede, domains=[], frameworks=[])
    tafels = list(tafels_for(casus))
    wanted = {one.tafel.pk: one.fit for one in advise(answers, tafels, ways_in(tafels)).findings}
    # What was registered adds answers only to questions that were not answered.
    casus = again(casus)
    casus.safety, casus.waiting_list_only = "", None
    found = {one.tafel.pk: one.fit for one in advice_for(progress_of(casus, ALL)).options}
    assert found == wanted and set(wanted.values()) <= {FITS, MAYBE, FITS_NOT}


def test_without_the_wegwijzer_the_registration_answers(cast: Cast) -> None:
    asked = guide_of(Region.current().guide, ())
    known = Start("", ["ggz", "veiligheid"], ["wmo"], "yes", None, [], "")
    found = answered_by(asked, known)
    # The plainest of two options that mean the same, and never a guess about safety.
    assert found == {"speelt": ["ggz", "wmo"]}
    assert start_of(restore(asked, found)).frameworks == ["wmo"]
    assert answered_by(asked, Start("", [], [], "no", True, [], ""))["veiligheid"] == ["geen"]
    stuck = Start("", [], [], "", False, ["aanbod-ontbreekt"], "")
    assert answered_by(asked, stuck)["vast"] == ["geen-plek"]


def test_a_tafel_that_does_not_fit_says_what_the_casus_says(cast: Cast) -> None:
    casus = about(cast, "ggz", safety=Casus.Safety.NO, safety_text="")
    refused = advice(casus).not_fitting
    assert refused
    reasons = " ".join(line for one in refused for each in one.reasons for line in each.lines)
    assert "In de casus staat:" in reasons and "U antwoordde" not in reasons


def test_what_is_on_the_route_is_no_advice(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    first = advice(casus).options[0].tafel
    walk.step(casus, cast.procesmanager, first)
    now = advice(casus)
    assert first not in [one.tafel for one in now.options]
    (been,) = now.been
    assert been.tafel == first and been.standing.startswith("Geen passende oplossing, ")


def test_after_a_trede_without_solution_what_lies_below_comes_last(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    walk.step(casus, cast.procesmanager, cast.tafel(1))
    for group in (advice(casus).fitting, advice(casus).maybe):
        treden = [one.tafel.trede_id for one in group if one.tafel.trede_id is not None]
        below = [trede < 1 for trede in treden]
        assert below == sorted(below)


def test_the_dossier_and_the_page_show_it_with_reasons(cast: Cast, client_of: ClientOf) -> None:
    casus = world.tried_casus(cast)
    best = advice(casus).best
    assert best is not None
    page = text_of(client_of(cast.gemeente).get(reverse("casus_detail", args=[casus.code])))
    assert "Advies voor de volgende tafel" in page and best.tafel.name in page
    assert "U beslist zelf" in page
    page = text_of(client_of(cast.gemeente).get(reverse("casus_advice", args=[casus.code])))
    for option in (*advice(casus).options, *advice(casus).been):
        assert option.tafel.name in page
        assert all(reason.text in page for reason in option.reasons)
    assert "Zet op de route" not in page
    page = text_of(client_of(cast.procesmanager).get(reverse("casus_advice", args=[casus.code])))
    assert "Zet op de route" in page


def denied(casus: Casus) -> dict[str, str]:
    standing = standing_of(casus.created_by, again(casus))
    return {one.label: one.denied for one in ways_on(standing, progress_of(standing.casus, ALL))}


def test_what_can_be_done_now_and_why_not(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    now = denied(casus)
    assert now["Een tafel op trede 0, 1 of 2"] == "" == now["De casus afsluiten"]
    assert "nog geen tafel" in now["Aanmelden voor trede 3"]
    assert now["Een besluit vragen op trede 4"] == NO_OVERLEG
    walk.step(casus, cast.procesmanager, cast.tafel(1), until="prepared")
    assert denied(casus)["De casus afsluiten"] == OPEN_STEP


def test_what_it_says_is_what_happens(cast: Cast) -> None:
    """In every status: a way that is said to be open is not refused by its state."""
    from escalation.permissions import may_now

    names = {"De casus afsluiten": "close", "Een tafel op trede 0, 1 of 2": "add_step"}
    for make in world.IN_STATUS.values():
        casus = make(cast)
        for label, reason in denied(casus).items():
            if label in names and not reason:
                assert may_now(again(casus), names[label]) is None
        assert bool(denied(casus)) is not again(casus).is_closed


def test_open_ends_and_skipped_treden_are_named(cast: Cast, client_of: ClientOf) -> None:
    casus = world.registered_casus(cast)
    walk.step(casus, cast.procesmanager, cast.tafel(1), until="discussed")
    walk.step(casus, cast.procesmanager, cast.tafel(2), until="prepared")
    page = text_of(client_of(cast.gemeente).get(reverse("casus_detail", args=[casus.code])))
    assert f"{cast.tafel(1)}: er is geen uitkomst vastgelegd." in page
    assert "Ingebracht door" in page and "Instroom: voldoet" in page
    assert "Cliëntondersteuning: nog niet aangeboden" in page


@pytest.mark.parametrize("who", ["outsider", "themagroep"])
def test_it_is_part_of_the_dossier(cast: Cast, client_of: ClientOf, who: str) -> None:
    casus = world.registered_casus(cast)
    answer = client_of(getattr(cast, who)).get(reverse("casus_advice", args=[casus.code]))
    assert answer.status_code == 404
