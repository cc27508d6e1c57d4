"""What every page needs besides its own data: the main menu and who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from directory.region import names

# Roles that can be involved in a casus; which casussen they see is for `visible_to` to say.
CASE_ROLES: set[str] = {
    "procesmanager",
    "gemeente",
    "aanmelder",
    "clientondersteuner",
    "coordinator",
}
REGIONAL_READERS = {"procesmanager", "gemeente", "coordinator", "portefeuillehouder", "themagroep"}
# Label, URL name, and the roles that see it: None is everybody, also without signing in; an
# empty set is everybody who is signed in. What somebody may do there is decided by the view.
MENU: list[tuple[str, str, set[str] | None]] = [
    ("Mijn werk", "home", set()),
    ("Casussen", "casus_list", CASE_ROLES),
    ("Coördinatiepunt", "coordinatiepunt", {"coordinator"}),
    ("Terugkoppelingen", "terugkoppeling_list", REGIONAL_READERS),
    ("Leersessies", "leersessie_list", {"coordinator", "portefeuillehouder", "themagroep"}),
    ("Rapportage", "report", REGIONAL_READERS),
    ("Inzage", "access_log_find", {"privacy_officer"}),
    ("Toezicht", "unusual_list", {"privacy_officer"}),
    ("Bewaren", "retention_list", {"procesmanager", "gemeente", "coordinator", "privacy_officer"}),
    ("Wegwijzer", "guide", None),
    ("Tafels", "tafel_list", None),
    ("Gemeenten", "gemeente_list", None),
    ("Beheer", "member_list", {"beheerder"}),
]
# A page that belongs to an item whose address it does not begin with, for who has that item.
BELONGS_TO = {"casus_access_log": "access_log_find"}


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    active: bool


def nav_items(request: HttpRequest) -> list[NavItem]:
    """The menu for this person. Pages that do not exist (yet) are left out.

    Active is the item with the longest address that the current address starts with, so a page
    below a list still shows where it belongs.
    """
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    roles: set[str] = set(getattr(user, "roles", ())) if signed_in else set()
    found: list[tuple[str, str]] = []
    for label, name, allowed in MENU:
        if allowed is not None and not (signed_in and (not allowed or allowed & roles)):
            continue
        try:
            found.append((label, reverse(name)))
        except NoReverseMatch:
            continue
    urls = [url for _, url in found]
    current = max((url for url in urls if _is_below(request.path, url)), key=len, default="")
    match = getattr(request, "resolver_match", None)
    whose = BELONGS_TO.get(match.url_name or "") if match else None
    if whose and reverse(whose) in urls:
        current = reverse(whose)
    return [NavItem(label, url, url == current) for label, url in found]


def _is_below(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor for base.html.

    Gives nav_items, account_name, account_organisation, demo, and what the product, its region
    and a code are called: product, region_name and example_code (directory.region.names), with
    where_to_ask for a mail.
    """
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "nav_items": nav_items(request),
        "account_name": str(user) if signed_in else "",
        "account_organisation": getattr(user, "acting_for", "") if signed_in else "",
        "demo": settings.DEMO,
        "product": names.product_name,
        "region_name": names.region_name,
        "example_code": names.example_code,
        "where_to_ask": names.where_to_ask,
    }
