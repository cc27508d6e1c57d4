"""Files with a casus: who sees them, their versions, their end, and rows and bytes together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from demo import walk
from directory.models import User
from escalation.attachments import actions as attachments
from escalation.attachments import intake as files
from escalation.attachments import sweeps as file_sweeps
from escalation.attachments.scanning.sweeps import scan_waiting
from escalation.blocks import Block
from escalation.models import Attachment, AttachmentVersion, Casus, Event, LeftOverFile
from escalation.sharing import actions as sharing
from rdm.lib import clock, private_files
from rdm.lib.refusal import Conflict, Forbidden, Refused
from tests.cast import Cast, person
from tests.escalation.attachments import scanner
from tests.escalation.attachments.attached import PDF, attachment, bytes_of, upload, version
from tests.escalation.attachments.scanner import EICAR, Scanner
from tests.escalation.overleg.sending import hidden, send, text_of
from tests.world import closed_casus, draft_casus, registered_casus, submitted_casus

ClientOf = Callable[[User], Client]
SECOND = PDF.replace(b"1.7", b"1.6")


@pytest.fixture(autouse=True)
def private(settings: Any, tmp_path: Path) -> Path:
    settings.PRIVATE_DIR = tmp_path
    return tmp_path


@pytest.fixture
def casus(cast: Cast) -> Casus:
    """Registered by Enschede, shared with SCOT."""
    made = registered_casus(cast)
    walk.shared(made, cast.procesmanager, cast.scot)
    return made


def on_disk(private: Path) -> list[bytes]:
    return [path.read_bytes() for path in private.rglob("*") if path.is_file()]


def url(name: str, of: Attachment, *more: int) -> str:
    return reverse(name, args=[of.casus.code, of.pk, *more])


def posted(**more: Any) -> dict[str, Any]:
    return {
        "kind": "plan",
        "title": "Verzonnen plan",
        "audience": "readers",
        "block": "process",
        "file": SimpleUploadedFile("plan.pdf", PDF),
        **more,
    }


# --- Adding and opening ---------------------------------------------------------------------------


def test_somebody_adds_a_file_and_another_opens_it(
    cast: Cast, client_of: ClientOf, casus: Casus
) -> None:
    add = reverse("attachment_add", args=[casus.code])
    assert send(client_of(cast.client_support), add, **posted()).status_code == 302
    made = Attachment.objects.get()
    assert (made.organisation, made.block) == (cast.scot, "process")
    reader = client_of(cast.gemeente)
    page = text_of(reader.get(reverse("casus_detail", args=[casus.code])))
    assert "Verzonnen plan" in page and "versie 1 van" in page
    assert "Bijlage toegevoegd: plan van aanpak" in page
    opened = reader.get(url("attachment_open", made, 1))
    assert bytes_of(opened) == PDF
    assert opened.headers["Content-Type"] == "application/pdf"
    assert opened.headers["Content-Disposition"] == (
        f'attachment; filename="{casus.code}-bijlage-{made.pk}-versie-1.pdf"'
    )
    assert opened.headers["X-Content-Type-Options"] == "nosniff"
    assert opened.headers["Cache-Control"] == "no-store"
    assert opened.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_no_byte_goes_out_without_a_row(
    cast: Cast, client_of: ClientOf, casus: Casus, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = attachment(casus, cast.procesmanager)
    client = client_of(cast.client_support)
    client.raise_request_exception = False
    client.get(url("attachment_open", made, 1))
    row = AuditEntry.objects.filter(action="export").latest("number")
    assert (row.object_id, row.part) == (casus.code, f"attachment-{made.pk}:version-1")
    assert row.actor_id == str(cast.client_support.pk)

    def broken(**_: Any) -> None:
        raise RuntimeError("het logboek is vol")

    monkeypatch.setattr("audit.log.record", broken)
    answer = client.get(url("attachment_open", made, 1))
    assert answer.status_code == 500 and not answer.streaming and PDF not in answer.content


def test_no_web_server_finds_the_file(cast: Cast, casus: Casus, settings: Any) -> None:
    attachment(casus, cast.procesmanager)
    key = AttachmentVersion.objects.get().key
    for path in (f"/static/{key[:2]}/{key}", f"/private/{key[:2]}/{key}", f"/{key}"):
        assert Client().get(path).status_code == 404
    for folder in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS):
        assert not Path(settings.PRIVATE_DIR).is_relative_to(folder)


def test_a_key_can_only_be_a_key() -> None:
    for bad in ("../../etc/passwd", "", "A" * 32, "a" * 31, "a" * 32 + "\n"):
        with pytest.raises(ValueError, match="not a key"):
            private_files.open_file(bad)


def test_a_file_that_is_not_on_the_server_says_so(
    cast: Cast, client_of: ClientOf, casus: Casus
) -> None:
    made = attachment(casus, cast.procesmanager)
    private_files.remove(AttachmentVersion.objects.get().key)
    answer = client_of(cast.procesmanager).get(url("attachment_open", made, 1))
    assert answer.status_code == 403 and "staat niet op de server" in text_of(answer)


def test_a_draft_and_a_closed_casus_take_no_file(cast: Cast, client_of: ClientOf) -> None:
    for casus in (draft_casus(cast), closed_casus(cast)):
        answer = client_of(cast.procesmanager).get(reverse("attachment_add", args=[casus.code]))
        assert answer.status_code == 403
        with pytest.raises(Refused):
            attachment(casus, cast.procesmanager)
    assert not LeftOverFile.objects.exists()


# --- Who sees it ----------------------------------------------------------------------------------


def test_for_the_own_organisation_only(cast: Cast, client_of: ClientOf) -> None:
    casus = submitted_casus(cast)
    for organisation in (cast.scot, cast.mediant):
        walk.shared(casus, cast.procesmanager, organisation)
    made = attachment(casus, cast.client_support, audience="own", title="Eigen verslag")
    version(made, cast.client_support, note="Verbeterd")
    colleague = person("collega@voorbeeld.example", "Noor Papier", [("scot", "clientondersteuner")])
    contact = person("contact@voorbeeld.example", "Sam Karton", [("scot", "tafelcontact")])
    sees = {cast.client_support: 200, colleague: 200, cast.coordinator: 200}
    hidden_for = {cast.procesmanager: 404, cast.aanmelder: 404, cast.outsider: 404, contact: 404}
    for user, status in {**sees, **hidden_for}.items():
        client = client_of(user)
        for name, more in (
            ("attachment_detail", ()),
            ("attachment_open", (1,)),
            ("attachment_version", ()),
            ("attachment_withdraw", ()),
            ("attachment_remove_version", (1,)),
        ):
            assert client.get(url(name, made, *more)).status_code == status, (user.name, name)
        seen = Attachment.objects.visible_to(user).filter(pk=made.pk).exists()
        assert seen == (status == 200)
    # Nor does anything else tell that it is there.
    client = client_of(cast.procesmanager)
    for name in ("casus_detail", "casus_timeline"):
        page = text_of(client.get(reverse(name, args=[casus.code])))
        assert "Eigen verslag" not in page and "Bijlage toegevoegd" not in page
        assert "Nieuwe versie" not in page
    attachments.withdraw_attachment(attachment=made, by=cast.coordinator, reason="Verzonnen.")
    assert "ingetrokken" not in text_of(client.get(reverse("casus_timeline", args=[casus.code])))


def test_only_who_reads_its_block_sees_it(cast: Cast) -> None:
    """In lists and pages, and nobody adds something to a block that is not theirs (O-09)."""
    casus = registered_casus(cast)
    walk.shared(casus, cast.gemeente, cast.scot, blocks=frozenset({Block.CARE}))
    made = {one: attachment(casus, cast.gemeente, block=one, title=one) for one in Block}
    seen = Attachment.objects.visible_to(cast.client_support)
    assert {one.block for one in seen} == {Block.CARE}
    client = Client()
    client.force_login(cast.client_support)
    page = client.get(reverse("casus_detail", args=[casus.code])).content.decode()
    assert url("attachment_detail", made[Block.CARE]) in page
    for hidden_block in (Block.SAFETY, Block.PROCESS):
        hidden_one = made[hidden_block]
        assert url("attachment_detail", hidden_one) not in page
        assert client.get(url("attachment_detail", hidden_one)).status_code == 404
        assert client.get(url("attachment_open", hidden_one, 1)).status_code == 404
    told = Event.objects.filter(casus=casus, kind="attachment_added")
    assert {one.blocks for one in told} == set(Block.values)
    with pytest.raises(Forbidden):
        attachment(casus, cast.client_support, block=Block.SAFETY)


def test_the_coordinator_sees_it_from_trede_3_on(cast: Cast) -> None:
    """Also one who sees the casus before that for another reason."""
    casus = registered_casus(cast)
    made = attachment(casus, cast.gemeente, audience="own")
    walk.shared(casus, cast.gemeente, cast.scot)
    both = person("allebei@voorbeeld.example", "Jip Dubbel", [("scot", "clientondersteuner")])
    both = person(both.email, both.name, [("zvh-twente", "coordinator")])
    assert Casus.objects.visible_to(both).filter(pk=casus.pk).exists()
    assert not Attachment.objects.visible_to(both).filter(pk=made.pk).exists()
    Casus.objects.filter(pk=casus.pk).update(first_submitted_at=clock.now())
    assert Attachment.objects.visible_to(both).filter(pk=made.pk).exists()


def test_sharing_that_ended_closes_the_files_at_once(
    cast: Cast, client_of: ClientOf, casus: Casus
) -> None:
    made, own = (attachment(casus, cast.client_support, audience=one) for one in ("readers", "own"))
    client = client_of(cast.client_support)
    assert client.get(url("attachment_open", own, 1)).status_code == 200
    sharing.end_involvement(involvement=casus.involvements.get(), by=cast.procesmanager)
    for one in (made, own):
        assert client.get(url("attachment_open", one, 1)).status_code == 404
        assert client.get(url("attachment_detail", one)).status_code == 404


# --- Versions -------------------------------------------------------------------------------------


def test_a_newer_version_stands_first_and_the_older_stays(
    cast: Cast, client_of: ClientOf, casus: Casus
) -> None:
    made = attachment(casus, cast.procesmanager)
    client = client_of(cast.client_support)
    file = SimpleUploadedFile("beter.pdf", SECOND)
    answer = send(client, url("attachment_version", made), file=file, note="Met een planning")
    assert answer.status_code == 302
    assert bytes_of(client.get(url("attachment_open", made, 2))) == SECOND
    assert bytes_of(client.get(url("attachment_open", made, 1))) == PDF
    page = text_of(client.get(url("attachment_detail", made)))
    assert "beter.pdf. Met een planning" in page
    assert page.index("Open versie 2") < page.index("Open versie 1")
    detail = text_of(client.get(reverse("casus_detail", args=[casus.code])))
    assert "versie 2 van" in detail and "versie 1 van" not in detail
    assert client.get(url("attachment_open", made, 3)).status_code == 404


def test_who_was_second_hears_it_and_leaves_no_file(
    cast: Cast, client_of: ClientOf, casus: Casus, private: Path
) -> None:
    made = attachment(casus, cast.procesmanager)
    client = client_of(cast.gemeente)
    form = hidden(client.get(url("attachment_version", made)).context["form"])
    version(made, cast.procesmanager, SECOND)
    answer = client.post(
        url("attachment_version", made),
        {**form, "file": SimpleUploadedFile("plan.pdf", PDF), "note": "Mijn eigen woorden"},
    )
    assert answer.status_code == 409 and "Mijn eigen woorden" in answer.content.decode()
    assert len(on_disk(private)) == 2 and made.versions.count() == 2
    with pytest.raises(Conflict):
        version(Attachment.objects.get(pk=made.pk), cast.gemeente, version=1)


# --- The end of it --------------------------------------------------------------------------------


def test_withdrawn_its_bytes_are_gone_at_once(
    cast: Cast,
    client_of: ClientOf,
    casus: Casus,
    private: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    made, other = (attachment(casus, cast.procesmanager, title=one) for one in ("Weg", "Blijft"))
    version(made, cast.procesmanager, SECOND, note="Mijn notitie")
    assert len(on_disk(private)) == 3
    client = client_of(cast.procesmanager)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(client, url("attachment_withdraw", made), reason="Te veel").status_code == 302
        # Not before the row says so for good.
        assert len(on_disk(private)) == 3
    assert on_disk(private) == [PDF]
    assert not LeftOverFile.objects.exists()
    page = text_of(client.get(url("attachment_detail", made)))
    assert "Ingetrokken bijlage" in page and "Te veel" in page
    assert cast.procesmanager.name in page
    kept = str([*Attachment.objects.filter(pk=made.pk).values(), *made.versions.values()])
    for gone in ("Weg", "plan.pdf", "Mijn notitie"):
        assert gone not in kept
    for number in (1, 2):
        answer = client.get(url("attachment_open", made, number))
        assert answer.status_code == 403 and "is verwijderd" in text_of(answer)
    assert bytes_of(client.get(url("attachment_open", other, 1))) == PDF
    assert client.get(url("attachment_version", made)).status_code == 403
    assert client.get(url("attachment_withdraw", made)).status_code == 403
    for again in (
        lambda: attachments.withdraw_attachment(attachment=made, by=cast.gemeente, reason="x"),
        lambda: version(Attachment.objects.get(pk=made.pk), cast.gemeente),
    ):
        with pytest.raises(Refused):
            again()
    assert "Bijlage ingetrokken" in text_of(
        client.get(reverse("casus_timeline", args=[casus.code]))
    )


def test_who_may_withdraw(cast: Cast, client_of: ClientOf, casus: Casus) -> None:
    """The own organisation, and who carries the casus; also after it was closed."""
    ours, theirs = attachment(casus, cast.gemeente), attachment(casus, cast.client_support)
    answer = client_of(cast.client_support).get(url("attachment_withdraw", ours))
    assert answer.status_code == 403 and "Deze bijlage is van" in text_of(answer)
    assert "Trek de bijlage in" not in text_of(
        client_of(cast.client_support).get(url("attachment_detail", ours))
    )
    with pytest.raises(Forbidden):
        attachments.withdraw_attachment(attachment=ours, by=cast.client_support, reason="x")
    attachments.withdraw_attachment(attachment=theirs, by=cast.client_support, reason="x")
    Casus.objects.filter(pk=casus.pk).update(status="closed", closed_at=clock.now())
    ours = Attachment.objects.get(pk=ours.pk)
    attachments.withdraw_attachment(attachment=ours, by=cast.gemeente, reason="x")
    with pytest.raises(Refused, match="Leg uit"):
        third = attachment(registered_casus(cast), cast.gemeente)
        attachments.withdraw_attachment(attachment=third, by=cast.gemeente, reason=" ")


def both_added(cast: Cast, casus: Casus) -> Attachment:
    """One of Enschede, of which SCOT added the second version."""
    made = attachment(casus, cast.procesmanager)
    version(made, cast.client_support, SECOND, note="Mijn notitie")
    return made


def test_who_added_a_wrong_version_takes_that_one_back(
    cast: Cast,
    client_of: ClientOf,
    casus: Casus,
    private: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    made = both_added(cast, casus)
    client = client_of(cast.client_support)
    page = text_of(client.get(url("attachment_detail", made)))
    assert "Verwijder versie 2" in page and "Verwijder versie 1" not in page
    remove = url("attachment_remove_version", made, 2)
    assert "De andere versies blijven" in text_of(client.get(remove))
    with django_capture_on_commit_callbacks(execute=True):
        assert send(client, remove, reason="Verkeerd bestand").status_code == 302
        assert len(on_disk(private)) == 2
    assert on_disk(private) == [PDF] and not LeftOverFile.objects.exists()
    assert "Mijn notitie" not in str(list(made.versions.values()))
    page = text_of(client.get(url("attachment_detail", made)))
    assert "Versie 1. Versie 2 is verwijderd." in page
    assert f"Verwijderd door {cast.client_support.name}" in page and "Verkeerd bestand" in page
    assert client.get(url("attachment_open", made, 2)).status_code == 403
    assert bytes_of(client.get(url("attachment_open", made, 1))) == PDF
    detail = text_of(client.get(reverse("casus_detail", args=[casus.code])))
    assert "versie 1 van" in detail and "Versie 2 is verwijderd" in detail
    timeline = text_of(client.get(reverse("casus_timeline", args=[casus.code])))
    assert "Versie 2 van een bijlage verwijderd: plan van aanpak" in timeline
    told = Event.objects.get(kind="attachment_withdrawn")
    assert (told.blocks, told.text) == (made.block, "Verkeerd bestand")
    part = f"withdraw_attachment:attachment-{made.pk}:version-2"
    assert AuditEntry.objects.filter(object_id=casus.code, part=part).count() == 1
    # A number is never used twice.
    version(Attachment.objects.get(pk=made.pk), cast.client_support, SECOND)
    assert bytes_of(client.get(url("attachment_open", made, 3))) == SECOND


def test_who_may_remove_a_version(cast: Cast, client_of: ClientOf, casus: Casus) -> None:
    """Whose organisation added it, and who may take all of it away; nobody takes another's."""
    made = both_added(cast, casus)
    answer = client_of(cast.client_support).get(url("attachment_remove_version", made, 1))
    assert answer.status_code == 403 and f"Deze versie is van {cast.enschede}" in text_of(answer)
    with pytest.raises(Forbidden):
        remove(made, 1, cast.client_support)
    with pytest.raises(Refused, match="Leg uit"):
        remove(made, 2, cast.client_support, " ")
    with pytest.raises(Refused, match="bestaat niet"):
        remove(made, 3, cast.client_support)
    assert (
        client_of(cast.gemeente).get(url("attachment_remove_version", made, 3)).status_code == 404
    )
    # Also after the casus was closed, and by who carries it.
    Casus.objects.filter(pk=casus.pk).update(status="closed", closed_at=clock.now())
    made = Attachment.objects.get(pk=made.pk)
    remove(made, 2, cast.gemeente)
    with pytest.raises(Refused, match="is verwijderd"):
        remove(made, 2, cast.gemeente)
    with pytest.raises(Conflict):
        remove(made, 1, cast.gemeente, version=1)


