"""The open data described for catalogues: what DCAT-AP-NL 3.0 asks of each thing is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from directory.models import Region
from tests.cast import Cast

# Made in Python.
pytestmark = pytest.mark.once

# What the profile asks at least, and of what there may be one only (its SHACL shapes, 3.0).
ASKED = {
    "dcat:Catalog": {
        "dct:title", "dct:description", "dct:publisher", "dcat:contactPoint", "dcat:dataset",
    },
    "dcat:Dataset": {
        "dct:title", "dct:description", "dct:identifier", "dct:accessRights", "dcat:contactPoint",
        "dct:creator", "dct:publisher", "dcat:theme",
    },
    "dcat:DataService": {
        "dct:title", "dct:description", "dct:identifier", "dct:accessRights", "dcat:contactPoint",
        "dct:publisher", "dcat:theme", "dct:license", "dcat:endpointURL",
        "dcat:endpointDescription",
    },
    "dcat:Distribution": {"dcat:accessURL", "dct:license"},
    "foaf:Agent": {"foaf:name"},
    "vcard:Kind": {"vcard:fn", "vcard:hasEmail"},
}  # fmt: skip
ONE = {"dcat:contactPoint", "dct:identifier", "dcat:version", "dcat:accessURL", "dcat:downloadURL"}


def things(node: Any) -> Iterator[dict[str, Any]]:
    """Every node that says what it is."""
    if isinstance(node, dict):
        if "@type" in node and "@value" not in node:
            yield node
        for one in node.values():
            yield from things(one)
    elif isinstance(node, list):
        for one in node:
            yield from things(one)


@pytest.fixture
def catalog(cast: Cast) -> dict[str, Any]:
    answer = Client().get(reverse("dcat_catalog"))
    assert answer.headers["Content-Type"] == "application/ld+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_everything_that_the_profile_asks_is_there(catalog: dict[str, Any]) -> None:
    found = list(things(catalog))
    assert {one["@type"] for one in found} == {*ASKED, "foaf:Document"}
    for one in found:
        assert ASKED.get(one["@type"], set()) - set(one) == set()
        assert [name for name in ONE & set(one) if isinstance(one[name], list)] == []
        prefixes = {name.split(":")[0] for name in one if not name.startswith("@")}
        assert prefixes <= set(catalog["@context"])


def test_every_address_in_it_is_there(catalog: dict[str, Any]) -> None:
    (dataset,) = catalog["dcat:dataset"]
    (service,) = catalog["dcat:service"]
    assert service["dcat:servesDataset"]["@id"] == dataset["@id"]
    forms = dataset["dcat:distribution"]
    named = {one["dcat:downloadURL"]["@id"]: one["dcat:mediaType"]["@id"] for one in forms}
    assert len(named) == 6
    for address, media_type in named.items():
        answer = Client().get(address.removeprefix(settings.SITE_URL))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].split(";")[0] == media_type.split("media-types/")[1]
    described = service["dcat:endpointDescription"]["@id"].removeprefix(settings.SITE_URL)
    assert Client().get(described).status_code == 200


def test_whom_to_ask_is_who_the_region_says(catalog: dict[str, Any]) -> None:
    office = Region.current().contact
    assert catalog["dcat:contactPoint"]["vcard:hasEmail"] == {"@id": f"mailto:{office['email']}"}
    assert catalog["dct:publisher"]["foaf:name"]["@value"] == office["name"]
    page = Client().get(reverse("open_data")).content.decode()
    assert page.count(reverse("dcat_catalog")) >= 2
