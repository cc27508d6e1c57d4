"""The page without account: what it shows, what it takes, and when it stops working."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demo import walk
from directory.models import Procesafspraak, Tafel, User
from escalation.models import Deelnemer, Overleg
from escalation.overleg import actions as overleg_actions
from escalation.overleg.date_poll import actions as date_poll
from escalation.overleg.deelnemers import actions as deelnemers
from escalation.overleg.deelnemers.links import deelnemer_of, link_for
from rdm.lib import clock, tokens
from tests import world
from tests.cast import Cast
from tests.escalation.overleg.test_overleg import text_of

CANARY = "Kanariegeel"


def page_of(deelnemer: Deelnemer) -> str:
    deelnemer.refresh_from_db()
    return urlsplit(link_for(deelnemer)).path


def once(**fields: object) -> dict[str, object]:
    return {"request_id": str(uuid4()), "version": "0", **fields}


@pytest.fixture
def overleg(cast: Cast) -> Overleg:
    """Two moments, everybody asked, nothing fixed."""
    overleg = walk.with_deelnemers(world.open_overleg(world.accepted_casus(cast)), cast.gemeente)
    for days in (4, 5):
        start = clock.now() + timedelta(days=days)
        date_poll.propose_date(
            overleg=overleg, by=cast.gemeente, starts_at=start, ends_at=start + timedelta(hours=1)
        )
    date_poll.ask_dates(overleg=overleg, by=cast.gemeente)
    return overleg


@pytest.fixture
def one(overleg: Overleg) -> Deelnemer:
    found = overleg.deelnemers.order_by("pk").first()
    assert found is not None
    return found


def answers(overleg: Overleg, *values: str) -> dict[str, object]:
    options = overleg.date_options.order_by("starts_at")
    return once(**{f"moment-{one.pk}": value for one, value in zip(options, values, strict=True)})


def test_it_shows_the_moments_and_nothing_of_the_casus_or_the_others(
    cast: Cast, overleg: Overleg, one: Deelnemer
) -> None:
    casus = overleg.casus
    for name in ("situation", "stagnation", "tried_regular", "plan_of_approach"):
        setattr(casus, name, f"{CANARY} {name}")
    casus.save()
    Overleg.objects.filter(pk=overleg.pk).update(assignment=f"{CANARY} opdracht")
    response = Client().get(page_of(one))
    shown = text_of(response)
    assert response.status_code == 200
    assert casus.code in shown and "Enschede" in shown and one.name in shown
    assert shown.count("als het moet") == 2
    assert CANARY not in response.content.decode()
    for other in overleg.deelnemers.exclude(pk=one.pk):
        assert other.name not in shown and other.party not in shown and other.email not in shown


def test_a_deelnemer_with_an_account_finds_it_among_the_work(
    cast: Cast, client_of: Callable[[User], Client], overleg: Overleg, one: Deelnemer
) -> None:
    def work(user: User) -> list[str]:
        page = client_of(user).get("/")
        return [each.url for each in page.context["mine"] if each.kind == "deelnemer"]

    assert work(cast.client_support) == work(cast.tafel_contact) == []
    Deelnemer.objects.filter(pk=one.pk).update(email=cast.tafel_contact.email)
    (path,) = work(cast.tafel_contact)
    visitor = client_of(cast.tafel_contact)
    assert "Geef door wanneer u kunt" in text_of(visitor.get("/"))
    assert visitor.get(path).status_code == 200
    visitor.post(path, answers(overleg, "yes", "no"))
    assert work(cast.tafel_contact) == work(cast.client_support) == []
    option = overleg.date_options.first()
    overleg_actions.fix_date(
        overleg=overleg,
        by=cast.gemeente,
        starts_at=option.starts_at,
        ends_at=option.ends_at,
        place="Gemeentehuis, zaal 4",
    )
    assert "Geef door of u komt" in text_of(visitor.get("/"))
    deelnemers.revoke_link(deelnemer=one, by=cast.gemeente)
    assert work(cast.tafel_contact) == []


def test_headers_keep_it_out_of_caches_and_search_engines(one: Deelnemer) -> None:
    for path in (page_of(one), reverse("deelnemer_answer", args=["onzin"])):
        response = Client().get(path)
        assert response.headers["Cache-Control"] == "no-store"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_looking_changes_nothing(overleg: Overleg, one: Deelnemer) -> None:
    before = (Deelnemer.objects.get(pk=one.pk).__dict__.copy(), overleg.casus.events.count())
    Client().get(page_of(one))
    Client().head(page_of(one))
    after = (Deelnemer.objects.get(pk=one.pk).__dict__.copy(), overleg.casus.events.count())
    before[0].pop("_state"), after[0].pop("_state")
    assert before == after


def test_answer_and_change_it_later(overleg: Overleg, one: Deelnemer) -> None:
    visitor = Client()
    response = visitor.post(page_of(one), answers(overleg, "yes", "no"), follow=True)
    assert "uw antwoord is opgeslagen" in text_of(response)
    given = dict(one.date_answers.values_list("option", "value"))
    assert sorted(given.values()) == ["no", "yes"]
    assert response.content.decode().count(" checked") == 2
    visitor.post(page_of(one), answers(overleg, "if_needed", "yes"))
    assert sorted(one.date_answers.values_list("value", flat=True)) == ["if_needed", "yes"]
    event = overleg.casus.events.filter(kind="dates_answered").first()
    assert event is not None and event.actor_name == "RDM Twente" and one.party in event.title


def test_every_moment_needs_an_answer_from_the_list(overleg: Overleg, one: Deelnemer) -> None:
    first, second = overleg.date_options.order_by("starts_at")
    for form in (
        once(**{f"moment-{first.pk}": "yes"}),
        answers(overleg, "yes", "misschien"),
        answers(overleg, "yes", ""),
    ):
        response = Client().post(page_of(one), form)
        assert response.status_code == 422
        assert f"id_moment-{second.pk}_0" in response.content.decode()
    assert not one.date_answers.exists()


def test_a_moment_of_another_overleg_is_not_answered(
    cast: Cast, overleg: Overleg, one: Deelnemer
) -> None:
    """Beside the own moments it is a field that nobody reads. Alone it is a 422: the own moments
    miss an answer then."""
    other = world.open_overleg(world.accepted_casus(cast))
    start = clock.now() + timedelta(days=9)
    foreign = date_poll.propose_date(
        overleg=other, by=cast.gemeente, starts_at=start, ends_at=start + timedelta(hours=1)
    )
    form = answers(overleg, "yes", "yes") | {f"moment-{foreign.pk}": "yes"}
    assert Client().post(page_of(one), form).status_code == 302
    assert not foreign.answers.exists()
    alone = once(**{f"moment-{foreign.pk}": "yes"})
    assert Client().post(page_of(one), alone).status_code == 422
    assert not foreign.answers.exists()


def test_without_token_of_the_form_nothing_is_written(overleg: Overleg, one: Deelnemer) -> None:
    response = Client(enforce_csrf_checks=True).post(page_of(one), answers(overleg, "yes", "yes"))
    assert response.status_code == 403
    assert not one.date_answers.exists()


def test_sent_twice_is_answered_once(overleg: Overleg, one: Deelnemer) -> None:
    form = answers(overleg, "yes", "yes")
    for _ in range(2):
        assert Client().post(page_of(one), form).status_code == 302
    assert overleg.casus.events.filter(kind="dates_answered").count() == 1


def test_an_answer_for_a_date_that_was_moved_meanwhile_does_not_count(
    cast: Cast, overleg: Overleg, one: Deelnemer
) -> None:
    start = clock.now() + timedelta(days=4)
    for days in (0, 1):
        moment = start + timedelta(days=days)
        open_page = BeautifulSoup(Client().get(page_of(one)).content, "html.parser")
        overleg_actions.fix_date(
            overleg=overleg,
            by=cast.gemeente,
            starts_at=moment,
            ends_at=moment + timedelta(hours=1),
            place="Gemeentehuis",
        )
    seen = open_page.select_one("[name=version]")["value"]
    late = Client().post(page_of(one), once(attendance="no", version=seen))
    assert late.status_code == 409 and "terwijl deze pagina openstond" in text_of(late)
    assert one.date_answers.count() == 0
    one.refresh_from_db()
    assert one.attendance == "unknown"
    # The choice is still there, and can be sent for the date that the page shows now.
    again = BeautifulSoup(late.content, "html.parser")
    assert again.select_one("[name=attendance][value=no]").has_attr("checked")
    form = once(attendance="no", version=again.select_one("[name=version]")["value"])
    assert Client().post(page_of(one), form).status_code == 302
    one.refresh_from_db()
    assert one.attendance == "no"


@pytest.mark.parametrize("change", ["added", "removed", "corrected"])
def test_another_deelnemer_does_not_make_an_answer_old(
    cast: Cast, overleg: Overleg, one: Deelnemer, change: str
) -> None:
    """What refuses an answer is another date or place, and nothing else."""
    start = clock.now() + timedelta(days=4)
    overleg_actions.fix_date(
        overleg=overleg,
        by=cast.gemeente,
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        place="Gemeentehuis",
    )
    open_page = BeautifulSoup(Client().get(page_of(one)).content, "html.parser")
    other = overleg.deelnemers.exclude(pk=one.pk)[0]
    new = deelnemers.NewDeelnemer(
        kind=other.kind,
        name="Verzonnen Nieuw",
        function="directeur",
        email="nieuw@voorbeeld.example",
        organisation_name="Verzonnen organisatie",
    )
    if change == "added":
        deelnemers.add_deelnemer(overleg=overleg, by=cast.gemeente, new=new)
    elif change == "removed":
        deelnemers.remove_deelnemer(deelnemer=other, by=cast.gemeente, reason="Verzonnen")
    else:
        deelnemers.update_deelnemer(deelnemer=other, by=cast.gemeente, new=new)
    seen = open_page.select_one("[name=version]")["value"]
    assert Client().post(page_of(one), once(attendance="yes", version=seen)).status_code == 302
    one.refresh_from_db()
    assert one.attendance == "yes"


def test_another_place_alone_does_make_it_old(cast: Cast, overleg: Overleg, one: Deelnemer) -> None:
    start = clock.now() + timedelta(days=4)
    seen = []
    for place in ("Gemeentehuis", "Zorgkantoor"):
        overleg_actions.fix_date(
            overleg=overleg,
            by=cast.gemeente,
            starts_at=start,
            ends_at=start + timedelta(hours=1),
            place=place,
        )
        page = BeautifulSoup(Client().get(page_of(one)).content, "html.parser")
        seen.append(page.select_one("[name=version]")["value"])
    late = Client().post(page_of(one), once(attendance="yes", version=seen[0]))
    assert late.status_code == 409 and "Zorgkantoor" in text_of(late)


def test_once_fixed_it_shows_the_place_and_asks_who_comes(
    cast: Cast, overleg: Overleg, one: Deelnemer
) -> None:
    option = overleg.date_options.first()
    assert option is not None
    overleg_actions.fix_date(
        overleg=overleg,
        by=cast.gemeente,
        starts_at=option.starts_at,
        ends_at=option.ends_at,
        place="Gemeentehuis, zaal 4",
    )
    response = Client().get(page_of(one))
    assert "Gemeentehuis, zaal 4" in text_of(response)
    assert "als het moet" not in text_of(response)
    # An answer to the moments, from a page that was still open, is not lost without a word.
    late = Client().post(page_of(one), answers(overleg, "yes", "yes"))
    assert late.status_code == 422 and "Kies of u komt" in text_of(late)
    assert Client().post(page_of(one), once(attendance="no", version=1)).status_code == 302
    one.refresh_from_db()
    assert one.attendance == "no"
    Client().post(page_of(one), once(attendance="yes", version=1))
    one.refresh_from_db()
    assert one.attendance == "yes"


def test_moments_that_passed_are_not_asked(overleg: Overleg, one: Deelnemer) -> None:
    page = page_of(one)
    with clock.travel(clock.now() + timedelta(days=4, hours=2)):
        assert text_of(Client().get(page)).count("als het moet") == 1
    with clock.travel(clock.now() + timedelta(days=8)):
        assert "geen momenten om uit te kiezen" in text_of(Client().get(page))
        assert Client().post(page, once()).status_code in (200, 422)


def _gone(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 404
    shown = text_of(response)
    assert "Deze link werkt niet (meer)" in shown
    tafel = Tafel.objects.get(special=Tafel.Special.ESCALATION)
    assert tafel.contact_email and tafel.contact_email in shown
    assert Client().post(path, once(attendance="yes")).status_code == 404


def test_made_up_links_get_the_friendly_page(cast: Cast, one: Deelnemer) -> None:
    good = page_of(one)
    other_purpose = tokens.sign("iets.anders", {"deelnemer": one.pk, "version": 1})
    unknown = tokens.sign("escalation.deelnemer", {"deelnemer": 2**40, "version": 1})
    for token in ("x", "%00", "a:b:c", other_purpose, unknown):
        _gone(f"/overleg/antwoord/{token}/")
    _gone(good[:-2] + ("A/" if good[-2] != "A" else "B/"))


def test_a_revoked_or_renewed_link_stops(cast: Cast, one: Deelnemer) -> None:
    first = page_of(one)
    deelnemers.revoke_link(deelnemer=one, by=cast.gemeente)
    _gone(first)
    deelnemers.renew_link(deelnemer=one, by=cast.gemeente)
    _gone(first)
    assert Client().get(page_of(one)).status_code == 200


def test_who_left_the_list_has_no_link(cast: Cast, one: Deelnemer) -> None:
    page = page_of(one)
    deelnemers.remove_deelnemer(deelnemer=one, by=cast.gemeente, reason="Verzonnen")
    _gone(page)


def test_a_link_expires_after_the_agreed_days(one: Deelnemer) -> None:
    Procesafspraak.objects.filter(code="deelnemerlink_geldig").update(number=3)
    page, token = page_of(one), page_of(one).split("/")[-2]
    with clock.travel(clock.now() + timedelta(days=2, hours=23)):
        assert deelnemer_of(token) == one
        assert Client().get(page).status_code == 200
    with clock.travel(clock.now() + timedelta(days=3, minutes=1)):
        _gone(page)


def test_after_the_overleg_the_link_is_done(cast: Cast) -> None:
    with clock.travel(clock.now() - timedelta(days=10)):
        casus = world.planned_casus(cast)
        overleg = casus.overleggen.get()
        page = page_of(overleg.deelnemers.first())
    walk.held(overleg, cast.gemeente)
    _gone(page)


def test_the_page_needs_few_queries_for_any_number_of_moments(
    cast: Cast, overleg: Overleg, one: Deelnemer
) -> None:
    counts = set()
    for more in (0, 12):
        for number in range(more):
            start = clock.now() + timedelta(days=20 + number)
            date_poll.propose_date(
                overleg=overleg,
                by=cast.gemeente,
                starts_at=start,
                ends_at=start + timedelta(hours=1),
            )
        with CaptureQueriesContext(connection) as found:
            Client().get(page_of(one))
        counts.add(len(found))
    assert len(counts) == 1 and counts.pop() <= 10


def test_a_moment_that_came_meanwhile_costs_no_answer(
    cast: Cast, overleg: Overleg, one: Deelnemer
) -> None:
    """Somebody has the page open with two moments, and a third is proposed."""
    visitor, path = Client(), page_of(one)
    seen = visitor.get(path).context["form"]["shown"].value()
    sent = answers(overleg, "yes", "no") | {"shown": seen}
    start = clock.now() + timedelta(days=6)
    date_poll.propose_date(
        overleg=overleg, by=cast.gemeente, starts_at=start, ends_at=start + timedelta(hours=1)
    )
    said = text_of(visitor.post(path, sent, follow=True))
    assert "Er kwam intussen een moment bij" in said
    assert sorted(one.date_answers.values_list("value", flat=True)) == ["no", "yes"]
    # From then on it is asked like the others.
    again = visitor.get(path).context["form"]["shown"].value()
    late = visitor.post(path, answers(overleg, "yes", "no", "") | {"shown": again})
    assert late.status_code == 422 and "Kies of u dan kunt" in text_of(late)
