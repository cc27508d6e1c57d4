"""What of a casus may leave as a document, chosen here; rdm.lib turns it into bytes.

The process overview is the dossier that the system makes for a voordracht (O-04), and for any casus
the process on paper (E-030, E-142). It holds no own reference of an organisation (O-08), no
e-mail address and no name of a deelnemer: who sits at the table is an organisation and a function.
What is not shared with the reader is not in it, and it says so (escalation.blocks).
File name and metadata hold the code and nothing else of the casus (promise 6). Every page says who
downloaded it and when, at its foot and across it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.text import capfirst

from escalation.blocks import ALL, HIDDEN, PROCESS, ROWS, in_words
from escalation.models import Afspraak, Deelnemer, Transfer
from escalation.overleg.outcome.rules import rows_of
from escalation.reading.answers import answers_of
from escalation.reading.lead_times import Passage, Process, process_of
from escalation.reading.paper import CONFIDENTIAL, Row, Section, Table, downloaded_by, filled
from rdm.lib import clock, pdf
from rdm.lib.dates import long_date, long_moment
from rdm.lib.download import PDF, Document
from rdm.lib.letterhead import Letterhead

if TYPE_CHECKING:
    from escalation.models import Casus, Involvement, Nomination, Overleg, RouteStep, Submission
    from escalation.reading.progress import Progress
    from escalation.web.load import Dossier

TITLE = "Procesoverzicht van een casus"
TITLE_TREDE_4 = "Dossier voor trede 4"


def process_overview(dossier: Dossier, progress: Progress) -> Document:
    """The process of one casus as an accessible PDF, with the name of its reader on every page.

    Nine queries, however long the route is.
    """
    casus, reader, process = dossier.casus, dossier.user, process_of(progress)
    letterhead = Letterhead(
        organisation=f"Gemeente {casus.gemeente}" if casus.gemeente else "",
        code=casus.code,
        date=_day(clock.today()),
        footer=CONFIDENTIAL,
        reader=downloaded_by(reader, clock.now()),
        watermark=f"{reader.name} · {long_moment(clock.now())}",
    )
    data = {
        **asdict(letterhead),
        "facts": [{"label": label, "value": value} for label, value in _facts(dossier, progress)],
        "sections": [asdict(one) for one in _sections(dossier, progress, process)],
    }
    nominated = any(_nomination(one) for one in progress.submissions)
    content = pdf.render("procesoverzicht", data, TITLE_TREDE_4 if nominated else TITLE)
    return Document(f"procesoverzicht-{casus.code}.pdf", PDF, content)


def _facts(dossier: Dossier, progress: Progress) -> list[Row]:
    casus, missing = dossier.casus, ALL - dossier.seen
    return filled(
        (
            "Niet met u gedeeld",
            f"{in_words(missing)}. Dit overzicht is niet volledig." if missing else "",
        ),
        ("Code van de casus", casus.code),
        ("Verantwoordelijke gemeente", str(casus.gemeente or "")),
        ("Status", capfirst(casus.get_status_display())),
        ("Trede", "" if progress.trede is None else str(progress.trede)),
        ("Geregistreerd door", str(casus.registered_by)),
        ("Geregistreerd op", _moment(casus.registered_at)),
        ("Voor het eerst bij het coördinatiepunt", _moment(casus.first_submitted_at)),
        ("Spoed", "ja" if progress.spoed else ""),
        ("Cliëntondersteuning", casus.get_client_support_display()),
        ("Afgesloten op", _moment(casus.closed_at)),
    )


def _sections(dossier: Dossier, progress: Progress, process: Process) -> Iterable[Section]:
    casus = dossier.casus
    submissions = sorted(progress.submissions, key=lambda one: one.number)
    for submission in submissions:
        if nomination := _nomination(submission):
            yield _voordracht(nomination)
    # Without the own reference: that is for the members of one organisation only (O-08).
    for section in answers_of(casus, own_reference="", region=progress.region):
        rows = [(label, text or "niet ingevuld") for label, text in section.rows]
        if section.is_hidden:
            yield Section(section.title, empty=HIDDEN)
        else:
            yield Section(section.title, tuple(rows))
        if section.key == "inwoner":
            yield _client_support(casus)
    yield _shared_with(dossier)
    yield _carried_by(dossier)
    if not dossier.sees(PROCESS):
        yield Section("Route door de treden", empty=HIDDEN)
        return
    yield Section(
        "Wat opvalt in het proces",
        items=tuple(gap.text for gap in process.gaps),
        empty="In het proces ontbreekt niets.",
    )
    yield Section(
        "Route door de treden",
        table=_route(process),
        parts=tuple(_step(step) for step in progress.steps),
        empty="Er is nog geen stap gezet.",
    )
    if submissions:
        parts = tuple(_submission(one) for one in submissions)
        yield Section("Bij het coördinatiepunt", parts=parts)
    if overleggen := [one.overleg for one in submissions if hasattr(one, "overleg")]:
        yield Section("Bestuurlijk escalatieoverleg", parts=tuple(_meetings(overleggen)))
    if casus.first_submitted_at and (returned := _returned(casus)):
        yield Section("Teruggegeven aan de regio", rows=returned)
    if casus.closing:
        how = ("Hoe de casus eindigde", casus.get_closing_display())
        yield Section("Afsluiting", (how, ("Waarom", casus.closing_reason)))


def _voordracht(nomination: Nomination) -> Section:
    """Who, when, why, and what was checked (O-04)."""
    answered = f"Antwoord van het ministerie, {_day(nomination.answered_on)}"
    return Section(
        "Voordracht voor trede 4",
        tuple(
            filled(
                ("Voorgedragen op", _moment(nomination.nominated_at)),
                ("Voorgedragen door", nomination.nominated_by_name),
                ("Waarom trede 4 nodig is", nomination.motivation),
                (answered, nomination.answer),
            )
        ),
        parts=(Section("Voorwaarden die zijn nagekeken", items=tuple(nomination.checklist)),),
    )


def _client_support(casus: Casus) -> Section:
    return Section(
        "Cliëntondersteuning",
        tuple(
            filled(
                ("Status", casus.get_client_support_display()),
                ("Organisatie", str(casus.client_support_by or "")),
                ("Toelichting", casus.client_support_reason),
            )
        ),
    )


def _shared_with(dossier: Dossier) -> Section:
    return Section(
        "Met wie de casus is gedeeld",
        items=tuple(
            f"{one.organisation} ({one.part}): {one.shares_words}, {_since_until(one)}"
            for one in dossier.involvements
        ),
        empty="Met geen andere organisatie.",
    )


def _since_until(shared: Involvement) -> str:
    since = f"sinds {_moment(shared.since)}"
    if stopped := shared.stopped_on:
        return f"{since} tot {_day(stopped)}"
    return f"{since}, tot en met {_day(shared.until)}" if shared.until else since


def _carried_by(dossier: Dossier) -> Section:
    """Who carried the responsibility besides the gemeente of now (E-122, E-123)."""
    casus = dossier.casus
    shows_moves, shows_stays = dossier.sees(ROWS["Transfer"]), dossier.sees(ROWS["Admission"])
    moved = casus.transfers.filter(state=Transfer.State.ACCEPTED, answered_at__isnull=False)
    stays = casus.admissions.select_related("organisation")
    found = [
        (clock.local_date(one.answered_at), _moved(one))  # type: ignore[arg-type]
        for one in moved.select_related("from_gemeente__organisation", "to_gemeente__organisation")
        if shows_moves
    ]
    found += [
        (one.since, f"opgenomen bij {one.party}, {_until(one.until)}")
        for one in stays
        if shows_stays
    ]
    always = f"Steeds de gemeente {casus.gemeente}."
    return Section(
        "Wie verantwoordelijk was",
        items=tuple(f"{_day(day)}: {text}" for day, text in sorted(found)),
        empty=always if shows_moves and shows_stays else HIDDEN,
    )


def _moved(transfer: Transfer) -> str:
    between = f"van {transfer.from_gemeente} aan {transfer.to_gemeente}"
    return f"overgedragen {between}. {transfer.reason}"


def _until(day: date | None) -> str:
    return f"tot {_day(day)}" if day else "nu nog"


def _route(process: Process) -> Table | None:
    rows = [_stop(passage) for passage in process.passages]
    header = ("Trede", "Stap", "Van", "Tot", "Duur", "Instroomtoets", "Uitkomst")
    return Table((0, 3, 0, 0, 0, 2, 3), header, rows) if rows else None


def _stop(passage: Passage) -> tuple[str, ...]:
    stop = passage.stop
    return (
        passage.trede.removeprefix("Trede "),
        stop.title,
        _short(stop.date),
        _short(stop.until) if stop.until else "loopt nog",
        passage.lead_time,
        passage.check or "geen",
        capfirst(passage.outcome or stop.state_label),
    )


def _step(step: RouteStep) -> Section:
    return Section(
        f"Stap {step.position}: {step.tafel}",
        tuple(
            filled(
                ("Ingebracht door", step.brought_in_words),
                ("Vraag aan de tafel", step.question),
                ("Aangemeld tegen de instroomtoets in", step.submitted_against_check_reason),
                ("Uitkomst", capfirst(step.get_outcome_display())),
                ("Uitleg", step.outcome_text),
                ("Advies van de tafel", step.advice),
                ("Cliëntondersteuning bij deze stap", step.get_client_support_display()),
                ("Cliëntondersteuner van", str(step.client_support_by or "")),
                ("Uitleg bij cliëntondersteuning", step.client_support_reason),
            )
        ),
    )


def _submission(submission: Submission) -> Section:
    advised = str(submission.advised_tafel or "")
    accepted = submission.verdict == submission.Verdict.ACCEPTED
    return Section(
        f"Aanmelding {submission.number}, {_moment(submission.submitted_at)}",
        tuple(
            filled(
                ("Aangemeld door", str(submission.organisation)),
                ("Vraag aan het overleg", submission.question),
                ("Plan van aanpak", submission.plan_of_approach),
                ("Waarom een trede is overgeslagen", submission.skipped_reason),
                ("Waarom een uitzondering nodig is", submission.exception_reason),
                ("Wat er bij de aanmelding ontbrak", " ".join(submission.gate_gaps)),
                ("Waarom om spoed is gevraagd", submission.spoed_asked_reason),
                ("Spoed toegekend", submission.spoed_reason),
                ("Gevraagde aanvulling", submission.completion_asked),
                ("Gegeven aanvulling", submission.completion_given),
                ("Oordeel van het coördinatiepunt", capfirst(submission.get_verdict_display())),
                ("Oordeel op", _moment(submission.verdict_at)),
                # Of an accepted one this is the assignment, which stands with the overleg.
                ("Uitleg bij het oordeel", "" if accepted else submission.verdict_reason),
                ("Waarom het toch kon", submission.gate_reason),
                ("Geadviseerde tafel", advised),
            )
        ),
    )


def _meetings(overleggen: list[Overleg]) -> Iterable[Section]:
    """Two queries for all overleggen together: who sat there, and what was promised."""
    ids = [one.pk for one in overleggen]
    people: dict[int, list[Deelnemer]] = {pk: [] for pk in ids}
    seated = Deelnemer.objects.filter(overleg__in=ids, removed_at=None)
    for deelnemer in seated.select_related("kind", "organisation"):
        people[deelnemer.overleg_id].append(deelnemer)
    promises: dict[int, list[Afspraak]] = {pk: [] for pk in ids}
    for afspraak in Afspraak.objects.filter(overleg__in=ids):
        promises[afspraak.overleg_id].append(afspraak)
    for overleg in overleggen:
        yield _meeting(overleg, people[overleg.pk], promises[overleg.pk])


def _meeting(overleg: Overleg, people: list[Deelnemer], promises: list[Afspraak]) -> Section:
    rows = filled(
        ("Initiatief", overleg.initiator),
        ("Opdracht aan de gemeente", overleg.assignment),
        ("Waarom er zonder verplichte deelnemers is overlegd", overleg.missing_kinds_reason),
        ("Waarom het overleg niet doorging", overleg.cancel_reason if overleg.cancelled_at else ""),
        *rows_of(overleg),
    )
    parts = [
        Section("Deelnemers", table=_people(people), empty="Er staat nog niemand op de lijst.")
    ]
    if overleg.held_on:
        none = "Er zijn geen afspraken vastgelegd."
        parts.append(Section("Afspraken", table=_promises(promises), empty=none))
    return Section(_meeting_title(overleg), tuple(rows), parts=tuple(parts))


def _meeting_title(overleg: Overleg) -> str:
    if overleg.held_on:
        return f"Overleg van {_day(overleg.held_on)}"
    if overleg.cancelled_at:
        return f"Afgezegd overleg, {_moment(overleg.cancelled_at)}"
    return "Overleg dat nog komt"


def _returned(casus: Casus) -> tuple[Row, ...]:
    """With what advice the casus went back to the region: that is on the timeline only (E-031)."""
    found = casus.events.filter(kind="returned_to_region").order_by("at")
    return tuple((f"{one.title}, {_moment(one.at)}", one.text) for one in found)


def _people(people: list[Deelnemer]) -> Table | None:
    known = {True: "ja", False: "nee", None: "niet vermeld"}
    rows = [
        (
            *(capfirst(one.kind.label), one.party, one.function),
            *(known[one.mandate], known[one.present]),
        )
        for one in people
    ]
    header = ("Soort deelnemer", "Organisatie", "Functie", "Mandaat", "Was erbij")
    return Table((3, 3, 2, 0, 0), header, rows) if rows else None


def _promises(promises: list[Afspraak]) -> Table | None:
    rows = [
        (
            "\n".join(filter(None, (one.text, one.state_note))),
            f"{one.function}, {one.organisation_name}",
            _short(one.due),
            one.get_state_display(),
        )
        for one in promises
    ]
    return Table((3, 2, 0, 0), ("Afspraak", "Wie", "Uiterlijk", "Status"), rows) if rows else None


def _nomination(submission: Submission) -> Nomination | None:
    return getattr(getattr(submission, "overleg", None), "nomination", None)


def _day(day: date | None) -> str:
    return long_date(day) if day else ""


def _short(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def _moment(moment: datetime | None) -> str:
    """The day of a moment, in Europe/Amsterdam."""
    return long_date(moment) if moment else ""
