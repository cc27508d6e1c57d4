"""How allauth behaves in this house."""

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from audit import log
from outbox import queue


class AccountAdapter(DefaultAccountAdapter):
    # The texts of allauth say "jou".
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Dit e-mailadres of wachtwoord klopt niet. Probeer het opnieuw, "
        "of kies ‘Wachtwoord vergeten’.",
        "too_many_login_attempts": "U probeerde te vaak in te loggen. Wacht vijf minuten en "
        "probeer het dan opnieuw.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from an invitation by the functioneel beheerder only (O-12)."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox like every other mail: a mail server that is away stops nobody."""
        message = self.render_mail(template_prefix, email, context)
        queue.put(
            key=f"account:{uuid4()}", to=email, subject=message.subject, body=str(message.body)
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On our own address, and not on whatever host name the request was sent to."""
        path: str = urlsplit(super().get_reset_password_from_key_url(key)).path
        return settings.SITE_URL + path

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """A sign-in is in the log like everything that is done after it."""
        log.record(
            actor=user,
            action="sign_in",
            object_type="user",
            object_id=user.pk,
            role=", ".join(sorted(user.roles)),
            organisation=user.acting_for,
        )
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password is in the log too."""
        _not_signed_in("wrong_password")
        super().authentication_failed(request, **credentials)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """So is an attempt that came too soon after the ones before it."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            _not_signed_in("too_many_attempts")
            raise

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """So is somebody with the right password whose account was closed."""
        log.record(
            actor=user,
            action="sign_in",
            object_type="user",
            object_id=user.pk,
            outcome="account_closed",
        )
        answer: HttpResponse = super().respond_user_inactive(request, user)
        return answer

    def set_password(self, user: Any, password: str) -> None:
        """A new password, its row in the log and a mail to the person, or none of these: whoever
        did not do it must hear of it."""
        match = self.request.resolver_match
        changed = match is not None and match.url_name == "account_change_password"
        with transaction.atomic():
            super().set_password(user, password)
            log.record(
                actor=user,
                action="update",
                object_type="user",
                object_id=user.pk,
                part="password_changed" if changed else "password_reset",
                role=", ".join(sorted(user.roles)),
                organisation=user.acting_for,
            )
            reset_url = settings.SITE_URL + reverse("account_reset_password")
            about = {"user": user, "reset_url": reset_url}
            self.send_mail("account/email/password_changed", user.email, about)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count per account and per address that they come from: whoever guesses is
        slowed down, and the owner of the account, elsewhere, is not."""
        account: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{account}:{get_ip(request)}"


def _not_signed_in(outcome: str) -> None:
    """Without the address that was tried: whoever types a password in the wrong field must not find
    it in the log."""
    log.record(
        actor=AnonymousUser(),  # type: ignore[arg-type]
        action="sign_in",
        object_type="user",
        outcome=outcome,
    )
