"""How the API says no: application/problem+json (RFC 9457), in Dutch, with what to do.

`type` is an address on the page about open data, where the same kind of problem is explained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its status, its name in `type`, and its title. `text` is for the page."""

    status: int
    code: str
    title: str
    text: str


PARAMETER = Kind(
    400,
    "parameter",
    "Deze parameter klopt niet",
    "In het adres staat een parameter of een waarde die niet bestaat. In het antwoord leest u "
    "welke parameter het is en wat wel kan.",
)
NOT_FOUND = Kind(
    404,
    "niet-gevonden",
    "Dit adres bestaat niet",
    "Er is niets op dit adres. Let op: een adres van de API eindigt niet met een schuine streep.",
)
METHOD = Kind(
    405,
    "alleen-lezen",
    "U kunt hier alleen lezen",
    "De API geeft gegevens en neemt niets aan. Gebruik GET.",
)
NOT_ACCEPTABLE = Kind(
    406,
    "vorm",
    "Deze vorm hebben wij niet",
    "Uw programma vraagt met Accept om een vorm die wij niet geven.",
)
KINDS = (PARAMETER, NOT_FOUND, METHOD, NOT_ACCEPTABLE)


@dataclass(frozen=True)
class WrongParameter:
    """One wrong parameter: `code` is unknown, repeated or invalid."""

    name: str
    code: str
    detail: str


class Refused(Exception):
    """Raise it anywhere below a view of the API. `detail` says what is wrong and what to do."""

    def __init__(self, kind: Kind, detail: str, parameters: Sequence[WrongParameter] = ()) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.parameters = kind, detail, parameters


def answer(refused: Refused) -> JsonResponse:
    """The problem as a response."""
    kind = refused.kind
    body: dict[str, Any] = {
        "type": f"{settings.SITE_URL}{reverse('open_data')}#fout-{kind.code}",
        "title": kind.title,
        "status": kind.status,
        "detail": refused.detail,
    }
    if refused.parameters:
        # As the API design rules say where in the question a mistake is.
        body["errors"] = [
            {"in": "query", "location": {"name": one.name}, "code": one.code, "detail": one.detail}
            for one in refused.parameters
        ]
    return JsonResponse(
        body,
        status=kind.status,
        content_type=CONTENT_TYPE,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
