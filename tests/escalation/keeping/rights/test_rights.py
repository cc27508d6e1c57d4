"""What a resident may ask: to see everything, to correct it, to have it left alone (AVG)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string
from pypdf import PdfReader

from audit.models import AuditEntry
from demo import walk
from directory.models import Procesafspraak, User
from directory.region.names import product_name
from escalation.attachments import actions as attachments
from escalation.dossier import sweeps
from escalation.dossier.timeline import actions as timeline
from escalation.keeping.export import actions as export
from escalation.keeping.export.papers import as_pdf
from escalation.keeping.export.rules import (
    FILES_APART,
    WITHHELD,
    everything,
    export_of,
    not_judged,
    people_in,
)
from escalation.keeping.parts import Row, Section
from escalation.keeping.rights import actions as rights
from escalation.keeping.third_parties.rules import others_in
from escalation.lists.work import for_user
from escalation.models import AccessRequest, Casus, Correction
from escalation.overleg import sweeps as overleg_sweeps
from escalation.overleg.date_poll import actions as date_poll
from escalation.overleg.deelnemers.links import path_for
from escalation.permissions import ACTIONS, may_now, relations
from escalation.registration import actions as registration
from escalation.registration.references.actions import keep_reference
from escalation.sharing import sweeps as sharing_sweeps
from learning import sweeps as learning_sweeps
from learning.actions import terugkoppelingen
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Forbidden, Refused
from rdm.lib.work import WorkItem
from tests import world
from tests.cast import Cast, person
from tests.escalation.attachments.attached import attachment, version
from tests.escalation.overleg.sending import text_of

ClientOf = Callable[[User], Client]
STILL = ("view", "view_access_log", "view_rights", "keep_longer", "lift_restriction",
         "export_dossier", "withdraw_transfer")  # fmt: skip


def fresh(casus: Casus) -> Casus:
    return Casus.objects.get(pk=casus.pk)


def post(client: Client, name: str, casus: Casus, *more: int, **data: Any) -> Any:
    path = reverse(name, args=[casus.code, *more])
    return client.post(path, {"request_id": str(uuid4()), **data})


# --- Restriction ----------------------------------------------------------------------------------


def shared_casus(cast: Cast) -> Casus:
    casus = world.submitted_casus(cast)
    walk.shared(casus, cast.gemeente, cast.scot)
    return casus


def test_while_restricted_few_people_read_it(cast: Cast, client_of: ClientOf) -> None:
    casus = world.submitted_casus(cast)
    Casus.objects.filter(pk=casus.pk).update(registered_by=cast.mediant, carried_by=cast.mediant)
    walk.shared(fresh(casus), cast.gemeente, cast.scot)
    readers = (cast.gemeente, cast.procesmanager, cast.coordinator)
    others = (cast.aanmelder, cast.client_support)

    def sees(user: User) -> bool:
        status = client_of(user).get(reverse("casus_detail", args=[casus.code])).status_code
        found = Casus.objects.visible_to(user).filter(pk=casus.pk).exists()
        assert found == bool(ACTIONS["view"].who & relations(user, fresh(casus))) == (status == 200)
        return found

    assert all(sees(user) for user in (*readers, *others))
    rights.restrict(casus=fresh(casus), by=cast.gemeente, reason="De inwoner maakt bezwaar.")
    assert all(sees(user) for user in readers)
    assert not any(sees(user) for user in others)
    # The privacy officer reads that it is restricted, and nothing of the dossier.
    page = client_of(cast.privacy_officer).get(reverse("rights_detail", args=[casus.code]))
    assert "De inwoner maakt bezwaar." in page.content.decode()
    assert fresh(casus).situation not in page.content.decode()
    rights.lift_restriction(casus=fresh(casus), by=cast.privacy_officer, reason="Opgelost.")
    assert all(sees(user) for user in (*readers, *others))


def test_while_restricted_nobody_changes_it_and_reads_why(cast: Cast, client_of: ClientOf) -> None:
    casus = world.registered_casus(cast)
    rights.restrict(casus=casus, by=cast.gemeente, reason="De inwoner maakt bezwaar.")
    for action in ACTIONS:
        reason = may_now(fresh(casus), action)
        if action not in STILL:
            assert reason and "De inwoner maakt bezwaar." in reason, action
        else:
            assert not reason or "beperkt" not in reason, action
    with pytest.raises(Refused, match="beperkt"):
        timeline.add_note(casus=fresh(casus), by=cast.gemeente, text="Toch iets.")
    answer = post(client_of(cast.gemeente), "casus_note", casus, text="Toch iets.")
    assert answer.status_code == 422
    assert "De inwoner maakt bezwaar." in answer.content.decode()
    assert "Toch iets." in answer.content.decode()


def test_a_restricted_casus_stands_still_and_presses_nobody(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = world.registered_casus(cast)
    rights.restrict(casus=casus, by=cast.gemeente, reason="De inwoner maakt bezwaar.")
    with clock.travel(clock.now() + timedelta(days=90)):
        page = text_of(client_of(cast.gemeente).get(reverse("casus_detail", args=[casus.code])))
        assert "De casus staat stil" in page and "Hef de beperking op" in page
        assert "U bent aan zet" not in page and "te laat" not in page
        listed = text_of(client_of(cast.gemeente).get(reverse("casus_list")))
        assert "Verwerking beperkt" in listed and "te laat" not in listed
        file = client_of(cast.gemeente).get(reverse("casus_list_csv")).content.decode()
        assert "Verwerking beperkt" in file and f"{casus.due:%-d-%-m-%Y}" not in file
        asked = [one for one in for_user(cast.procesmanager) if one.casus_code == casus.code]
        assert not [one for one in asked if one.kind == "casus-active"]


def tasks_of(user: User, codes: set[str]) -> list[WorkItem]:
    """What "Mijn werk" asks of this person about these casussen."""
    found = [one for path in settings.WORK_PROVIDERS for one in import_string(path)(user)]
    return [one for one in found if one.casus_code in codes]


def test_restricted_it_asks_nothing_of_anybody(cast: Cast, client_of: ClientOf) -> None:
    """No task and no mail about it, except to lift the restriction: not of its route, the sharing
    that ends, the promises or the terugkoppeling."""
    on_route = world.registered_casus(cast)
    walk.step(on_route, cast.procesmanager, cast.tafel(1), until="prepared")
    walk.shared(on_route, cast.gemeente, cast.scot, until=clock.today() + timedelta(days=40))
    held = world.held_casus(cast)
    for casus in (on_route, held):
        rights.restrict(casus=fresh(casus), by=cast.gemeente, reason="r")
    codes = {on_route.code, held.code}
    with clock.travel(clock.now() + timedelta(days=38)):
        Message.objects.all().delete()
        everybody = cast.everybody.values()
        assert [one.title for who in everybody for one in tasks_of(who, codes)] == []
        sharing_sweeps.ask_to_extend()
        sweeps.remind()
        overleg_sweeps.remind_of_afspraken()
        learning_sweeps.remind()
        assert not Message.objects.exists()
        http = client_of(cast.gemeente)
        step = text_of(http.get(reverse("step_detail", args=[on_route.code, 1])))
        assert "Deze stap staat stil" in step and "Meld de casus aan" not in step
        write = reverse("terugkoppeling_write", args=[held.code, held.overleggen.get().pk])
        assert http.get(write).status_code == 403
        # As soon as it is lifted, all of it is there again.
        for casus in (on_route, held):
            rights.lift_restriction(casus=fresh(casus), by=cast.gemeente, reason="r")
        again = {one.kind for who in everybody for one in tasks_of(who, codes)}
        assert {"sharing", "afspraak", "no-news"} <= again
        assert sharing_sweeps.ask_to_extend() and learning_sweeps.remind()


def test_who_was_typing_when_it_was_restricted_hears_it(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    old = fresh(casus)
    rights.restrict(casus=casus, by=cast.privacy_officer, reason="r")
    with pytest.raises((Refused, Conflict)):
        registration.save_registration(casus=old, by=cast.procesmanager, situation="Nieuw.")
    assert fresh(casus).situation != "Nieuw."


def test_the_overleg_stands_still_too(cast: Cast, client_of: ClientOf) -> None:
    casus = world.planned_casus(cast)
    deelnemer = casus.overleggen.get().deelnemers.all()[0]
    rights.restrict(casus=casus, by=cast.gemeente, reason="Geheim.")
    deelnemer.refresh_from_db()
    deelnemer.overleg.casus.refresh_from_db()
    page = client_of(cast.outsider).get(path_for(deelnemer)).content.decode()
    assert "ligt stil" in page and 'type="radio"' not in page and "Geheim" not in page
    with pytest.raises(Refused, match="ligt stil") as no:
        date_poll.answer_dates(deelnemer=deelnemer, answers={}, attendance="yes")
    assert "Geheim" not in no.value.reason
    held = world.held_casus(cast)
    rights.restrict(casus=held, by=cast.gemeente, reason="r")
    with pytest.raises(Refused, match="beperkt"):
        terugkoppelingen.open_for(overleg=held.overleggen.get(), by=cast.gemeente)


def test_who_may_restrict(cast: Cast) -> None:
    casus = shared_casus(cast)
    for nobody in (cast.coordinator, cast.client_support, cast.admin, cast.outsider):
        with pytest.raises(Forbidden):
            rights.restrict(casus=casus, by=nobody, reason="r")
    with pytest.raises(Refused, match="Leg uit"):
        rights.restrict(casus=casus, by=cast.gemeente, reason=" ")
    rights.restrict(casus=casus, by=cast.privacy_officer, reason="r")
    with pytest.raises(Refused, match="beperkt"):
        rights.restrict(casus=fresh(casus), by=cast.gemeente, reason="r")


# --- Correction -----------------------------------------------------------------------------------


def correct(casus: Casus, by: User, **more: Any) -> Correction:
    given = {"field": "resident_view", "asked": "Dit klopt niet.", "granted": True}
    return rights.correct_text(casus=casus, by=by, **{**given, "new_text": "Zo is het.", **more})


@pytest.mark.parametrize("make", [world.registered_casus, world.planned_casus, world.closed_casus])
def test_a_text_can_always_be_corrected_and_the_old_one_read(
    cast: Cast, client_of: ClientOf, make: Callable[[Cast], Casus]
) -> None:
    casus = make(cast)
    old = casus.situation
    correct(fresh(casus), cast.gemeente, field="situation")
    assert fresh(casus).situation == "Zo is het."
    page = client_of(cast.gemeente).get(reverse("rights_detail", args=[casus.code]))
    assert old in page.content.decode() and "Zo is het." in page.content.decode()
    hidden = client_of(cast.privacy_officer).get(reverse("rights_detail", args=[casus.code]))
    assert old not in hidden.content.decode() and "Zo is het." not in hidden.content.decode()


def test_a_refused_correction_stays_with_why(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    with pytest.raises(Refused, match="Leg uit"):
        correct(casus, cast.gemeente, granted=False)
    made = correct(casus, cast.gemeente, granted=False, reason="De arts schreef dit zo op.")
    assert fresh(casus).resident_view == made.old_text
    assert (made.new_text, made.reason) == ("", "De arts schreef dit zo op.")


def test_a_correction_has_limits(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    for wrong in ({"field": "status"}, {"new_text": " "}, {"asked": ""},
                  {"field": "sharing_ground", "new_text": "x" * 201}):  # fmt: skip
        with pytest.raises(Refused):
            correct(fresh(casus), cast.gemeente, **wrong)
    with pytest.raises(Conflict):
        correct(fresh(casus), cast.gemeente, version=1)
    for nobody in (cast.coordinator, cast.privacy_officer, cast.outsider):
        with pytest.raises(Forbidden):
            correct(fresh(casus), nobody)
    assert not Correction.objects.exists()


def test_correcting_over_http(cast: Cast, client_of: ClientOf) -> None:
    casus = fresh(world.registered_casus(cast))
    data = {"field": "situation", "asked": "Anders.", "granted": "yes", "new_text": "Nieuw.",
            "reason": "", "version": casus.version}  # fmt: skip
    stale = post(client_of(cast.gemeente), "casus_correct", casus, **{**data, "version": 0})
    assert stale.status_code == 409 and "Nieuw." in stale.content.decode()
    screened = {**data, "new_text": "Burger 111222333"}
    assert post(client_of(cast.gemeente), "casus_correct", casus, **screened).status_code == 422
    assert post(client_of(cast.gemeente), "casus_correct", casus, **data).status_code == 302
    assert fresh(casus).situation == "Nieuw."


# --- Everything that is kept ----------------------------------------------------------------------


def request_for(casus: Casus, by: User) -> AccessRequest:
    return export.start_access_request(casus=casus, by=by, received_on=clock.today())


def test_a_request_has_a_term_and_a_day_that_was(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    days = Procesafspraak.number_of("verzoek_inwoner")
    assert request_for(casus, cast.gemeente).due == clock.today() + timedelta(days=days)
    with pytest.raises(Refused, match="toekomst"):
        export.start_access_request(
            casus=casus, by=cast.gemeente, received_on=clock.today() + timedelta(days=1)
        )
    for nobody in (cast.coordinator, cast.outsider, cast.admin):
        with pytest.raises(Forbidden):
            request_for(casus, nobody)


def test_nothing_is_given_before_somebody_judged_the_names(cast: Cast, client_of: ClientOf) -> None:
    casus = world.held_casus(cast)
    gemeente = client_of(cast.gemeente)
    asked = request_for(casus, cast.gemeente)
    files = [reverse(f"access_request_{kind}", args=[casus.code, asked.pk])
             for kind in ("pdf", "json")]  # fmt: skip
    assert [gemeente.get(path).status_code for path in files] == [403, 403]
    page = gemeente.get(reverse("access_request_judge", args=[casus.code, asked.pk]))
    people = people_in(everything(casus))
    assert "Verzonnen Deelnemer 1" in people
    assert all(name in page.content.decode() for name in people)
    # Everybody is left out until a person says otherwise.
    assert page.content.decode().count("checked") == len(people)
    judged = {"shown": json.dumps(people), "withheld": ["Verzonnen Deelnemer 1"],
              "words": "zaal 1"}  # fmt: skip
    assert post(gemeente, "access_request_judge", casus, asked.pk, **judged).status_code == 302
    answers = [gemeente.get(path) for path in files]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content.startswith(b"%PDF")
    given = answers[1].content.decode()
    assert "Verzonnen Deelnemer 1" not in given and "zaal 1" not in given
    assert "deelnemer1@voorbeeld.example" not in given
    assert "Verzonnen Deelnemer 2" in given and WITHHELD in given
    assert casus.situation in given
    kinds = AuditEntry.objects.filter(object_id=casus.code, action="export", part="export")
    assert kinds.count() == 2
    # A name that comes in later is judged first.
    newcomer = person("nieuw@voorbeeld.example", "Noor Papier", [("enschede", "procesmanager")])
    timeline.add_note(casus=fresh(casus), by=newcomer, text="Van een ander.")
    later = gemeente.get(files[0])
    assert later.status_code == 403 and "nieuwe namen" in later.content.decode()


def test_a_name_that_was_not_on_the_page_is_not_judged(cast: Cast, client_of: ClientOf) -> None:
    casus = world.held_casus(cast)
    asked = request_for(casus, cast.gemeente)
    people = people_in(everything(casus))
    data = {"shown": json.dumps(people[1:]), "withheld": people[1:], "words": ""}
    post(client_of(cast.gemeente), "access_request_judge", casus, asked.pk, **data)
    asked.refresh_from_db()
    assert not_judged(others_in(everything(casus)), asked) == people[:1]


def test_who_saw_it_and_who_got_it_is_in_it(cast: Cast, client_of: ClientOf) -> None:
    casus = shared_casus(cast)
    client_of(cast.client_support).get(reverse("casus_detail", args=[casus.code]))
    asked = request_for(casus, cast.gemeente)
    found = export_of(everything(casus), asked).as_json()
    parts = {one["onderdeel"]: one["regels"] for one in found["onderdelen"]}
    seen = parts["Wie zag of downloadde het"]
    assert seen[0]["Organisatie"] == cast.scot.name and seen[0]["Rol"] == "cliëntondersteuner"
    assert cast.client_support.name not in json.dumps(seen)
    assert parts["Met wie de casus is gedeeld"][0]["Organisatie"] == cast.scot.name
    assert any(casus.code in mail["Onderwerp"] for mail in parts["E-mail"])
    assert next(iter(parts)) == "De casus"


def test_codes_are_said_in_words(cast: Cast) -> None:
    """No code of the region, and no English, in what a resident gets."""
    casus = world.registered_casus(
        cast,
        frameworks=["wlz", "wmo"],
        stagnations=["aanbod-ontbreekt", "samenwerking"],
        basic_needs={"onderdak": "no", "identiteitsbewijs": "yes"},
    )
    Casus.objects.filter(pk=casus.pk).update(guide_answers={"speelt": ["lvb"], "nood": ["geen"]})
    casus.refresh_from_db()
    said = export_of(everything(casus), request_for(casus, cast.gemeente)).as_json()
    facts = said["onderdelen"][0]["regels"][0]
    assert facts["Waar het op vastloopt"].startswith("De samenwerking tussen partijen")
    assert "Wel: " in facts["De basis op orde"] and "Niet: " in facts["De basis op orde"]
    assert "Wlz" in facts["Wetten"] and "verstandelijke" in facts["Antwoorden in de wegwijzer"]
    everything_said = json.dumps(facts, ensure_ascii=False)
    for code in ("aanbod-ontbreekt", "identiteitsbewijs:", "yes", "lvb"):
        assert code not in everything_said, code


def test_what_changed_is_said_in_words_in_every_part(cast: Cast) -> None:
    casus = world.registered_casus(cast, frameworks=["wmo"])
    registration.save_registration(casus=casus, by=cast.procesmanager, frameworks=["wlz"])
    said = export_of(everything(casus), request_for(casus, cast.gemeente)).as_json()
    whole = json.dumps(said, ensure_ascii=False)
    assert "Wetten: eerst Wmo" in whole and ", nu Wlz" in whole
    for key in ("part:", "old:", "new:", "label:"):
        assert key not in whole, key


def test_leaving_out_a_name_leaves_other_words_alone(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    text = "Jan belde in januari. JAN de Wit (jan@voorbeeld.example) kwam."
    timeline.add_note(casus=casus, by=cast.gemeente, text=text)
    asked = request_for(casus, cast.gemeente)
    export.judge_people(
        access_request=asked,
        by=cast.gemeente,
        people=[],
        withheld=["Jan", "Jan de Wit", "jan@voorbeeld.example"],
    )
    asked.refresh_from_db()
    given = json.dumps(export_of(everything(casus), asked).as_json(), ensure_ascii=False)
    assert f"{WITHHELD} belde in januari. {WITHHELD} ({WITHHELD}) kwam." in given


def test_a_person_is_one_tick_and_the_product_is_nobody(cast: Cast, client_of: ClientOf) -> None:
    """By name, with a function behind it, and by address: left out everywhere or nowhere."""
    casus = world.held_casus(cast)
    timeline_line = casus.events.order_by("pk")[0]
    casus.events.filter(pk=timeline_line.pk).update(actor_id=None, actor_name=product_name())
    found = everything(casus)
    others = {one.name: one for one in others_in(found)}
    assert product_name() not in others
    one, manager = others["Verzonnen Deelnemer 1"], others[cast.gemeente.name]
    assert "deelnemer1@voorbeeld.example" in one.words
    # Mail goes to people with an account, and greets them by name.
    assert cast.gemeente.email in manager.words
    assert not [name for name in others if name.startswith("Verzonnen Deelnemer 1,")]
    assert not [name for name in others if "@" in name]
    asked = request_for(casus, cast.gemeente)
    page = client_of(cast.gemeente).get(
        reverse("access_request_judge", args=[casus.code, asked.pk])
    )
    assert text_of(page).count("deelnemer1@voorbeeld.example") == 1
    export.judge_people(
        access_request=asked, by=cast.gemeente, people=list(others), withheld=[one.name]
    )
    asked.refresh_from_db()
    given = json.dumps(export_of(found, asked).as_json(), ensure_ascii=False)
    for word in one.words:
        assert word not in given
    for word in ("Verzonnen Deelnemer 2", cast.gemeente.name, cast.gemeente.email):
        assert word in given


@pytest.mark.django_db
def test_a_name_with_a_function_is_the_one_with_that_name() -> None:
    items = [[Row("Wie", word, (word,))] for word in ("Noor Papier, manager", "Noor Papier",
             "Jip Inkt, wethouder", "los@voorbeeld.example")]  # fmt: skip
    found = others_in([Section("x", "x", items)])
    assert [(one.name, one.also) for one in found] == [
        ("Jip Inkt, wethouder", []),
        ("los@voorbeeld.example", []),
        ("Noor Papier", ["Noor Papier, manager"]),
    ]


def test_what_was_decided_by_address_leaves_the_person_out(cast: Cast) -> None:
    """A request that was judged when each name and address had a tick of its own."""
    casus = world.held_casus(cast)
    asked = request_for(casus, cast.gemeente)
    AccessRequest.objects.update(withheld=["deelnemer1@voorbeeld.example"])
    asked.refresh_from_db()
    given = json.dumps(export_of(everything(casus), asked).as_json(), ensure_ascii=False)
    assert "Verzonnen Deelnemer 1" not in given and "Verzonnen Deelnemer 2" in given


# --- What belongs to one organisation, and the files ----------------------------------------------


def test_what_only_another_organisation_sees_is_named_by_that_alone(
    cast: Cast, client_of: ClientOf, settings: Any, tmp_path: Path
) -> None:
    settings.PRIVATE_DIR = tmp_path
    casus = shared_casus(cast)
    secret = {"title": "Kanarieverslag", "name": "kanarie-bestand.pdf", "audience": "own"}
    apart = attachment(casus, cast.client_support, kind="report", block="care", **secret)
    version(apart, cast.client_support, note="Kanarie-notitie")
    ours = attachment(casus, cast.gemeente, title="Eigen van Enschede", audience="own")
    open_one = attachment(casus, cast.client_support, title="Open van SCOT")
    for organisation in (cast.scot, cast.enschede.organisation):
        keep_reference(casus, organisation.pk, f"Z-{organisation.slug}")
    asked = request_for(casus, cast.gemeente)
    found = everything(casus)
    given = export_of(found, asked).as_json()
    said = json.dumps(given, ensure_ascii=False)
    for hidden in ("Kanarie", "kanarie", "Z-scot"):
        assert hidden not in said
    parts = {one["onderdeel"]: one["regels"] for one in given["onderdelen"]}
    words = (
        f"Een bijlage van {cast.scot}, die alleen die organisatie kan zien. Vraag die organisatie "
        "erom."
    )
    assert {"Bijlage": words} in parts["Bijlagen"] and len(parts["Bijlagen"]) == 3
    assert "Z-enschede" in said
    assert str(cast.scot) in [one["Organisatie"] for one in parts["Eigen kenmerken"]]
    # The files go beside it, and the paper says which.
    assert given["let_op"] == FILES_APART
    names = [f"{casus.code}-bijlage-{one.pk}-versie-1.pdf" for one in (ours, open_one)]
    assert [one["Bestand"] for one in parts["Bestanden die u apart krijgt"]] == names
    reader = PdfReader(BytesIO(as_pdf(casus, export_of(found, asked)).content))
    paper = "".join("".join(one.extract_text() for one in reader.pages).split())
    assert "nietinditoverzicht" in paper and names[0] in paper
    judge = reverse("access_request_judge", args=[casus.code, asked.pk])
    page = client_of(cast.gemeente).get(judge)
    assert words in text_of(page) and "Kanarie" not in text_of(page)
    assert "Geef ze er zelf bij" in text_of(page) and names[1] in text_of(page)
    assert reverse("attachment_open", args=[casus.code, open_one.pk, 1]) in page.content.decode()
    assert client_of(cast.privacy_officer).get(judge).status_code == 403
    attachments.withdraw_attachment(attachment=apart, by=cast.client_support, reason="Kanarie.")
    said = json.dumps(export_of(everything(casus), asked).as_json(), ensure_ascii=False)
    assert "Kanarie" not in said and "Die is er niet meer." in said


def test_without_files_nothing_is_said_about_them(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    given = export_of(everything(casus), request_for(casus, cast.gemeente)).as_json()
    assert "let_op" not in given and "apart krijgt" not in json.dumps(given)


def test_the_request_of_another_casus_is_not_there(cast: Cast, client_of: ClientOf) -> None:
    mine, other = world.registered_casus(cast), world.registered_casus(cast)
    asked = request_for(other, cast.gemeente)
    for name in ("access_request_judge", "access_request_pdf", "access_request_json"):
        path = reverse(name, args=[mine.code, asked.pk])
        assert client_of(cast.gemeente).get(path).status_code == 404
        path = reverse(name, args=[other.code, asked.pk])
        assert client_of(cast.outsider).get(path).status_code == 404


# --- For everybody --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_contact_point_is_public_and_comes_from_the_region(cast: Cast, client: Client) -> None:
    Procesafspraak.objects.filter(code="contact_inwoner").update(text="Vraag de torenwachter.")
    page = client.get(reverse("residents"))
    assert page.status_code == 200
    assert "Vraag de torenwachter." in page.content.decode()
    assert "28 dagen" in page.content.decode() and "5 jaar" in page.content.decode()
