"""Signed, expiring tokens for links without an account.

A token is readable by whoever holds it, so its payload never carries personal data. Who may
revoke a token keeps something in the payload (a row id, a counter) and looks it up.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing

from rdm.lib import clock

# For who must be able to leave for as long as the mail exists.
FOR_EVER = timedelta.max
# How far the clocks of two of our machines may be apart.
SKEW = timedelta(minutes=5)


class BadToken(ValueError):
    """The token is damaged, was changed, or was made for another purpose."""


class ExpiredToken(BadToken):
    """The token was good, but is too old."""


def sign(purpose: str, payload: dict[str, Any]) -> str:
    """A token for one purpose, safe in a URL. The payload must fit in JSON."""
    # The moment of signing goes by the product's own clock, so it is in the payload; the
    # timestamp that Django can add goes by the clock of the machine.
    signed = {"at": clock.now().isoformat(), "data": payload}
    return signing.Signer(salt=_salt(purpose)).sign_object(signed, compress=True)


def read(token: str, purpose: str, max_age: timedelta) -> dict[str, Any]:
    """The payload of a token made by `sign(purpose, ...)` at most `max_age` ago.

    Raises ExpiredToken when it is older, BadToken when it is anything else than such a token; also
    when it was made later than now, or it would work for longer than was agreed.
    """
    try:
        signed = signing.Signer(salt=_salt(purpose)).unsign_object(token)
        made, payload = datetime.fromisoformat(signed["at"]), signed["data"]
    # A damaged token fails in many ways (base64, zlib, JSON, text), and all mean the same.
    except Exception as problem:
        raise BadToken(f"not a token for {purpose}") from problem
    age = clock.now() - made
    if age < -SKEW:
        raise BadToken(f"a token for {purpose} that is not there yet")
    if age > max_age:
        raise ExpiredToken(f"a token for {purpose} of {made:%Y-%m-%d}")
    return dict(payload)


def _salt(purpose: str) -> str:
    return f"rdm.lib.tokens:{purpose}"
