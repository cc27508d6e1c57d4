"""The terugkoppeling over HTTP: writing, submitting, correcting, reading, downloading."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from pypdf import PdfReader

from audit.models import AuditEntry
from escalation.models import Overleg
from learning import sweeps, work
from learning.actions import terugkoppelingen
from learning.models import ReadReceipt, Terugkoppeling, TerugkoppelingVersion
from learning.models.terugkoppeling import RUBRIEKEN
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.refusal import Conflict, Forbidden, Refused
from tests.cast import Cast
from tests.world import (
    FOUR_TEXTS,
    draft_terugkoppeling,
    held_casus,
    planned_casus,
    submitted_terugkoppeling,
)

BSN = "111222333"


def url(name: str, found: Terugkoppeling, *, overleg: bool = False) -> str:
    return reverse(name, args=[found.overleg.casus.code, found.overleg_id if overleg else found.pk])


def posted(version: int, **fields: str) -> dict[str, str]:
    return {"request_id": str(uuid4()), "version": str(version), **fields}


@pytest.fixture
def overleg(cast: Cast) -> Overleg:
    return held_casus(cast).overleggen.get()


@pytest.fixture
def submitted(cast: Cast) -> Terugkoppeling:
    found = submitted_terugkoppeling(cast)
    found.refresh_from_db()
    return found


def corrected(found: Terugkoppeling, cast: Cast) -> Terugkoppeling:
    terugkoppelingen.start_correction(
        terugkoppeling=found, by=cast.gemeente, reason="Verzonnen: een datum klopte niet."
    )
    texts = {**FOUR_TEXTS, "outcomes": "Verzonnen: de tweede tekst."}
    terugkoppelingen.submit(terugkoppeling=found, by=cast.gemeente, texts=texts)
    return found


# --- writing


def test_looking_at_the_form_stores_nothing(cast: Cast, client_of, overleg: Overleg) -> None:
    page = client_of(cast.gemeente).get(
        reverse("terugkoppeling_write", args=[overleg.casus.code, overleg.pk])
    )
    assert page.status_code == 200
    assert not Terugkoppeling.objects.exists()
    # The record of the overleg is there already, in the panel and in the second rubriek.
    assert page.content.decode().count("vaste begeleider") >= 2


def test_from_draft_to_submitted(cast: Cast, client_of, overleg: Overleg) -> None:
    client, args = client_of(cast.gemeente), [overleg.casus.code, overleg.pk]
    write, check = (
        reverse("terugkoppeling_write", args=args),
        reverse("terugkoppeling_check", args=args),
    )
    half = {**FOUR_TEXTS, "national_advice": ""}
    assert client.post(write, posted(1, **half, save="")).headers["Location"] == write
    found = Terugkoppeling.objects.get()
    assert "Vul dit nog in" in client.get(check).content.decode()
    answer = client.post(check, posted(found.version, not_traceable="on"))
    assert answer.status_code == 422 and not found.versions.exists()
    answer = client.post(write, posted(found.version, **FOUR_TEXTS, check=""))
    assert answer.headers["Location"] == check
    found.refresh_from_db()
    assert client.post(check, posted(found.version)).status_code == 422  # not ticked
    answer = client.post(check, posted(found.version, not_traceable="on"))
    assert answer.headers["Location"] == url("terugkoppeling_detail", found)
    version = found.versions.get()
    assert [text for _, text in version.rubrieken] == list(FOUR_TEXTS.values())
    assert version.format_version == "1"
    assert client.get(write).headers["Location"] == url("terugkoppeling_detail", found)
    mails = Message.objects.filter(subject__startswith="Terugkoppeling ontvangen")
    assert {mail.to for mail in mails} == {cast.portefeuillehouder.email, cast.coordinator.email}
    assert not any("Verzonnen: een inwoner" in mail.body for mail in mails)


def test_before_the_record_there_is_nothing_to_report(cast: Cast, client_of) -> None:
    casus = planned_casus(cast)
    args = [casus.code, casus.overleggen.get().pk]
    answer = client_of(cast.gemeente).get(reverse("terugkoppeling_write", args=args))
    assert answer.status_code == 302 and casus.code in answer.headers["Location"]
    with pytest.raises(Refused):
        terugkoppelingen.open_for(overleg=casus.overleggen.get(), by=cast.gemeente)


def test_personal_data_is_refused_and_the_text_kept(
    cast: Cast, client_of, overleg: Overleg
) -> None:
    write = reverse("terugkoppeling_write", args=[overleg.casus.code, overleg.pk])
    texts = {**FOUR_TEXTS, "case_description": f"Verzonnen: nummer {BSN}."}
    answer = client_of(cast.gemeente).post(write, posted(1, **texts, save=""))
    assert answer.status_code == 422
    assert BSN in answer.content.decode()
    assert not Terugkoppeling.objects.exists()


@pytest.mark.parametrize("name", [name for name, _ in RUBRIEKEN])
def test_every_rubriek_is_required(cast: Cast, name: str) -> None:
    found = draft_terugkoppeling(cast)
    with pytest.raises(Refused) as refusal:
        terugkoppelingen.submit(
            terugkoppeling=found, by=cast.gemeente, texts={**FOUR_TEXTS, name: "  "}
        )
    assert refusal.value.field == name


def test_two_people_write_at_once_and_both_texts_stay(
    cast: Cast, client_of, overleg: Overleg
) -> None:
    write = reverse("terugkoppeling_write", args=[overleg.casus.code, overleg.pk])
    first, second = client_of(cast.gemeente), client_of(cast.procesmanager)
    first.post(write, posted(1, case_description="Tekst van de een.", save=""))
    answer = second.post(write, posted(1, case_description="Tekst van de ander.", save=""))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Tekst van de een." in page and "Tekst van de ander." in page
    assert Terugkoppeling.objects.get().case_description == "Tekst van de een."


def test_the_same_form_twice_has_one_effect(cast: Cast, client_of, overleg: Overleg) -> None:
    found = terugkoppelingen.open_for(overleg=overleg, by=cast.gemeente)
    terugkoppelingen.save_draft(terugkoppeling=found, by=cast.gemeente, texts=FOUR_TEXTS)
    check = reverse("terugkoppeling_check", args=[overleg.casus.code, overleg.pk])
    data = posted(found.version, not_traceable="on")
    client = client_of(cast.gemeente)
    for _ in range(2):
        assert client.post(check, data).status_code == 302
    assert found.versions.count() == 1


def test_somebody_saves_while_the_other_submits(cast: Cast) -> None:
    found = draft_terugkoppeling(cast)
    old = found.version
    terugkoppelingen.save_draft(terugkoppeling=found, by=cast.gemeente, texts=FOUR_TEXTS)
    with pytest.raises(Conflict):
        terugkoppelingen.submit(
            terugkoppeling=found, by=cast.procesmanager, texts=FOUR_TEXTS, version=old
        )
    assert not TerugkoppelingVersion.objects.exists()


@pytest.mark.parametrize("who", ["procesmanager_only", "coordinator"])
def test_only_the_gemeente_writes(cast: Cast, client_of, overleg: Overleg, who: str) -> None:
    user = getattr(cast, who)
    write = reverse("terugkoppeling_write", args=[overleg.casus.code, overleg.pk])
    assert client_of(user).get(write).status_code == 403
    assert client_of(user).post(write, posted(1, save="")).status_code == 403
    with pytest.raises(Forbidden):
        terugkoppelingen.open_for(overleg=overleg, by=user)


@pytest.mark.parametrize("who", ["portefeuillehouder", "themagroep", "outsider"])
def test_the_dossier_stays_out_of_sight(cast: Cast, client_of, overleg: Overleg, who: str) -> None:
    write = reverse("terugkoppeling_write", args=[overleg.casus.code, overleg.pk])
    assert client_of(getattr(cast, who)).get(write).status_code == 404


# --- correcting


def test_a_correction_is_a_new_version_and_the_old_one_stays(
    cast: Cast, client_of, submitted: Terugkoppeling
) -> None:
    client = client_of(cast.gemeente)
    correct = url("terugkoppeling_correct", submitted)
    assert client.post(correct, posted(submitted.version)).status_code == 422
    answer = client.post(correct, posted(submitted.version, reason="Verzonnen: de datum."))
    assert answer.headers["Location"] == url("terugkoppeling_write", submitted, overleg=True)
    submitted.refresh_from_db()
    texts = {**FOUR_TEXTS, "outcomes": "Verzonnen: de tweede tekst."}
    terugkoppelingen.submit(terugkoppeling=submitted, by=cast.gemeente, texts=texts)
    new, old = submitted.versions.all()
    assert (new.number, new.correction_reason) == (2, "Verzonnen: de datum.")
    assert old.outcomes == FOUR_TEXTS["outcomes"]
    page = client.get(url("terugkoppeling_compare", submitted)).content.decode()
    assert old.outcomes in page and new.outcomes in page
    assert client.get(url("terugkoppeling_detail", submitted) + "?versie=3").status_code == 404


def test_a_reader_never_sees_the_unfinished_correction(
    cast: Cast, client_of, submitted: Terugkoppeling
) -> None:
    terugkoppelingen.start_correction(terugkoppeling=submitted, by=cast.gemeente, reason="Reden.")
    terugkoppelingen.save_draft(
        terugkoppeling=submitted, by=cast.gemeente, texts={"outcomes": "Nog niet af."}
    )
    for who in (cast.portefeuillehouder, cast.coordinator, cast.gemeente):
        page = client_of(who).get(url("terugkoppeling_detail", submitted)).content.decode()
        assert "Nog niet af." not in page and FOUR_TEXTS["outcomes"] in page


def test_stopping_a_correction_brings_the_submitted_text_back(
    cast: Cast, client_of, submitted: Terugkoppeling
) -> None:
    terugkoppelingen.start_correction(terugkoppeling=submitted, by=cast.gemeente, reason="Reden.")
    terugkoppelingen.save_draft(
        terugkoppeling=submitted, by=cast.gemeente, texts={"outcomes": "Nog niet af."}
    )
    stop = url("terugkoppeling_stop_correction", submitted)
    client = client_of(cast.gemeente)
    assert client.get(stop).status_code == 200
    assert client.post(stop, posted(submitted.version)).status_code == 302
    submitted.refresh_from_db()
    assert (submitted.status, submitted.outcomes) == ("submitted", FOUR_TEXTS["outcomes"])
    assert submitted.versions.count() == 1


def test_list_and_page_say_both_days_of_a_later_version(
    cast: Cast, client_of, submitted: Terugkoppeling
) -> None:
    first = clock.today()
    with clock.travel(clock.now() + timedelta(days=9)):
        corrected(submitted, cast)
    later = long_date(first + timedelta(days=9))
    client = client_of(cast.coordinator)
    listing = client.get(reverse("terugkoppeling_list")).content.decode()
    assert long_date(first) in listing and f"versie 2 van {later}" in listing
    page = client.get(url("terugkoppeling_detail", submitted))
    facts = dict(page.context["facts"])
    assert facts["Eerste versie ingediend op"] == long_date(first)
    assert facts["Versie 2 ingediend op"] == later
    old = client.get(url("terugkoppeling_detail", submitted) + "?versie=1")
    assert dict(old.context["facts"])["Ingediend op"] == long_date(first)


# --- reading


def test_the_portefeuillehouder_confirms_and_everybody_sees_it(
    cast: Cast, client_of, submitted: Terugkoppeling
) -> None:
    client = client_of(cast.portefeuillehouder)
    listing, detail = reverse("terugkoppeling_list"), url("terugkoppeling_detail", submitted)
    code = submitted.overleg.casus.code
    assert code in client.get(listing, {"gelezen": "nee"}).content.decode()
    data = {"request_id": str(uuid4()), "number": "1"}
    assert client.post(url("terugkoppeling_read", submitted), data).status_code == 302
    receipt = ReadReceipt.objects.get()
    assert receipt.user == cast.portefeuillehouder
    assert receipt.user_name in client_of(cast.gemeente).get(detail).content.decode()
    assert "Ik heb versie 1 gelezen" not in client.get(detail).content.decode()
    assert code not in client.get(listing, {"gelezen": "nee"}).content.decode()
    assert code in client.get(listing, {"gelezen": "ja"}).content.decode()
    corrected(submitted, cast)
    assert code in client.get(listing, {"gelezen": "nee"}).content.decode()


def test_only_the_portefeuillehouder_confirms(
    cast: Cast, client_of, submitted: Terugkoppeling
) -> None:
    address = url("terugkoppeling_read", submitted)
    data = {"request_id": str(uuid4()), "number": "1"}
    for who in (cast.gemeente, cast.coordinator, cast.themagroep):
        assert client_of(who).post(address, data).status_code == 403
    assert client_of(cast.portefeuillehouder).get(address).status_code == 405
    assert not ReadReceipt.objects.exists()


def test_the_portefeuillehouder_gets_no_link_into_the_dossier(
    cast: Cast, client_of, submitted: Terugkoppeling
) -> None:
    for address in (url("terugkoppeling_detail", submitted), reverse("terugkoppeling_list")):
        page = client_of(cast.portefeuillehouder).get(address).content.decode()
        assert "/casussen/" not in page
    own = client_of(cast.gemeente).get(url("terugkoppeling_detail", submitted)).content.decode()
    assert f"/casussen/{submitted.overleg.casus.code}/" in own


def test_a_draft_stays_with_its_gemeente(cast: Cast, client_of) -> None:
    found = draft_terugkoppeling(cast)
    for who in ("portefeuillehouder", "coordinator", "themagroep", "outsider"):
        client = client_of(getattr(cast, who))
        for name in ("terugkoppeling_detail", "terugkoppeling_pdf", "terugkoppeling_docx"):
            assert client.get(url(name, found)).status_code == 404, (who, name)
    assert client_of(cast.gemeente).get(url("terugkoppeling_detail", found)).status_code == 200
    assert client_of(cast.gemeente).get(url("terugkoppeling_pdf", found)).status_code == 404


def test_reading_and_refusing_are_logged(cast: Cast, client_of, submitted: Terugkoppeling) -> None:
    client_of(cast.portefeuillehouder).get(url("terugkoppeling_detail", submitted))
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_type) == ("read", "terugkoppeling")
    assert entry.object_id == submitted.overleg.casus.code
    client_of(cast.outsider).get(url("terugkoppeling_detail", submitted))
    assert AuditEntry.objects.latest("number").action == "refuse"


def test_the_list_has_what_must_be_written_first(cast: Cast, client_of, overleg: Overleg) -> None:
    page = client_of(cast.gemeente).get(reverse("terugkoppeling_list")).content.decode()
    assert reverse("terugkoppeling_write", args=[overleg.casus.code, overleg.pk]) in page
    page = client_of(cast.portefeuillehouder).get(reverse("terugkoppeling_list")).content.decode()
    assert overleg.casus.code not in page
    assert client_of(cast.aanmelder).get(reverse("terugkoppeling_list")).status_code == 403


@pytest.mark.parametrize(
    "query", ["jaar=abc", "gemeente=x&gelezen=misschien", "page=٣", "jaar=9999"]
)
def test_a_strange_filter_is_told_and_breaks_nothing(
    cast: Cast, client_of, submitted: Terugkoppeling, query: str
) -> None:
    answer = client_of(cast.coordinator).get(f"{reverse('terugkoppeling_list')}?{query}")
    assert answer.status_code in (200, 422)


# --- documents


def test_the_pdf_holds_the_version_and_no_dossier(
    cast: Cast, client_of, submitted: Terugkoppeling, tmp_path
) -> None:
    corrected(submitted, cast)
    client = client_of(cast.portefeuillehouder)
    answer = client.get(url("terugkoppeling_pdf", submitted) + "?versie=2")
    assert AuditEntry.objects.latest("number").action == "export"
    code = submitted.overleg.casus.code
    assert f"terugkoppeling-{code}-versie-2.pdf" in answer.headers["Content-Disposition"]
    path = tmp_path / "t.pdf"
    path.write_bytes(answer.content)
    reader = PdfReader(path)
    text = " ".join(page.extract_text() for page in reader.pages)
    for expected in (code, "Enschede", "Versie van het formulier", "de tweede tekst", "vervangt"):
        assert expected in text
    assert cast.gemeente.name not in text
    assert "Verzonnen plan" not in text  # the plan of approach is in the dossier
    assert b"pdfuaid" in answer.content


def test_the_docx_is_the_same_and_is_logged(
    cast: Cast, client_of, submitted: Terugkoppeling
) -> None:
    answer = client_of(cast.themagroep).get(url("terugkoppeling_docx", submitted))
    assert answer.content.startswith(b"PK")
    assert AuditEntry.objects.latest("number").part.startswith("docx")


# --- reminders and work


def test_reminders_go_to_who_writes_and_stop_when_it_is_in(cast: Cast, overleg: Overleg) -> None:
    def reminded() -> set[str]:
        return set(Message.objects.filter(key__startswith="feedback:").values_list("to", flat=True))

    sweeps.remind()
    assert not reminded()
    with clock.travel(clock.now() + timedelta(days=30)):
        sweeps.remind()
        sweeps.remind()
        assert reminded() == {cast.gemeente.email, cast.procesmanager.email}
        count = Message.objects.filter(key__startswith="feedback:").count()
        assert count == 2
        mail = Message.objects.filter(key__startswith="feedback:")[0]
        code = overleg.casus.code
        assert mail.subject == f"Termijn voorbij: dien de terugkoppeling in ({code})"
        assert f"De laatste dag was {long_date(overleg.feedback_due)}." in mail.body
        assert reverse("terugkoppeling_write", args=[code, overleg.pk]) in mail.body
        found = terugkoppelingen.open_for(overleg=overleg, by=cast.gemeente)
        terugkoppelingen.submit(terugkoppeling=found, by=cast.gemeente, texts=FOUR_TEXTS)
    with clock.travel(clock.now() + timedelta(days=60)):
        terugkoppelingen.start_correction(terugkoppeling=found, by=cast.gemeente, reason="Reden.")
        sweeps.remind()
    assert Message.objects.filter(key__startswith="feedback:").count() == count


def test_what_waits_for_whom(cast: Cast, overleg: Overleg) -> None:
    def kinds(user, **expected) -> list[tuple[str, bool]]:
        items = work.for_user(user)
        return [(one.title, one.waiting) for one in items if one.casus_code]

    assert kinds(cast.gemeente) == [("Dien de terugkoppeling in", False)]
    assert kinds(cast.procesmanager) == [("Dien de terugkoppeling in", False)]
    assert kinds(cast.procesmanager_only) == [("Dien de terugkoppeling in", True)]
    assert kinds(cast.coordinator) == [("Dien de terugkoppeling in", True)]
    assert kinds(cast.portefeuillehouder) == []
    found = terugkoppelingen.open_for(overleg=overleg, by=cast.gemeente)
    terugkoppelingen.submit(terugkoppeling=found, by=cast.gemeente, texts=FOUR_TEXTS)
    corrected(found, cast)
    assert kinds(cast.gemeente) == kinds(cast.coordinator) == []
    assert kinds(cast.portefeuillehouder) == [
        ("Lees de terugkoppeling van de gemeente Enschede", False)
    ]