def remove(of: Attachment, number: int, by: User, reason: str = "x", **more: Any) -> None:
    attachments.remove_version(attachment=of, number=number, by=by, reason=reason, **more)


def test_without_any_file_left_it_says_so(cast: Cast, client_of: ClientOf, casus: Casus) -> None:
    """It stays: who added it may have a better file."""
    made = attachment(casus, cast.gemeente)
    client = client_of(cast.gemeente)
    page = text_of(client.get(url("attachment_remove_version", made, 1)))
    assert "Daarna is er geen bestand meer" in page
    remove(made, 1, cast.gemeente)
    assert "Er is geen bestand meer bij deze bijlage" in text_of(
        client.get(url("attachment_detail", made))
    )
    detail = text_of(client.get(reverse("casus_detail", args=[casus.code])))
    assert "geen bestand meer" in detail and "versie 1 van" not in detail
    version(Attachment.objects.get(pk=made.pk), cast.gemeente, SECOND)
    assert bytes_of(client.get(url("attachment_open", made, 2))) == SECOND


def test_the_timeline_does_not_tell_of_a_version_for_the_own_organisation(
    cast: Cast, casus: Casus
) -> None:
    made = attachment(casus, cast.client_support, audience="own")
    remove(made, 1, cast.client_support, "Geheim")
    assert not Event.objects.filter(kind__startswith="attachment").exists()


