"""Mail to somebody whose way in changed: a role that came or went, an account that shut or opened.

Whoever did not expect it finds out at once; each is queued with the change (promise 5).
"""

from __future__ import annotations

from uuid import uuid4

from directory.models import Membership, User
from directory.region.names import product_name
from directory.web.mails import letter
from outbox import queue

NOT_EXPECTED = "Verwachtte u dit niet? Laat het ons dan meteen weten."


def tell_role_given(membership: Membership) -> None:
    """To the person who has the role from now on."""
    _tell(
        membership.user,
        key=f"membership:{membership.pk}:given",
        subject=f"U hebt een nieuwe rol in {product_name()}",
        text=f"U hebt vanaf nu de rol {_words(membership)}. U aanvaardde daarvoor een uitnodiging.",
    )


def tell_role_ended(membership: Membership) -> None:
    """To the person who had the role."""
    _tell(
        membership.user,
        key=f"membership:{membership.pk}:ended",
        subject=f"Uw rol in {product_name()} is gestopt",
        text=f"Uw rol {_words(membership)} is gestopt. U kunt niets meer zien of doen in deze rol.",
    )


def tell_account(person: User, *, is_open: bool) -> None:
    """To the person whose account was shut or opened."""
    text = "Uw account is gesloten. U kunt niet meer inloggen."
    if is_open:
        text = "Uw account is weer open. U kunt inloggen met uw oude wachtwoord."
    _tell(
        person,
        # An account may shut and open many times.
        key=f"user:{person.pk}:access:{uuid4()}",
        subject=f"Uw account bij {product_name()} is {'weer open' if is_open else 'gesloten'}",
        text=text,
    )


def _tell(person: User, *, key: str, subject: str, text: str) -> None:
    queue.put(
        key=key,
        to=person.email,
        subject=subject,
        body=letter(person.name, text, NOT_EXPECTED),
    )


def _words(membership: Membership) -> str:
    return f"‘{membership.get_role_display()}’ bij {membership.organisation}"
