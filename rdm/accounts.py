"""How allauth behaves in this house."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from outbox import queue


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from an invitation by the functioneel beheerder only (O-12)."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox like every other mail: a mail server that is away stops nobody."""
        message = self.render_mail(template_prefix, email, context)
        queue.put(
            key=f"account:{uuid4()}", to=email, subject=message.subject, body=str(message.body)
        )
