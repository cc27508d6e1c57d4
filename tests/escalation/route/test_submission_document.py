"""The submission to a tafel on paper: all that was registered, nothing that is private."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as Word
from pypdf import PdfReader

from audit.models import AuditEntry
from demo import walk
from directory.models import Tafel, User
from escalation.models import RouteStep
from escalation.route import actions as route
from escalation.route.instroom import actions as instroom
from tests import world
from tests.cast import Cast
from tests.escalation.overleg.sending import text_of

ClientOf = Callable[[User], Client]
KINDS = ("step_pdf", "step_docx")


@pytest.fixture
def step(cast: Cast) -> RouteStep:
    """The second tafel of a casus, with a check that does not hold, submitted all the same."""
    casus = world.registered_casus(
        cast,
        own_reference="Z-GEHEIM-7",
        resident_view="De inwoner wil een eigen voordeur.",
        stagnation="Niemand voelt zich de eerste.",
        stagnations=["weigering", "wachttijd"],
        local_phase="fase 3",
        basic_needs={"onderdak": "no", "netwerk": "yes"},
    )
    walk.step(casus, cast.procesmanager, cast.tafel(1), outcome_text="De eerste tafel zei nee.")
    tafel = Tafel.objects.filter(trede=2, criteria__active=True).first() or cast.tafel(2)
    made = route.add_step(casus=casus, by=cast.procesmanager, tafel=tafel, question="Wie kan dit?")
    codes = list(tafel.criteria.filter(active=True).values_list("code", flat=True))
    instroom.check_instroom(
        step=made,
        by=cast.procesmanager,
        answers={code: ("no", f"Uitleg bij {code}.") for code in codes},
    )
    walk.step_submitted(made, cast.procesmanager, against="Er is geen andere tafel.")
    return made


def url(name: str, step: RouteStep) -> str:
    return reverse(name, args=[step.casus.code, step.position])


def words(name: str, content: bytes) -> str:
    if name == "step_pdf":
        pages = PdfReader(BytesIO(content)).pages
        return " ".join("\n".join(page.extract_text() for page in pages).split())
    document = Word(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(one.text for one in document.paragraphs), *cells]).split())


@pytest.mark.parametrize("name", KINDS)
def test_nobody_types_twice(cast: Cast, client_of: ClientOf, step: RouteStep, name: str) -> None:
    answer = client_of(cast.procesmanager).get(url(name, step))
    assert answer.status_code == 200
    found = words(name, answer.content)
    for text in (
        step.casus.code,
        str(step.tafel),
        "Wie kan dit?",
        "Voldoet niet",
        "Er is geen andere tafel.",
        "De inwoner wil een eigen voordeur.",
        "Niemand voelt zich de eerste.",
        "de wachttijd is te lang",
        "fase 3",
        "Niet: onderdak.",
        "De eerste tafel zei nee.",
        f"Gedownload door {cast.procesmanager.name}",
    ):
        assert text in found, text
    for criterium in step.tafel.criteria.filter(active=True):
        assert f"Uitleg bij {criterium.code}." in found
    # O-08: the number of one organisation is for its own members.
    assert "GEHEIM" not in found


def test_the_words_of_the_criterion_are_those_of_then(
    cast: Cast, client_of: ClientOf, step: RouteStep
) -> None:
    before = step.toetsen.get().answers.all()[0].criterium_text
    step.tafel.criteria.update(text="Iets heel anders.")
    found = words("step_docx", client_of(cast.procesmanager).get(url("step_docx", step)).content)
    assert " ".join(before.split()) in found and "Iets heel anders." not in found


@pytest.mark.parametrize("name", KINDS)
def test_it_is_logged_as_an_export_and_names_nobody(
    cast: Cast, client_of: ClientOf, step: RouteStep, name: str
) -> None:
    answer = client_of(cast.gemeente).get(url(name, step))
    kept = AuditEntry.objects.order_by("-number")[0]
    assert (kept.action, kept.object_id, kept.part) == (
        "export",
        step.casus.code,
        "step-submission",
    )
    disposition = answer.headers["Content-Disposition"]
    assert f"aanmelding-{step.casus.code}-stap-{step.position}" in disposition
    if name == "step_docx":
        core = ZipFile(BytesIO(answer.content)).read("docProps/core.xml").decode()
        assert cast.gemeente.name not in core
    else:
        about = PdfReader(BytesIO(answer.content)).metadata or {}
        assert cast.gemeente.name not in str(about) and "voordeur" not in str(about)


@pytest.mark.parametrize("name", KINDS)
def test_not_for_everybody(cast: Cast, client_of: ClientOf, step: RouteStep, name: str) -> None:
    assert client_of(cast.outsider).get(url(name, step)).status_code == 404
    walk.shared(step.casus, cast.procesmanager, cast.scot)
    http = client_of(cast.client_support)
    assert http.get(url(name, step)).status_code == 403
    page = text_of(http.get(reverse("step_detail", args=[step.casus.code, step.position])))
    assert "Aanmelding voor deze tafel" not in page


def test_a_check_that_was_redone_leaves_the_older_one_readable(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = world.registered_casus(cast)
    tafel = Tafel.objects.filter(trede=1, criteria__active=True).distinct()[0]
    step = walk.step(casus, cast.procesmanager, tafel, until="prepared")
    codes = list(step.tafel.criteria.filter(active=True).values_list("code", flat=True))
    instroom.check_instroom(
        step=step, by=cast.procesmanager, answers=dict.fromkeys(codes, ("no", "Later bleek: nee."))
    )
    page = text_of(client_of(cast.gemeente).get(reverse("step_detail", args=[casus.code, 1])))
    assert "Eerdere toetsen (1)" in page
    assert "Alle antwoorden van toets 1" in page and "Alle antwoorden van toets 2" in page
    found = words("step_pdf", client_of(cast.procesmanager).get(url("step_pdf", step)).content)
    assert "Voldoet niet" in found and "Later bleek: nee." in found