def test_all_of_a_casus_can_be_destroyed(
    cast: Cast, casus: Casus, private: Path, django_capture_on_commit_callbacks: Any
) -> None:
    made = attachment(casus, cast.procesmanager)
    version(made, cast.procesmanager)
    attachment(casus, cast.client_support, audience="own")
    kept = attachment(registered_casus(cast), cast.procesmanager, content=SECOND)
    with django_capture_on_commit_callbacks(execute=True):
        assert attachments.destroy_attachments(casus=casus, by=cast.gemeente) == 3
    assert list(Attachment.objects.all()) == [kept]
    assert on_disk(private) == [SECOND]
    assert not LeftOverFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_destruction_that_is_rolled_back_keeps_the_bytes(cast: Cast, private: Path) -> None:
    made = attachment(registered_casus(cast), cast.procesmanager)
    with pytest.raises(RuntimeError), transaction.atomic():
        attachments.destroy_attachments(casus=made.casus, by=cast.gemeente)
        raise RuntimeError
    assert on_disk(private) == [PDF] and made.versions.exists()
    attachments.destroy_attachments(casus=made.casus, by=cast.gemeente)
    assert on_disk(private) == []


# --- Rows and bytes together ----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_failed_transaction_leaves_no_file(
    cast: Cast, client_of: ClientOf, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    casus = registered_casus(cast)
    client = client_of(cast.procesmanager)
    client.raise_request_exception = False
    add = reverse("attachment_add", args=[casus.code])
    form = hidden(client.get(add).context["form"])
    seen = []

    def broken(**_: Any) -> None:
        seen.extend(on_disk(private))
        raise RuntimeError("het logboek is vol")

    monkeypatch.setattr("escalation.change.log.record", broken)
    assert client.post(add, {**form, **posted()}).status_code == 500
    monkeypatch.undo()
    # It was there, and it is gone.
    assert seen == [PDF] and on_disk(private) == []
    assert not Attachment.objects.exists() and not LeftOverFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_sent_twice_is_one_attachment_and_one_file(
    cast: Cast, client_of: ClientOf, private: Path
) -> None:
    casus = registered_casus(cast)
    client, once = client_of(cast.procesmanager), {"request_id": str(uuid4())}
    add = reverse("attachment_add", args=[casus.code])
    for _ in range(2):
        assert client.post(add, {**once, **posted()}).status_code == 302
    assert Attachment.objects.count() == 1 and on_disk(private) == [PDF]


