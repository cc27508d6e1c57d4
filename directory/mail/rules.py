"""Why a mail was not sent, in words."""

from __future__ import annotations

# Why a mail was not sent, by the class of the error (outbox.models.Message.last_error).
MAIL_ERRORS = {
    "SMTPRecipientsRefused": "de mailserver kent dit adres niet of weigert het",
    "SMTPSenderRefused": "de mailserver weigert onze afzender",
    "SMTPDataError": "de mailserver weigert deze e-mail",
    "SMTPAuthenticationError": "inloggen op de mailserver lukt niet",
    "RestoredFromBackup": "dit stond klaar in een reservekopie, en is misschien al verstuurd",
    "Bounced": "de e-mail kwam terug: het adres bestaat niet meer, of de mailbox weigert deze",
    "LeaseExpired": "het versturen brak elke keer af",
}


def mail_error(kind: str) -> str:
    """Why a mail was not sent, from the class of its last error; that itself when it is unknown."""
    return MAIL_ERRORS.get(kind, f"een fout bij het versturen ({kind or 'onbekend'})")
