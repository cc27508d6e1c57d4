"""A dossier from its registration to its destruction, through everybody who touches it (issue 4).

The aanmelder and two gemeenten, a cliëntondersteuner who reads one block, the coördinator and the
FG each have a browser of their own, and the mail is real. What the main job already walks through
is done by the actions. One word stands in every text that is typed, and nowhere in the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from audit import log
from demo import walk
from directory.models import Tafel
from escalation.coordination.submission import actions as submissions
from escalation.dossier.closing import actions as closing
from escalation.dossier.rules import NO_OVERLEG
from escalation.dossier.timeline import actions as timeline
from escalation.keeping.destruction import sweeps
from escalation.models import Casus, Destruction
from escalation.route import actions as route
from rdm.lib import clock
from tests.cast import Cast
from tests.escalation.attachments import attached
from tests.escalation.keeping.destruction.test_destruction import tables_with
from tests.journeys.visit import (
    CANARY,
    Mailbox,
    choose,
    follow,
    has_no_sideways_scroll,
    heading,
    link_in,
    menu,
    press,
    sees,
    shot,
    tick,
    write,
)
from tests.rdm.lib.test_xlsx import cells

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]

WORD_FILE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SITUATION = f"Verzonnen situatie ({CANARY})."
RISK = f"Verzonnen risico ({CANARY})."
NOTE = f"Verzonnen notitie met een fout ({CANARY})."
BETTER = f"Verzonnen notitie zonder fout ({CANARY})."
TOLD = f"Verzonnen: de inwoner weet wat er nu gebeurt ({CANARY})."
PLAN = f"Plan van aanpak ({CANARY})"


@dataclass
class Story:
    """The casus, and how somebody gets a browser."""

    cast: Cast
    site: str
    mailbox: Mailbox
    enter: Callable[..., Page]
    casus: Casus
    tafel: Tafel

    @property
    def dossier(self) -> str:
        return f"{self.site}/casussen/{self.casus.code}/"

    def now(self) -> Casus:
        return Casus.objects.get(pk=self.casus.pk)


@pytest.fixture(autouse=True)
def outside(settings: Any, tmp_path: Path) -> Path:
    """The files, and the list of what was destroyed."""
    settings.PRIVATE_DIR = tmp_path / "private"
    settings.TOMBSTONES = tmp_path / "tombstones.jsonl"
    return tmp_path / "private"


def test_a_dossier_is_shared_handed_over_and_forgotten(
    live_server, cast: Cast, site, mailbox, enter, outside, monkeypatch
):
    casus = registered(cast)
    mailbox.deliver()  # what the cast was invited with
    story = Story(cast, site, mailbox, enter, casus, cast.tafel(1))

    put_the_advised_tafel_on_the_route(story)
    procesmanager = read_and_share(story)
    support_the_resident(story)
    correct_a_note(story)
    hengelo = hand_over(story)
    keep_a_view(story, procesmanager)
    see_who_read(story)

    assert [one for one in outside.rglob("*") if one.is_file()]
    six_years_later(story, monkeypatch)
    destroy(story, hengelo)
    assert tables_with(CANARY) == []
    assert not [one for one in outside.rglob("*") if one.is_file()]
    mailbox.deliver()
    assert log.check() is None


def registered(cast: Cast) -> Casus:
    """By Mediant, for Enschede; a tafel on trede 1 found nothing."""
    casus = walk.registered(
        cast.aanmelder,
        cast.enschede,
        situation=SITUATION,
        safety_text=RISK,
        stagnation=f"Iedereen verwijst naar een ander ({CANARY}).",
        resident_view=f"Een eigen voordeur ({CANARY}).",
    )
    tafel = cast.tafel(1)
    walk.step(casus, cast.aanmelder, tafel, question=f"Wie kan dit? ({CANARY})")
    timeline.add_note(casus=casus, by=cast.procesmanager_only, text=NOTE)
    return casus


def at_both_widths(page: Page, name: str) -> None:
    """The page fits on a telephone too; a picture of it on both, when asked for."""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert has_no_sideways_scroll(page), (name, width)
        shot(page, f"dossier-{name}-{width}")


def downloaded(page: Page, click: Callable[[], None]) -> bytes:
    with page.expect_download() as coming:
        click()
    return Path(coming.value.path()).read_bytes()


def words_in(document: bytes) -> str:
    found = Document(BytesIO(document))
    in_cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in found.paragraphs), *in_cells])


# --- The aanmelder --------------------------------------------------------------------------------


def put_the_advised_tafel_on_the_route(story: Story) -> None:
    """From the advice with its reasons, in two clicks; who brings it in decides."""
    page = story.enter(story.cast.aanmelder)
    menu(page, "Casussen")
    follow(page, story.casus.code)
    advice = page.get_by_role("region", name="Advies voor de volgende tafel")
    sees(advice, "Dit is een advies. U beslist zelf.")
    follow(advice, "Alle tafels, met de redenen")
    heading(page, "Advies voor de volgende tafel")
    been = page.get_by_role("region", name="Op de route")
    expect(been).to_contain_text(story.tafel.name)
    at_both_widths(page, "advice")
    follow(page, "Zet op de route", exact=False)
    expect(page.get_by_role("radio", checked=True).first).to_be_visible()
    write(page, "Wat vraagt u van deze tafel?", f"Een passende plek ({CANARY}).")
    press(page, "Zet op de route")
    heading(page, re.compile("^Stap 2: "))
    # That tafel comes to nothing; the actions say so, for the browser said it in the main job.
    step = story.casus.steps.get(position=2)
    route.close_step(
        step=step, by=story.cast.aanmelder, outcome="withdrawn", outcome_text=f"Nee ({CANARY})."
    )


# --- The gemeente Enschede ------------------------------------------------------------------------


def read_and_share(story: Story) -> Page:
    """The ladder, what can be done now and why not; a file; and one block of three for SCOT."""
    page = story.enter(story.cast.procesmanager)
    page.goto(story.dossier)
    ladder = page.get_by_role("region", name="Route", exact=True)
    expect(ladder.locator("[aria-current=step]")).to_contain_text(re.compile("Trede [0-2]"))
    sees(ladder, story.tafel.name, "Geen passende oplossing")
    allowed = page.get_by_role("region", name="Wat nu kan")
    expect(allowed.get_by_role("listitem").filter(has_text="trede 4")).to_contain_text(NO_OVERLEG)
    sees(page.get_by_role("region", name="Klaar voor trede 3?"), "Nog niet")
    sees(page.get_by_role("region", name="Advies voor de volgende tafel"), "Dit is een advies.")

    follow(ladder, story.tafel.name)
    paper = downloaded(page, lambda: follow(page, "Word-bestand van de aanmelding"))
    assert f"Wie kan dit? ({CANARY})" in words_in(paper)
    assert SITUATION in words_in(paper)

    page.goto(story.dossier)
    follow(page, "Voeg een bijlage toe")
    choose(page, "Wat is het?", "Plan van aanpak")
    write(page, "Titel", PLAN)
    choose(page, "Wie mag het zien?", "Iedereen die deze casus mag lezen")
    choose(page, "Waar gaat het over?", "Zorg")
    page.get_by_label("Bestand").set_input_files(
        {"name": "plan.docx", "mimeType": WORD_FILE, "buffer": attached.word(PLAN)}
    )
    press(page, "Voeg toe")
    sees(page, "De bijlage is toegevoegd.")

    follow(page, "Deel met een organisatie")
    share_the_care(page)
    sees(page, "De organisatie ziet nu wat u hebt gekozen.")
    seen_by = page.get_by_role("region", name="Wie ziet deze casus")
    expect(seen_by.get_by_role("listitem").filter(has_text="SCOT")).to_contain_text("Ziet: zorg")
    at_both_widths(page, "procesmanager")
    return page


def share_the_care(page: Page) -> None:
    """Everything that sharing asks; what was forgotten is asked again, and the rest is kept."""
    today = clock.today()
    page.get_by_label("Met welke organisatie deelt u de casus?").select_option("scot")
    write(page, "Welke rol heeft deze organisatie?", "cliëntondersteuning")
    tick(page, "Zorg")
    write(page, "Tot en met welke dag deelt u de casus?", f"{today + timedelta(days=60)}")
    write(page, "Waarom moet deze organisatie de casus zien?", f"Naast de inwoner ({CANARY}).")
    choose(page, "Op welke grondslag deelt u?", "Toestemming van de inwoner")
    choose(page, "Weet de inwoner dat u met deze organisatie deelt?", "Ja")
    write(page, "Wanneer hebt u dit verteld?", f"{today}")
    press(page, "Casus delen")
    sees(page, "Vul in wanneer de verklaring van geheimhouding is getekend")
    write(page, "Wanneer is de verklaring van geheimhouding getekend?", f"{today}")
    press(page, "Casus delen")


def correct_a_note(story: Story) -> None:
    """The wrong note stays, with the right one beside it."""
    page = story.enter(story.cast.gemeente)
    page.goto(f"{story.dossier}tijdlijn/")
    sees(page, NOTE, TOLD)
    wrong = page.get_by_role("listitem").filter(has_text=NOTE)
    follow(wrong, "Verbeter deze regel", exact=False)
    sees(page, NOTE)
    write(page, "Hoe is het wel?", BETTER)
    press(page, "Zet op de tijdlijn")
    sees(page, "De verbeterde notitie staat op de tijdlijn.", "Klopt niet", NOTE, BETTER)
    at_both_widths(page, "timeline")

    page.goto(story.dossier)
    follow(page, "Draag over aan een andere gemeente")
    page.get_by_label("Welke gemeente moet de casus overnemen?").select_option("hengelo")
    write(page, "Waarom gaat de casus naar deze gemeente?", f"De inwoner verhuist ({CANARY}).")
    press(page, "Vraag de andere gemeente")
    sees(page, "Die gemeente moet nog antwoorden, uiterlijk op")


# --- The cliëntondersteuner -----------------------------------------------------------------------


def support_the_resident(story: Story) -> None:
    """One block of the dossier: that is read, the rest is not there, and what is done is kept."""
    page = story.enter(story.cast.client_support)
    page.goto(story.dossier)
    sees(page, SITUATION, "De route is niet met u gedeeld.", "veiligheid en proces")
    expect(page.get_by_text(RISK)).to_have_count(0)
    expect(page.get_by_text(story.tafel.name)).to_have_count(0)
    expect(page.get_by_text(NOTE)).to_have_count(0)
    at_both_widths(page, "client-support")

    follow(page, PLAN)
    heading(page, PLAN)
    at_both_widths(page, "attachment")
    file = downloaded(page, lambda: follow(page, "Open versie 1", exact=False))
    assert PLAN in words_in(file)

    page.goto(story.dossier)
    follow(page, "Leg vast wie u informeerde")
    choose(page, "Wie hebt u geïnformeerd?", "Inwoner")
    choose(page, "Hoe?", "In een gesprek")
    write(page, "Op welke dag?", f"{clock.today()}")
    write(page, "Wat hebt u verteld?", TOLD)
    press(page, "Leg vast")
    sees(page, "Het contact staat op de tijdlijn.", TOLD)
    assert page.goto(f"{story.dossier}route/1/").status == 403


# --- The gemeente Hengelo -------------------------------------------------------------------------


def hand_over(story: Story) -> Page:
    """From the mail to the answer; only then is the dossier there."""
    page = story.enter(story.cast.outsider)
    assert page.goto(story.dossier).status == 404
    (mail,) = story.mailbox.to(story.mailbox.deliver(), story.cast.outsider.email)
    page.goto(link_in(mail, "/overdrachten/"))
    sees(page, f"De inwoner verhuist ({CANARY}).")
    expect(page.get_by_text(SITUATION)).to_have_count(0)
    choose(page, "Neemt uw gemeente deze casus over?", "Ja, wij nemen de casus over")
    press(page, "Verstuur uw antwoord")
    sees(page, "Uw gemeente is nu verantwoordelijk voor deze casus.", SITUATION)
    sees(page.get_by_role("region", name="Verantwoordelijk"), "Gemeente Hengelo")
    sees(page.get_by_role("region", name="Wie ziet deze casus"), "vorige gemeente")
    walk.submitted(story.now(), story.cast.outsider, question=f"Wie neemt op? ({CANARY})")
    return page


# --- The list, and who read -----------------------------------------------------------------------


def keep_a_view(story: Story, page: Page) -> None:
    """Enschede still reads along: filters under a name, and the list as a workbook."""
    menu(page, "Casussen")
    page.get_by_label("Status").select_option("submitted")
    press(page, "Toon")
    expect(page).to_have_url(re.compile("status=submitted"))
    follow(page, "Bewaar deze weergave")
    sees(page, "Gekozen: Status: Bij het coördinatiepunt.")
    write(page, "Naam van de weergave", "Wacht op het coördinatiepunt")
    press(page, "Bewaar")
    kept = page.get_by_role("navigation", name="Uw weergaven")
    expect(kept.get_by_role("link", name="Wacht op het coördinatiepunt")).to_be_visible()
    at_both_widths(page, "list")
    sheet = downloaded(page, lambda: follow(page, "Download voor Excel"))
    head, line = ([text for _, _, text in row] for row in cells(sheet))
    row = dict(zip(head, line, strict=True))
    assert (row["Code"], row["Gemeente"]) == (story.casus.code, "Hengelo")
    assert CANARY not in str(row)


def see_who_read(story: Story) -> None:
    page = story.enter(story.cast.coordinator)
    page.goto(story.dossier)
    follow(page, "Inzage")
    heading(page, "Wie heeft dit gezien")
    read_by(page, story.cast.client_support.name, "Casus bekeken")
    read_by(page, story.cast.client_support.name, "Casus gedownload")
    read_by(page, story.cast.outsider.name, "Geweigerd")
    at_both_widths(page, "who-read")


def read_by(page: Page, name: str, what: str) -> None:
    row = page.get_by_role("row").filter(has_text=name).filter(has_text=what)
    expect(row.first).to_be_visible()


# --- The end --------------------------------------------------------------------------------------


def six_years_later(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed now; and then it is later, also for the threads that serve the pages."""
    by = story.cast.outsider
    submissions.withdraw(casus=story.now(), by=by, reason=f"Er is een plek ({CANARY}).")
    closing.close(casus=story.now(), by=by, closing="solved", reason=f"Er is een plek ({CANARY}).")
    story.mailbox.deliver()
    later = clock.now() + timedelta(days=6 * 366)
    monkeypatch.setattr(clock, "_travelled", ContextVar("later", default=later))


