"""Back from trede 3 with a tafel to go to: kept, and leading there (O-25, E-031)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from demo import walk
from directory.models import Tafel, User
from escalation.coordination.decisions import actions as coordination
from escalation.dossier.closing import actions as closing
from escalation.models import Casus
from escalation.overleg import actions as overleg_actions
from tests import world
from tests.cast import Cast
from tests.escalation.overleg.sending import send

ClientOf = Callable[[User], Client]


def returned_by_the_coordinatiepunt(cast: Cast, tafel: Tafel) -> Casus:
    casus = world.submitted_casus(cast)
    coordination.return_with_advice(
        casus=casus, by=cast.coordinator, reason="Verzonnen reden.", advised_tafel=tafel
    )
    return Casus.objects.get(pk=casus.pk)


def returned_after_the_overleg(cast: Cast, tafel: Tafel) -> Casus:
    casus = world.held_casus(cast)
    overleg_actions.return_to_region(
        casus=casus, by=cast.gemeente, advice="Verzonnen advies.", tafel=tafel
    )
    return Casus.objects.get(pk=casus.pk)


@pytest.mark.parametrize("way", [returned_by_the_coordinatiepunt, returned_after_the_overleg])
def test_the_next_step_leads_to_the_advised_tafel(
    cast: Cast, client_of: ClientOf, way: Callable[[Cast, Tafel], Casus]
) -> None:
    tafel = cast.tafel(2)
    casus = way(cast, tafel)
    assert casus.advised_tafel == tafel
    http = client_of(cast.procesmanager)
    upcoming = http.get(reverse("casus_detail", args=[casus.code])).context["next"]
    assert upcoming.what == f"Ga naar {tafel}"
    form = http.get(upcoming.url).context["form"]
    assert form["tafel"].value() == tafel.slug
    answer = send(http, upcoming.url, tafel=tafel.slug, question="Vraag", client_support="offered")
    assert answer.status_code == 302
    # Followed: from here on the step itself says what is next.
    assert Casus.objects.get(pk=casus.pk).advised_tafel is None


def test_another_tafel_leaves_the_advice_standing(cast: Cast) -> None:
    casus = returned_by_the_coordinatiepunt(cast, cast.tafel(2))
    walk.step(casus, cast.procesmanager, cast.tafel(1, 1))
    assert Casus.objects.get(pk=casus.pk).advised_tafel == cast.tafel(2)


def test_submitted_again_or_closed_the_advice_is_over(cast: Cast) -> None:
    casus = returned_by_the_coordinatiepunt(cast, cast.tafel(2))
    walk.submitted(casus, cast.procesmanager)
    assert Casus.objects.get(pk=casus.pk).advised_tafel is None
    other = returned_by_the_coordinatiepunt(cast, cast.tafel(2))
    closing.close(casus=other, by=cast.gemeente, closing="solved", reason="Verzonnen.")
    assert Casus.objects.get(pk=other.pk).advised_tafel is None


def test_back_to_the_gemeente_advises_no_tafel(cast: Cast) -> None:
    casus = world.held_casus(cast)
    overleg_actions.return_to_region(casus=casus, by=cast.gemeente, advice="Verzonnen advies.")
    assert Casus.objects.get(pk=casus.pk).advised_tafel is None


def test_only_tafels_that_this_gemeente_can_go_to(cast: Cast, client_of: ClientOf) -> None:
    """What is offered as advice can be chosen afterwards."""
    local = cast.tafel(1, 1)
    local.gemeenten.set([cast.hengelo])
    casus = world.held_casus(cast)
    form = client_of(cast.gemeente).get(reverse("casus_return", args=[casus.code])).context["form"]
    assert local.slug not in form.tafels and cast.tafel(1).slug in form.tafels
