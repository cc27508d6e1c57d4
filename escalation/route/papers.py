"""The submission of a casus to one tafel on paper, so that nobody types it twice.

Made from what was registered and from the answers to the criteria of the tafel, as a PDF to send
and as a Word document to work on further. It holds no name, no own reference of an organisation
(O-08) and nothing of another tafel but what it said. File name and metadata hold the code and the
number of the step, nothing else (promise 6).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.utils.text import capfirst

from escalation.models import InstroomToets
from escalation.reading.answers import answers_of
from escalation.reading.paper import CONFIDENTIAL, Row, Section, Table, downloaded_by, filled
from rdm.lib import clock, docx, pdf
from rdm.lib.dates import long_date
from rdm.lib.download import DOCX, PDF, Document
from rdm.lib.letterhead import Letterhead

if TYPE_CHECKING:
    from escalation.models import RouteStep
    from escalation.reading.progress import Progress
    from escalation.web.load import Dossier

TITLE = "Aanmelding van een casus bij een tafel"
# Above the reasons for the result of a check.
DECIDING = {
    InstroomToets.Result.MET: "Dit klopt en is genoeg",
    InstroomToets.Result.NOT_MET: "Dit klopt niet",
    InstroomToets.Result.UNKNOWN: "Dit is nog niet bekend",
}


def submission_pdf(dossier: Dossier, progress: Progress, step: RouteStep) -> Document:
    """The submission of `step` as an accessible PDF, with the name of its reader on every page."""
    data = {
        **asdict(_letterhead(dossier, step)),
        "facts": [{"label": label, "value": value} for label, value in _facts(progress, step)],
        "sections": [asdict(one) for one in _sections(dossier, progress, step)],
    }
    return Document(f"{_name(step)}.pdf", PDF, pdf.render("procesoverzicht", data, TITLE))


def submission_docx(dossier: Dossier, progress: Progress, step: RouteStep) -> Document:
    """The same as a Word document."""
    blocks: list[docx.Block] = [docx.facts(_facts(progress, step))]
    for section in _sections(dossier, progress, step):
        blocks += _blocks(section, level=1)
    content = docx.render(TITLE, blocks, _letterhead(dossier, step))
    return Document(f"{_name(step)}.docx", DOCX, content)


def _letterhead(dossier: Dossier, step: RouteStep) -> Letterhead:
    return Letterhead(
        organisation=str(step.carried_by),
        code=dossier.casus.code,
        date=long_date(clock.today()),
        footer=CONFIDENTIAL,
        reader=downloaded_by(dossier.user, clock.now()),
    )


def _name(step: RouteStep) -> str:
    return f"aanmelding-{step.casus.code}-stap-{step.position}"


def _facts(progress: Progress, step: RouteStep) -> list[Row]:
    casus, tafel = progress.casus, step.tafel
    return filled(
        ("Tafel", str(tafel)),
        ("Trede", tafel.place_on_ladder),
        ("Code van de casus", casus.code),
        ("Verantwoordelijke gemeente", str(casus.gemeente or "")),
        ("Ingebracht door", step.brought_in_words),
        ("Aangemeld op", long_date(step.submitted_on) if step.submitted_on else "nog niet"),
    )


def _sections(dossier: Dossier, progress: Progress, step: RouteStep) -> Iterable[Section]:
    casus = progress.casus
    yield Section("Vraag aan de tafel", (("Vraag", step.question),))
    yield _check(step)
    asked = step.tafel.extra_questions
    if asked:
        rows = [
            (one["question"], step.extra_answers.get(one["code"]) or "nog niet beantwoord")
            for one in asked
        ]
        yield Section("Wat deze tafel ook vraagt", tuple(rows))
    # Without the own reference: that is for the members of one organisation only (O-08).
    for section in answers_of(casus, own_reference="", region=progress.region):
        told = [(label, text or "niet ingevuld") for label, text in section.rows]
        yield Section(section.title, tuple(told))
    yield Section(
        "Cliëntondersteuning bij deze stap",
        tuple(
            filled(
                ("Status", step.get_client_support_display()),
                ("Organisatie", str(step.client_support_by or "")),
                ("Toelichting", step.client_support_reason),
            )
        ),
    )
    yield _before(progress, step)
    yield _parties(dossier)


def _check(step: RouteStep) -> Section:
    """The latest check, criterion by criterion, in the words that the criteria had then."""
    toets = step.toetsen.prefetch_related("answers").first()
    if toets is None:
        none = (
            "De instroomtoets is nog niet gedaan."
            if step.has_criteria  # type: ignore[attr-defined]
            else "Deze tafel noemt geen criteria."
        )
        return Section("Instroomtoets", empty=none)
    rows = [
        (one.criterium_text, one.get_value_display(), one.explanation or "geen")
        for one in toets.answers.all()
    ]
    deciding = DECIDING.get(InstroomToets.Result(toets.result), "")
    return Section(
        "Instroomtoets",
        tuple(
            filled(
                ("Uitslag", capfirst(toets.get_result_display())),
                ("Gedaan op", long_date(toets.at)),
                (deciding, "\n".join(toets.deciding)),
                ("Waarom toch aangemeld", step.submitted_against_check_reason),
            )
        ),
        table=Table((3, 0, 3), ("Criterium", "Antwoord", "Toelichting"), rows) if rows else None,
    )


def _before(progress: Progress, step: RouteStep) -> Section:
    """What other tafels said before this step."""
    earlier = [one for one in progress.steps if one.position < step.position]
    rows = [
        (
            str(one.tafel),
            long_date(one.submitted_on) if one.submitted_on else "niet aangemeld",
            capfirst(one.get_outcome_display() or one.get_status_display()),
            "\n".join(filter(None, (one.outcome_text, one.advice))),
        )
        for one in earlier
    ]
    header = ("Tafel", "Aangemeld", "Uitkomst", "Uitleg en advies")
    return Section(
        "Eerdere tafels",
        table=Table((2, 0, 1, 3), header, rows) if rows else None,
        empty="De casus is nog niet bij een andere tafel geweest.",
    )


def _parties(dossier: Dossier) -> Section:
    casus, shared = dossier.casus, dossier.involvements
    found = [f"Gemeente {casus.gemeente} (verantwoordelijk)"]
    if casus.carried_by_id != casus.gemeente_id:
        found.append(f"{casus.carried_by} (registreerde de casus)")
    found += [f"{one.organisation} ({one.part})" for one in shared if one.ended_at is None]
    return Section("Wie bij de casus betrokken is", items=tuple(found))


def _blocks(section: Section, level: int) -> Iterable[docx.Block]:
    yield docx.Heading(section.heading, level)
    for label, text in section.rows:
        yield docx.Paragraph(f"{label}{'' if label.endswith('?') else ':'} {text}")
    if section.items:
        yield docx.BulletList(section.items)
    if section.table is not None:
        table = section.table
        yield docx.Table(table.header, table.rows, [share or 1 for share in table.widths])
    if section.empty and not (section.rows or section.items or section.table):
        yield docx.Paragraph(section.empty)
