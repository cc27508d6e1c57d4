"""The timeline in words: what was changed from what into what, filters, print and corrections."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from demo import walk
from directory.models import User
from escalation.blocks import ALL
from escalation.dossier.timeline import actions as timeline
from escalation.dossier.timeline import filters, rules
from escalation.models import Casus, Event
from escalation.overleg import actions as overleg_actions
from escalation.overleg.outcome import actions as outcomes
from escalation.registration import actions as registration
from escalation.route.client_support import actions as client_support
from rdm.lib import clock
from rdm.lib.refusal import Refused
from tests.cast import Cast
from tests.house.calls import modules, writes
from tests.house.growth import copies
from tests.world import (
    held_casus,
    open_overleg,
    planned_casus,
    registered_casus,
    submitted_casus,
    tried_casus,
)

ClientOf = Callable[[User], Client]


def url(name: str, casus: Casus, *more: object) -> str:
    return reverse(name, args=[casus.code, *more])


def read(http: Client, address: str) -> BeautifulSoup:
    answer = http.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return BeautifulSoup(answer.content, "html.parser")


def words(found: Any) -> str:
    return " ".join(found.get_text(" ").split())


def last(casus: Casus, kind: str) -> Event:
    found = casus.events.filter(kind=kind).order_by("-pk").first()
    assert found is not None
    return found


def changed(event: Event) -> dict[str, tuple[str, str]]:
    return {one["label"]: (one["old"], one["new"]) for one in event.changes}


# --- What was changed


def test_an_edit_tells_every_answer_that_changed_from_what_into_what(cast: Cast) -> None:
    casus = registered_casus(cast, situation="Oud.", waiting_list_only=False, domains=[])
    before = casus.safety_text
    registration.save_registration(
        casus=casus,
        by=cast.procesmanager,
        situation="Nieuw.",
        waiting_list_only=True,
        safety="no",
        safety_text="",
        frameworks=["wlz"],
        tried_regular=casus.tried_regular,  # the same
    )
    assert changed(last(casus, "edited")) == {
        "Wat er aan de hand is": ("Oud.", "Nieuw."),
        "Wetten": (
            "Zvw (Zorgverzekeringswet), Wmo 2015 (Wet maatschappelijke ondersteuning)",
            "Wlz (Wet langdurige zorg)",
        ),
        "Risico voor de veiligheid": ("Ja", "Nee"),
        "Welk risico": (before, ""),
        "Alleen een wachttijd": ("Nee", "Ja"),
    }
    # Which part of the dossier each belongs to, for who does not see all parts.
    parts = {one["part"] for one in last(casus, "edited").changes}
    assert parts == {"situatie", "geprobeerd"}


def test_the_own_reference_never_comes_on_the_timeline(cast: Cast) -> None:
    """Only the own organisation sees it (O-08), and the timeline is for everybody."""
    casus = registered_casus(cast, own_reference="GEHEIM-1")
    registration.save_registration(casus=casus, by=cast.procesmanager, own_reference="GEHEIM-2")
    assert last(casus, "edited").changes == []
    assert "GEHEIM" not in str(list(casus.events.values()))


def test_a_draft_leaves_nothing_of_its_text_on_the_timeline(cast: Cast) -> None:
    casus = registered_casus(cast, situation="Kanarievogel")
    assert not casus.events.exclude(changes=[])
    assert "Kanarievogel" not in str(list(casus.events.values()))


def test_other_actions_tell_old_and_new_as_well(cast: Cast) -> None:
    by = cast.procesmanager
    casus = registered_casus(cast)
    client_support.set_client_support(casus=casus, by=by, state="offered")
    client_support.set_client_support(casus=casus, by=by, state="linked", organisation=cast.scot)
    told = changed(last(casus, "client_support"))
    assert told == {"Cliëntondersteuning": ("aangeboden", f"gekoppeld ({cast.scot})")}
    sent = submitted_casus(cast, plan_of_approach="Een ander plan.")
    assert changed(last(sent, "submitted"))["Plan van aanpak"][1] == "Een ander plan."
    planned = planned_casus(cast)
    overleg = open_overleg(planned)
    overleg_actions.fix_date(
        overleg=overleg,
        by=by,
        starts_at=clock.now() + timedelta(days=9),
        ends_at=clock.now() + timedelta(days=9, hours=1),
        place="Elders",
    )
    old, new = changed(last(planned, "date_fixed"))["Datum en plaats"]
    assert "Gemeentehuis, zaal 1" in old and "Elders" in new
    held = held_casus(cast)
    afspraak = held.overleggen.get().afspraken.all()[0]
    outcomes.change_afspraak(afspraak=afspraak, by=by, state="done")
    assert changed(last(held, "afspraak"))["Stand van de afspraak"][0] == "nog te doen"


def test_the_page_shows_what_changed_and_marks_the_words(cast: Cast, client_of: ClientOf) -> None:
    long = "De inwoner woont alleen in een kamer en krijgt al maanden geen hulp van de instelling. "
    casus = registered_casus(cast, situation=long * 2, waiting_list_only=False)
    registration.save_registration(
        casus=casus,
        by=cast.procesmanager,
        situation=(long * 2).replace("kamer", "<woning>", 1),
        waiting_list_only=True,
    )
    page = read(client_of(cast.gemeente), url("casus_timeline", casus))
    line = page.select_one(f"#regel-{last(casus, 'edited').pk}")
    assert line is not None
    assert "Alleen een wachttijd: eerst Nee → nu Ja" in words(line)
    assert [words(one) for one in line.select("details del")] == ["kamer"]
    assert [words(one) for one in line.select("details ins")] == ["<woning>"]
    assert not line.select("details[open]") and not line.select("woning")
    # Beside the dossier only which answers, not what is in them.
    aside = read(client_of(cast.gemeente), url("casus_detail", casus)).select_one("#timeline")
    assert aside is not None and "Wat er aan de hand is, Alleen een wachttijd" in words(aside)


def test_very_long_texts_are_not_compared(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    monkeypatch.setattr(rules, "MOST_COMPARED", 500)
    casus = registered_casus(cast, situation="woord " * 60)
    registration.save_registration(
        casus=casus, by=cast.procesmanager, situation="woord " * 59 + "anders"
    )
    (change,) = rules.as_lines([last(casus, "edited")])[0]["changes"]
    assert "<ins>" not in change["new"] and "anders" in change["new"]


# --- Filters and print


def found(http: Client, casus: Casus, query: str) -> list[str]:
    page = read(http, f"{url('casus_timeline', casus)}?{query}")
    return [words(one) for one in page.select(".rdm-timeline__title")]


def test_filters_on_kind_period_and_organisation(cast: Cast, client_of: ClientOf) -> None:
    with clock.travel(clock.now() - timedelta(days=20)):
        casus = tried_casus(cast)
        walk.shared(casus, cast.procesmanager, cast.scot)
    timeline.add_note(casus=casus, by=cast.client_support, text="Verzonnen.")
    http, today = client_of(cast.procesmanager), clock.today()
    assert found(http, casus, "soort=notities") == ["Notitie"]
    assert found(http, casus, "soort=delen") == [f"Casus gedeeld met {cast.scot}"]
    assert "Casus geregistreerd" in found(http, casus, "soort=besluiten")
    assert "Notitie" not in found(http, casus, "soort=besluiten")
    assert found(http, casus, "soort=overig") == ["Registratie begonnen"]
    assert found(http, casus, f"van={today}") == ["Notitie"]
    assert "Notitie" not in found(http, casus, f"tot={today - timedelta(days=1)}")
    assert len(found(http, casus, f"tot={today}")) == casus.events.count()
    by_scot = casus.events.get(kind="note").actor_organisation
    assert found(http, casus, f"organisatie={by_scot}") == ["Notitie"]
    assert found(http, casus, f"soort=delen&organisatie={by_scot}") == []
    nothing = words(read(http, f"{url('casus_timeline', casus)}?soort=gegevens"))
    assert "0 regels passen bij uw keuze" in nothing and "Kies minder filters" in nothing


@pytest.mark.parametrize(
    "query", ["soort=verzonnen", "van=31-02-2026", "tot=9999-12-31", "organisatie=verzonnen"]
)
def test_a_wrong_filter_is_reported_and_left_out(
    cast: Cast, client_of: ClientOf, query: str
) -> None:
    casus = registered_casus(cast)
    page = read(client_of(cast.procesmanager), f"{url('casus_timeline', casus)}?{query}")
    assert page.select(".rdm-error") or page.select("[class*=error]")
    assert len(page.select(".rdm-timeline__event")) == casus.events.count()


def test_every_kind_that_is_told_is_found_by_a_filter(cast: Cast) -> None:
    """And once a day has 23 or 25 hours, the whole day."""
    casus = registered_casus(cast)
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        start, end = clock.day_bounds(day)
        for at in (start, end - timedelta(seconds=1)):
            copies(last(casus, "registered"), {"at": lambda _, at=at: at}, 1)
        query = {"van": str(day), "tot": str(day)}
        assert filters.TimelineFilter(query, lines=rules.events_of(casus, ALL)).qs.count() == 2
    groups = [*rules.GROUPS, rules.REST]
    seen = set()
    for group in groups:
        found = filters.TimelineFilter({"soort": group}, lines=rules.events_of(casus, ALL)).qs
        seen |= set(found.values_list("pk", flat=True))
    assert seen == set(casus.events.values_list("pk", flat=True))


def test_print_shows_all_of_it_opened_and_is_logged_as_such(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = registered_casus(cast)
    registration.save_registration(casus=casus, by=cast.procesmanager, situation="Lang. " * 40)
    copies(last(casus, "registered"), {}, 40)
    http = client_of(cast.gemeente)
    page = read(http, f"{url('casus_timeline', casus)}?weergave=afdrukken")
    assert len(page.select(".rdm-timeline__event")) == casus.events.count() > 40
    assert page.select("details[open]") and not page.select("details:not([open]) del")
    assert not page.select(".rdm-filter") and not page.select("[rel=next]")
    row = AuditEntry.objects.get(action="print")
    assert (row.object_id, row.part) == (casus.code, "timeline")
    one = read(http, f"{url('casus_timeline', casus)}?weergave=afdrukken&soort=gegevens")
    assert len(one.select(".rdm-timeline__event")) == 1
    back = [a["href"] for a in one.select("main a") if "Terug" in words(a)]
    assert back == [f"{url('casus_timeline', casus)}?soort=gegevens"]


# --- Corrections


def corrected(casus: Casus, by: User, text: str = "Zo is het wel.") -> Event:
    return timeline.correct_note(event=last(casus, "note"), by=by, text=text)


def test_a_correction_adds_a_line_and_changes_none(cast: Cast) -> None:
    casus = registered_casus(cast)
    timeline.add_note(casus=casus, by=cast.procesmanager, text="Zo was het niet.")
    before = list(casus.events.order_by("pk").values())
    made = corrected(casus, cast.gemeente)
    assert list(casus.events.order_by("pk").values())[:-1] == before
    assert made.corrects == last(casus, "note") and made.actor_name == cast.gemeente.name
    assert AuditEntry.objects.filter(object_id=casus.code, part="correct_note").count() == 1


def test_a_line_is_corrected_once_and_the_correction_again(cast: Cast) -> None:
    casus = registered_casus(cast)
    timeline.add_note(casus=casus, by=cast.procesmanager, text="Een.")
    # As another tab still has it: without knowing of the first correction.
    old = rules.events_of(casus, ALL).get(kind="note")
    made = corrected(casus, cast.procesmanager, "Twee.")
    for event in (old, last(casus, "note")):
        with pytest.raises(Refused, match="al verbeterd"):
            timeline.correct_note(event=event, by=cast.procesmanager, text="Drie.")
    again = timeline.correct_note(event=made, by=cast.procesmanager, text="Drie.")
    assert again.corrects == made


def test_only_what_people_wrote_can_be_corrected(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    event = last(casus, "registered")
    with pytest.raises(Refused, match="geen notitie"):
        timeline.correct_note(event=event, by=cast.procesmanager, text="Anders.")
    with pytest.raises(Refused):
        timeline.add_note(casus=casus, by=cast.procesmanager, text=" ")
    other = registered_casus(cast)
    timeline.add_note(casus=other, by=cast.procesmanager, text="Van een ander.")
    http = client_of(cast.procesmanager)
    foreign = url("casus_note_correct", casus, last(other, "note").pk)
    assert http.get(foreign).status_code == 404
    assert client_of(cast.outsider).get(foreign).status_code == 404


def test_both_are_shown_and_point_at_each_other(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    timeline.add_note(casus=casus, by=cast.procesmanager, text="De broer belde maandag.")
    wrong, http = last(casus, "note"), client_of(cast.gemeente)
    address = url("casus_note_correct", casus, wrong.pk)
    link = f"#regel-{wrong.pk} a[href='{address}']"
    assert read(http, url("casus_timeline", casus)).select(link)
    sent = {"text": "De zus belde maandag.", "request_id": str(uuid4())}
    assert http.post(address, sent).status_code == 302
    assert http.post(address, sent).status_code == 302  # twice has one effect
    page = read(http, url("casus_timeline", casus))
    old, new = (
        page.select_one(f"#regel-{one.pk}") for one in (wrong, last(casus, "note_corrected"))
    )
    assert old is not None and new is not None
    assert "Klopt niet" in words(old) and "De broer belde" in words(old)
    assert f"Verbeterd door {cast.gemeente.name} op" in words(old)
    assert "Dit verbetert ‘Notitie’" in words(new) and "De zus belde" in words(new)
    assert [words(one) for one in new.select("del")] and not page.select(link)
    assert casus.events.filter(kind="note_corrected").count() == 1


def test_a_correction_is_screened_and_keeps_what_was_typed(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    timeline.add_note(casus=casus, by=cast.procesmanager, text="Oud.")
    address = url("casus_note_correct", casus, last(casus, "note").pk)
    sent = {"text": "Het nummer is 111222333.", "request_id": str(uuid4())}
    answer = client_of(cast.procesmanager).post(address, sent)
    assert answer.status_code == 422 and "111222333" in answer.content.decode()
    assert not casus.events.filter(kind="note_corrected")


def test_the_dossier_asks_as_little_with_40_lines_as_with_2(
    scene_queries: Callable[[Client, str], int], cast: Cast, client_of: ClientOf
) -> None:
    casus = registered_casus(cast)
    http = client_of(cast.procesmanager)
    pages = [url(name, casus) for name in ("casus_detail", "casus_timeline")]
    few = [scene_queries(http, page) for page in pages]
    for number in range(20):
        timeline.add_note(casus=casus, by=cast.procesmanager, text=f"Notitie {number}.")
        corrected(casus, cast.procesmanager)
    assert casus.events.count() > 40
    many = [scene_queries(http, page) for page in pages]
    assert few == many and max(many) <= 15


@pytest.fixture
def scene_queries() -> Callable[[Client, str], int]:
    from tests.escalation.dossier.test_casus_pages import queries

    return queries


# --- Nothing goes

# Who takes lines away, and why.
TAKES_AWAY = {
    "escalation/registration/drafts/actions.py": "a draft that goes loses its texts",
}


def test_no_code_changes_or_removes_a_line() -> None:
    """Besides going with the casus itself; a new exception is named above."""
    found = {
        str(module.path)
        for module in modules("escalation", "learning", "directory")
        for call in writes(module.tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr not in ("create", "bulk_create")
        and any(word in ast.unparse(call.func) for word in (".events", "Event.objects", "event."))
    }
    assert found == set(TAKES_AWAY)
