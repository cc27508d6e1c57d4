"""The domains of a casus, read along with it (escalation.web.load)."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from directory.models import Domain, User
from tests.cast import Cast
from tests.escalation.overleg.sending import text_of
from tests.world import registered_casus


def test_the_dossier_names_every_domain_and_no_other(
    cast: Cast, client_of: Callable[[User], Client]
) -> None:
    known = list(Domain.objects.all())
    for chosen in (known[:3], known[:1], []):
        casus = registered_casus(cast)
        casus.domains.set(chosen)
        page = text_of(
            client_of(cast.procesmanager).get(reverse("casus_detail", args=[casus.code]))
        )
        words = ", ".join(one.label for one in chosen)
        row = page.partition("Wat er speelt")[2].partition("Wetten")[0]
        assert row.strip().lower() == (words.lower() or "niet ingevuld")
