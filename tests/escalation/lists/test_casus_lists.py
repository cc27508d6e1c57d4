"""The lists, the search, the weergaven, the files and the hint of a double."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from demo import walk
from directory.models import Procesafspraak, User
from escalation.dossier.timeline import actions as timeline
from escalation.lists.filters import LISTS, CasusFilter, casussen_for_list
from escalation.lists.rules import due_of
from escalation.lists.saved_views import actions as saved_views
from escalation.models import Casus, SavedView
from escalation.registration.drafts import actions as drafts
from escalation.registration.references.actions import keep_reference
from escalation.sharing import actions as sharing
from rdm.lib import clock
from rdm.lib.refusal import Forbidden, Refused
from tests.cast import Cast
from tests.rdm.lib.test_xlsx import cells
from tests.world import (
    IN_STATUS,
    closed_casus,
    draft_casus,
    registered_casus,
    submitted_casus,
)

ClientOf = Callable[[User], Client]
LIST = "/casussen/"


def codes(http: Client, query: str = "") -> set[str]:
    answer = http.get(f"{LIST}?{query}")
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    return {" ".join(a.get_text().split()) for a in page.select("th[scope=row] a")}


def found(user: User, **query: str) -> set[str]:
    listed = CasusFilter(query, casussen_for_list(user), user=user)
    return set(listed.qs.values_list("code", flat=True))


def visible(user: User) -> set[str]:
    return set(Casus.objects.visible_to(user).values_list("code", flat=True))


def words(html: bytes, select: str = "main") -> str:
    part = BeautifulSoup(html, "html.parser").select_one(select)
    return " ".join(part.get_text(" ").split()) if part else ""


def shared(cast: Cast, casus: Casus) -> None:
    walk.shared(casus, cast.procesmanager, cast.scot)


# --- The lists


def test_every_list_shows_what_its_name_says(cast: Cast, client_of: ClientOf) -> None:
    mine, theirs = registered_casus(cast), submitted_casus(cast)
    registered = walk.registered(cast.aanmelder, cast.enschede)
    closed, foreign = closed_casus(cast), walk.registered(cast.outsider, cast.hengelo)
    shared(cast, mine)
    done = {mine.code, theirs.code, closed.code}
    everything = {*done, registered.code}
    manager = client_of(cast.procesmanager)
    assert codes(manager) == codes(manager, "lijst=organisatie") == everything
    assert codes(manager, "lijst=mijn") == done
    assert codes(manager, "lijst=wacht") == {theirs.code, registered.code}
    assert codes(manager, "lijst=gedeeld") == set()
    support = client_of(cast.client_support)
    assert codes(support) == codes(support, "lijst=gedeeld") == {mine.code}
    assert codes(support, "lijst=organisatie") == codes(support, "lijst=mijn") == set()
    timeline.add_note(casus=mine, by=cast.client_support, text="Gedaan.")
    assert codes(support, "lijst=mijn") == {mine.code}
    assert codes(client_of(cast.aanmelder), "lijst=organisatie") == {registered.code}
    assert codes(client_of(cast.outsider)) == {foreign.code}
    assert codes(client_of(cast.coordinator), "lijst=wacht") == set()


def test_a_list_keeps_to_itself_while_somebody_filters(cast: Cast, client_of: ClientOf) -> None:
    registered_casus(cast)
    page = client_of(cast.procesmanager).get(f"{LIST}?lijst=mijn&status=closed").content.decode()
    html = BeautifulSoup(page, "html.parser")
    kept = html.select_one("form.rdm-filter input[name=lijst]")
    assert kept is not None and kept["value"] == "mijn" and kept["type"] == "hidden"
    current = [" ".join(a.get_text().split()) for a in html.select("main [aria-current=page]")]
    assert current == ["Mijn casussen"]
    assert "Geen casus gevonden" in page
    odd = client_of(cast.procesmanager).get(f"{LIST}?lijst=verzonnen").content.decode()
    assert "Deze lijst bestaat niet" in odd


def test_who_has_no_organisation_of_casussen_gets_no_list_of_it(
    cast: Cast, client_of: ClientOf
) -> None:
    submitted_casus(cast)
    shown = words(client_of(cast.coordinator).get(LIST).content, "nav[aria-label=Lijsten]")
    assert "Mijn casussen" in shown and "organisatie" not in shown and "gedeeld" not in shown
    empty = words(client_of(cast.coordinator).get(f"{LIST}?lijst=mijn").content)
    assert "Er staat nu geen casus op deze lijst" in empty


QUERIES = ("verzonnen", "passende hulp", "TW", "Z-", "wacht", "notitie", "vraag", "geheim")


def test_no_search_list_or_file_ever_shows_what_somebody_may_not_see(
    cast: Cast, client_of: ClientOf
) -> None:
    """Everybody, over a world with every status, two gemeenten and what is shared or was."""
    for make in IN_STATUS.values():
        made = make(cast)
        keep_reference(made, cast.enschede.organisation.pk, "Z-GEHEIM")
    foreign = walk.registered(cast.outsider, cast.hengelo, own_reference="Z-9")
    timeline.add_note(casus=foreign, by=cast.outsider, text="geheim")
    for count, by in enumerate((cast.aanmelder, cast.aanmelder)):
        casus = walk.registered(by, [cast.enschede, cast.hengelo][count])
        if count:
            shared_then = registered_casus(cast)
            shared(cast, shared_then)
            sharing.end_involvement(
                involvement=shared_then.involvements.get(), by=cast.procesmanager
            )
        timeline.add_note(casus=casus, by=by, text="geheim")
    shared(cast, Casus.objects.filter(status="active", gemeente=cast.enschede)[0])
    seen = 0
    for name, user in cast.everybody.items():
        allowed, http = visible(user), client_of(user)
        for query in [*({"q": q} for q in QUERIES), *({"lijst": one} for one in LISTS)]:
            shown = found(user, **query)
            assert shown <= allowed, (name, query)
            seen += len(shown)
        for kind in ("csv", "xlsx"):
            answer = http.get(f"{LIST}lijst.{kind}?q=verzonnen")
            if answer.status_code == 200:
                lines = table(answer, kind)
                assert {line[0] for line in lines[1:]} <= allowed, name
            else:
                assert answer.status_code == 403 and name not in ("procesmanager", "coordinator")
    assert seen > 100


# --- The files


def table(answer: Any, kind: str) -> list[list[str]]:
    if kind == "xlsx":
        return [[text for _, _, text in row] for row in cells(answer.content)]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_holds_the_list_as_it_is_filtered(
    cast: Cast, client_of: ClientOf, kind: str
) -> None:
    casus = registered_casus(cast, own_reference="=1+1")
    submitted_casus(cast)
    answer = client_of(cast.procesmanager).get(f"{LIST}lijst.{kind}?status=active&q=verzonnen")
    head, line = table(answer, kind)
    said = dict(zip(head, line, strict=True))
    assert (
        said.items()
        >= {
            "Code": casus.code,
            "Eigen kenmerk": "'=1+1",
            "Gemeente": "Enschede",
            "Aanmelder": "Enschede",
            "Status": casus.get_status_display().capitalize(),
            "Trede": "0",
            "Aan zet": "de procesmanager van Enschede",
        }.items()
    )
    days = [due_of(casus), clock.local_date(casus.registered_at), clock.today()]
    written = [said[name] for name in ("Uiterlijk", "Geregistreerd op", "Gewijzigd op")]
    # A workbook counts days, and shows them as days.
    zero = date(1899, 12, 30)
    assert written == [str((day - zero).days if kind == "xlsx" else day) for day in days if day]
    assert "passende hulp" not in str(table(answer, kind))  # no text of a dossier
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    row = AuditEntry.objects.get(action="export")
    assert (row.object_type, row.object_id, row.part) == ("casus", "", f"list-{kind}:rows-1")
    assert "verzonnen" not in str(AuditEntry.objects.filter(pk=row.pk).values())


def test_too_many_rows_are_refused_with_what_to_do(cast: Cast, client_of: ClientOf) -> None:
    for _ in range(3):
        registered_casus(cast)
    Procesafspraak.objects.filter(code="export_rijen").update(number=2)
    http = client_of(cast.procesmanager)
    answer = http.get(f"{LIST}lijst.csv?lijst=mijn")
    assert answer.status_code == 302 and answer.headers["Location"] == f"{LIST}?lijst=mijn"
    assert not AuditEntry.objects.filter(action="export")
    said = words(http.get(answer.headers["Location"]).content, "body")
    assert "meer dan 2 casussen" in said and "Kies meer filters" in said
    Procesafspraak.objects.filter(code="export_rijen").update(number=3)
    assert len(table(http.get(f"{LIST}lijst.csv?lijst=mijn"), "csv")) == 4


def test_a_wrong_filter_gives_no_file(cast: Cast, client_of: ClientOf) -> None:
    """The list leaves it out and says so; a file cannot say it."""
    registered_casus(cast)
    answer = client_of(cast.procesmanager).get(f"{LIST}lijst.xlsx?status=verzonnen&lijst=mijn")
    assert answer.status_code == 302 and answer.headers["Location"] == f"{LIST}?lijst=mijn"
    (said,) = get_messages(answer.wsgi_request)
    assert "Een filter klopte niet" in str(said)


def test_no_file_when_the_log_is_broken(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    casus = registered_casus(cast)
    http = client_of(cast.procesmanager)
    http.raise_request_exception = False

    def broken(**_: Any) -> None:
        raise RuntimeError("het logboek is vol")

    monkeypatch.setattr("audit.log.record", broken)
    answer = http.get(f"{LIST}lijst.csv")
    assert answer.status_code == 500 and casus.code not in answer.content.decode()


# --- Weergaven


def kept(cast: Cast, name: str = "Mijn lopende", **query: str) -> SavedView:
    return saved_views.keep_view(
        by=cast.procesmanager, name=name, query=query or {"lijst": "mijn", "status": "active"}
    )


def test_filters_are_kept_opened_renamed_and_deleted(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    submitted_casus(cast)
    http = client_of(cast.procesmanager)
    query = "lijst=mijn&status=active"
    page = http.get(f"{LIST}?{query}&gemeente=verzonnen").content.decode()
    assert f"/casussen/weergaven/nieuw/?{query.replace('&', '&amp;')}" in page
    address = f"{reverse('saved_view_add')}?{query}&gemeente=verzonnen&page=7&csrf=x"
    assert "Status: " in words(http.get(address).content)
    sent = {"name": "Mijn lopende", "request_id": str(uuid4())}
    for _ in range(2):  # twice has one effect
        answer = http.post(address, sent)
        assert answer.status_code == 302
    view = SavedView.objects.get()
    assert view.query == {"lijst": "mijn", "status": "active"}
    assert codes(http, view.querystring) == {casus.code}
    bar = BeautifulSoup(http.get(f"{LIST}?{query}").content, "html.parser")
    current = bar.select("nav.rdm-views [aria-current=page]")
    assert [a.get_text() for a in current] == ["Mijn lopende"]
    new = {"name": "Anders", "request_id": str(uuid4())}
    assert http.post(reverse("saved_view_rename", args=[view.pk]), new).status_code == 302
    assert "Anders" in words(http.get(reverse("saved_view_list")).content)
    gone = {"request_id": str(uuid4())}
    assert http.post(reverse("saved_view_delete", args=[view.pk]), gone).status_code == 302
    assert not SavedView.objects.exists()
    assert Casus.objects.filter(pk=casus.pk).exists()
    assert AuditEntry.objects.filter(object_type="saved_view").count() == 3


def test_a_weergave_is_of_its_maker_alone(cast: Cast, client_of: ClientOf) -> None:
    view = kept(cast)
    other = client_of(cast.gemeente)
    assert "Mijn lopende" not in words(other.get(LIST).content)
    assert "Mijn lopende" not in words(other.get(reverse("saved_view_list")).content)
    sent = {"name": "Gekaapt", "request_id": str(uuid4())}
    for name in ("saved_view_rename", "saved_view_delete"):
        address = reverse(name, args=[view.pk])
        assert other.get(address).status_code == other.post(address, sent).status_code == 404
        missing = reverse(name, args=[view.pk + 1])
        assert words(other.get(address).content) == words(other.get(missing).content)
    for change in (
        lambda: saved_views.rename_view(view=view, by=cast.gemeente, name="x"),
        lambda: saved_views.forget_view(view=view, by=cast.gemeente),
    ):
        with pytest.raises(Forbidden):
            change()
    assert SavedView.objects.get().name == "Mijn lopende"


def test_what_a_weergave_refuses(cast: Cast, client_of: ClientOf) -> None:
    kept(cast)
    with pytest.raises(Refused, match="al een weergave met deze naam"):
        kept(cast)
    second = kept(cast, "Andere")
    with pytest.raises(Refused, match="al een weergave met deze naam"):
        saved_views.rename_view(view=second, by=cast.procesmanager, name="Mijn lopende")
    with pytest.raises(Refused, match="Kies eerst"):
        saved_views.keep_view(by=cast.procesmanager, name="Leeg", query={})
    with pytest.raises(Refused, match="zoekveld"):
        kept(cast, "Iemand", q="zonnebloem")
    assert b"weergaven/nieuw" not in client_of(cast.procesmanager).get(f"{LIST}?q=zon").content
    both = client_of(cast.procesmanager).get(f"{LIST}?q=zon&lijst=mijn").content
    assert b'?lijst=mijn"' in both
    with pytest.raises(Forbidden):
        saved_views.keep_view(by=cast.admin, name="x", query={"lijst": "mijn"})
    Procesafspraak.objects.filter(code="weergaven_per_persoon").update(number=2)
    address = f"{reverse('saved_view_add')}?lijst=mijn"
    sent = {"name": "Te veel", "request_id": str(uuid4())}
    answer = client_of(cast.procesmanager).post(address, sent)
    assert answer.status_code == 422
    assert "U kunt 2 weergaven bewaren" in words(answer.content)
    assert "Te veel" in answer.content.decode()
    # Somebody else still has room.
    saved_views.keep_view(by=cast.gemeente, name="Mijn lopende", query={"lijst": "mijn"})


def test_a_weergave_shows_what_somebody_may_see_now(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    shared(cast, casus)
    saved_views.keep_view(by=cast.client_support, name="Samen", query={"lijst": "gedeeld"})
    http = client_of(cast.client_support)
    assert codes(http, "lijst=gedeeld") == {casus.code}
    sharing.end_involvement(involvement=casus.involvements.get(), by=cast.procesmanager)
    assert codes(http, "lijst=gedeeld") == set()


# --- Doubles


def test_the_list_marks_a_reference_that_stands_twice(cast: Cast, client_of: ClientOf) -> None:
    first = registered_casus(cast, own_reference="Zaak-1")
    registered_casus(cast, own_reference="Zaak-2")
    # Of another organisation, and in another way out of sight.
    walk.registered(cast.outsider, cast.hengelo, own_reference="Zaak-2")
    drafts.discard(casus=draft_casus(cast, own_reference="zaak-2"), by=cast.procesmanager)
    http = client_of(cast.procesmanager)
    assert "ook bij een andere casus" not in words(http.get("/casussen/").content)
    second = draft_casus(cast, own_reference="Zaak 1")
    page = words(http.get("/casussen/").content)
    assert page.count("ook bij een andere casus") == 2
    for casus, reference in ((first, "Zaak-1"), (second, "Zaak 1")):
        assert f"{casus.code} {reference} (staat ook bij een andere casus)" in page


def test_the_same_reference_is_hinted_and_never_refused(cast: Cast, client_of: ClientOf) -> None:
    first = registered_casus(cast, own_reference="Z-77")
    other = walk.registered(cast.aanmelder, cast.enschede, own_reference="Z-77")
    draft = draft_casus(cast, own_reference="zaaknummer z\u201177.")
    http = client_of(cast.procesmanager)
    for name, more in (("casus_register_step", ["delen"]), ("casus_check", [])):
        page = http.get(reverse(name, args=[draft.code, *more])).content
        alert = words(page, ".utrecht-alert--warning .rdm-list")
        assert alert.startswith(first.code) and other.code not in alert, name
        assert reverse("casus_detail", args=[first.code]) in page.decode()
    step = http.get(reverse("casus_register_step", args=[draft.code, "situatie"])).content
    assert first.code not in step.decode()
    walk.complete(draft, cast.procesmanager, gemeente=cast.enschede)
    assert Casus.objects.get(pk=draft.pk).status == "active"


def test_no_hint_without_or_with_another_reference(cast: Cast, client_of: ClientOf) -> None:
    registered_casus(cast, own_reference="Z-77")
    http = client_of(cast.procesmanager)
    for number in ("", "Z-78", "77", "Wmo 77"):
        draft = draft_casus(cast, own_reference=number)
        page = http.get(reverse("casus_check", args=[draft.code])).content.decode()
        assert "Dit kenmerk staat ook bij" not in page
