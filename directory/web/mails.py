"""What every mail of the directory says: who writes it, and where a page is."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from directory.region.names import product_name


def greeting() -> str:
    """The end of the mail."""
    return f"\n\nGroet,\n{product_name()}"


def full_address(name: str, *args: object) -> str:
    """Where a page is, for who is not on the site; by the name of its address."""
    return settings.SITE_URL + reverse(name, args=args)
