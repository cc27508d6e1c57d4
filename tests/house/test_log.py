"""The log over every page and every form: what is shown or refused has a row, and no row has a text
that somebody typed (security.md, promise 1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from audit import log
from audit.models import AuditEntry, Explanation, Purpose
from directory.models import User
from escalation.models import Event
from escalation.oversight.access_log.views import OBJECTS, PARTS
from tests import world
from tests.cast import Cast
from tests.house.forms import Answer, Form, collect, send
from tests.house.pages import DOWNLOADS, GROUPS, PAGES, POST_ONLY, Page, visitor, without_rendering
from tests.house.scene import Scene
from tests.house.tried import note
from tests.house.urls import patterns
from tests.standing import undone

ClientOf = Callable[[User], Client]
VISITED = [*PAGES, *DOWNLOADS, *POST_ONLY]
SHOWS = (200, 409, 410, 422)
CANARY = "Kanarievogel"
BSN = "111222333"


def new_rows(before: int) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(number__gt=before)


def object_of(page: Page, scene: Scene) -> tuple[tuple[str, ...], str] | None:
    """What a page is about, as the log names it; None when it is not about one object."""
    if page.of:
        return tuple(OBJECTS), scene.codes[page.of]
    if "leersessie" in page.key or page.key == "cancelled":
        return ("leersessie",), str(scene.keys[page.key])
    return None


# --- What is shown


@pytest.mark.once
def test_no_page_of_a_dossier_is_shown_without_a_row(scene: Scene) -> None:
    """By whatever method, and exactly one; a redirect shows nothing and has none. For "Wie heeft
    dit gezien" every part of a dossier has words; a new page names its part there."""
    wrong, shown, parts = [], {"get": 0, "post": 0}, set()
    for page in VISITED:
        about = object_of(page, scene)
        if about is None:
            continue
        who = getattr(scene.cast, page.who)
        client = visitor(scene, page.who)
        note("pages")
        for method in shown:
            before = log.head().number
            with undone(), without_rendering():
                status = getattr(client, method)(page.url(scene)).status_code
                found = new_rows(before).filter(
                    object_type__in=about[0], object_id=about[1], actor_id=str(who.pk)
                )
                seen = found.filter(action__in=("read", "export", "print"), outcome="ok").count()
                parts |= set(found.filter(object_type__in=OBJECTS).values_list("part", flat=True))
            shown[method] += status in SHOWS
            if seen != (status in SHOWS):
                wrong.append(f"{method} {page.id}: {status} with {seen} rows")
    assert not wrong, "\n".join(wrong)
    assert min(shown.values()) > 30
    heads = {re.sub(r"-\d+$", "", part.partition(":")[0]) for part in parts}
    assert len(heads) > 15
    assert heads - set(PARTS) == set()


def test_a_conflict_shows_the_dossier_and_has_a_row(scene: Scene) -> None:
    page = next(one for one in PAGES if one.name == "casus_edit")
    form = next(one for one in collect(scene, [page]) if one.name == "casus_edit")
    before = log.head().number
    answer = send(visitor(scene, page.who), form, form.filled_in(version="0", situation="Anders"))
    assert answer.status == 409
    (row,) = new_rows(before)
    assert (row.action, row.part, row.outcome) == ("read", "registration:situatie", "ok")
    assert row.purpose in Purpose.values


