"""The first page: what this is for a visitor, "Mijn werk" for who is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from directory.models import Region, Role, Trede, User
from rdm.lib import clock
from rdm.lib.work import MOST, by_urgency


@dataclass(frozen=True)
class Start:
    """Something a person can begin with when nothing waits: a link with a sentence."""

    label: str
    url_name: str
    text: str
    roles: frozenset[Role] | None = None

    @property
    def url(self) -> str:
        return reverse(self.url_name)


# What somebody can do without being asked, by role; None is everybody. In order of use.
STARTS = (
    Start(
        "Een casus registreren",
        "casus_start",
        "Zit een inwoner vast? Leg vast wat er is geprobeerd.",
        frozenset({Role.PROCESMANAGER, Role.AANMELDER}),
    ),
    Start(
        "Aanmeldingen bekijken",
        "coordinatiepunt",
        "Alle casussen op trede 3, met hun termijnen.",
        frozenset({Role.COORDINATOR}),
    ),
    Start(
        "Alle casussen",
        "casus_list",
        "Zoek een casus op code, gemeente of stand.",
        frozenset(
            {
                Role.PROCESMANAGER,
                Role.GEMEENTE,
                Role.AANMELDER,
                Role.CLIENT_SUPPORT,
                Role.COORDINATOR,
            }
        ),
    ),
    Start(
        "Terugkoppelingen lezen",
        "terugkoppeling_list",
        "Wat gemeenten leerden van een escalatieoverleg.",
        frozenset({Role.PORTEFEUILLEHOUDER, Role.THEMAGROEP}),
    ),
    Start(
        "Leersessies",
        "leersessie_list",
        "Plan de leersessie en volg de leerpunten.",
        frozenset({Role.THEMAGROEP, Role.PORTEFEUILLEHOUDER, Role.COORDINATOR}),
    ),
    Start(
        "Rapportage",
        "report",
        "De cijfers van de regio over een jaar.",
        frozenset({Role.PORTEFEUILLEHOUDER, Role.THEMAGROEP}),
    ),
    Start(
        "Mensen en rollen",
        "member_list",
        "Nodig iemand uit, stop een rol of sluit een account.",
        frozenset({Role.ADMIN}),
    ),
    Start(
        "Zien wie een dossier bekeek",
        "access_log_find",
        "Zoek op de code van een casus.",
        frozenset({Role.PRIVACY_OFFICER}),
    ),
    Start("Een tafel opzoeken", "tafel_list", "Voor wie een tafel is en hoe u aanmeldt."),
)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        context = {"region": Region.objects.first(), "treden": Trede.objects.all()}
        return render(request, "directory/home.html", context)
    return _work(request)


def _work(request: HttpRequest) -> HttpResponse:
    """What waits for this person and what this person waits for, oldest deadline first."""
    user: User = request.user  # type: ignore[assignment]
    items = [item for path in settings.WORK_PROVIDERS for item in import_string(path)(user)]
    mine = by_urgency(item for item in items if not item.waiting)
    others = by_urgency(item for item in items if item.waiting)
    today = clock.today()
    context = {
        "mine": mine[:MOST],
        "more_mine": len(mine) > MOST,
        "others": others[:MOST],
        "more_others": len(others) > MOST,
        "overdue": sum(item.is_overdue(today) for item in mine),
        "starts": list(_starts(user)),
        "has_role": bool(user.roles),
    }
    return render(request, "directory/work.html", context)


def _starts(user: User) -> list[Start]:
    found = []
    for start in STARTS:
        if start.roles is not None and not start.roles & user.roles:
            continue
        try:
            reverse(start.url_name)
        except NoReverseMatch:
            continue
        found.append(start)
    return found
