"""The list, the dossier, the timeline and who read it: what shows, to whom, and at what cost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditEntry
from demo import walk
from directory.models import Organisation, Tafel, User
from escalation.blocks import CARE, PROCESS
from escalation.dossier.timeline import actions as timeline
from escalation.lists.filters import casussen_for_list
from escalation.models import Casus, RouteStep
from escalation.registration.references.actions import keep_reference
from escalation.route import actions as route
from escalation.route.instroom import actions as instroom
from rdm.lib import clock, paging
from tests.cast import Cast
from tests.escalation.overleg.sending import hidden, text_of
from tests.world import (
    IN_STATUS,
    closed_casus,
    draft_casus,
    held_casus,
    registered_casus,
    submitted_casus,
    tried_casus,
)

ClientOf = Callable[[User], Client]


def url(name: str, casus: Casus) -> str:
    return reverse(name, args=[casus.code])


def page_of(http: Client, address: str) -> BeautifulSoup:
    answer = http.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return BeautifulSoup(answer.content, "html.parser")


def words(found: Any) -> str:
    return " ".join(found.get_text(" ").split())


def queries(http: Client, address: str) -> int:
    http.get(address)  # the first request of a session also writes the session
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert http.get(address).status_code == 200
    return len([q for q in counted if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])


# --- The list


def test_the_list_shows_own_casussen_newest_first(cast: Cast, client_of: ClientOf) -> None:
    first, second = registered_casus(cast), registered_casus(cast)
    codes = [words(a) for a in page_of(client_of(cast.procesmanager), "/casussen/").select("th a")]
    assert codes == [second.code, first.code]
    empty = words(page_of(client_of(cast.outsider), "/casussen/"))
    assert "U hebt nog geen casussen" in empty and first.code not in empty


def test_search_finds_code_own_reference_and_words(cast: Cast, client_of: ClientOf) -> None:
    one, two = registered_casus(cast, own_reference="ZAAK-77"), registered_casus(cast)
    keep_reference(two, cast.scot.pk, "SCOT-88")
    http = client_of(cast.procesmanager)
    for typed, expected in [
        (one.code.lower().replace("-", " "), [one.code]),
        (one.code[-5:], [one.code]),
        ("zaak-77", [one.code]),
        ("SCOT-88", []),  # of another organisation
        ("passende hulp", [two.code, one.code]),  # words of the situation
    ]:
        found = page_of(http, f"/casussen/?q={typed}").select("th[scope=row] a")
        assert [words(a) for a in found] == expected, typed
    assert "Geen casus gevonden" in words(page_of(http, "/casussen/?q=niets"))


def test_a_search_is_logged_without_its_words(cast: Cast, client_of: ClientOf) -> None:
    http = client_of(cast.procesmanager)
    http.get("/casussen/")
    assert not AuditEntry.objects.filter(action="search").exists()
    http.get("/casussen/?q=GEHEIM-WOORD")
    entry = AuditEntry.objects.get(action="search")
    assert (entry.object_id, entry.actor_name) == ("", cast.procesmanager.name)
    assert "GEHEIM" not in str(AuditEntry.objects.values())


def test_filters_on_turn_status_and_gemeente(cast: Cast, client_of: ClientOf) -> None:
    mine, theirs = registered_casus(cast), submitted_casus(cast)
    http = client_of(cast.procesmanager)
    for query, expected in [
        ("aan_zet=mij", {mine.code}),
        ("aan_zet=anderen", {theirs.code}),
        ("status=submitted", {theirs.code}),
        ("gemeente=hengelo", set()),
        ("gemeente=enschede&status=active", {mine.code}),
    ]:
        found = page_of(http, f"/casussen/?{query}").select("th[scope=row] a")
        assert {words(a) for a in found} == expected, query
    broken = words(page_of(http, "/casussen/?status=verzonnen"))
    assert "Deze keuze bestaat niet" in broken


def test_the_count_stops_and_says_so(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "CAP", 2)
    for _ in range(3):
        draft_casus(cast)
    http = client_of(cast.procesmanager)
    with CaptureQueriesContext(connection) as counted:
        page = words(page_of(http, "/casussen/"))
    assert "meer dan 2 casussen" in page
    assert any('"escalation_casus"."id"' in q["sql"] and "LIMIT 3" in q["sql"] for q in counted)
    assert not any("COUNT(*)" in q["sql"] and "LIMIT" not in q["sql"] for q in counted)


def test_every_page_of_the_list_has_its_own_casussen_in_order(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "CAP", 5)
    newest_first = [draft_casus(cast).code for _ in range(7)][::-1]
    found = casussen_for_list(cast.procesmanager)

    def codes_on(page: int) -> list[str]:
        return [one.code for one in paging.KeyedPaginator(found, 2).get_page(page)]

    assert codes_on(1) == newest_first[:2]
    assert codes_on(2) == newest_first[2:4]
    # Beyond the cap nothing is reached by leafing.
    assert codes_on(3) == codes_on(99) == newest_first[4:5]
    assert [one.code for one in paging.KeyedPaginator(found.none(), 2).get_page(1)] == []


def test_the_list_costs_the_same_for_20_rows(cast: Cast, client_of: ClientOf) -> None:
    http = client_of(cast.procesmanager)
    tried_casus(cast, own_reference="Z")
    one = queries(http, "/casussen/?status=active")
    for number in range(19):
        casus = registered_casus(cast, own_reference=f"Z-{number}")
        route.add_step(casus=casus, by=cast.procesmanager, tafel=cast.tafel(1), question="Vraag")
    assert queries(http, "/casussen/?status=active") == one
    assert one <= 15


@pytest.mark.parametrize("role", ["portefeuillehouder", "themagroep", "privacy_officer", "admin"])
def test_roles_without_casussen_get_no_list(cast: Cast, client_of: ClientOf, role: str) -> None:
    assert client_of(getattr(cast, role)).get("/casussen/").status_code == 403


# --- The dossier


@pytest.mark.parametrize("status", [s for s in IN_STATUS if s != "draft"])
def test_the_dossier_says_whose_turn_it_is(cast: Cast, client_of: ClientOf, status: str) -> None:
    casus = IN_STATUS[status](cast)
    page = page_of(client_of(cast.procesmanager), url("casus_detail", casus))
    next_panel = page.select_one(".rdm-next")
    mine = {"active", "incomplete", "accepted", "planned", "held"}
    assert ("U bent aan zet" in words(next_panel)) == (status in mine)
    button = next_panel.select_one("a.nl-button")
    # The ministry has it, and the gemeente notes the answer.
    assert (button is not None) == (status in mine | {"nominated"})
    if status == "submitted":
        assert "het coördinatiepunt" in words(next_panel)
        coordinator = page_of(client_of(cast.coordinator), url("casus_detail", casus))
        assert coordinator.select_one(".rdm-next a")["href"] == url("submission_detail", casus)


def test_the_next_step_follows_the_route(cast: Cast, client_of: ClientOf) -> None:
    by, http = cast.procesmanager, client_of(cast.procesmanager)
    casus = registered_casus(cast)

    def target() -> str:
        return page_of(http, url("casus_detail", casus)).select_one(".rdm-next a")["href"]

    assert target() == reverse("step_add", args=[casus.code])
    with_criteria = Tafel.objects.filter(trede=1, criteria__active=True).distinct()[0]
    step = route.add_step(casus=casus, by=by, tafel=with_criteria, question="Vraag")
    place = [casus.code, step.position]
    assert target() == reverse("step_instroom", args=place)
    instroom.check_instroom(step=step, by=by, answers={})
    assert target() == reverse("step_submit", args=place)
    route.submit_step(
        step=step,
        by=by,
        submitted_on=clock.today(),
        against_check_reason="Verzonnen reden",
        extra_answers={one["code"]: "Ja" for one in step.tafel.extra_questions},
    )
    assert target() == reverse("step_result", args=place)
    route.discuss_step(step=step, by=by, on=clock.today())
    assert target() == reverse("step_close", args=place)
    route.close_step(step=step, by=by, outcome=RouteStep.Outcome.SOLVED, outcome_text="Verzonnen")
    assert target() == reverse("casus_close", args=[casus.code])


def test_the_route_shows_where_it_is_and_what_was_left_open(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = registered_casus(cast)
    by = cast.procesmanager
    route.add_step(casus=casus, by=by, tafel=cast.tafel(1), question="Vraag")
    route.add_step(casus=casus, by=by, tafel=cast.tafel(2), question="Vraag")
    page = page_of(client_of(by), url("casus_detail", casus))
    states = [li["class"][1] for li in page.select(".rdm-route__trede")]
    assert states == ["is-done", "is-open_end", "is-now", "is-later", "is-later"]
    assert "Via de gewone weg geprobeerd" in words(page.select(".rdm-route__trede")[0])
    assert "Niet afgerond" in words(page.select(".rdm-route__trede")[1])
    assert "Geen uitkomst vastgelegd" in words(page.select_one(".rdm-step.is-open_end"))
    assert "Alleen als uitzondering" in words(page.select_one("#gate-title"))


def test_client_support_not_offered_is_an_open_task(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    http = client_of(cast.procesmanager)
    assert "Bied de inwoner cliëntondersteuning aan" in words(
        page_of(http, url("casus_detail", casus))
    )
    casus.refresh_from_db()
    address = url("casus_client_support", casus)
    form = {"request_id": str(uuid4()), "version": casus.version}
    refused = http.post(address, {**form, "state": "linked"})
    assert refused.status_code == 422
    done = http.post(address, {**form, "state": "linked", "organisation": "scot"})
    assert done.status_code == 302
    assert "Bied de inwoner" not in words(page_of(http, url("casus_detail", casus)))


def test_who_cannot_offer_client_support_reads_who_does(cast: Cast, client_of: ClientOf) -> None:
    casus = IN_STATUS["incomplete"](cast)
    page = words(page_of(client_of(cast.coordinator), url("casus_detail", casus)))
    assert "Dit biedt de gemeente Enschede aan." in page
    assert "Bied de inwoner cliëntondersteuning aan" not in page
    # And a gemeente that is the aanmelder as well is named by the role that must act.
    assert "Aan zet de procesmanager van Enschede" in page
    assert "Aanvulling uiterlijk" in page


def test_organisations_to_share_with_stand_from_a_to_z(cast: Cast, client_of: ClientOf) -> None:
    page = page_of(client_of(cast.procesmanager), url("casus_involve", registered_casus(cast)))
    groups = page.select("select[name=organisation] optgroup")
    labels = [group["label"] for group in groups]
    assert len(labels) > 5 and labels == sorted(labels, key=str.casefold)
    for group in groups:
        names = [option.get_text() for option in group.select("option")]
        assert names == sorted(names, key=str.casefold)


def test_buttons_follow_the_rights(cast: Cast, client_of: ClientOf) -> None:
    casus = submitted_casus(cast)
    walk.shared(
        casus,
        cast.procesmanager,
        cast.scot,
        part="ondersteuner",
        purpose="Verzonnen doel",
        ground="Toestemming van de inwoner",
    )
    reader = words(page_of(client_of(cast.client_support), url("casus_detail", casus)))
    assert "Verzonnen doel" in reader and "Voeg een notitie toe" in reader
    for absent in ("Stop met delen", "Wijzig", "Trek de aanmelding in", "Deel met een", "Inzage"):
        assert absent not in reader
    owner = words(page_of(client_of(cast.procesmanager), url("casus_detail", casus)))
    assert "Trek de aanmelding in" in owner and "Stop met delen" in owner


@pytest.mark.parametrize(
    "role", ["outsider", "portefeuillehouder", "themagroep", "privacy_officer", "admin"]
)
def test_outside_it_is_the_same_404_as_an_unknown_code(
    cast: Cast, client_of: ClientOf, role: str
) -> None:
    casus = held_casus(cast)
    http = client_of(getattr(cast, role))
    for name in ("casus_detail", "casus_timeline", "casus_note", "casus_involve", "casus_close"):
        found, unknown = http.get(url(name, casus)), http.get(reverse(name, args=["TW-26-XXXXX"]))
        assert (found.status_code, unknown.status_code) == (404, 404), name
        assert without_token(found) == without_token(unknown)


def without_token(answer: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())


def test_a_page_that_cannot_be_logged_is_not_shown(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    casus = registered_casus(cast)
    http = client_of(cast.procesmanager)
    http.raise_request_exception = False

    def broken(**_: Any) -> None:
        raise RuntimeError("het logboek is vol")

    monkeypatch.setattr("audit.log.record", broken)
    answer = http.get(url("casus_detail", casus))
    assert answer.status_code == 500
    assert "passende hulp" not in answer.content.decode()


def test_dossier_and_timeline_cost_the_same_with_40_lines(cast: Cast, client_of: ClientOf) -> None:
    casus = held_casus(cast)
    by = cast.procesmanager
    walk.shared(casus, by, cast.scot, blocks=CARE | PROCESS)
    http = client_of(by)
    readers = [http, client_of(cast.coordinator), client_of(cast.client_support)]
    pages = [url("casus_detail", casus), url("casus_timeline", casus)]
    few = [queries(each, page) for each in readers for page in pages]
    for number in range(40):
        timeline.add_note(casus=casus, by=by, text=f"Verzonnen notitie {number}")
    for organisation in Organisation.objects.filter(slug__in=("menzis", "dimence")):
        walk.shared(casus, by, organisation)
    assert [queries(each, page) for each in readers for page in pages] == few
    assert max(few) <= 15
    lines = page_of(http, url("casus_timeline", casus)).select(".rdm-timeline__event")
    assert len(lines) == paging.PER_PAGE


# --- Notes, sharing, closing


def test_a_note_is_screened_and_lands_once(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    http = client_of(cast.gemeente)
    address = url("casus_note", casus)
    assert (
        http.post(address, {"request_id": str(uuid4()), "text": "Bel 0612345678"}).status_code
        == 422
    )
    form = {"request_id": str(uuid4()), "text": "Verzonnen: gebeld met de wijkagent"}
    http.post(address, form)
    http.post(address, form)
    assert casus.events.filter(kind="note").count() == 1


def test_sharing_and_stopping(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    http, other = client_of(cast.procesmanager), client_of(cast.client_support)
    form = {
        "organisation": "scot",
        "part": "ondersteuner",
        "purpose": "Verzonnen",
        "blocks": ["care", "safety", "process"],
        "until": clock.today() + timedelta(days=30),
        "resident_informed": "yes",
        "resident_informed_on": clock.today(),
        "secrecy_signed_on": clock.today(),
    }
    address = url("casus_involve", casus)
    refused = http.post(address, {"request_id": str(uuid4()), **form})
    assert refused.status_code == 422 and other.get(url("casus_detail", casus)).status_code == 404
    ground = {"ground": "other", "ground_other": "Verzonnen grondslag"}
    assert http.post(address, {"request_id": str(uuid4()), **form, **ground}).status_code == 302
    assert "Verzonnen grondslag" in words(page_of(other, url("casus_detail", casus)))
    stop = reverse("casus_uninvolve", args=[casus.code, casus.involvements.get().pk])
    assert http.get(stop).status_code == 200
    assert other.get(url("casus_detail", casus)).status_code == 200  # asking is not stopping
    assert http.post(stop, {"request_id": str(uuid4())}).status_code == 302
    assert other.get(url("casus_detail", casus)).status_code == 404


def test_closing_waits_for_the_outcome_of_every_step(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    walk.step(casus, cast.procesmanager, cast.tafel(1), until="submitted")
    http = client_of(cast.procesmanager)
    soup = BeautifulSoup(http.get(url("casus_detail", casus)).content, "html.parser")
    (shut,) = [one for one in soup.select("[aria-disabled=true]") if "Sluit de" in one.get_text()]
    why = soup.find(id=str(shut["aria-describedby"]))
    assert why is not None and "nog een stap zonder uitkomst" in why.get_text()
    form = hidden(http.get(url("casus_close", casus)).context["form"])
    answer = http.post(url("casus_close", casus), {**form, "closing": "solved", "reason": "r"})
    assert answer.status_code == 422 and "Leg eerst die uitkomst vast" in text_of(answer)


def test_closing_asks_why_and_reopening_is_for_the_gemeente(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = closed_casus(cast)
    assert client_of(cast.procesmanager).get(url("casus_close", casus)).status_code == 403
    http = client_of(cast.gemeente)
    casus.refresh_from_db()
    form = {"request_id": str(uuid4()), "version": casus.version}
    assert http.post(url("casus_reopen", casus), {**form, "reason": " "}).status_code == 422
    assert http.post(url("casus_reopen", casus), {**form, "reason": "Weer vast"}).status_code == 302
    casus.refresh_from_db()
    form = {"request_id": str(uuid4()), "version": casus.version}
    answers = {"closing": "solved", "reason": "Verzonnen oplossing"}
    assert http.post(url("casus_close", casus), {**form, **answers}).status_code == 302
    casus.refresh_from_db()
    assert casus.status == "closed"


# --- Who read it


def test_the_privacy_officer_sees_who_read_but_not_the_casus(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = registered_casus(cast)
    client_of(cast.gemeente).get(url("casus_detail", casus))
    http = client_of(cast.privacy_officer)
    found = http.get(f"/casussen/inzage/?code={casus.code.lower()}")
    assert found.url == url("casus_access_log", casus)
    page = words(page_of(http, found.url))
    assert cast.gemeente.name in page and "Enschede" in page
    assert "passende hulp" not in page
    assert AuditEntry.objects.filter(part="access-log", role="privacy_officer").count() == 1
    assert cast.privacy_officer.name in words(page_of(http, found.url))


def test_the_log_of_a_casus_is_for_few(cast: Cast, client_of: ClientOf) -> None:
    casus, draft = submitted_casus(cast), draft_casus(cast)
    address = url("casus_access_log", casus)
    assert client_of(cast.coordinator).get(address).status_code == 200
    assert client_of(cast.procesmanager).get(address).status_code == 403
    for role in (cast.outsider, cast.portefeuillehouder, cast.admin):
        assert client_of(role).get(address).status_code == 404
        assert client_of(role).get("/casussen/inzage/").status_code == 403
    officer = client_of(cast.privacy_officer)
    assert officer.get(url("casus_access_log", draft)).status_code == 404
    assert officer.get("/casussen/inzage/?code=TW-26-XXXXX").status_code == 422


def test_the_log_costs_the_same_for_40_lines(cast: Cast, client_of: ClientOf) -> None:
    casus = submitted_casus(cast)
    http, reader = client_of(cast.coordinator), client_of(cast.procesmanager)
    few = queries(http, url("casus_access_log", casus))
    for _ in range(40):
        reader.get(url("casus_timeline", casus))
    assert queries(http, url("casus_access_log", casus)) == few <= 15
