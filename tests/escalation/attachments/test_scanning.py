"""The virus scanner: no file keeps another closed, nobody waits long, and faults are told of."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from directory.models import User
from escalation.attachments.scanning import sweeps
from escalation.attachments.scanning.sweeps import AT_ONCE, scan_waiting
from escalation.attachments.scanning.work import for_user
from escalation.models import Attachment, AttachmentVersion, Casus, VirusScanner
from outbox.models import Message
from rdm.lib import clamd, clock, private_files
from tests.cast import Cast
from tests.conftest import missing
from tests.escalation.attachments import real_clamd, scanner
from tests.escalation.attachments.attached import PDF, attachment, version
from tests.escalation.attachments.scanner import Scanner
from tests.escalation.overleg.sending import send, text_of
from tests.world import registered_casus

ClientOf = Callable[[User], Client]
PUZZLE = b"puzzel"
ANSWERS = {"kind": "plan", "title": "Verzonnen plan", "audience": "readers", "block": "process"}


@pytest.fixture(autouse=True)
def private(settings: Any, tmp_path: Path) -> Path:
    settings.PRIVATE_DIR = tmp_path / "private"
    return tmp_path


@pytest.fixture
def casus(cast: Cast) -> Casus:
    return registered_casus(cast)


@pytest.fixture
def clam(settings: Any) -> Iterator[Scanner]:
    with scanner.running() as found:
        settings.CLAMAV_URL = found.url
        yield found


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    usual = clock.now
    monkeypatch.setattr(clock, "now", lambda: usual() + by)


def unscanned(casus: Casus, by: User, settings: Any, *contents: bytes) -> list[AttachmentVersion]:
    """Files that came in before there was a scanner, the first of them the oldest."""
    known, settings.CLAMAV_URL = settings.CLAMAV_URL, ""
    made = attachment(casus, by, content=contents[0])
    for content in contents[1:]:
        made.refresh_from_db()
        version(made, by, content)
    settings.CLAMAV_URL = known
    return list(made.versions.order_by("number"))


def mails(person: User) -> list[str]:
    found = Message.objects.filter(to=person.email).order_by("pk")
    return [one.subject for one in found if "viru" in one.subject or "nagekeken" in one.subject]


def test_missing_files_do_not_keep_the_others_closed(
    cast: Cast, casus: Casus, settings: Any, clam: Scanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as a sweep takes; each is put aside, told of once and tried again later."""
    by = cast.procesmanager
    *gone, there = unscanned(casus, by, settings, *[PDF] * (AT_ONCE + 1))
    for one in gone:
        private_files.remove(one.key)
    assert (scan_waiting(), scan_waiting()) == (0, 1)
    there.refresh_from_db()
    assert there.scan == "clean"
    states = AttachmentVersion.objects.exclude(pk=there.pk).values_list("scan", "scan_why")
    assert set(states) == {("unjudged", "missing")}
    assert len(mails(by)) == AT_ONCE and len(mails(cast.admin)) == 1
    # The bytes were put back.
    private_files.write(gone[0].key, [PDF])
    assert scan_waiting() == 0
    later(monkeypatch, timedelta(minutes=3))
    assert scan_waiting() == 1
    assert len(mails(by)) == AT_ONCE


def test_a_file_without_a_verdict_does_not_keep_the_others_closed(
    cast: Cast, client_of: ClientOf, casus: Casus, settings: Any, clam: Scanner
) -> None:
    """The scanner answers, and about this one it says nothing useful; both people hear of it."""
    clam.puzzle = PUZZLE
    by = cast.procesmanager
    first, second = unscanned(casus, by, settings, PDF.replace(b"%%EOF", PUZZLE + b"%%EOF"), PDF)
    assert scan_waiting() == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.scan, first.scan_why, second.scan) == ("unjudged", "failed", "clean")
    assert not VirusScanner.objects.filter(away_since__isnull=False).exists()
    client = client_of(by)
    page = text_of(client.get(reverse("attachment_detail", args=[casus.code, first.attachment_id])))
    assert "Kan niet worden nagekeken" in page and "De virusscanner komt er niet uit" in page
    opened = client.get(reverse("attachment_open", args=[casus.code, first.attachment_id, 1]))
    assert opened.status_code == 403
    assert mails(by) == [f"Een bijlage kan niet worden nagekeken ({casus.code})"]
    assert mails(cast.admin) == ["Bijlagen die niet worden nagekeken"]
    (own,), (told,) = for_user(by), for_user(cast.admin)
    assert (own.waiting, own.casus_code) == (False, casus.code)
    assert "1 bijlage kan niet" in told.title and not told.casus_code
    beheer = text_of(client_of(cast.admin).get(told.url))
    assert "De virusscanner kwam er niet uit" in beheer
    assert casus.code not in beheer and "Verzonnen plan" not in beheer
    assert client.get(told.url).status_code == 403
    # Nobody else hears of it, and somebody who cannot see it any more does not either.
    assert for_user(cast.gemeente) == []


def test_who_cannot_see_it_any_more_hears_nothing(
    cast: Cast, casus: Casus, settings: Any, clam: Scanner
) -> None:
    by = cast.procesmanager
    unscanned(casus, by, settings, PDF)
    private_files.remove(AttachmentVersion.objects.get().key)
    by.memberships.update(ended_at=clock.now())
    scan_waiting()
    assert mails(by) == [] and mails(cast.admin) == ["Bijlagen die niet worden nagekeken"]


