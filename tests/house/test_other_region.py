"""The region is data: an invented one runs the whole product, and nothing of the shipped one shows.

The scene of the inspectors is played in Zandrijk, which has three gemeenten, five tafels and a
ladder of its own. So every page, form, mail and document is tried there as well.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from audit import log
from demo.templatetags import demo_people
from directory.management.commands.region import SHIPPED
from directory.models import Region
from directory.region.file.check import read_region
from escalation.models import Casus
from learning.models import Leersessie
from outbox.models import Message
from rdm.lib import clock
from tests.house.forms import Form, collect, forms_of, send
from tests.house.pages import (
    COORDINATOR,
    DOWNLOADS,
    FORGETFUL,
    GEMEENTE,
    MANAGER,
    OPEN_DATA,
    PAGES,
    READER,
    Look,
    Page,
    first_look,
    fresh_visitor,
    visitor,
)
from tests.house.region_words import found_in
from tests.house.scene import Scene, set_up
from tests.house.tried import note
from tests.setting import ZANDRIJK
from tests.standing import undone

# Words and forms; the database has no part in them.
pytestmark = pytest.mark.once

stand = partial(set_up, ZANDRIJK)

# The questions of its own wegwijzer, with its own words in the address.
ANSWERS = "brand=koud&groot=groot&plaats=verzandum&vrager=huis&zorgen=hoofd&rij=geen-rij"
GUIDE = [
    Page("guide", query=f"stap=2&{ANSWERS}"),
    Page("guide_result", query=ANSWERS),
    Page("guide_result", query="brand=vlammen&groot=klein"),
    Page("guide_result", query="rij=alleen-rij&vrager=dokter"),
    Page("guide_mail", query=ANSWERS),
    Page("gemeente_detail", more=("fantasiehaven",)),
    Page("gemeente_overview", more=("fantasiehaven",)),
    Page("tafel_detail", more=("lange-adem",)),
    Page("tafel_list", query="q=schelp"),
    Page("signaal_new", query="tafel=schelpenkring"),
]
# The demo is a play in the shipped region.
VISITED = [
    page
    for page in [*PAGES, *GUIDE, *DOWNLOADS, *OPEN_DATA]
    if not page.name.startswith("demo_")
]  # fmt: skip
SHIPPED_LADDER = {one.name for one in read_region(SHIPPED).treden}
LADDER = {one.number: one.name for one in read_region(ZANDRIJK.file).treden}


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    # The sign-in page of the demo lists its people, who all live in the shipped region.
    for people in ("PERSONAS", "OTHERS"):
        monkeypatch.setattr(demo_people, people, [])
    return Scene.again(ZANDRIJK)


def text_of(response: HttpResponse | Look) -> str:
    """What stands in this answer, whatever kind of file it is; with its name and its addresses."""
    kind = response.headers.get("Content-Type", "")
    named = response.headers.get("Content-Disposition", "")
    if "spreadsheetml" in kind:
        with zipfile.ZipFile(io.BytesIO(response.content)) as book:
            return "\n".join([named, *(book.read(one).decode() for one in book.namelist())])
    if response.streaming:  # a file of somebody, as it came
        return named
    if kind.startswith("application/pdf"):
        reader = PdfReader(io.BytesIO(response.content))
        return "\n".join(
            [named, str(reader.metadata), *(page.extract_text() for page in reader.pages)]
        )
    if "wordprocessingml" in kind:
        word = Document(io.BytesIO(response.content))
        about = word.core_properties
        texts = [one.text for one in word.element.body.iter() if one.text]
        return "\n".join([named, about.title, about.author, about.subject, *texts])
    return f"{named}\n{response.content.decode()}"


def strange(text: str) -> list[str]:
    """Words of the shipped region, and steps of its ladder."""
    steps = "|".join(map(re.escape, SHIPPED_LADDER))
    return found_in(text) + re.findall(rf"Trede \d[^\w]{{1,3}}(?:{steps})\b", text, re.IGNORECASE)


def test_the_play_is_really_in_another_region(scene: Scene) -> None:
    assert Region.current().name == "Zandrijk"
    assert not set(LADDER.values()) & SHIPPED_LADDER
    assert found_in(SHIPPED.read_text(encoding="utf-8"))
    assert Casus.objects.exclude(code__startswith="ZRK-").count() == 0
    assert Casus.objects.count() > 30 and len(VISITED) > 150


def test_no_page_or_document_says_a_word_of_the_shipped_region(scene: Scene) -> None:
    wrong = []
    for page in VISITED:
        note("pages")
        look = first_look(scene, page)
        if look.status_code != page.status:
            wrong.append(f"{page.id}: {look.status_code}")
        wrong += [f"{page.id}: {one}" for one in strange(text_of(look))]
    assert not wrong, "\n".join(wrong)


# Answers that name somebody of the region.
NAMING = {
    "casus_involve": {"organisation": "zorghuis-wulp", "ground_other": ""},
    "access_log_find": {"code": "ZRK-26-00000"},
}


def test_every_form_is_accepted_and_leads_on_in_this_region(scene: Scene) -> None:
    wrong = []
    pages = [page for page in PAGES if not page.name.startswith("demo_")]
    for form in collect(scene, pages):
        client = visitor(scene, form.page.who)
        note("forms")
        with undone():
            answer = send(client, form, form.filled_in(**NAMING.get(form.name, {})))
            if not answer.is_accepted and form.name not in NAMING:
                wrong.append(f"{form}: {answer.status} {answer.complaints}")
            wrong += [f"{form}: {one}" for one in strange(text_of(answer.response))]
            if answer.status == 302 and form.page.who != FORGETFUL:
                cookies = client.cookies.copy()
                after = client.get(answer.response["Location"], follow=True)
                client.cookies = cookies
                wrong += [f"after {form}: {one}" for one in strange(text_of(after))]
    assert not wrong, "\n".join(wrong)


def test_no_mail_says_a_word_of_the_shipped_region(scene: Scene) -> None:
    mails = list(Message.objects.all())
    assert len({mail.subject for mail in mails}) > 15
    wrong = [
        f"{mail.subject}: {one}"
        for mail in mails
        for one in strange("\n".join((mail.to, mail.subject, mail.body, mail.ical)))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("page", "numbers"),
    [
        (Page("tafel_list"), (0, 1, 2, 3, 4)),
        (Page("overview"), (0, 1, 2, 3, 4)),
        (Page("overview_pdf"), (0, 1, 2, 3, 4)),
        (Page("tafel_detail", more=("kustberaad",)), (2,)),
        (Page("guide_result", query=ANSWERS), (1,)),
        (Page("api_tafels"), (1, 2, 3)),
        (Page("casus_detail", MANAGER, "tried"), (1,)),
        (Page("step_add", MANAGER, "active"), (1, 2)),
        (Page("casus_pdf", COORDINATOR, "nominated"), (1,)),
    ],
    ids=lambda value: value.id if isinstance(value, Page) else "",
)
def test_the_ladder_has_the_names_of_this_region(
    scene: Scene, page: Page, numbers: tuple[int, ...]
) -> None:
    text = text_of(visitor(scene, page.who).get(page.url(scene)))
    assert [number for number in numbers if LADDER[number] not in text] == []


# --- One casus, all the way, by the forms ---------------------------------------------------------


class Person:
    """Somebody who fills in one form after another."""

    def __init__(self, scene: Scene, who: str, seen: list[str]) -> None:
        self.who, self.seen = who, seen
        self.client: Client = visitor(scene, who)

    def read(self, address: str) -> str:
        response = self.client.get(address, follow=True)
        assert response.status_code == 200, (address, response.status_code)
        text = text_of(response)
        self.seen.append(text)
        return text

    def fill_in(self, name: str, *arguments: Any, query: str = "", **values: Any) -> str:
        """The largest form of this page, valid and with these values; where it leads to."""
        address = reverse(name, args=arguments) + (f"?{query}" if query else "")
        page = Page(name, self.who, more=arguments[1:])
        response = self.client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        self.seen.append(text_of(response))
        found: Iterator[Form] = forms_of(page, response.content, address)
        form = max(
            (one for one in found if one.method == "post" and one.name != "account_logout"),
            key=lambda one: len(one.fields),
        )
        answer = send(self.client, form, form.filled_in(**values))
        assert answer.status == 302, (name, answer.status, answer.complaints)
        self.read(answer.response["Location"])
        return str(answer.response["Location"])


def test_a_casus_goes_all_the_way_in_this_region(scene: Scene) -> None:
    """From the wegwijzer over trede 1 and 2 to trede 3, and from the overleg to a lesson."""
    seen: list[str] = []
    before = set(Message.objects.values_list("pk", flat=True))
    guest, manager, coordinator, gemeente, reader = (
        Person(scene, who, seen) for who in ("", MANAGER, COORDINATOR, GEMEENTE, READER)
    )
    advice = guest.read(f"{reverse('guide_result')}?{ANSWERS}")
    assert "Verzonnen Duintafel" in advice and "ZRK" not in advice

    manager.fill_in("casus_start", query=ANSWERS)
    casus = Casus.objects.latest("pk")
    assert casus.gemeente == scene.cast.enschede
    for part in ("situatie", "geprobeerd", "inwoner", "delen"):
        manager.fill_in("casus_register_step", casus.code, part)
    manager.fill_in("casus_check", casus.code)
    for position, slug in ((1, "duintafel"), (2, "kustberaad")):
        manager.fill_in("step_add", casus.code, tafel=slug)
        manager.fill_in("step_instroom", casus.code, position)
        manager.fill_in("step_submit", casus.code, position)
        manager.fill_in("step_close", casus.code, position, outcome="no_solution")
    manager.fill_in("casus_submit", casus.code)
    assert casus.code in coordinator.read(reverse("coordinatiepunt"))
    coordinator.fill_in("submission_accept", casus.code)

    assert "schipper van een zorghuis" in gemeente.read(reverse("deelnemer_add", args=[casus.code]))
    for number, kind in enumerate(("schipper", "burgervader", "stuurman", "loods")):
        address = f"deelnemer{number}@voorbeeld.example"
        gemeente.fill_in("deelnemer_add", casus.code, kind=kind, email=address)
    gemeente.fill_in("overleg_fix", casus.code)
    casus.refresh_from_db()
    assert casus.status == "planned"
    with clock.travel(clock.now() + timedelta(days=21)):
        _held_and_learned(scene, casus, gemeente, coordinator, reader)

    said = [
        f"{mail.subject}\n{mail.body}\n{mail.ical}"
        for mail in Message.objects.exclude(pk__in=before)
    ]
    assert len(said) >= 3
    assert [one for text in (*seen, *said) for one in strange(text)] == []
    assert log.check() is None
    assert reader.client.get(reverse("casus_detail", args=[casus.code])).status_code == 404


def _held_and_learned(
    scene: Scene, casus: Casus, gemeente: Person, coordinator: Person, reader: Person
) -> None:
    """After the overleg: what came out of it, the terugkoppeling, and a lesson with an owner."""
    # Three weeks later everybody has to sign in anew.
    for one in (gemeente, coordinator, reader):
        one.client = fresh_visitor(scene, one.who)
    gemeente.fill_in("overleg_record", casus.code)
    overleg = casus.overleggen.get()
    gemeente.fill_in("terugkoppeling_write", casus.code, overleg.pk)
    gemeente.fill_in("terugkoppeling_check", casus.code, overleg.pk)
    reported = overleg.terugkoppeling
    assert casus.code in reader.read(reverse("terugkoppeling_list"))
    reader.read(reverse("terugkoppeling_detail", args=[casus.code, reported.pk]))
    coordinator.fill_in("leersessie_plan")
    leersessie = Leersessie.objects.latest("pk")
    coordinator.fill_in("lesson_add", leersessie.pk, theme="eb")
    coordinator.fill_in("leersessie_hold", leersessie.pk)
    assert "te weinig water" in coordinator.read(reverse("lesson_list"))
    for what in ("report", "report_csv"):
        coordinator.read(reverse(what))
