"""What the sitemap says."""

from __future__ import annotations

from xml.etree import ElementTree

from django.conf import settings
from django.test import Client

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses() -> dict[str, str]:
    """Path → when it was last published, as the sitemap says."""
    tree = ElementTree.fromstring(Client().get("/sitemap.xml").content)
    found = {}
    for one in tree.iter(f"{SITEMAP}url"):
        address = one.findtext(f"{SITEMAP}loc") or ""
        assert address.startswith(f"{settings.SITE_URL}/")
        found[address.removeprefix(settings.SITE_URL)] = one.findtext(f"{SITEMAP}lastmod") or ""
    return found
