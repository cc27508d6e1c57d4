"""What every mail says: to whom, from whom, and where a page is."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from directory.region.names import product_name, where_to_ask


def letter(name: str, *paragraphs: str, left_out: str = "") -> str:
    """The body of a mail to `name`; an empty paragraph is none.

    `left_out` is what the mail says nothing about on purpose, and tells so: "niets over ...".
    """
    foot = f"Groet,\n{product_name()}"
    if left_out:
        foot = f"In deze mail staat bewust {left_out}.\n{foot}"
    return "\n\n".join(filter(None, [f"Beste {name},", *paragraphs, foot, where_to_ask()]))


def full_address(name: str, *args: object) -> str:
    """Where a page is, for who is not on the site; by the name of its address."""
    return settings.SITE_URL + reverse(name, args=args)
