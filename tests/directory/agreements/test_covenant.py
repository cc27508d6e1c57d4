"""Who is partner in the covenant is kept by the coördinator (decisions.md, the overleg)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from directory.agreements.covenant import actions as covenant
from directory.models import Organisation, User
from rdm.lib.refusal import Forbidden
from tests.cast import Cast

ClientOf = Callable[[User], Client]


def partners() -> set[str]:
    return set(Organisation.objects.filter(covenant_partner=True).values_list("slug", flat=True))


def sent(version: int, *slugs: str) -> dict[str, object]:
    return {"request_id": str(uuid4()), "version": version, "partners": list(slugs)}


def test_partners_are_ticked_and_unticked_and_that_is_in_the_log(
    cast: Cast, client_of: ClientOf
) -> None:
    http, page = client_of(cast.coordinator), reverse("covenant_edit")
    http.post(page, sent(covenant.version_now(), "mediant", "enschede"))
    assert partners() == {"mediant", "enschede"}
    http.post(page, sent(covenant.version_now(), "mediant", "scot"))
    assert partners() == {"mediant", "scot"}
    rows = AuditEntry.objects.filter(object_type="organisation").order_by("-number")[:2]
    changed = {(one.object_id, one.part) for one in rows}
    assert changed == {("enschede", "covenant-out"), ("scot", "covenant-in")}
    assert http.get(page).content.decode().count(" checked") == 2


def test_who_ticks_on_an_old_list_is_told_and_keeps_the_ticks(
    cast: Cast, client_of: ClientOf
) -> None:
    old = covenant.version_now()
    covenant.set_partners(by=cast.coordinator, partners=[cast.mediant])
    http, page = client_of(cast.coordinator), reverse("covenant_edit")
    answer = http.post(page, sent(old, "scot"))
    assert answer.status_code == 409 and "Iemand anders" in answer.content.decode()
    assert partners() == {"mediant"}
    assert answer.content.decode().count(" checked") == 1
    assert f'value="{covenant.version_now()}"' in answer.content.decode()


@pytest.mark.parametrize("who", ["procesmanager", "gemeente", "admin", "themagroep"])
def test_nobody_else_keeps_the_covenant(cast: Cast, client_of: ClientOf, who: str) -> None:
    user = getattr(cast, who)
    assert client_of(user).get(reverse("covenant_edit")).status_code == 403
    with pytest.raises(Forbidden):
        covenant.set_partners(by=user, partners=[])
