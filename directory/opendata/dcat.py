"""The open data described for catalogues, as data.overheid.nl reads it: DCAT-AP-NL 3.0, JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max, Min
from django.urls import reverse

from directory.models import Edition, Region
from directory.opendata import VERSION
from directory.opendata.ids import uid
from directory.opendata.openapi import title
from directory.region import names

Node = dict[str, Any]
# Words of the European and Dutch lists that the profile asks for.
_EU = "http://publications.europa.eu/resource/authority"
_PUBLIC = f"{_EU}/access-right/PUBLIC"
_DUTCH = f"{_EU}/language/NLD"
_THEMES = (f"{_EU}/data-theme/HEAL", f"{_EU}/data-theme/SOCI")
_KEYWORDS = ("ggz", "doorzettingsmacht", "overlegtafels")
_IRREGULAR = f"{_EU}/frequency/IRREG"
# As the page says: the region has still to choose.
_LICENSE = "http://standaarden.overheid.nl/owms/terms/licentieonbekend"

_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Name of the address, what it is called, and what comes out: the media type, and the format in the
# European list.
_FORMS = (
    ("api_tafels", "Tafels (JSON)", "application/json", "JSON"),
    ("api_tafels_csv", "Tafels als rekenblad (csv)", "text/csv", "CSV"),
    ("api_gemeenten", "Gemeenten (JSON)", "application/json", "JSON"),
    ("hsds_services", "Tafels als Open Referral (HSDS 3.1)", "application/json", "JSON"),
    ("change_feed", "Wijzigingen (Atom)", "application/atom+xml", "ATOM"),
    ("agenda", "Agenda van alle tafels", "text/calendar", "ICS"),
)


def catalog(region: Region) -> Node:
    """The catalogue, with the one dataset that there is and the API that serves it."""
    moments = Edition.objects.aggregate(first=Min("published_at"), last=Max("published_at"))
    shared = {
        "dct:publisher": _publisher(),
        "dct:creator": _publisher(),
        "dcat:contactPoint": _contact(),
        "dct:language": _id(_DUTCH),
    }
    service = _service(region, shared)
    dataset = _dataset(region, shared, moments["first"], moments["last"])
    return {
        "@context": _CONTEXT,
        "@id": _full("dcat_catalog"),
        "@type": "dcat:Catalog",
        "dct:title": _nl(f"Open data: {title(region)}"),
        "dct:description": _nl("Alle open data van het overzicht van overlegtafels."),
        "dct:license": _id(_LICENSE),
        **shared,
        "foaf:homepage": {"@id": _full("open_data"), "@type": "foaf:Document"},
        "dcat:dataset": [dataset],
        "dcat:service": [service],
    }


def _dataset(
    region: Region, shared: Node, issued: datetime | None, modified: datetime | None
) -> Node:
    return {
        "@id": f"{_full('open_data')}#tafels",
        "@type": "dcat:Dataset",
        "dct:identifier": uid(region, "dataset").urn,
        "dct:title": _nl(title(region)),
        "dct:description": _nl(
            "De overlegtafels waar een vastgelopen casus besproken kan worden: voor wie zij zijn, "
            "wie mag aanmelden, wanneer zij bij elkaar komen en hoe u contact opneemt. Met de "
            "gemeenten en waar u daar begint. Er staat nooit iets in over een casus of een inwoner."
        ),
        **shared,
        "dct:accessRights": _id(_PUBLIC),
        "dcat:theme": [_id(one) for one in _THEMES],
        "dcat:keyword": [_nl(one) for one in _KEYWORDS],
        "dct:accrualPeriodicity": _id(_IRREGULAR),
        "dcat:landingPage": {"@id": _full("open_data"), "@type": "foaf:Document"},
        "foaf:page": {"@id": _full("open_data"), "@type": "foaf:Document"},
        **({"dct:issued": _moment(issued)} if issued else {}),
        **({"dct:modified": _moment(modified)} if modified else {}),
        "dcat:distribution": list(_distributions()),
    }


def _distributions() -> Iterator[Node]:
    for name, called, media_type, form in _FORMS:
        address = _full(name)
        yield {
            "@id": f"{address}#distributie",
            "@type": "dcat:Distribution",
            "dct:title": _nl(called),
            "dcat:accessURL": _id(address),
            "dcat:downloadURL": _id(address),
            "dcat:mediaType": _id(f"http://www.iana.org/assignments/media-types/{media_type}"),
            "dct:format": _id(f"{_EU}/file-type/{form}"),
            "dct:license": _id(_LICENSE),
            "dct:language": _id(_DUTCH),
            # What is no part of the API is a file.
            **({"dcat:accessService": _id(_api())} if address.startswith(_endpoint()) else {}),
        }


def _api() -> str:
    return f"{_full('open_data')}#api"


def _endpoint() -> str:
    return f"{settings.SITE_URL}/api/v{VERSION.split('.')[0]}"


def _service(region: Region, shared: Node) -> Node:
    return {
        "@id": _api(),
        "@type": "dcat:DataService",
        "dct:identifier": uid(region, "api").urn,
        "dct:title": _nl(f"API: {title(region)}"),
        "dct:description": _nl("Het overzicht van tafels en gemeenten om op te halen (OpenAPI)."),
        "dcat:version": VERSION,
        **shared,
        "dct:accessRights": _id(_PUBLIC),
        "dct:license": _id(_LICENSE),
        "dcat:theme": [_id(one) for one in _THEMES],
        "dcat:keyword": [_nl(one) for one in _KEYWORDS],
        "dcat:endpointURL": _id(_endpoint()),
        "dcat:endpointDescription": _id(_full("api_openapi")),
        "dcat:servesDataset": _id(f"{_full('open_data')}#tafels"),
        "foaf:page": {"@id": _full("open_data"), "@type": "foaf:Document"},
    }


def _publisher() -> Node:
    """The office that answers for the overview, as the region file names it."""
    return {
        "@id": f"{_full('open_data')}#uitgever",
        "@type": "foaf:Agent",
        "dct:identifier": f"{_full('open_data')}#uitgever",
        "foaf:name": _nl(names.contact().name or names.product_name()),
    }


def _contact() -> Node:
    office = names.contact()
    found: Node = {
        "@id": f"{_full('open_data')}#contact",
        "@type": "vcard:Kind",
        "vcard:fn": office.name or names.product_name(),
        "vcard:hasURL": _id(_full("open_data")),
    }
    if office.email:
        found["vcard:hasEmail"] = _id(f"mailto:{office.email}")
    if office.phone:
        found["vcard:hasTelephone"] = _id(f"tel:{office.phone.replace(' ', '')}")
    return found


def _id(address: str) -> Node:
    return {"@id": address}


def _nl(text: str) -> Node:
    return {"@value": text, "@language": "nl"}


def _moment(moment: datetime) -> Node:
    return {"@value": moment.isoformat(), "@type": "xsd:dateTime"}


def _full(name: str) -> str:
    return settings.SITE_URL + reverse(name)