def test_a_refused_form_is_not_shown_when_the_log_is_broken(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = next(one for one in POST_ONLY if one.name == "terugkoppeling_read")
    client = visitor(scene, page.who)
    told = world.FOUR_TEXTS["outcomes"]
    shown = client.post(page.url(scene))
    assert shown.status_code == 422 and told in shown.content.decode()

    def broken(**_: Any) -> None:
        raise RuntimeError("het logboek is vol")

    monkeypatch.setattr("audit.log.record", broken)
    answer = client.post(page.url(scene))
    assert answer.status_code == 500 and told not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_row_is_committed_when_the_answer_is_there(cast: Cast, client_of: ClientOf) -> None:
    casus = world.registered_casus(cast)
    answer = client_of(cast.gemeente).post(reverse("casus_note", args=[casus.code]))
    assert answer.status_code == 422
    seen: list[int] = []

    def look() -> None:
        rows = AuditEntry.objects.filter(object_id=casus.code, action="read", part="note")
        seen.append(rows.count())
        connections.close_all()

    other = Thread(target=look)
    other.start()
    other.join(10)
    assert seen == [1]


# --- What is refused


@pytest.mark.once
@pytest.mark.parametrize("who", ["tafel_contact", "outsider"])
def test_every_refusal_has_one_row_and_no_reading_before_it(scene: Scene, who: str) -> None:
    """Everywhere, by somebody who may do next to nothing and by somebody of another gemeente."""
    wrong, refused = [], {403: 0, 404: 0}
    user = getattr(scene.cast, who)
    client = visitor(scene, who)
    for page in VISITED:
        for method in ("get", "post"):
            before = log.head().number
            note("requests")
            with undone(), without_rendering():
                status = getattr(client, method)(page.url(scene)).status_code
                rows = list(new_rows(before).filter(actor_id=str(user.pk)))
            about = object_of(page, scene)
            if (status == 404 and not page.of) or status not in refused:
                continue
            refused[status] += 1
            fits = [row.action for row in rows] == ["refuse"] and (
                (rows[0].object_type, rows[0].object_id) == ("page", page.name)
                or (about is not None and rows[0].object_id == about[1])
            )
            if not fits:
                wrong.append(f"{method} {page.id} by {who}: {status}, {rows}")
    assert not wrong, "\n".join(wrong)
    assert min(refused.values()) > 50


def test_a_refusal_says_why_in_a_code(cast: Cast, client_of: ClientOf) -> None:
    casus, closed = world.submitted_casus(cast), world.closed_casus(cast)
    hengelo, gemeente = client_of(cast.outsider), client_of(cast.gemeente)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.gemeente)

    def refused(client: Client, method: str, name: str, *args: Any) -> tuple[str, ...]:
        before = log.head().number
        answer = getattr(client, method)(reverse(name, args=args))
        assert answer.status_code in (403, 404)
        (row,) = new_rows(before)
        assert row.action == "refuse" and row.purpose == ""
        return (row.object_type, row.object_id, row.part, row.role, row.outcome)

    code = casus.code
    found = refused(hengelo, "get", "casus_detail", code.lower())
    assert found == ("casus", code, "dossier", "procesmanager", "not_visible")
    found = refused(gemeente, "get", "submission_accept", code)
    assert found == ("casus", code, "submission", "gemeente", "not_allowed")
    found = refused(gemeente, "get", "casus_close", closed.code)
    assert found[2:] == ("close", "gemeente", "not_now")
    found = refused(gemeente, "get", "step_detail", code, 99)
    assert found[2:] == ("step", "gemeente", "not_found")
    found = refused(gemeente, "get", "member_detail", cast.outsider.pk)
    assert found == (
        *("page", "member_detail", str(cast.outsider.pk)),
        *("gemeente", "not_allowed"),
    )
    found = refused(strict, "post", "casus_note", code)
    assert found == ("page", "casus_note", "", "gemeente", "form_expired")