def test_what_broke_halfway_is_swept_up_and_nothing_else(
    cast: Cast, casus: Casus, private: Path
) -> None:
    attachment(casus, cast.procesmanager, content=SECOND)
    for content in (b"half", None):
        key = attachments.reserve_key()
        if content:
            private_files.write(key, [content])
    # A file that no row knows is not ours to judge: this may be the wrong database.
    private_files.write(private_files.new_key(), [b"vreemd"])
    assert file_sweeps.remove_left_over() == 0
    with clock.travel(clock.now() + timedelta(hours=2)):
        assert file_sweeps.remove_left_over() == 2
    assert sorted(on_disk(private)) == sorted([SECOND, b"vreemd"])
    assert not LeftOverFile.objects.exists()


def test_a_key_that_was_swept_up_cannot_be_used(cast: Cast, casus: Casus) -> None:
    with pytest.raises(Refused, match="te lang"), files.taken_in(upload()) as file:
        attachments.remove_left_over(keys=[file.key])
        attachments.add_attachment(
            casus=casus, by=cast.procesmanager, kind="plan", title="x", file=file
        )


def test_what_could_not_be_removed_is_tried_again(
    cast: Cast,
    casus: Casus,
    private: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    made = attachment(casus, cast.procesmanager)

    def broken(key: str) -> None:
        raise OSError("de schijf is even weg")

    monkeypatch.setattr(private_files, "remove", broken)
    with django_capture_on_commit_callbacks(execute=True):
        attachments.withdraw_attachment(attachment=made, by=cast.procesmanager, reason="x")
    assert on_disk(private) == [PDF] and LeftOverFile.objects.count() == 1
    monkeypatch.undo()
    assert file_sweeps.remove_left_over() == 1
    assert not LeftOverFile.objects.exists()


def test_the_database_refuses_nonsense(cast: Cast, casus: Casus) -> None:
    made = attachment(casus, cast.procesmanager)
    for rows, nonsense in (
        (made.versions.all(), {"key": ""}),
        (made.versions.all(), {"gone_at": clock.now()}),
        (made.versions.all(), {"scan": "infected"}),
        (made.versions.all(), {"removed_by_name": "x", "remove_reason": "x"}),
        (Attachment.objects.all(), {"withdrawn_at": clock.now()}),
        (Attachment.objects.all(), {"title": ""}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**nonsense)


# --- The virus scanner ----------------------------------------------------------------------------


@pytest.fixture
def clam(settings: Any) -> Any:
    with scanner.running() as found:
        settings.CLAMAV_URL = found.url
        yield found


def test_a_virus_is_refused(
    cast: Cast, client_of: ClientOf, casus: Casus, private: Path, clam: Scanner
) -> None:
    infected = PDF.replace(b"%%EOF", EICAR + b"\n%%EOF")
    add = reverse("attachment_add", args=[casus.code])
    client = client_of(cast.procesmanager)
    answer = send(client, add, **posted(file=SimpleUploadedFile("plan.pdf", infected)))
    assert answer.status_code == 422 and "zit een virus" in text_of(answer)
    assert clam.seen == [infected]
    assert on_disk(private) == [] and not Attachment.objects.exists()
    assert not LeftOverFile.objects.exists()
    assert send(client, add, **posted()).status_code == 302
    made = Attachment.objects.get()
    assert bytes_of(client.get(url("attachment_open", made, 1))) == PDF
    assert "Geen virus gevonden" in text_of(client.get(url("attachment_detail", made)))


def test_with_the_scanner_down_a_file_waits_and_nobody_opens_it(
    cast: Cast, client_of: ClientOf, casus: Casus, private: Path, settings: Any, clam: Scanner
) -> None:
    settings.CLAMAV_URL = "tcp://127.0.0.1:9"
    client = client_of(cast.procesmanager)
    add = reverse("attachment_add", args=[casus.code])
    assert send(client, add, **posted()).status_code == 302
    made = Attachment.objects.get()
    answer = client.get(url("attachment_open", made, 1))
    assert answer.status_code == 403 and "virusscanner" in text_of(answer)
    assert on_disk(private) == [PDF]
    page = client.get(url("attachment_detail", made))
    assert f'"{url("attachment_open", made, 1)}"' not in page.content.decode()
    detail = text_of(client.get(reverse("casus_detail", args=[casus.code])))
    assert "Wacht op de virusscanner" in detail
    assert scan_waiting() == 0
    # Nor does an answer that is no verdict open it.
    settings.CLAMAV_URL, clam.answer = clam.url, b"INSTREAM size limit exceeded. ERROR"
    assert scan_waiting() == 0
    assert client.get(url("attachment_open", made, 1)).status_code == 403
    # Switching the scanner off does not either.
    settings.CLAMAV_URL = ""
    assert client.get(url("attachment_open", made, 1)).status_code == 403
    settings.CLAMAV_URL, clam.answer = clam.url, None
    assert scan_waiting() == 1
    assert bytes_of(client.get(url("attachment_open", made, 1))) == PDF
    assert scan_waiting() == 0


def test_a_virus_that_is_found_later_goes_at_once(
    cast: Cast,
    client_of: ClientOf,
    casus: Casus,
    private: Path,
    settings: Any,
    clam: Scanner,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """Also in a file from before there was a scanner; the other versions stay."""
    known, settings.CLAMAV_URL = clam.url, ""
    infected = PDF.replace(b"%%EOF", EICAR + b"\n%%EOF")
    made = attachment(casus, cast.procesmanager, content=infected)
    version(made, cast.procesmanager, SECOND)
    client = client_of(cast.gemeente)
    assert client.get(url("attachment_open", made, 1)).status_code == 200
    settings.CLAMAV_URL = known
    assert client.get(url("attachment_open", made, 1)).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert scan_waiting() == 2
    assert on_disk(private) == [SECOND]
    assert client.get(url("attachment_open", made, 1)).status_code == 403
    assert bytes_of(client.get(url("attachment_open", made, 2))) == SECOND
    page = text_of(client.get(url("attachment_detail", made)))
    assert "Virus gevonden, verwijderd" in page
    assert "zat een virus" in text_of(client.get(reverse("casus_timeline", args=[casus.code])))


def test_the_scanner_is_not_asked_inside_the_transaction(
    cast: Cast, casus: Casus, clam: Scanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may take seconds, and meanwhile nobody else could write."""
    depth: list[int] = []
    usual = files.answer_about

    def noted(key: str) -> Any:
        depth.append(len(connection.savepoint_ids))
        return usual(key)

    monkeypatch.setattr(files, "answer_about", noted)
    outside = len(connection.savepoint_ids)
    attachment(casus, cast.procesmanager)
    assert depth == [outside]