def test_a_file_that_takes_the_scanner_down_is_not_the_first_again(
    cast: Cast, casus: Casus, settings: Any, clam: Scanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started anew by then: the next sweep begins with another file, and in the end it is put
    aside."""
    by = cast.procesmanager
    first, _ = unscanned(casus, by, settings, PDF.replace(b"%%EOF", PUZZLE + b"%%EOF"), PDF)
    usual, asked = clamd.scan, []

    def falls(address: str, chunks: Any, *, seconds: float) -> clamd.Verdict:
        content = b"".join(chunks)
        asked.append(content)
        # A scanner that fell is away for the question right after it.
        if PUZZLE in content or (len(asked) > 1 and PUZZLE in asked[-2]):
            raise clamd.Unavailable("ConnectionResetError")
        return usual(address, [content], seconds=seconds)

    monkeypatch.setattr(clamd, "scan", falls)
    assert (scan_waiting(), scan_waiting()) == (0, 1)
    first.refresh_from_db()
    assert first.scan == "unscanned"
    for _ in range(2):
        later(monkeypatch, timedelta(hours=1))
        scan_waiting()
    first.refresh_from_db()
    assert (first.scan, first.scan_why) == ("unjudged", "failed")


def test_a_scanner_that_hangs_lets_nobody_wait_long(
    cast: Cast,
    client_of: ClientOf,
    casus: Casus,
    clam: Scanner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three seconds for the first one; once it is known, nobody waits for it."""
    assert clamd.PATIENCE <= 3
    monkeypatch.setattr(clamd, "PATIENCE", 0.5)
    clam.hangs = True
    client, add = client_of(cast.procesmanager), reverse("attachment_add", args=[casus.code])

    def seconds() -> float:
        file = SimpleUploadedFile("plan.pdf", PDF)
        begun = time.monotonic()
        answer = send(client, add, **ANSWERS, file=file)
        assert answer.status_code == 302
        return time.monotonic() - begun

    assert seconds() >= 0.5
    page = text_of(client.get(reverse("casus_detail", args=[casus.code])))
    assert "wordt nagekeken op virussen" in page
    assert AttachmentVersion.objects.get().scan == "waiting"
    monkeypatch.setattr(sweeps.clamd, "works", lambda _: False)
    assert scan_waiting() == 0
    before = len(clam.seen)
    seconds()
    assert len(clam.seen) == before


def test_a_scanner_that_is_away_is_told_of_and_no_file_gets_the_blame(
    cast: Cast,
    client_of: ClientOf,
    casus: Casus,
    settings: Any,
    clam: Scanner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known, settings.CLAMAV_URL = settings.CLAMAV_URL, "tcp://127.0.0.1:9"
    by = cast.procesmanager
    attachment(casus, by)
    scan_waiting()
    # It may only be starting.
    assert mails(cast.admin) == [] and for_user(by) == []
    later(monkeypatch, timedelta(minutes=6))
    scan_waiting()
    scan_waiting()
    assert mails(cast.admin) == ["De virusscanner doet het niet"]
    (told,), (own,) = for_user(cast.admin), for_user(by)
    assert "doet het niet" in told.title and own.waiting
    assert "sinds" in text_of(client_of(cast.admin).get(told.url))
    waiting = AttachmentVersion.objects.get()
    assert (waiting.scan, waiting.scan_tries) == ("waiting", 0)
    settings.CLAMAV_URL = known
    assert scan_waiting() == 1
    assert for_user(cast.admin) == [] and for_user(by) == []


@pytest.mark.once
def test_with_the_real_scanner(
    cast: Cast, client_of: ClientOf, casus: Casus, settings: Any, tmp_path: Path
) -> None:
    """A clean file, one with a signature and one over the limit, at once and by the sweep."""
    if real_clamd.PROGRAM is None:
        missing("clamd (apt-get install clamav-daemon)")
    harmful = PDF.replace(b"%%EOF", b"%" + real_clamd.MARKER + b"\n%%EOF")
    large = PDF + b"%" * (2 * real_clamd.MOST) + b"\n%%EOF\n"
    by = cast.procesmanager
    client, add = client_of(by), reverse("attachment_add", args=[casus.code])
    with real_clamd.running(tmp_path) as settings.CLAMAV_URL:
        for content, status in ((harmful, 422), (PDF, 302), (large, 302)):
            file = SimpleUploadedFile("plan.pdf", content)
            assert send(client, add, **ANSWERS, file=file).status_code == status
        assert "te groot voor de virusscanner" in text_of(
            client.get(add.replace("bijlagen/nieuw/", ""))
        )
        clean, over = AttachmentVersion.objects.order_by("pk")
        assert (clean.scan, over.scan, over.scan_why) == ("clean", "unjudged", "large")
        Attachment.objects.all().delete()
        made = unscanned(casus, by, settings, harmful, large, PDF)
        assert scan_waiting() == 2
        for one in made:
            one.refresh_from_db()
        assert [one.scan for one in made] == ["infected", "unjudged", "clean"]
        assert made[1].scan_why == "large"
