"""The tafels as Open Referral HSDS: held against its rules, as its reference describes them.

The rules below are ours, written from the documentation of HSDS 3.1: which properties an object may
have, which it must have, and of what form they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from directory.models import Organisation, Region, Tafel
from tests.cast import Cast
from tests.directory.keeping import own_tafel, published

SERVICES = "/api/v1/hsds/services"
Schema = dict[str, Any]

UUID: Schema = {"type": "string", "format": "uuid"}
TEXT: Schema = {"type": "string", "minLength": 1}
URI: Schema = {"type": "string", "pattern": r"^https?://[^\s]+$"}
EMAIL: Schema = {"type": "string", "format": "email"}
DATE: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$"}
WEEKDAYS = "(MO|TU|WE|TH|FR|SA|SU)"


def an_object(required: str, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {"id": UUID, **properties},
        "required": ["id", *required.split()],
        "additionalProperties": False,
    }


def each(schema: Schema) -> Schema:
    return {"type": "array", "items": schema, "minItems": 1}


PHONE = an_object(
    "number",
    location_id=UUID,
    service_id=UUID,
    organization_id=UUID,
    contact_id=UUID,
    service_at_location_id=UUID,
    number=TEXT,
    extension={"type": "number"},
    type={"enum": ["text", "voice", "fax", "cell", "video", "pager", "textphone"]},
    description=TEXT,
)
CONTACT = an_object(
    "",
    service_id=UUID,
    organization_id=UUID,
    name=TEXT,
    title=TEXT,
    department=TEXT,
    email=EMAIL,
    phones=each(PHONE),
)
SCHEDULE = an_object(
    "",
    service_id=UUID,
    dtstart=DATE,
    until=DATE,
    freq={"enum": ["WEEKLY", "MONTHLY"]},
    interval={"type": "number", "minimum": 1},
    byday={"type": "string", "pattern": f"^{WEEKDAYS}(,{WEEKDAYS})*$"},
    description=TEXT,
    schedule_link=URI,
    notes=TEXT,
)
# The day of the first meeting is needed when the meetings are so many weeks apart.
SCHEDULE["dependentRequired"] = {"interval": ["dtstart", "freq"], "byday": ["freq"]}
LOCATION = an_object(
    "location_type",
    location_type={"enum": ["physical", "postal", "virtual"]},
    name=TEXT,
    description=TEXT,
    url=URI,
)
AT_LOCATION = an_object("", service_id=UUID, location_id=UUID, description=TEXT, location=LOCATION)
AREA = an_object("", service_id=UUID, name=TEXT, description=TEXT, uri=URI)
TERM = an_object(
    "name description",
    code=TEXT,
    name=TEXT,
    description=TEXT,
    parent_id=UUID,
    taxonomy=TEXT,
    taxonomy_id=UUID,
    language={"type": "string", "pattern": "^[a-z]{2,3}$"},
    term_uri=URI,
)
ATTRIBUTE = an_object(
    "",
    link_id=UUID,
    taxonomy_term_id=UUID,
    link_type=TEXT,
    link_entity=TEXT,
    value=TEXT,
    label=TEXT,
    taxonomy_term=TERM,
)
LINK = an_object("url", label=TEXT, url=URI, service_id=UUID, organization_id=UUID)
ORGANIZATION = an_object(
    "name description",
    name=TEXT,
    alternate_name=TEXT,
    description=TEXT,
    email=EMAIL,
    website=URI,
)
ONE_TO_ONE: dict[str, Schema] = {
    "name": TEXT,
    "alternate_name": TEXT,
    "description": TEXT,
    "url": URI,
    "email": EMAIL,
    "status": {"enum": ["active", "inactive", "defunct", "temporarily closed"]},
    "application_process": TEXT,
    "eligibility_description": TEXT,
    "assured_date": DATE,
    "last_modified": MOMENT,
    "organization": ORGANIZATION,
}
BRIEF = an_object("name status", **ONE_TO_ONE)
FULL = an_object(
    "name status",
    **ONE_TO_ONE,
    additional_urls=each(LINK),
    phones=each(PHONE),
    contacts=each(CONTACT),
    schedules=each(SCHEDULE),
    service_areas=each(AREA),
    service_at_locations=each(AT_LOCATION),
    attributes=each(ATTRIBUTE),
)
NUMBER: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}


def listing(of: Schema) -> Schema:
    names: dict[str, Schema] = {
        **dict.fromkeys(("total_items", "total_pages", "page_number", "size"), NUMBER),
        **dict.fromkeys(("first_page", "last_page", "empty"), FLAG),
        "contents": {"type": "array", "items": of},
    }
    return {"type": "object", "properties": names, "required": list(names)}


def read(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return response.json()


def follows(schema: Schema, found: Any) -> None:
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    wrong = [f"{list(one.absolute_path)}: {one.message}" for one in checker.iter_errors(found)]
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def filled(cast: Cast) -> Tafel:
    """A tafel of which everything is filled in that HSDS has a place for."""
    published(
        cast,
        rhythm_weeks=2,
        rhythm_anchor="2026-11-24",
        submit_weeks_before=3,
        contact_name="secretariaat van de tafel",
        contact_email="tafel@voorbeeld.example",
        contact_phone="000 000 00 01",
        website="https://voorbeeld.example/tafel",
        locations="Verzonnen plaats",
        gemeenten=["borne", "enschede"],
        links=[{"label": "Verzonnen folder", "url": "https://voorbeeld.example/folder"}],
    )
    return own_tafel(cast)


# --- The rules ------------------------------------------------------------------------------------


def test_the_list_follows_the_rules(twente: Region, client: Client) -> None:
    follows(listing(BRIEF), read(client, SERVICES))
    follows(listing(FULL), read(client, f"{SERVICES}?full=true"))


def test_every_service_follows_the_rules(filled: Tafel, client: Client) -> None:
    found = read(client, SERVICES)["contents"]
    assert len(found) == Tafel.objects.count()
    for one in found:
        service = read(client, f"{SERVICES}/{one['id']}")
        follows(FULL, service)
        assert one.items() <= service.items()


def test_every_piece_has_a_number_of_its_own_and_knows_its_service(
    filled: Tafel, client: Client
) -> None:
    services = read(client, f"{SERVICES}?full=true")["contents"]
    shared = {"organization", "taxonomy_term"}  # one for several services
    seen: dict[str, Any] = {}
    for service in services:
        for name, one in pieces(service):
            if "service_id" in one:
                assert one["service_id"] == service["id"]
            if name in shared:
                assert seen.setdefault(one["id"], one) == one
            elif name != "contacts.phones":
                assert one["id"] not in seen, (name, one)
                seen[one["id"]] = one
        for attribute in service["attributes"]:
            assert attribute["link_id"] == service["id"]
            assert attribute["taxonomy_term"]["id"] == attribute["taxonomy_term_id"]


def pieces(service: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every object inside, with the name of where it stands."""
    for name, value in service.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield (f"contacts.{name}" if above == "contacts" else name), one
                yield from pieces(one, name)