def test_a_visitor_and_a_page_that_does_not_exist_leave_no_row(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    before = log.head().number
    signed_in = Client()
    signed_in.force_login(cast.gemeente)
    for client in (Client(), signed_in):
        for path in ("/bestaat-niet/", "/tafels/bestaat-niet/", "/overleg/antwoord/x/"):
            assert client.get(path).status_code == 404
    assert Client().get(reverse("casus_detail", args=[casus.code])).status_code == 302
    assert not new_rows(before).exists()


# --- No text in the log


def with_a_canary(form: Form, *, personal: bool) -> dict[str, str]:
    """Every text of a form with the canary in it, and with what looks like personal data."""
    values = {}
    for one in form.fields:
        if one.kind in ("text", "search", "textarea"):
            values[one.name] = f"{CANARY} {BSN}" if personal else CANARY
        elif one.kind == "email":
            values[one.name] = f"{CANARY}@voorbeeld.example"
        elif one.kind == "password" and not personal:
            values[one.name] = CANARY
    return values


def leaks(rows: QuerySet[AuditEntry]) -> list[str]:
    return [
        f"{row['number']}: {name}"
        for row in rows.values()
        for name, value in row.items()
        if CANARY.lower() in str(value).lower()
    ]


def let_through(client: Client, answer: Answer) -> Answer | None:
    """The form once more with "dit is geen persoonsgegeven"; None when nothing was found in it."""
    for form in answer.forms:
        if not any(one.name == "screening_reason" for one in form.fields):
            continue
        texts = [one for one in form.fields if one.kind == "textarea"]
        # What stands in a text that may not be there at all makes the form wrong for good.
        values = {one.name: f"{CANARY} {BSN}" for one in texts if one.value}
        values |= {"screening_override": "on", "screening_reason": f"Het is {CANARY}"}
        return send(client, form, form.filled_in(**values))
    return None


@pytest.mark.once
@pytest.mark.parametrize("group", GROUPS)
def test_nothing_that_is_typed_comes_into_the_log(scene: Scene, group: str) -> None:
    wrong = []
    for form in collect(scene, PAGES):
        if form.page not in GROUPS[group]:
            continue
        client = visitor(scene, form.page.who)
        for values in (with_a_canary(form, personal=False), with_a_canary(form, personal=True)):
            before = log.head().number
            note("forms")
            with undone(), without_rendering():
                send(client, form, form.filled_in(**values))
                wrong += [f"{form}: {leak}" for leak in leaks(new_rows(before))]
        areas = {one.name: f"{CANARY} {BSN}" for one in form.fields if one.kind == "textarea"}
        before = log.head().number
        with undone():
            hit = send(client, form, form.filled_in(**areas))
            answer = let_through(client, hit)
            if answer is None:
                continue
            wrong += [f"{form} let through: {leak}" for leak in leaks(new_rows(before))]
            if answer.status == 302 and answer.is_accepted:
                note("reasons that are kept")
                wrong += [f"{form}: {problem}" for problem in not_kept(before)]
    assert not wrong, "\n".join(wrong)


def not_kept(before: int) -> list[str]:
    """The reason stands beside the log, where it can be destroyed; the log says where to look."""
    rows = new_rows(before).filter(part__startswith="screening:", outcome="bsn")
    reasons = [
        *Event.objects.filter(kind="explained").values_list("text", flat=True),
        *Explanation.objects.values_list("reason", flat=True),
    ]
    wrong = [] if rows.exists() else ["no row"]
    return wrong if any(CANARY in one for one in reasons) else [*wrong, "the reason is gone"]


@pytest.mark.once
@pytest.mark.parametrize("who", ["procesmanager", "coordinator", "admin", "tafel_contact"])
def test_a_word_in_an_address_does_not_come_into_the_log(scene: Scene, who: str) -> None:
    client = visitor(scene, who)
    for path, _ in patterns():
        filled = re.sub(r"<int:\w+>", "1", path)
        filled = re.sub(r"<(\w+:)?\w+>", CANARY, filled)
        for method in (client.get, client.post):
            before = log.head().number
            note("addresses")
            with undone(), without_rendering():
                method(f"/{filled}?code={CANARY}&versie={CANARY}&jaar={CANARY}&q={CANARY}")
                assert not leaks(new_rows(before))


def test_an_explanation_without_a_casus_is_kept_apart(scene: Scene) -> None:
    page = next(one for one in PAGES if one.name == "leersessie_cancel")
    client = visitor(scene, page.who)
    path, form = page.url(scene), {"version": "1", "request_id": str(uuid4())}
    hit = client.post(path, {**form, "reason": f"Nummer {BSN}"})
    assert hit.status_code == 422
    seen = re.search(r'name="screening_seen" value="([^"]+)"', hit.content.decode())
    assert seen
    way_out = {"screening_override": "on", "screening_reason": "Een zaaknummer"}
    more = {"reason": f"Nummer {BSN}", "screening_seen": seen[1], **way_out}
    assert client.post(path, {**form, **more}).status_code == 302
    kept = Explanation.objects.get()
    row = AuditEntry.objects.get(part="screening:reason")
    assert (kept.object_type, kept.object_id) == (row.object_type, row.object_id)
    assert (row.object_type, row.object_id) == ("leersessie", str(scene.keys["leersessie"]))
    assert (kept.reason, kept.kinds, row.outcome) == ("Een zaaknummer", "bsn", "bsn")
