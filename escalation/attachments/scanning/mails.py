"""Mail about the virus scanner, to who added a file and to the functioneel beheerder. The last one
sees no casus, so hears of none."""

from __future__ import annotations

from directory.models import User
from directory.web.mails import full_address, letter
from escalation.attachments.scanning.rules import not_judged
from escalation.models import AttachmentVersion, VirusScanner
from escalation.notifications import inform
from outbox import queue
from rdm.lib import clock


def tell_who_added(version: AttachmentVersion, person: User) -> None:
    """That this file stays closed, and what to do about it."""
    attachment = version.attachment
    inform(
        attachment.casus,
        [person],
        subject="Een bijlage kan niet worden nagekeken",
        text=f"{not_judged(version.scan_why)} Zolang kan niemand het openen.",
        key=f"scan-unjudged:{version.pk}",
        link=full_address("attachment_detail", attachment.casus.code, attachment.pk),
        link_label="Open de bijlage",
    )


def tell_of_unjudged(person: User) -> None:
    """Once a day: the cause is often the same for all of them."""
    _mail(
        f"scan-unjudged:{clock.today():%Y%m%d}:{person.pk}",
        person,
        "Bijlagen die niet worden nagekeken",
        "Er zijn bestanden waar de virusscanner geen oordeel over geeft. Zij blijven dicht.",
    )


def tell_of_away(scanner: VirusScanner, person: User) -> None:
    """The virus scanner gives no verdicts any more."""
    assert scanner.away_since is not None
    _mail(
        f"scanner-away:{scanner.away_since:%Y%m%d%H%M%S}:{person.pk}",
        person,
        "De virusscanner doet het niet",
        "De virusscanner geeft geen antwoord. Nieuwe bijlagen blijven dicht tot hij het weer doet.",
    )


def _mail(key: str, person: User, subject: str, text: str) -> None:
    where = f"Kijk wat u kunt doen:\n{full_address('scanner_state')}"
    queue.put(key=key, to=person.email, subject=subject, body=letter(person.name, text, where))
