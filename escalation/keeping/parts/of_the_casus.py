"""The parts of this app. In the order in which they can go: what leans on another comes first."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from audit.models import Explanation
from directory.region.snapshot import snapshot
from escalation.keeping.parts.part import Part, Row, delete_all, delete_or_empty
from escalation.models import (
    AccessRequest,
    Admission,
    Afspraak,
    Casus,
    Correction,
    DateAnswer,
    DateOption,
    Deelnemer,
    Event,
    Hold,
    InstroomAnswer,
    InstroomToets,
    Involvement,
    Nomination,
    Overleg,
    OwnReference,
    Restriction,
    RouteStep,
    Submission,
    Transfer,
)
from escalation.reading.answers import basis_in_words, stuck_on
from escalation.reading.guide import in_words as guide_in_words
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.codes import new_code

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN_OBJECTS = ("casus", "terugkoppeling")


def emptied_overleg() -> Mapping[str, Any]:
    """What is left of an overleg with a terugkoppeling. `uid` is the number of the calendar item
    that deelnemers still have, so that one goes too."""
    texts = ("initiator", "assignment", "place", "missing_kinds_reason", "missed_steps")
    more = ("supply_missing", "capacity_use", "closing_the_gap", "solution_text", "way", "pace")
    return {
        **dict.fromkeys((*texts, *more), ""),
        "uid": uuid.uuid4(),
        "starts_at": None,
        "ends_at": None,
        "spoed": False,
    }


def emptied_submission() -> Mapping[str, Any]:
    texts = ("submitted_by_name", "question", "plan_of_approach", "skipped_reason")
    more = ("exception_reason", "spoed_asked_reason", "spoed_reason", "verdict_by_name")
    last = ("verdict_reason", "gate_reason", "completion_asked", "completion_given")
    return {
        **dict.fromkeys((*texts, *more, *last), ""),
        "gate_gaps": [],
        "warnings": [],
        "spoed": False,
        "spoed_asked": False,
        "advised_tafel": None,
    }


def emptied_casus() -> Mapping[str, Any]:
    """What is left of the casus itself. It gets another code: the old one is in the mail and the
    papers of others, and would lead from a terugkoppeling back to a resident."""
    texts = ("closing_reason", "situation", "safety", "safety_text", "tried_regular", "stagnation")
    more = ("local_escalation", "plan_of_approach", "resident_view", "client_support_reason")
    last = ("sharing_purpose", "sharing_ground", "not_informed_reason")
    return {
        **dict.fromkeys((*texts, *more, *last), ""),
        "code": _anonymous_code(),
        "guide_answers": {},
        "frameworks": [],
        "stagnations": [],
        "local_phase": "",
        "basic_needs": {},
        "waiting_list_only": None,
        "client_support_by": None,
        "resident_informed": None,
        "resident_informed_on": None,
        "advised_tafel": None,
        "due": None,
        "restricted_at": None,
        "destroyed_at": clock.now(),
    }


def _changes_said(event: Event) -> str:
    """ "Wetten: eerst niets, nu Wlz" for every answer that changed, as on the timeline."""
    return "; ".join(
        f"{one['label']}: eerst {one['old'] or 'niets'}, nu {one['new'] or 'niets'}"
        for one in event.changes
    )


def _anonymous_code() -> str:
    from directory.models import Region

    prefix, year = Region.current().code_prefix, clock.today().year
    while Casus.objects.filter(code=(code := new_code(prefix, year))).exists():
        pass
    return code


def _casus_rows(casus: Casus) -> QuerySet[Any]:
    return Casus.objects.filter(pk=casus.pk)


def _destroy_casus(casus: Casus, rows: QuerySet[Any]) -> int:
    casus.domains.clear()
    return delete_or_empty(emptied_casus)(casus, rows)


def messages_about(casus: Casus) -> QuerySet[Message]:
    """Every mail that names the code. Subject or text always does, as does the calendar item; a
    text that was taken out after some time leaves the subject."""
    code = casus.code
    return Message.objects.filter(
        Q(subject__contains=code) | Q(body__contains=code) | Q(ical__contains=code)
    ).order_by("pk")


def _reference_instead(casus: Casus, row: OwnReference) -> list[Row] | None:
    """The number of another organisation than the gemeente is for that organisation alone (O-08);
    see `dossier.around`."""
    if row.organisation_id == casus.gemeente_id:
        return None
    say = "Staat hier niet. Vraag die organisatie erom."
    return [Row("Organisatie", str(row.organisation)), Row("Kenmerk", say)]


_SUPPORT = {
    "client_support": "Cliëntondersteuning",
    "client_support_by": "Cliëntondersteuning door",
    "client_support_reason": "Toelichting bij cliëntondersteuning",
}

PARTS = (
    Part(
        "message", "E-mail", Message, messages_about,
        {"to": "Aan", "subject": "Onderwerp", "body": "Tekst", "ical": "Agenda-item",
         "state": "Stand", "created_at": "Gemaakt op", "sent_at": "Verstuurd op"},
        people=frozenset({"to"}),
        technical=frozenset({"key", "ical_method", "unsubscribe_url", "attempts", "not_before",
                             "lease_until", "last_error"}),
    ),
    Part(
        "explanation", "Uitleg bij gevonden tekst", Explanation,
        lambda casus: Explanation.objects.filter(
            object_type__in=OWN_OBJECTS, object_id=casus.code
        ).order_by("pk"),
        {"at": "Op", "field": "Bij", "kinds": "Gevonden", "reason": "Uitleg"},
        technical=frozenset({"object_type", "object_id"}),
    ),
    Part(
        "access_request", "Verzoeken om inzage", AccessRequest,
        lambda casus: casus.access_requests.all(),
        {"received_on": "Ontvangen op", "due": "Uiterlijk", "started_at": "Vastgelegd op",
         "started_by_name": "Vastgelegd door", "judged_at": "Beoordeeld op",
         "judged_by_name": "Beoordeeld door"},
        people=frozenset({"started_by_name", "judged_by_name"}),
        # Names of others, and which of them are left out: that would undo the leaving out.
        technical=frozenset({"people", "withheld"}),
    ),
    Part(
        "correction", "Correcties", Correction, lambda casus: casus.corrections.all(),
        {"at": "Op", "field": "Onderdeel", "asked": "Gevraagd", "granted": "Aangepast",
         "old_text": "Was", "new_text": "Werd", "reason": "Waarom niet", "by_name": "Door"},
        people=frozenset({"by_name"}),
    ),
    Part(
        "restriction", "Beperking van de verwerking", Restriction,
        lambda casus: casus.restrictions.all(),
        {"set_at": "Sinds", "set_by_name": "Door", "reason": "Reden", "lifted_at": "Tot",
         "lifted_by_name": "Opgeheven door", "lift_reason": "Reden van opheffen"},
        people=frozenset({"set_by_name", "lifted_by_name"}),
    ),
    Part(
        "hold", "Besluiten om te bewaren", Hold, lambda casus: casus.holds.all(),
        {"placed_at": "Op", "placed_by_name": "Door", "reason": "Reden", "until": "Tot en met",
         "ended_at": "Beëindigd op", "ended_by_name": "Beëindigd door",
         "end_reason": "Reden van beëindigen"},
        people=frozenset({"placed_by_name", "ended_by_name"}),
    ),
    Part(
        "transfer", "Overdrachten", Transfer, lambda casus: casus.transfers.select_related(
            "from_gemeente__organisation", "to_gemeente__organisation"
        ),
        {"from_gemeente": "Van", "to_gemeente": "Naar", "reason": "Waarom",
         "proposed_at": "Voorgesteld op", "proposed_by_name": "Voorgesteld door",
         "due": "Antwoord uiterlijk", "state": "Stand", "answered_at": "Beantwoord op",
         "answered_by_name": "Beantwoord door", "answer_reason": "Antwoord"},
        people=frozenset({"proposed_by_name", "answered_by_name"}),
    ),
    Part(
        "admission", "Opnames", Admission,
        lambda casus: casus.admissions.select_related("organisation"),
        {"organisation": "Bij", "organisation_name": "Bij (naam)", "since": "Sinds",
         "until": "Tot en met", "recorded_at": "Vastgelegd op",
         "recorded_by_name": "Vastgelegd door"},
        people=frozenset({"recorded_by_name"}),
    ),
    Part(
        "nomination", "Voordracht voor trede 4", Nomination,
        lambda casus: Nomination.objects.filter(overleg__casus=casus).order_by("pk"),
        {"motivation": "Motivatie", "checklist": "Controlelijst",
         "nominated_at": "Voorgedragen op", "nominated_by_name": "Voorgedragen door",
         "answer": "Antwoord", "answered_on": "Beantwoord op"},
        people=frozenset({"nominated_by_name"}),
    ),
    Part(
        "afspraak", "Afspraken", Afspraak,
        lambda casus: Afspraak.objects.filter(overleg__casus=casus).order_by("pk"),
        {"text": "Afspraak", "organisation_name": "Organisatie", "function": "Functie",
         "due": "Uiterlijk", "state": "Stand", "state_note": "Toelichting",
         "state_at": "Bijgewerkt op"},
        technical=frozenset({"position", "version"}),
    ),
    Part(
        "date_answer", "Antwoorden op voorgestelde momenten", DateAnswer,
        lambda casus: DateAnswer.objects.filter(option__overleg__casus=casus)
        .select_related("option", "deelnemer").order_by("pk"),
        {"deelnemer": "Deelnemer", "option": "Moment", "value": "Antwoord", "at": "Gegeven op"},
        people=frozenset({"deelnemer"}),
    ),
    Part(
        "date_option", "Voorgestelde momenten", DateOption,
        lambda casus: DateOption.objects.filter(overleg__casus=casus).order_by("pk"),
        {"starts_at": "Begin", "ends_at": "Einde", "proposed_by_name": "Voorgesteld door"},
        people=frozenset({"proposed_by_name"}),
    ),
    Part(
        "deelnemer", "Deelnemers aan het overleg", Deelnemer,
        lambda casus: Deelnemer.objects.filter(overleg__casus=casus)
        .select_related("kind", "organisation").order_by("pk"),
        {"name": "Naam", "function": "Functie", "kind": "Soort", "organisation": "Organisatie",
         "organisation_name": "Organisatie (naam)", "email": "E-mail", "mandate": "Mandaat",
         "secrecy_signed_on": "Geheimhouding getekend op", "invited_at": "Uitgenodigd op",
         "answered_at": "Geantwoord op", "attendance": "Antwoord", "present": "Was erbij",
         "removed_at": "Weggehaald op"},
        people=frozenset({"name", "email"}),
        one_person=True,
        technical=frozenset({"version", "link_version", "link_revoked_at", "calendar_items"}),
    ),
    Part(
        "overleg", "Overleggen", Overleg, lambda casus: casus.overleggen.all(),
        {"opened_at": "Geopend op", "hold_before": "Uiterlijk houden", "initiator": "Initiatief",
         "assignment": "Opdracht", "spoed": "Spoed", "starts_at": "Begin", "ends_at": "Einde",
         "place": "Plaats", "missing_kinds_reason": "Waarom iemand ontbreekt",
         "cancelled_at": "Gestopt op", "cancel_reason": "Waarom gestopt",
         "held_on": "Gehouden op", "recorded_at": "Vastgelegd op", "plan_verdict": "Plan",
         "missed_steps": "Gemiste stappen", "supply_missing": "Ontbreekt het aanbod",
         "capacity_use": "Gebruik van de capaciteit", "closing_the_gap": "Wat het gat dicht",
         "solution": "Oplossing", "solution_text": "Toelichting", "way": "Hoe verder",
         "pace": "Tempo", "feedback_due": "Terugkoppeling uiterlijk",
         "reported_at": "Terugkoppeling ingediend op"},
        people=frozenset({"initiator"}),
        technical=frozenset({"uid", "moment_version", "submission"}),
        destroy=delete_or_empty(emptied_overleg),
        emptied=emptied_overleg,
        # A stopped overleg has no terugkoppeling, so it goes, and its reason with it.
        stays=frozenset({"cancel_reason", "plan_verdict", "solution"}),
    ),
    Part(
        "submission", "Aanmeldingen voor trede 3", Submission,
        lambda casus: casus.submissions.select_related("organisation", "advised_tafel"),
        {"submitted_at": "Aangemeld op", "submitted_by_name": "Door",
         "organisation": "Organisatie", "question": "Vraag", "plan_of_approach": "Plan",
         "skipped_reason": "Waarom een trede is overgeslagen",
         "exception_reason": "Waarom een uitzondering", "gate_gaps": "Wat nog ontbrak",
         "warnings": "Waarschuwingen", "spoed_asked": "Spoed gevraagd",
         "spoed_asked_reason": "Waarom spoed", "spoed": "Spoed", "spoed_reason": "Besluit spoed",
         "verdict": "Oordeel", "verdict_at": "Oordeel op", "verdict_by_name": "Oordeel door",
         "verdict_reason": "Waarom", "verdict_due": "Oordeel uiterlijk",
         "gate_reason": "Waarom toch aangenomen", "advised_tafel": "Advies voor een tafel",
         "completion_asked": "Gevraagde aanvulling", "completion_given": "Aanvulling"},
        people=frozenset({"submitted_by_name", "verdict_by_name"}),
        technical=frozenset({"number"}),
        destroy=delete_or_empty(emptied_submission),
        emptied=emptied_submission,
        stays=frozenset({"verdict"}),
    ),
    Part(
        "answer", "Antwoorden op criteria", InstroomAnswer,
        lambda casus: InstroomAnswer.objects.filter(toets__step__casus=casus).order_by("pk"),
        {"criterium_text": "Criterium", "value": "Antwoord", "explanation": "Toelichting"},
        technical=frozenset({"criterium", "criterium_code"}),
    ),
    Part(
        "toets", "Instroomtoetsen", InstroomToets,
        lambda casus: InstroomToets.objects.filter(step__casus=casus).order_by("pk"),
        {"at": "Op", "actor_name": "Door", "result": "Uitkomst", "deciding": "Doorslag gaf"},
        people=frozenset({"actor_name"}),
        technical=frozenset({"number"}),
    ),
    Part(
        "step", "Stappen op de route", RouteStep,
        lambda casus: casus.steps.select_related(
            "tafel", "brought_in_by", "carried_by", "client_support_by"
        ),
        {"tafel": "Tafel", "status": "Stand", "brought_in_by": "Ingebracht door",
         "carried_by": "Gaat ermee verder",
         "question": "Vraag", "prepared_at": "Begonnen op", "submitted_on": "Aangemeld op",
         "submitted_against_check_reason": "Waarom toch aangemeld",
         "extra_answers": "Extra antwoorden", "discussed_on": "Besproken op",
         "closed_on": "Afgerond op", "outcome": "Uitkomst", "outcome_text": "Toelichting",
         "advice": "Advies", **_SUPPORT},
        technical=frozenset({"position", "version", "news_at"}),
    ),
    Part(
        "involvement", "Met wie de casus is gedeeld", Involvement,
        lambda casus: casus.involvements.select_related("organisation"),
        {"organisation": "Organisatie", "part": "Rol", "purpose": "Doel", "ground": "Grondslag",
         "blocks": "Welke delen", "since": "Sinds", "until": "Tot en met", "ended_at": "Gestopt op",
         "resident_informed_on": "Inwoner geïnformeerd op",
         "not_informed_reason": "Waarom niet geïnformeerd",
         "secrecy_signed_on": "Geheimhouding getekend op", "added_by_name": "Gedeeld door"},
        people=frozenset({"added_by_name"}),
        technical=frozenset({"version"}),
    ),
    Part(
        "own_reference", "Eigen kenmerken", OwnReference,
        lambda casus: casus.own_references.select_related("organisation").order_by("pk"),
        {"organisation": "Organisatie", "reference": "Kenmerk"},
        technical=frozenset({"number"}),
        instead=_reference_instead,
    ),
    Part(
        "event", "Tijdlijn", Event, lambda casus: casus.events.all(),
        {"at": "Op", "title": "Wat", "text": "Tekst", "changes": "Wat er veranderde",
         "actor_name": "Wie", "actor_organisation": "Organisatie"},
        people=frozenset({"actor_name"}),
        technical=frozenset({"kind", "actor_id", "blocks", "corrects"}),
        said={"changes": _changes_said},
    ),
    Part(
        "casus", "De casus", Casus,
        lambda casus: _casus_rows(casus).with_parties()  # type: ignore[attr-defined]
        .select_related("created_by", "client_support_by", "advised_tafel"),
        {"code": "Code", "status": "Status", "status_since": "Status sinds", "due": "Uiterlijk",
         "gemeente": "Gemeente", "registered_by": "Geregistreerd door",
         "carried_by": "Gaat ermee verder",
         "created_by": "Begonnen door", "created_at": "Begonnen op",
         "updated_at": "Laatst gewijzigd", "registered_at": "Geregistreerd op",
         "first_submitted_at": "Voor het eerst bij het coördinatiepunt",
         "closed_at": "Afgesloten op", "closing": "Hoe afgesloten",
         "closing_reason": "Waarom afgesloten", "advised_tafel": "Advies voor een tafel",
         "guide_answers": "Antwoorden in de wegwijzer", "no_acute_danger": "Geen acuut gevaar",
         "adult": "18 jaar of ouder", "situation": "Wat er aan de hand is",
         "domains": "Wat er speelt", "frameworks": "Wetten", "safety": "Veiligheidsrisico",
         "safety_text": "Toelichting veiligheid", "tried_regular": "Wat al is geprobeerd",
         "waiting_list_only": "Alleen een wachttijd", "stagnation": "Waarom het vastloopt",
         "stagnations": "Waar het op vastloopt", "local_phase": "Fase van opschalen",
         "basic_needs": "De basis op orde",
         "local_escalation": "Lokaal opgeschaald", "plan_of_approach": "Plan van aanpak",
         "resident_view": "Visie van de inwoner", **_SUPPORT,
         "sharing_purpose": "Doel van het delen", "sharing_ground": "Grondslag van het delen",
         "resident_informed": "Inwoner is geïnformeerd",
         "resident_informed_on": "Geïnformeerd op",
         "not_informed_reason": "Waarom niet geïnformeerd", "restricted_at": "Beperkt sinds"},
        people=frozenset({"created_by"}),
        technical=frozenset({"version", "destroyed_at"}),
        destroy=_destroy_casus,
        emptied=emptied_casus,
        said={
            "frameworks": lambda casus: ", ".join(casus.framework_labels),
            "stagnations": lambda casus: stuck_on(casus, snapshot()),
            "basic_needs": lambda casus: basis_in_words(casus, snapshot()),
            "guide_answers": guide_in_words,
        },
        stays=frozenset({"status", "closing", "client_support"}),
    ),
)  # fmt: skip

# A part can be taken away for another reason than a foreign key: its rows only name the code.
BY_CODE = (Message, Explanation)

__all__ = ["BY_CODE", "PARTS", "delete_all", "messages_about"]
