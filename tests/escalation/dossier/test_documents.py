"""The process overview on paper: what is in it, what never is, and that it is logged (O-04)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from audit import log
from audit.models import AuditEntry
from demo import walk
from directory.models import User
from escalation.blocks import CARE, SAFETY
from escalation.coordination.decisions import actions as coordination
from escalation.models import Casus, Overleg
from escalation.overleg import actions as overleg_actions
from escalation.overleg.nomination import actions as nominations
from escalation.overleg.nomination import rules as nomination_rules
from escalation.route.client_support import actions as client_support
from escalation.sharing import actions as sharing
from escalation.sharing.admission.actions import record_admission
from escalation.sharing.transfer.actions import accept_transfer, propose_transfer
from rdm.lib import clock
from tests import world
from tests.cast import Cast

ClientOf = Callable[[User], Client]


def url(casus: Casus) -> str:
    return reverse("casus_pdf", args=[casus.code])


def download(client: Client, casus: Casus) -> PdfReader:
    answer = client.get(url(casus))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(answer.content))


def text_of(reader: PdfReader) -> str:
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture
def nominated(cast: Cast) -> Casus:
    """Once returned with advice, then an overleg without solution, a voordracht and its answer."""
    by = cast.procesmanager
    with clock.travel(clock.now() - timedelta(days=10)):
        casus = world.registered_casus(
            cast,
            own_reference="Z-GEHEIM-7",
            resident_view="De inwoner wil een eigen voordeur.",
            stagnation="Niemand voelt zich de eerste.",
        )
        walk.step(casus, by, cast.tafel(1))
        walk.shared(casus, by, cast.scot, part="ondersteuner")
        walk.submitted(casus, by, question="De eerste vraag.")
        coordination.return_with_advice(
            casus=casus,
            by=cast.coordinator,
            reason="Eerst nog een tafel.",
            advised_tafel=cast.tafel(2),
        )
        walk.submitted(casus, by, question="De tweede vraag.")
        walk.planned(walk.accepted(casus, cast.coordinator), by)
    walk.held(world.open_overleg(casus), by, solution=Overleg.Solution.NONE)
    client_support.set_client_support(
        casus=casus, by=by, state="linked", organisation=cast.scot, reason=""
    )
    nominations.nominate(
        casus=casus,
        by=cast.gemeente,
        motivation="Alleen een bindend besluit helpt nog.",
        checklist=nomination_rules.trede_4_conditions(),
    )
    nominations.record_answer(
        casus=casus,
        by=cast.gemeente,
        answer="De minister wijst een plek aan.",
        answered_on=clock.today(),
    )
    return Casus.objects.get(pk=casus.pk)


def test_the_dossier_holds_the_whole_process(
    cast: Cast, client_of: ClientOf, nominated: Casus
) -> None:
    text = text_of(download(client_of(cast.coordinator), nominated))
    tafel, advised = cast.tafel(1), cast.tafel(2)
    for expected in (
        *("Dossier voor trede 4", nominated.code, "Enschede"),
        # what is stuck, and what the resident says
        *("Niemand voelt zich de eerste.", "De inwoner wil een eigen voordeur."),
        *("Cliëntondersteuning", "gekoppeld", str(cast.scot)),
        # the route with its outcomes and gaps
        *(str(tafel), "Geen passende oplossing", "de tafel vond geen passende plek"),
        *("Wat opvalt in het proces", "Trede 2 is overgeslagen."),
        # both submissions
        *("De eerste vraag.", "Eerst nog een tafel.", str(advised), "De tweede vraag."),
        # the overleg
        *("Plan aangenomen", "Geen oplossing", "de partijen werken samen aan één plan"),
        *("Zorgt voor een vaste begeleider.", "directeur, Verzonnen organisatie 1", "Mandaat"),
        # the voordracht
        *("Alleen een bindend besluit helpt nog.", cast.gemeente.name),
        *(*nomination_rules.trede_4_conditions(), "De minister wijst een plek aan."),
    ):
        assert " ".join(expected.split()) in text, expected


def test_every_casus_has_a_process_overview(cast: Cast, client_of: ClientOf) -> None:
    casus = world.registered_casus(cast)
    text = text_of(download(client_of(cast.procesmanager), casus))
    assert "Procesoverzicht van een casus" in text
    assert "Er is nog geen stap gezet." in text
    assert "Voordracht" not in text


@pytest.mark.parametrize("state", sorted(set(world.IN_STATUS) - {"draft"}))
def test_in_every_state(cast: Cast, client_of: ClientOf, state: str) -> None:
    casus = world.IN_STATUS[state](cast)
    assert casus.code in text_of(download(client_of(cast.procesmanager), casus))


def test_after_a_transfer_it_still_says_who_began(cast: Cast, client_of: ClientOf) -> None:
    casus = world.registered_casus(cast)
    walk.step(casus, cast.procesmanager, cast.tafel(1), until="submitted")
    offer = propose_transfer(casus=casus, by=cast.gemeente, gemeente=cast.hengelo, reason="r")
    accept_transfer(transfer=offer, by=cast.outsider)
    text = text_of(download(client_of(cast.outsider), casus))
    assert "Verantwoordelijke gemeente Hengelo" in text
    assert "Geregistreerd door Enschede" in text


def test_a_draft_has_no_process_yet(cast: Cast, client_of: ClientOf) -> None:
    casus = world.draft_casus(cast)
    answer = client_of(cast.procesmanager).get(url(casus))
    assert answer.headers["Location"] == reverse("casus_resume", args=[casus.code])


def test_what_is_not_for_every_reader_stays_out(
    cast: Cast, client_of: ClientOf, nominated: Casus
) -> None:
    """Not even for a reader who may see it elsewhere: a file goes on to others."""
    text = text_of(download(client_of(cast.procesmanager), nominated))
    assert "Z-GEHEIM-7" not in text
    assert "Verzonnen Deelnemer 1" not in text
    assert "@" not in text


def test_every_page_says_who_has_it_and_since_when(
    cast: Cast, client_of: ClientOf, nominated: Casus
) -> None:
    client = client_of(cast.coordinator)
    with clock.travel(datetime(2031, 7, 1, 12, 5, tzinfo=UTC)):
        pages = download(client, nominated).pages
    line = f"Gedownload door {cast.coordinator.name} (Zorg en Veiligheidshuis Twente)"
    assert len(pages) > 1
    for page in pages:
        text = " ".join(page.extract_text().split())
        assert f"{line} op 1 juli 2031 om 14:05 uur." in text
        # And across the page, where it cannot be cut off.
        assert f"{cast.coordinator.name} · 1 juli 2031 om 14:05" in text


def test_who_sees_a_part_gets_that_part_on_paper(
    cast: Cast, client_of: ClientOf, nominated: Casus
) -> None:
    shared = nominated.involvements.get()
    sharing.change_involvement(
        involvement=shared,
        by=cast.procesmanager,
        blocks=CARE | SAFETY,
        until=clock.today() + timedelta(days=20),
        why="Verzonnen.",
    )
    before = log.head().number
    text = text_of(download(client_of(cast.client_support), nominated))
    assert "Niet met u gedeeld: proces" in text or "Niet met u gedeeld proces" in text
    assert "Route door de treden Niet met u gedeeld." in text
    assert "De inwoner wil een eigen voordeur." in text
    # Not even that it is a dossier for trede 4.
    for hidden in ("Niemand voelt zich de eerste.", "De eerste vraag.", "Voordracht", "Mandaat"):
        assert hidden not in text, hidden
    row = AuditEntry.objects.get(number__gt=before)
    assert (row.action, row.part, row.outcome) == ("export", "process", "ok")


def test_name_and_metadata_hold_nobody_and_it_is_accessible(
    cast: Cast, client_of: ClientOf, nominated: Casus
) -> None:
    answer = client_of(cast.coordinator).get(url(nominated))
    name = f"procesoverzicht-{nominated.code}.pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    reader = PdfReader(BytesIO(answer.content))
    assert reader.metadata is not None
    assert set(reader.metadata) <= {"/Title", "/Creator", "/CreationDate", "/ModDate", "/Producer"}
    assert reader.metadata.title == "Dossier voor trede 4"
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    xmp = catalog["/Metadata"].get_data().decode()
    assert "pdfuaid" in xmp
    assert cast.coordinator.name not in xmp and nominated.code not in xmp


def test_a_download_is_logged_as_one(cast: Cast, client_of: ClientOf, nominated: Casus) -> None:
    download(client_of(cast.procesmanager), nominated)
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_type, entry.object_id, entry.part, entry.outcome) == (
        "export", "casus", nominated.code, "process", "ok"
    )  # fmt: skip
    page = client_of(cast.coordinator).get(reverse("casus_access_log", args=[nominated.code]))
    assert "procesoverzicht" in page.content.decode()


def test_who_does_not_see_the_casus_gets_nothing(
    cast: Cast, client_of: ClientOf, nominated: Casus
) -> None:
    for name in ("outsider", "portefeuillehouder", "admin", "privacy_officer"):
        assert client_of(getattr(cast, name)).get(url(nominated)).status_code == 404, name
        assert AuditEntry.objects.latest("number").action == "refuse"


def test_the_pages_lead_to_it(cast: Cast, client_of: ClientOf, nominated: Casus) -> None:
    client = client_of(cast.gemeente)
    for name, label in (
        ("casus_detail", "Procesoverzicht (PDF)"),
        ("overleg_detail", "Download het dossier (PDF)"),
    ):
        text = client.get(reverse(name, args=[nominated.code])).content.decode()
        assert url(nominated) in text
        assert label in text


def test_it_says_who_carried_the_responsibility_and_how_the_casus_came_back(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = world.held_casus(cast)
    by = cast.procesmanager
    overleg_actions.return_to_region(casus=casus, by=by, advice="Begin met een vaste begeleider.")
    record_admission(casus=casus, by=by, since=clock.today(), organisation=cast.mediant)
    offered = propose_transfer(
        casus=casus, by=by, gemeente=cast.hengelo, reason="De inwoner is verhuisd."
    )
    accept_transfer(transfer=offered, by=cast.outsider)
    text = text_of(download(client_of(cast.outsider), casus))
    for expected in (
        *("Teruggegeven aan de regio", "Begin met een vaste begeleider."),
        *("Wie verantwoordelijk was", "opgenomen bij Mediant, nu nog"),
        "overgedragen van Enschede aan Hengelo. De inwoner is verhuisd.",
    ):
        assert expected in text, expected
