"""What is beside the casussen and grows with them: the log of readers, and the mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection
from tqdm import tqdm

from audit import chain, log, triggers
from audit.models import AuditEntry, AuditHead
from directory.models import Organisation, Role, User
from directory.people.invitations import actions as invitations
from escalation.models import Casus
from escalation.oversight.unusual import actions as oversight
from outbox.models import Message
from rdm.lib import clock

BATCH = 5_000
READINGS = 5
MAILS = 4
# Mails that were given up: more than fit on one page, whatever the size.
FAILED = 30
TRIED = 12


def write_log(now: datetime, reader: User) -> None:
    """Some readings a casus, in a chain that holds (`manage.py audit_check`)."""
    triggers.remove(connection)
    head = AuditHead.objects.get()
    number, previous = head.number, head.hash
    rows: list[AuditEntry] = []
    for code in tqdm(_codes(), unit=" casussen", desc="Logboek"):
        for _ in range(READINGS):
            number += 1
            values = dict.fromkeys(chain.FIELDS, "") | {
                "number": number,
                "at": now,
                "actor_id": str(reader.pk),
                "actor_name": "Verzonnen Persoon",
                "action": "read",
                "object_type": "casus",
                "object_id": code,
                "part": "overview",
                "outcome": "ok",
            }
            previous = chain.entry_hash(previous, values)
            rows.append(AuditEntry(**values, hash=previous))
        if len(rows) >= BATCH:
            AuditEntry.objects.bulk_create(rows)
            rows = []
    AuditEntry.objects.bulk_create(rows)
    AuditHead.objects.update(number=number, hash=previous, seal=chain.head_seal(number, previous))
    triggers.install(connection)


def write_melding(now: datetime, reader: User) -> None:
    """Somebody who asked for a casus of others too often, a day ago."""
    code = _codes()[0]
    with clock.travel(now - timedelta(days=1)):
        for _ in range(TRIED):
            entry = log.record(
                actor=reader,
                action="refuse",
                object_type="casus",
                object_id=code,
                outcome="not_visible",
            )
        who = {
            name: getattr(entry, name)
            for name in ("actor_id", "actor_name", "role", "organisation")
        }
        hour = clock.now().replace(minute=0, second=0, microsecond=0)
        oversight.report(kind="trying", hour=hour, number=TRIED, allowed=TRIED - 1, who=who)


def write_mail(now: datetime) -> None:
    """Some mails a casus, nearly all of them sent long ago; and one invitation that is open."""
    Message.objects.bulk_create(_mails(now), batch_size=BATCH)
    invitations.invite(
        by=None,
        email="uitgenodigd@voorbeeld.example",
        name="Verzonnen Genodigde",
        organisation=Organisation.objects.filter(kind=Organisation.Kind.GGZ)[0],
        role=Role.AANMELDER,
    )


def _mails(now: datetime) -> Iterator[Message]:
    sent = now - timedelta(days=90)
    for number, code in enumerate(code for code in _codes() for _ in range(MAILS)):
        failed = number < FAILED
        yield Message(
            key=f"bench:{number}",
            to=f"lezer{number % 50}@voorbeeld.example",
            subject=f"Herinnering ({code})",
            body="Verzonnen tekst." if failed else "",
            state="failed" if failed else "sent",
            attempts=24 if failed else 1,
            last_error="SMTPRecipientsRefused" if failed else "",
            sent_at=None if failed else sent,
            created_at=sent,
        )


def _codes() -> list[str]:
    return list(Casus.objects.order_by("pk").values_list("code", flat=True))
