"""Cliëntondersteuning per step of the route (E-125, O-17)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from demo import walk
from directory.models import User
from escalation.models import ClientSupport, RouteStep
from escalation.permissions import may
from escalation.route.client_support import actions as client_support
from rdm.lib.refusal import Conflict, Refused
from tests.cast import Cast
from tests.escalation.overleg.sending import send, text_of
from tests.world import registered_casus

ClientOf = Callable[[User], Client]


@pytest.fixture
def step(cast: Cast) -> RouteStep:
    return walk.step(registered_casus(cast), cast.procesmanager, cast.tafel(1), until="prepared")


def address(step: RouteStep) -> str:
    return reverse("step_client_support", args=[step.casus.code, step.position])


def test_changed_on_the_page_of_the_step(cast: Cast, client_of: ClientOf, step: RouteStep) -> None:
    http = client_of(cast.gemeente)
    shown = text_of(http.get(reverse("step_detail", args=[step.casus.code, 1])))
    assert "Nog niet aangeboden" in shown and "Werk de stand bij" in shown
    answer = send(http, address(step), state="linked", organisation="scot", reason="")
    assert answer.status_code == 302
    step.refresh_from_db()
    assert (step.client_support, step.client_support_by) == ("linked", cast.scot)
    page = text_of(http.get(answer.headers["Location"]))
    assert "Gekoppeld" in page and cast.scot.name in page
    event = step.casus.events.get(kind="client_support")
    assert str(step.tafel) in event.title and cast.scot.name in event.title
    # The casus has a state of its own.
    assert step.casus.client_support == ClientSupport.NOT_OFFERED


def test_linked_names_who_and_unavailable_says_why(
    cast: Cast, client_of: ClientOf, step: RouteStep
) -> None:
    http = client_of(cast.procesmanager)
    answer = send(http, address(step), state="linked", organisation="", reason="")
    assert answer.status_code == 422 and "Kies de organisatie" in text_of(answer)
    answer = send(http, address(step), state="unavailable", organisation="", reason=" ")
    assert answer.status_code == 422 and "Leg uit waarom" in text_of(answer)
    for wrong in ({"client_support": "linked"}, {"client_support": "unavailable"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RouteStep.objects.filter(pk=step.pk).update(**wrong)


def test_somebody_was_first(cast: Cast, step: RouteStep) -> None:
    old = step.version
    set_state = client_support.set_step_client_support
    set_state(step=step, by=cast.procesmanager, state="offered", version=old)
    with pytest.raises(Conflict):
        set_state(step=step, by=cast.procesmanager, state="wanted", version=old)


def test_not_after_the_step_was_finished(cast: Cast, client_of: ClientOf) -> None:
    done = walk.step(registered_casus(cast), cast.procesmanager, cast.tafel(1))
    with pytest.raises(Refused):
        client_support.set_step_client_support(step=done, by=cast.procesmanager, state="offered")
    http = client_of(cast.procesmanager)
    page = text_of(http.get(reverse("step_detail", args=[done.casus.code, 1])))
    assert "Werk de stand bij" not in page
    assert http.get(address(done)).status_code == 302


def test_a_new_step_starts_as_the_casus_is(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    client_support.set_client_support(
        casus=casus, by=cast.gemeente, state="linked", organisation=cast.scot
    )
    url = reverse("step_add", args=[casus.code])
    http = client_of(cast.procesmanager)
    form = http.get(url).context["form"]
    assert form["client_support"].value() == "linked"
    assert form["client_support_by"].value() == "scot"
    answer = send(
        http, url, tafel=cast.tafel(1).slug, question="Vraag", client_support="linked",
        client_support_by="",
    )  # fmt: skip
    assert answer.status_code == 422 and "Kies de organisatie" in text_of(answer)


def test_who_may(cast: Cast, step: RouteStep) -> None:
    for who in (cast.procesmanager_only, cast.gemeente):
        assert may(who, step.casus, "change_step") is None
    for who in (cast.outsider, cast.coordinator, cast.client_support):
        assert may(who, step.casus, "change_step")
