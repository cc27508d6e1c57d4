"""The signed links of who reads along, without an account: to confirm, and to leave (E-174).

A link holds numbers only, never an address or a name. It is safe to sign the same one twice.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from directory.models import Procesafspraak, Subscriber
from rdm.lib import tokens
from rdm.lib.tokens import FOR_EVER

_SUBSCRIBE = "directory.subscribe"
_UNSUBSCRIBE = "directory.unsubscribe"


def subscribe_link(subscriber: Subscriber) -> str:
    """The full address on which somebody says that the subscription is really theirs."""
    return settings.SITE_URL + reverse("subscribe_confirm", args=[_sign(_SUBSCRIBE, subscriber)])


def unsubscribe_link(subscriber: Subscriber) -> str:
    """The full address of the page with the button to leave."""
    return settings.SITE_URL + reverse("unsubscribe", args=[_sign(_UNSUBSCRIBE, subscriber)])


def one_click_link(subscriber: Subscriber) -> str:
    """The full address to which a mail program posts, to leave at once (RFC 8058)."""
    token = _sign(_UNSUBSCRIBE, subscriber)
    return settings.SITE_URL + reverse("unsubscribe_one_click", args=[token])


def _sign(purpose: str, subscriber: Subscriber) -> str:
    payload = {"subscriber": subscriber.pk, "version": subscriber.link_version}
    return tokens.sign(purpose, payload)


def asked_by(token: str) -> Subscriber | None:
    """The subscriber who got this link to confirm; None when it is made up, too old
    (`abonneelink_geldig`) or of somebody who left."""
    days = Procesafspraak.number_of("abonneelink_geldig")
    try:
        payload = tokens.read(token, _SUBSCRIBE, timedelta(days=days))
    except tokens.BadToken:
        return None
    return _subscriber(payload)


def leaving(token: str) -> tuple[bool, Subscriber | None]:
    """Whether this is a link to leave, and whose; nobody's when that reader left already."""
    try:
        payload = tokens.read(token, _UNSUBSCRIBE, FOR_EVER)
    except tokens.BadToken:
        return False, None
    return True, _subscriber(payload)


def _subscriber(payload: dict[str, int]) -> Subscriber | None:
    return Subscriber.objects.filter(
        pk=payload["subscriber"], link_version=payload["version"]
    ).first()