def destroy(story: Story, hengelo: Page) -> None:
    """The gemeente proposes, the FG looks at who read it and agrees, and it is gone."""
    code = story.casus.code
    page = story.enter(story.cast.privacy_officer)
    menu(page, "Inzage")
    write(page, "Code van de casus", code)
    press(page, "Toon inzage")
    heading(page, f"Wie heeft casus {code} gezien")
    read_by(page, story.cast.client_support.name, "Casus bekeken")
    expect(page.get_by_text(CANARY)).to_have_count(0)
    at_both_widths(page, "access-log")
    menu(page, "Bewaren")
    sees(page.get_by_role("region", name="Termijn voorbij"), code)
    at_both_widths(page, "retention")

    hengelo.goto(story.dossier)
    follow(hengelo, "Rechten en bewaren")
    follow(hengelo, "Stel vernietiging voor")
    choose(hengelo, "Op grond waarvan?", "De bewaartermijn is voorbij")
    press(hengelo, "Stel voor")
    sees(hengelo, "Voorgesteld. De functionaris gegevensbescherming kijkt nu ook.")

    menu(page, "Mijn werk")
    follow(page, "Kijk of deze casus vernietigd mag worden", exact=False)
    sees(page, f"{story.cast.outsider.name} stelde dit voor", "Dat kan niet terug.")
    press(page, "Ik ben akkoord")
    sees(page, "Akkoord. Het programma vernietigt de casus nu.")
    assert tables_with(CANARY)
    assert sweeps.destroy_approved() == 1

    menu(page, "Bewaren")
    sees(page.get_by_role("region", name="Vernietigd", exact=True), code)
    for reader in (page, hengelo):
        assert reader.goto(story.dossier).status == 410
        sees(reader, "Er is niets meer van te lezen.", "de bewaartermijn is voorbij")
    at_both_widths(hengelo, "destroyed")
    assert Destruction.objects.get().code == code
