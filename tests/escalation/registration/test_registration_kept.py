"""What a registered casus keeps, and what a draft does not take yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from demo import walk
from directory.models import User
from escalation.dossier.timeline import actions as timeline
from escalation.models import Casus, Event
from escalation.registration import actions as registration
from escalation.registration.drafts import actions as drafts
from escalation.route.client_support import actions as client_support
from rdm.lib.refusal import Refused
from tests.cast import Cast
from tests.escalation.overleg.sending import hidden, send, text_of
from tests.world import draft_casus, registered_casus

ClientOf = Callable[[User], Client]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"tried_regular": ""}, "tried_regular"),
        ({"tried_regular": " \n "}, "tried_regular"),
        ({"situation": ""}, "situation"),
        ({"safety": ""}, "safety"),
        ({"stagnation": ""}, "stagnation"),
        ({"sharing_purpose": ""}, "sharing_purpose"),
        ({"sharing_ground": ""}, "sharing_ground"),
        ({"resident_informed": None, "resident_informed_on": None}, "resident_informed"),
        ({"resident_informed_on": None}, "resident_informed_on"),
        ({"resident_informed": False, "resident_informed_on": None}, "not_informed_reason"),
    ],
)
def test_a_registered_casus_stays_complete(cast: Cast, fields: dict[str, Any], field: str) -> None:
    casus = registered_casus(cast)
    with pytest.raises(Refused) as refused:
        registration.save_registration(casus=casus, by=cast.procesmanager, **fields)
    assert refused.value.field == field
    assert Casus.objects.get(pk=casus.pk).version == casus.version
    # A draft may still miss anything.
    registration.save_registration(casus=draft_casus(cast), by=cast.procesmanager, **fields)


def test_the_field_says_so(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    http = client_of(cast.procesmanager)
    for step, name, kept in (
        ("geprobeerd", "tried_regular", {"stagnation": "Vast", "waiting_list_only": "no"}),
        ("delen", "sharing_purpose", {"ground": "Vitaal belang", "resident_informed": "yes"}),
        ("delen", "ground", {"sharing_purpose": "Doel", "resident_informed": "yes"}),
    ):
        url = reverse("casus_edit", args=[casus.code, step])
        answer = send(http, url, **{**kept, name: ""})
        assert answer.status_code == 422
        assert answer.context["form"].errors[name], name


def test_a_draft_is_not_shared_noted_or_supported(cast: Cast, client_of: ClientOf) -> None:
    casus = draft_casus(cast)
    by = cast.procesmanager
    tries: list[Callable[[], object]] = [
        lambda: timeline.add_note(casus=casus, by=by, text="Verzonnen notitie."),
        lambda: walk.shared(casus, by, cast.scot),
        lambda: client_support.set_client_support(
            casus=casus, by=by, state="unavailable", reason="Verzonnen reden."
        ),
    ]
    for attempt in tries:
        with pytest.raises(Refused) as refused:
            attempt()
        assert "concept" in refused.value.reason
    assert not casus.involvements.exists()
    for name in ("casus_note", "casus_involve", "casus_client_support"):
        answer = client_of(by).get(reverse(name, args=[casus.code]))
        assert answer.status_code == 403 and "Registreer de casus eerst" in text_of(answer)


def test_a_discarded_draft_leaves_no_text_behind(cast: Cast, client_of: ClientOf) -> None:
    """Also not what was explained on the timeline about a text that looked like personal data."""
    casus = draft_casus(cast, situation="Kanariegeel")
    http = client_of(cast.procesmanager)
    url = reverse("casus_register_step", args=[casus.code, "situatie"])
    answers = {"gemeente": "enschede", "situation": "Bel 06-12345678.", "safety": "no"}
    stopped = send(http, url, **answers)
    form = stopped.context["form"]
    explained = {
        "screening_override": "on",
        "screening_reason": "Kanariegeel: het nummer van de crisisdienst.",
        "screening_seen": form["screening_seen"].value(),
    }
    assert http.post(url, hidden(form) | answers | explained).status_code == 302
    drafts.discard(casus=Casus.objects.get(pk=casus.pk), by=cast.procesmanager)
    assert not Event.objects.filter(casus=casus).exclude(text="").exists()
    kept = Casus.objects.filter(pk=casus.pk).values().get()
    assert "Kanariegeel" not in str(kept) and "06-12345678" not in str(kept)
