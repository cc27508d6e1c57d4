"""The world of the demo: whole, alive for everybody, and nothing in it that should not be."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from audit import log
from audit.models import AuditEntry
from demo import practice, reports, texts, world
from demo.people import PERSONAS
from directory.evaluation.rules import results
from directory.management.commands.region import SHIPPED
from directory.models import (
    Edition,
    Entrance,
    Evaluation,
    Gemeente,
    Invitation,
    Organisation,
    Proposal,
    Signaal,
    SignaalStatus,
    Subscriber,
    Tafel,
    User,
)
from directory.reading import confirmations
from directory.region.file.check import read_region
from directory.region.file.load import load_region
from escalation.models import (
    Attachment,
    AttachmentVersion,
    Casus,
    ClientSupport,
    Communication,
    Deelnemer,
    Event,
    Involvement,
    Overleg,
    OwnReference,
    RouteStep,
    SavedView,
    Submission,
)
from escalation.workflow import CasusStatus
from learning.models import Leersessie, Lesson, ReadReceipt, Terugkoppeling, TerugkoppelingVersion
from outbox.models import Message
from rdm.lib import clock, screening
from tests.snapshot import remember

# The demo runs on SQLite only.
pytestmark = pytest.mark.once

PUBLIC = ("/demo/", "/demo/mail/", "/account/login/")


@pytest.fixture
def demo(db: None) -> Iterator[None]:
    remember("demo", world.load)
    yield


def signed_in(slug: str) -> Client:
    client = Client()
    assert client.post(reverse("demo_sign_in", args=[slug])).status_code == 302
    return client


def test_every_state_is_there(demo: None) -> None:
    statuses = set(Casus.objects.values_list("status", flat=True))
    assert statuses == set(CasusStatus.values)
    assert Casus.objects.count() >= 14
    assert Casus.objects.values("gemeente").exclude(gemeente=None).distinct().count() >= 7
    # An open end, and the verdicts and outcomes that a status does not show.
    assert RouteStep.objects.filter(status="discussed").exists()
    verdicts = set(Submission.objects.values_list("verdict", flat=True))
    assert verdicts == set(Submission.Verdict.values)
    assert Submission.objects.filter(spoed=True, verdict="pending").exists()
    solutions = set(Overleg.objects.values_list("solution", flat=True)) - {""}
    assert solutions == set(Overleg.Solution.values)
    assert Involvement.objects.values("organisation").distinct().count() >= 3


def test_there_are_files_that_can_be_opened(demo: None) -> None:
    """One with an older version, one for the own organisation only, and one that was withdrawn."""
    made = Attachment.objects.all()
    assert made.filter(last_number=2).exists() and made.exclude(withdrawn_at=None).exists()
    own = made.get(audience="own")
    path = reverse("attachment_open", args=[own.casus.code, own.pk, 1])
    assert signed_in("aanmelder").get(path).status_code == 200
    assert signed_in("coordinator").get(path).status_code == 200
    for version in AttachmentVersion.objects.filter(gone_at=None):
        assert version.screened and not version.screening_reason


def test_a_timeline_tells_everything_that_it_can(demo: None) -> None:
    assert Event.objects.filter(kind="edited").exclude(changes=[]).exists()
    assert Event.objects.exclude(corrects=None).count() >= 2
    told = set(Communication.objects.values_list("party", flat=True))
    assert {"referrer", "resident"} <= told
    assert SavedView.objects.values("user").distinct().count() >= 2
    numbers = [one.casefold() for one in OwnReference.objects.values_list("reference", flat=True)]
    assert len(numbers) > len(set(numbers))


def test_the_learning_of_two_years_is_there(demo: None) -> None:
    assert TerugkoppelingVersion.objects.filter(number=2).exists()
    assert ReadReceipt.objects.count() >= 5
    assert set(Terugkoppeling.objects.values_list("status", flat=True)) == {
        "draft",
        "submitted",
        "correcting",
    }
    held, planned = Leersessie.objects.order_by("held_on")
    assert (held.status, planned.status) == ("held", "planned")
    assert held.terugkoppelingen.exists() and planned.terugkoppelingen.exists()
    assert set(Lesson.objects.values_list("status", flat=True)) == {
        "open",
        "in_progress",
        "done",
        "dropped",
    }
    # Some straight from a terugkoppeling, so that the report of the year has lessons as well.
    months = Lesson.objects.filter(leersessie=None).dates("created_at", "month")
    assert len(months) >= 3 and Lesson.objects.filter(leersessie=None, level="landelijk").exists()
    unknown = Gemeente.objects.filter(college_state="unknown").count()
    assert 0 < unknown < 7


def test_who_has_client_support_at_the_overleg_has_it_in_the_dossier(demo: None) -> None:
    at_the_table = Deelnemer.objects.filter(kind__code="clientondersteuner", removed_at=None)
    casussen = Casus.objects.filter(overleggen__deelnemers__in=at_the_table)
    assert set(casussen.values_list("client_support", flat=True)) == {ClientSupport.LINKED}


def test_the_overview_was_kept_true(demo: None) -> None:
    assert set(Proposal.objects.values_list("status", flat=True)) == {
        "open",
        "published",
        "refused",
    }
    assert Edition.objects.filter(tafel__isnull=False, number__gt=1).count() >= 2
    assert Gemeente.objects.exclude(entrances=None).distinct().count() >= 6
    assert Gemeente.objects.filter(entrances=None).exists()
    states = [confirmations.state_of(one, clock.today()) for one in Tafel.objects.all()]
    assert {state.overdue for state in states} == {True, False}
    confirmed = Subscriber.objects.exclude(confirmed_at=None)
    assert set(confirmed.values_list("is_gp", flat=True)) == {True, False}
    assert Subscriber.objects.filter(confirmed_at=None).exists()
    assert Message.objects.filter(key__startswith="changes:").exists()
    for entrance in Entrance.objects.all():
        assert entrance.email.endswith(".example") and entrance.phone.startswith("000")


def test_what_the_demo_says_of_the_region_is_true(demo: None) -> None:
    """E-041..E-116: everything that the file says, of tafels and of all else, still stands. A load
    tells what people changed since (kept), and what differs otherwise (changed, created)."""
    report = load_region(read_region(SHIPPED))
    assert (report.kept, report.changed, report.created) == ([], [], [])


def test_what_the_demo_adds_to_the_region_says_that_it_is_invented(demo: None) -> None:
    known = {one.slug for one in read_region(SHIPPED).tafels}
    added = Tafel.objects.exclude(slug__in=known)
    assert {one.slug for one in added} == {practice.TAFEL}
    for one in added:
        page = Client().get(reverse("tafel_detail", args=[one.slug])).content.decode()
        assert "Oefentafel (verzonnen)" in page and "Deze tafel bestaat niet." in page
        # What is known of its days shows what every tafel could show.
        assert "Volgend overleg:" in page and "45 minuten" in page
    triage = Client().get(reverse("tafel_detail", args=["triage-transfertafel"])).content.decode()
    assert "een half uur" in triage and "Op welke dag: niet vermeld." in triage
    support = Organisation.objects.filter(client_support_gemeenten__isnull=False).distinct()
    assert {one.slug for one in support} == {practice.CLIENT_SUPPORT}
    assert all("verzonnen" in one.name for one in support)


def test_there_are_signalen_of_two_years_in_every_state(demo: None) -> None:
    assert set(Signaal.objects.values_list("status", flat=True)) == set(SignaalStatus.values)
    assert len(Signaal.objects.dates("left_at", "year")) >= 2
    # Some were sorted, some wait; and an address stays until there is an answer.
    assert set(Signaal.objects.values_list("theme", flat=True)) > {None}
    assert Signaal.objects.exclude(email="").exists()
    assert not Signaal.objects.filter(status=SignaalStatus.DONE).exclude(email="").exists()
    texts = Signaal.objects.values_list("text", "answer")
    assert all("erzonnen" in text for text, _ in texts)
    assert screening.find("\n".join(word for pair in texts for word in pair)) == []


def test_the_survey_of_two_years_has_answers(demo: None) -> None:
    held = list(Evaluation.objects.all())
    assert len(held) == 2 and held[0].is_open(clock.today()) and not held[1].is_open(clock.today())
    assert all(results(one).number > 5 for one in held)
    assert all(text.startswith("Verzonnen") for text in results(held[0]).found[-1].texts)


def test_it_lies_in_the_past_and_in_the_order_of_time(demo: None) -> None:
    first = Casus.objects.order_by("created_at")[0]
    assert 600 < (clock.today() - clock.local_date(first.created_at)).days < 760
    assert not Casus.objects.filter(updated_at__gt=clock.now()).exists()
    moments = list(Message.objects.order_by("pk").values_list("created_at", flat=True))
    assert moments == sorted(moments)
    assert log.check() is None


def test_no_mail_of_the_history_is_still_to_be_sent(demo: None) -> None:
    assert 100 < Message.objects.count() < 1000
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert Message.objects.filter(ical_method="REQUEST").exists()


def test_the_texts_hold_no_personal_data_and_no_label(demo: None) -> None:
    written = [
        *(vars(one) for one in vars(texts).values() if isinstance(one, texts.Situation)),
        *(one for one in vars(reports).values() if isinstance(one, dict)),
        {"lessons": str((reports.LESSONS, reports.LESSONS_THIS_YEAR)), "draft": texts.DRAFT_ONLY},
    ]
    everything = "\n".join(str(value) for one in written for value in one.values())
    assert len(everything) > 10_000
    assert screening.find(everything) == []
    assert "onbegrepen gedrag" not in everything.lower()
    for casus in Casus.objects.exclude(situation=""):
        assert "erzonnen" in casus.situation


def test_somebody_in_every_role_has_a_first_page_that_lives(demo: None) -> None:
    waiting = {}
    for person in PERSONAS:
        answer = signed_in(person.slug).get("/")
        assert answer.status_code == 200
        waiting[person.slug] = len(answer.context["mine"]) + len(answer.context["others"])
    busy = {slug for slug, number in waiting.items() if number}
    assert busy >= {
        "procesmanager",
        "coordinator",
        "gemeente",
        "aanmelder",
        "clientondersteuner",
        "portefeuillehouder",
        "themagroep",
        "beheerder",
        "hengelo",
    }
    overdue = signed_in("procesmanager").get("/").context["overdue"]
    assert overdue and signed_in("coordinator").get("/").context["overdue"]


def test_signing_in_as_a_persona_is_in_the_log(demo: None) -> None:
    before = log.head().number
    client = signed_in("coordinator")
    entry = AuditEntry.objects.get(number=before + 1)
    assert (entry.action, entry.part, entry.role) == ("sign_in", "demo", "coordinator")
    # Another persona: nothing of the first one is left.
    client.post(reverse("demo_sign_in", args=["beheerder"]))
    assert client.get(reverse("member_list")).status_code == 200
    assert client.get(reverse("coordinatiepunt")).status_code == 403


def test_only_the_people_of_the_demo_can_be_played(demo: None) -> None:
    assert Client().get(reverse("demo_sign_in", args=["coordinator"])).status_code == 405
    assert Client().post(reverse("demo_sign_in", args=["niemand"])).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("demo_sign_in", args=["coordinator"])).status_code == 403
    User.objects.filter(email="coordinator@demo.example").update(is_active=False)
    client = signed_in("coordinator")
    assert client.get(reverse("casus_list")).status_code == 302


def test_the_sign_in_page_offers_every_persona(demo: None) -> None:
    for path in ("/account/login/", "/demo/"):
        page = Client().get(path).content.decode()
        for person in PERSONAS:
            assert reverse("demo_sign_in", args=[person.slug]) in page
            assert person.attempt in page
        assert "Rijssen-Holten" in page and "Hof van Twente" in page


def test_the_mail_page_shows_links_and_the_calendar_item(demo: None) -> None:
    invitation = Message.objects.filter(ical_method="REQUEST").latest("pk")
    page = Client().get(reverse("demo_mail_detail", args=[invitation.pk])).content.decode()
    assert "Agenda-item" in page and "raadzaal" in page and "BEGIN:VCALENDAR" in page
    assert 'href="/overleg/antwoord/' in page
    only = Client().get(reverse("demo_mail"), {"aan": invitation.to})
    assert {message.to for message in only.context["page_obj"]} == {invitation.to}
    assert Client().get(reverse("demo_mail"), {"aan": "niemand", "page": "x"}).status_code == 200


def test_the_banner_says_what_this_is(demo: None) -> None:
    for path in PUBLIC:
        assert "Demo: alles is verzonnen" in Client().get(path).content.decode()


def test_the_beheerder_has_invitations_in_every_state(demo: None) -> None:
    now = clock.now()
    unanswered = Invitation.objects.filter(accepted_at=None)
    assert {one.is_open(now) for one in unanswered} == {True, False}