def test_the_numbers_stay_the_same(filled: Tafel, cast: Cast, client: Client) -> None:
    before = [one["id"] for one in read(client, SERVICES)["contents"]]
    published(cast, chair="andere verzonnen voorzitter")
    assert [one["id"] for one in read(client, SERVICES)["contents"]] == before


# --- What it says ---------------------------------------------------------------------------------


def service_of(client: Client, name: str) -> Any:
    found = read(client, f"{SERVICES}?full=true")["contents"]
    return next(one for one in found if one["name"] == name)


def test_a_filled_in_tafel_is_all_there(filled: Tafel, client: Client) -> None:
    found = service_of(client, filled.name)
    assert found["organization"]["name"] == "Mediant"
    assert found["email"] == "tafel@voorbeeld.example"
    assert [one["number"] for one in found["phones"]] == ["000 000 00 01"]
    assert found["contacts"][0]["name"] == "secretariaat van de tafel"
    assert {one["name"] for one in found["service_areas"]} == {"Borne", "Enschede"}
    assert found["service_at_locations"][0]["location"]["name"] == "Verzonnen plaats"
    (schedule,) = found["schedules"]
    assert (schedule["freq"], schedule["interval"], schedule["byday"]) == ("WEEKLY", 2, "TU")
    assert schedule["dtstart"] == "2026-11-24"
    assert [one["label"] for one in found["additional_urls"]] == ["Website", "Verzonnen folder"]
    kinds = {one["taxonomy_term"]["taxonomy"] for one in found["attributes"]}
    assert kinds == {"trede", "onderwerp", "aanmelder"}


def test_what_is_not_known_is_left_out(twente: Region, client: Client) -> None:
    found = service_of(client, "Regio OostNL hoogcomplex")
    assert "phones" not in found and "service_at_locations" not in found
    assert [one["name"] for one in found["service_areas"]] == ["Twente"]
    escalation = service_of(client, Tafel.objects.get(special="escalatieoverleg").name)
    assert "organization" not in escalation


def test_an_organization_always_has_a_description(twente: Region, client: Client) -> None:
    Organisation.objects.update(description="")
    found = service_of(client, "TopX")["organization"]
    assert found["description"] == "Zorg en Veiligheidshuis"


def test_pages_of_the_list(twente: Region, client: Client) -> None:
    whole = [one["id"] for one in read(client, SERVICES)["contents"]]
    first = read(client, f"{SERVICES}?per_page=3")
    assert (first["total_items"], first["total_pages"], first["size"]) == (7, 3, 3)
    assert first["first_page"] and not first["last_page"]
    last = read(client, f"{SERVICES}?per_page=3&page=3")
    assert last["last_page"] and [one["id"] for one in last["contents"]] == whole[6:]
    beyond = read(client, f"{SERVICES}?per_page=3&page=4")
    assert beyond["empty"] and beyond["contents"] == [] and not beyond["last_page"]


def test_the_root_says_which_version(twente: Region, client: Client) -> None:
    found = read(client, "/api/v1/hsds")
    assert found["version"] == "3.1"
    path = found["openapi_url"].partition("/api/")[2]
    assert client.get(f"/api/{path}").status_code == 200
