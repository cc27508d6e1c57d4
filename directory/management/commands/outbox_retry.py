"""`manage.py outbox_retry`: another chance for all mail that was given up."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from directory.mail import actions as mail


class Command(BaseCommand):
    help = "Probeer alle e-mail die niet is verstuurd opnieuw, bijvoorbeeld na een storing."

    def handle(self, *args: Any, **options: Any) -> None:
        number = mail.retry_all(by=None)
        words = {0: "Er is geen mislukte e-mail.", 1: "1 e-mail gaat zo opnieuw weg."}
        self.stdout.write(words.get(number, f"{number} e-mails gaan zo opnieuw weg."))
