"""Stagnation as codes, the phase of the gemeente, the basis, and an earlier casus to copy."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from directory.models import Gemeente, Stagnation, User
from escalation.models import Casus
from escalation.registration import actions as registration
from escalation.registration.drafts import actions as drafts
from escalation.route.client_support import actions as client_support
from rdm.lib.refusal import Forbidden, Refused
from tests import world
from tests.cast import Cast
from tests.escalation.overleg.sending import text_of

ClientOf = Callable[[User], Client]


def step_url(casus: Casus, step: str) -> str:
    return reverse("casus_register_step", args=[casus.code, step])


def send(http: Client, casus: Casus, step: str, **data: object) -> object:
    now = Casus.objects.get(pk=casus.pk).version
    return http.post(
        step_url(casus, step), {"request_id": str(uuid4()), "version": now, "later": "1", **data}
    )


def test_codes_stand_beside_the_words(cast: Cast, client_of: ClientOf) -> None:
    casus, http = world.draft_casus(cast), client_of(cast.procesmanager)
    send(http, casus, "geprobeerd", stagnations=["wachttijd", "weigering"], stagnation="Uitleg.")
    casus.refresh_from_db()
    assert casus.stagnations == ["wachttijd", "weigering"] and casus.stagnation == "Uitleg."
    page = text_of(http.get(reverse("casus_check", args=[casus.code])))
    label = Stagnation.objects.get(code="weigering").label.capitalize()
    assert label in page and "Uitleg." in page
    refused = send(http, casus, "geprobeerd", stagnations=["verzonnen"])
    assert refused.status_code == 422  # type: ignore[attr-defined]


def test_the_phase_is_one_of_the_model_of_the_gemeente(cast: Cast, client_of: ClientOf) -> None:
    casus = world.draft_casus(cast, gemeente=cast.enschede)
    http = client_of(cast.procesmanager)
    send(http, casus, "geprobeerd", local_phase="fase drie")
    casus.refresh_from_db()
    assert casus.local_phase == "fase drie"
    Gemeente.objects.filter(pk=cast.enschede.pk).update(
        scaling_model="Golfmodel", scaling_phases="rimpel\nstorm"
    )
    page = text_of(http.get(step_url(casus, "geprobeerd")))
    # What was kept in other words can stay.
    assert "In welke fase van Golfmodel" in page and "storm" in page and "fase drie" in page
    assert send(http, casus, "geprobeerd", local_phase="x").status_code == 422  # type: ignore[attr-defined]
    send(http, casus, "geprobeerd", local_phase="storm")
    casus.refresh_from_db()
    assert casus.local_phase == "storm"


def test_the_basis_is_asked_line_by_line(cast: Cast, client_of: ClientOf) -> None:
    casus = world.registered_casus(cast, basic_needs={"onderdak": "yes", "van-vroeger": "no"})
    http = client_of(cast.procesmanager)
    url = reverse("casus_edit", args=[casus.code, "inwoner"])
    now = Casus.objects.get(pk=casus.pk).version
    data = {"basic-onderdak": "no", "basic-netwerk": "unknown", "resident_view": "Rust."}
    answer = http.post(url, {"request_id": str(uuid4()), "version": now, **data})
    assert answer.status_code == 302
    casus.refresh_from_db()
    assert casus.basic_needs == {"van-vroeger": "no", "onderdak": "no", "netwerk": "unknown"}
    page = text_of(http.get(reverse("casus_detail", args=[casus.code])))
    assert "Niet: onderdak." in page and "Niet bekend: een sociaal netwerk." in page


def test_a_mistake_keeps_what_was_typed(cast: Cast, client_of: ClientOf) -> None:
    casus, http = world.draft_casus(cast), client_of(cast.procesmanager)
    answer = send(
        http, casus, "geprobeerd", stagnations=["weigering"], local_phase="Bel 06-12345678"
    )
    assert answer.status_code == 422  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert "Bel 06-12345678" in page and 'value="weigering"' in page
    assert "checked" in page.split('value="weigering"')[1].split(">")[0]


def test_thrown_away_with_the_draft(cast: Cast) -> None:
    casus = world.draft_casus(
        cast, stagnations=["weigering"], local_phase="fase 3", basic_needs={"onderdak": "no"}
    )
    drafts.discard(casus=casus, by=cast.procesmanager)
    casus.refresh_from_db()
    assert (casus.stagnations, casus.local_phase, casus.basic_needs) == ([], "", {})


# --- Beginning with an earlier casus ----------------------------------------------------------


def begin(http: Client, code: str) -> object:
    data = {"request_id": str(uuid4()), "acute_danger": "no", "adult": "yes"}
    return http.post(reverse("casus_copy", args=[code]), data)


def test_the_same_resident_is_not_typed_twice(cast: Cast, client_of: ClientOf) -> None:
    earlier = world.registered_casus(
        cast, resident_view="Rust.", stagnations=["weigering"], own_reference="A-1"
    )
    client_support.set_client_support(casus=earlier, by=cast.procesmanager, state="offered")
    http = client_of(cast.procesmanager)
    page = text_of(http.get(reverse("casus_copy", args=[earlier.code])))
    assert f"U begint met de gegevens van casus {earlier.code}" in page
    assert begin(http, earlier.code).status_code == 302  # type: ignore[attr-defined]
    casus = Casus.objects.latest("pk")
    earlier.refresh_from_db()
    assert casus.is_draft and casus.pk != earlier.pk
    for name in registration.COPIED:
        assert getattr(casus, name) == getattr(earlier, name), name
    assert list(casus.domains.all()) == list(earlier.domains.all())
    # To be asked again, or not ours to take along.
    assert casus.client_support == "not_offered" and casus.resident_informed is None
    assert not casus.own_references.exists()
    assert not casus.events.filter(title__contains=earlier.code).exists()
    assert AuditEntry.objects.filter(object_id=earlier.code, part="copy").count() >= 1


def test_only_from_a_casus_of_the_own_organisation(cast: Cast, client_of: ClientOf) -> None:
    earlier = world.registered_casus(cast)
    for who, status in (("outsider", 404), ("aanmelder", 404), ("gemeente", 403)):
        answer = begin(client_of(getattr(cast, who)), earlier.code)
        assert answer.status_code == status, who  # type: ignore[attr-defined]
    before = Casus.objects.count()
    with pytest.raises(Forbidden):
        registration.start(
            by=cast.aanmelder,
            organisation=cast.aanmelder.active_memberships[0].organisation,
            no_acute_danger=True,
            adult=True,
            copy_of=earlier,
        )
    assert Casus.objects.count() == before
    assert begin(client_of(cast.procesmanager), "x" * 40).status_code == 404  # type: ignore[attr-defined]


def test_nothing_is_left_to_copy_of_what_was_thrown_away(cast: Cast) -> None:
    gone = world.discarded_casus(cast)
    with pytest.raises(Refused):
        registration.start(
            by=cast.procesmanager,
            organisation=gone.registered_by,
            no_acute_danger=True,
            adult=True,
            copy_of=gone,
        )


# --- Who can support the resident -------------------------------------------------------------


def test_the_organisations_of_the_gemeente_come_first(cast: Cast, client_of: ClientOf) -> None:
    casus = world.registered_casus(cast)
    cast.enschede.client_support.set([cast.scot])
    http = client_of(cast.procesmanager)
    page = text_of(http.get(reverse("casus_client_support", args=[casus.code])))
    assert f"Wie dit doet in {cast.enschede}" in page and cast.scot.name in page
    assert (
        f"Van {cast.enschede}" in http.get(reverse("step_add", args=[casus.code])).content.decode()
    )
    draft = world.draft_casus(cast, gemeente=cast.enschede)
    assert f"Wie dit doet in {cast.enschede}" in text_of(http.get(step_url(draft, "inwoner")))
