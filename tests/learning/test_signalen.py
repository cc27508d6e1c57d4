"""The signalen of a year are input of its leersessie, and of preparing it (E-173, E-176)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from directory.models import User
from learning.actions import leersessies
from rdm.lib import clock
from tests.cast import Cast
from tests.directory.signalen.ways import left, reached
from tests.escalation.overleg.sending import text_of

ClientOf = Callable[[User], Client]


def test_a_leersessie_shows_the_signalen_of_its_year(cast: Cast, client_of: ClientOf) -> None:
    year = clock.today().year
    start, _ = clock.year_bounds(year)
    with clock.travel(start - timedelta(days=30)):
        left(text="Verzonnen signaal van vorig jaar.")
    reached("expert_group", by=cast.themagroep, text="Verzonnen signaal voor de expertgroep.")
    left(text="Verzonnen signaal dat nog niemand las.")
    session = leersessies.plan(by=cast.coordinator, title="Verzonnen", held_on=clock.today())
    for user in (cast.coordinator, cast.themagroep, cast.portefeuillehouder):
        words = text_of(client_of(user).get(reverse("leersessie_detail", args=[session.pk])))
        assert f"In {year} kwamen 2 signalen binnen." in words
        assert "Verzonnen signaal voor de expertgroep." in words
        assert "vorig jaar" not in words and "nog niemand las" not in words
    planning = client_of(cast.themagroep).get(reverse("leersessie_plan"))
    assert f"Signalen van {year}" in text_of(planning)


def test_without_signalen_the_leersessie_says_so(cast: Cast, client_of: ClientOf) -> None:
    session = leersessies.plan(by=cast.coordinator, title="Verzonnen", held_on=clock.today())
    page = client_of(cast.coordinator).get(reverse("leersessie_detail", args=[session.pk]))
    assert "is er nog geen signaal binnengekomen" in text_of(page)
