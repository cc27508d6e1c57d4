"""Open data: what the pages say, for programs; described exactly, and never about a casus."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from directory.models import Gemeente, Organisation, Region, Tafel, Trede
from directory.opendata import VERSION, gemeenten, tafels
from directory.opendata import urls as opendata_urls
from directory.upkeep.editions import publishing
from directory.upkeep.page_fields.fields import ENTRANCE_FIELDS, GEMEENTE_PARTS, TAFEL_PARTS
from rdm.lib import clock
from tests import world
from tests.cast import Cast
from tests.directory.keeping import ENTRANCE, entrances_of, own_tafel, published
from tests.rdm.lib.bad_input import BAD_INPUT

# What comes out is made in Python.
pytestmark = pytest.mark.once

API = "/api/v1"
PROBLEM = "application/problem+json"
MOST_QUERIES = 6
# Address → its path in the description.
GOOD = {
    f"{API}/openapi.json": "/openapi.json",
    f"{API}/tafels": "/tafels",
    f"{API}/tafels?trede=1&gemeente=enschede&onderwerp=&aanmelder=huisarts": "/tafels",
    f"{API}/tafels?trede=4": "/tafels",
    f"{API}/tafels/topx": "/tafels/{code}",
    f"{API}/tafels/bestuurlijk-escalatieoverleg": "/tafels/{code}",
    f"{API}/tafels/levensloopaanpak": "/tafels/{code}",
    f"{API}/gemeenten": "/gemeenten",
    f"{API}/gemeenten/enschede": "/gemeenten/{code}",
    f"{API}/hsds": "/hsds",
    f"{API}/hsds/services": "/hsds/services",
    f"{API}/hsds/services?full=true&per_page=2&page=2": "/hsds/services",
    f"{API}/hsds/services?page=99": "/hsds/services",
}
BAD = {
    f"{API}/tafels?trede=99": ("/tafels", 400),
    f"{API}/tafels?onbekend=1": ("/tafels", 400),
    f"{API}/tafels?=1": ("/tafels", 400),
    f"{API}/hsds?=": ("/hsds", 400),
    f"{API}/tafels?trede=1&trede=2": ("/tafels", 400),
    f"{API}/tafels.csv?gemeente=nergens": ("/tafels.csv", 400),
    f"{API}/tafels/topx?trede=1": ("/tafels/{code}", 400),
    f"{API}/tafels/verzonnen": ("/tafels/{code}", 404),
    f"{API}/gemeenten/verzonnen": ("/gemeenten/{code}", 404),
    f"{API}/hsds/services/verzonnen": ("/hsds/services/{id}", 404),
    f"{API}/hsds/services?page=0": ("/hsds/services", 400),
    f"{API}/hsds/services?full=&page=&per_page=": ("/hsds/services", 400),
    f"{API}/hsds/services?page=10000": ("/hsds/services", 400),
    f"{API}/hsds/services?per_page=101&full=ja": ("/hsds/services", 400),
}
FEEDS = ("/tafels/wijzigingen.atom", "/tafels/agenda.ics", "/tafels/topx/agenda.ics")


def document(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{API}/openapi.json").json()
    return found


def described(doc: dict[str, Any], path: str, response: HttpResponse) -> None:
    """The answer is one that the description promises for this address."""
    answers = doc["paths"][path]["get"]["responses"]
    promised = answers[str(response.status_code)]
    if "$ref" in promised:
        promised = doc["components"]["responses"][promised["$ref"].rsplit("/", 1)[1]]
    form = response.headers["Content-Type"].partition(";")[0]
    schema = {**promised["content"][form]["schema"], "components": doc["components"]}
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    wrong = [
        f"{list(one.absolute_path)}: {one.message}" for one in checker.iter_errors(body(response))
    ]
    assert not wrong, "\n".join(wrong)


def body(response: HttpResponse) -> Any:
    return json.loads(response.content)


def parameters_of(response: HttpResponse) -> set[str]:
    return {one["location"]["name"] for one in body(response)["errors"]}


# --- The description ------------------------------------------------------------------------------


def test_the_description_is_a_valid_openapi_document(twente: Region, client: Client) -> None:
    validate(document(client))


def test_the_description_follows_the_design_rules(twente: Region, client: Client) -> None:
    doc = document(client)
    assert doc["info"]["version"] == VERSION and re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
    contact = doc["info"]["contact"]
    assert contact["url"].endswith("/open-data/")
    assert contact["email"] == twente.contact["email"] and contact["name"]
    assert "license" not in doc["info"]  # the region has to choose one
    (server,) = doc["servers"]
    assert server["url"] == f"{settings.SITE_URL}{API}"
    for path, operations in doc["paths"].items():
        assert not path.endswith("/") and set(operations) == {"get"}


def parameters(doc: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, operations in doc["paths"].items():
        for one in operations["get"].get("parameters", ()):
            yield path, one


def test_an_example_is_a_question_that_is_answered(twente: Region, client: Client) -> None:
    asked = 0
    for path, one in parameters(document(client)):
        for example in one["schema"].get("examples", ()):
            answer = client.get(API + path, {one["name"]: example})
            assert answer.status_code == 200, (path, one["name"], example)
            asked += 1
    assert asked == 8


def test_the_bounds_of_a_number_are_the_bounds_of_the_answer(
    twente: Region, client: Client
) -> None:
    bounded = 0
    for path, one in parameters(document(client)):
        if one["schema"]["type"] != "integer":
            continue
        least, most = one["schema"]["minimum"], one["schema"]["maximum"]
        for value, status in ((least, 200), (most, 200), (least - 1, 400), (most + 1, 400)):
            assert client.get(API + path, {one["name"]: value}).status_code == status
        bounded += 1
    assert bounded == 2


def test_an_answer_without_a_body_is_described_too(twente: Region, client: Client) -> None:
    doc = document(client)
    for path, operations in doc["paths"].items():
        said = set(operations["get"]["responses"]["304"]["headers"])
        assert said == {"API-Version", "ETag"}
        if "{" in path:
            continue
        etag = client.get(API + path).headers["ETag"]
        again = client.get(API + path, headers={"if-none-match": etag})
        assert again.status_code == 304 and said <= set(again.headers)


def test_where_we_differ_from_the_rules_is_said(twente: Region, client: Client) -> None:
    said = document(client)["info"]["description"]
    assert "`/tafels.csv`" in said and "`per_page`" in said


def test_every_address_of_the_api_is_described(twente: Region, client: Client) -> None:
    here = {
        "/" + re.sub(r"<\w+:(\w+)>", "{}", str(one.pattern)).removeprefix("api/v1/")
        for one in opendata_urls.urlpatterns
        if str(one.pattern).startswith("api/v1/")
    }
    described_there = {re.sub(r"{\w+}", "{}", path) for path in document(client)["paths"]}
    assert here == described_there


@pytest.mark.parametrize("address", GOOD)
def test_every_answer_is_as_described(cast: Cast, client: Client, address: str) -> None:
    published(cast, rhythm_anchor="2026-11-24", contact_phone="000 000 00 01", alias="")
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    described(document(client), GOOD[address], response)


@pytest.mark.parametrize("address", BAD)
def test_every_refusal_is_as_described(twente: Region, client: Client, address: str) -> None:
    path, status = BAD[address]
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (status, PROBLEM)
    assert body(response)["status"] == status
    described(document(client), path, response)


def test_one_service_is_as_described(twente: Region, client: Client) -> None:
    service = body(client.get(f"{API}/hsds/services"))["contents"][0]
    response = client.get(f"{API}/hsds/services/{service['id']}")
    described(document(client), "/hsds/services/{id}", response)


# --- What is in it --------------------------------------------------------------------------------


def test_every_part_of_a_page_is_in_open_data() -> None:
    """A new field of a tafel or gemeente gets a name here, or this fails."""
    assert set(tafels.PROPERTIES) == {part.name for part in TAFEL_PARTS}
    assert set(gemeenten.PROPERTIES) == {part.name for part in GEMEENTE_PARTS}
    assert set(gemeenten.ENTRANCE) == set(ENTRANCE_FIELDS)
    for names in (tafels.PROPERTIES, gemeenten.PROPERTIES):
        assert len(set(names.values())) == len(names)
        assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name) for name in names.values())


def test_a_tafel_says_what_its_page_says(twente: Region, client: Client) -> None:
    found = body(client.get(f"{API}/tafels/topx"))
    topx = Tafel.objects.get(slug="topx")
    assert found["naam"] == topx.name and found["doel"] == topx.purpose
    assert found["trede"] == {"nummer": 0, "naam": "Basis"}
    assert found["regie"] == {"code": "zvh-twente", "naam": "Zorg en Veiligheidshuis Twente"}
    assert {"code": "om", "naam": "Openbaar Ministerie (OM)"} in found["aanmelders"]
    assert found["gemeenten"] == []
    assert found["pagina"] == settings.SITE_URL + reverse("tafel_detail", args=["topx"])
    way = found["instroomcriteria"]
    assert len(way["mogelijkheden"]) == 2
    assert [one["teltMee"] for one in way["criteria"]].count(False) == 1
    aanpak = body(client.get(f"{API}/tafels/levensloopaanpak"))
    assert aanpak["soort"] == "aanpak" and aanpak["trede"] is None


def test_what_nobody_filled_in_is_null(twente: Region, client: Client) -> None:
    found = body(client.get(f"{API}/tafels/oostnl-hoogcomplex"))
    assert found["uitstroom"] is None and found["contactTelefoon"] is None
    assert found["overleggen"] == [] and found["ritmeVanaf"] is None
    assert "" not in found.values()


def test_a_published_change_is_in_open_data_at_once(cast: Cast, client: Client) -> None:
    slug = own_tafel(cast).slug
    before = body(client.get(f"{API}/tafels/{slug}"))
    published(cast, chair="verzonnen voorzitter", rhythm_anchor="2026-11-24")
    after = body(client.get(f"{API}/tafels/{slug}"))
    assert after["voorzitter"] == "verzonnen voorzitter"
    assert after["versie"] == before["versie"] + 1
    assert after["gewijzigdOp"].endswith("Z")
    first = after["overleggen"][0]["datum"]
    assert first >= clock.today().isoformat()


def test_the_list_stands_in_the_order_of_the_ladder(twente: Region, client: Client) -> None:
    found = body(client.get(f"{API}/tafels"))
    slugs = list(Tafel.objects.order_by("position").values_list("slug", flat=True))
    assert [one["code"] for one in found["tafels"]] == slugs
    assert found["aantal"] == len(slugs) == 7


@pytest.mark.parametrize(
    "query",
    ["trede=1", "trede=aanpak", "trede=4", "aanmelder=om", "onderwerp=crisis", "gemeente=borne",
     "trede=1&gemeente=enschede&aanmelder=huisarts&onderwerp=ggz", "trede=&onderwerp="],
)  # fmt: skip
def test_filters_find_what_the_web_page_finds(twente: Region, client: Client, query: str) -> None:
    borne = Gemeente.objects.get(organisation__slug="borne")
    Tafel.objects.get(slug="topx").gemeenten.set([borne])
    page = client.get(f"/tafels/?{query}").content.decode()
    on_page = set(re.findall(r'rdm-tafel__name"><a class="nl-link" href="/tafels/([\w-]+)/', page))
    found = body(client.get(f"{API}/tafels?{query}"))
    assert {one["code"] for one in found["tafels"]} == on_page


def test_a_gemeente_says_where_to_begin(cast: Cast, client: Client) -> None:
    entrances_of(cast.enschede, cast.gemeente, ENTRANCE, support=["scot"])
    response = client.get(f"{API}/gemeenten/enschede")
    described(document(client), "/gemeenten/{code}", response)
    found = body(response)
    (entrance,) = found["ingangen"]
    assert entrance["naam"] == ENTRANCE["name"] and entrance["toelichting"] is None
    assert entrance["soort"]["code"] == "wijkteam"
    assert [one["code"] for one in found["clientondersteuning"]] == ["scot"]
    assert found["versie"] == 2
    everyone = body(client.get(f"{API}/gemeenten"))
    assert everyone["aantal"] == Gemeente.objects.count()
    assert found in everyone["gemeenten"]


def test_a_tafel_that_was_never_published_is_not_in_it(twente: Region, client: Client) -> None:
    Tafel.objects.create(slug="nieuw", name="Nieuw", trede=Trede.objects.get(pk=1), position=99)
    assert client.get(f"{API}/tafels/nieuw").status_code == 404
    assert client.get("/tafels/nieuw/agenda.ics").status_code == 404
    assert body(client.get(f"{API}/tafels"))["aantal"] == 7


# --- As a table -----------------------------------------------------------------------------------


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_table_has_every_part_in_words(twente: Region, client: Client) -> None:
    response = client.get(f"{API}/tafels.csv?trede=0")
    assert response.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert 'filename="tafels.csv"' in response.headers["Content-Disposition"]
    (topx,) = rows(response.content)
    assert {part.label for part in TAFEL_PARTS} <= set(topx)
    assert topx["Naam"] == "TopX" and topx["Gemeenten"] == "alle gemeenten"
    assert topx["Onder regie van"] == "Zorg en Veiligheidshuis Twente"


def test_no_cell_of_the_table_is_a_formula(cast: Cast, client: Client) -> None:
    published(cast, chair="=1+1", purpose="@som", alias="-2+3", contact_phone="+31 53 000 00 00")
    slug = own_tafel(cast).slug
    for row in rows(client.get(f"{API}/tafels.csv").content):
        for value in row.values():
            assert not value.startswith(("=", "+", "-", "@")), (row["Code"], value)
        if row["Code"] == slug:
            assert row["Voorzitter"] == "'=1+1"


def test_who_accepts_only_a_table_gets_it(twente: Region, client: Client) -> None:
    wanted = client.get(f"{API}/tafels?trede=1", headers={"accept": "text/csv"})
    assert wanted.content == client.get(f"{API}/tafels.csv?trede=1").content
    assert "Accept" in wanted.headers["Vary"]
    both = client.get(f"{API}/tafels", headers={"accept": "text/csv;q=0.5, application/json"})
    assert both.headers["Content-Type"] == "application/json"


# --- How it answers -------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*GOOD, *BAD, f"{API}/tafels.csv", f"{API}/iets"])
def test_every_answer_carries_the_headers_of_the_rules(
    twente: Region, client: Client, address: str
) -> None:
    headers = client.get(address).headers
    assert headers["API-Version"] == VERSION
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers


def test_an_answer_that_did_not_change_is_not_sent_again(cast: Cast, client: Client) -> None:
    for address in [*GOOD, f"{API}/tafels.csv", *FEEDS]:
        first = client.get(address)
        assert "public" in first.headers["Cache-Control"], address
        again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    etag = client.get(f"{API}/tafels").headers["ETag"]
    published(cast, chair="verzonnen voorzitter")
    changed = client.get(f"{API}/tafels", headers={"if-none-match": etag})
    assert changed.status_code == 200


def test_links_lead_to_pages_that_exist(twente: Region, client: Client) -> None:
    for address in (*GOOD, f"{API}/tafels.csv"):
        for link in client.get(address).headers["Link"].split(", "):
            there = re.match(r"<([^>]+)>; rel=\"[a-z-]+\"", link)
            assert there and there[1].startswith(settings.SITE_URL), link
            path = there[1].removeprefix(settings.SITE_URL)
            assert client.get(path).status_code == 200, link


def test_every_address_inside_an_answer_works(twente: Region, client: Client) -> None:
    for one in body(client.get(f"{API}/tafels"))["tafels"]:
        for name in ("zelf", "pagina", "agenda"):
            path = one[name].removeprefix(settings.SITE_URL)
            assert client.get(path).status_code == 200, path
    for one in body(client.get(f"{API}/gemeenten"))["gemeenten"]:
        assert client.get(one["zelf"].removeprefix(settings.SITE_URL)).json() == one


def test_a_browser_may_ask_first(twente: Region, client: Client) -> None:
    response = client.options(f"{API}/tafels", headers={"origin": "https://elders.example"})
    assert response.status_code == 204
    assert "GET" in response.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]


def test_head_is_get_without_a_body(twente: Region, client: Client) -> None:
    response = client.head(f"{API}/tafels")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("address", [*GOOD, f"{API}/tafels.csv", f"{API}/tafels/verzonnen"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(twente: Region, address: str, method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    response = getattr(client, method)(address)
    assert (response.status_code, response.headers["Content-Type"]) == (405, PROBLEM)
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["API-Version"] == VERSION


def test_who_is_signed_in_gets_the_same(cast: Cast, client: Client, client_of: Any) -> None:
    signed_in = client_of(cast.coordinator)
    for address in GOOD:
        assert signed_in.get(address).content == client.get(address).content


# --- Bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["tafels/", "tafels/topx/", "gemeenten/", "openapi.json/", "", "verzonnen", "tafels/%00",
     "tafels/topx%00", "tafels/..%2f", "tafels/TOPX", "gemeenten/%ff", "tafels//topx", "%0a",
     "tafels/" + "x" * 3000, "tafels/topx.json", "hsds/", "hsds/services/%00", "tafels/a%0d%0ab",
     "hsds/services/00000000-0000-0000-0000-000000000000"],
)  # fmt: skip
def test_what_does_not_exist_is_a_problem(twente: Region, client: Client, path: str) -> None:
    """Also an address with a slash at the end (/core/no-trailing-slash)."""
    response = client.get(f"{API}/{path}")
    assert (response.status_code, response.headers["Content-Type"]) == (404, PROBLEM)
    assert body(response)["title"] == "Dit adres bestaat niet"


@pytest.mark.parametrize("name", ["trede", "gemeente", "onderwerp", "aanmelder"])
def test_a_strange_value_is_refused_by_name(twente: Region, client: Client, name: str) -> None:
    for value in [*BAD_INPUT, "x" * 10_001, "9223372036854775808", "١"]:
        if not value.strip() or (name == "trede" and value == "0"):
            continue
        response = client.get(f"{API}/tafels", {name: value.encode("utf-8", "replace")})
        assert (response.status_code, response.headers["Content-Type"]) == (400, PROBLEM), value
        assert parameters_of(response) == {name}
        assert f"‘{name}’" in body(response)["detail"]


def test_every_wrong_parameter_is_named_at_once(twente: Region, client: Client) -> None:
    response = client.get(f"{API}/tafels?trede=99&gemeente=nergens&aanmelder=om")
    assert parameters_of(response) == {"trede", "gemeente"}
    assert "0, 1, 2, 3, 4, aanpak" in body(response)["detail"]
    unknown = client.get(f"{API}/tafels?q=zorg&{'y' * 5000}=1")
    assert unknown.status_code == 400
    assert len(unknown.content) < 2000
    twice = client.get(f"{API}/tafels?trede=1&trede=1")
    assert "twee keer" in body(twice)["detail"]


@pytest.mark.parametrize(
    "value", ["0", "-1", "1e3", "١", "99999", "x", "%00", "1.5", "NaN", "2^63"]
)
def test_a_strange_page_of_services_is_refused(twente: Region, client: Client, value: str) -> None:
    for name in ("page", "per_page"):
        response = client.get(f"{API}/hsds/services", {name: value})
        assert (response.status_code, parameters_of(response)) == (400, {name})


@pytest.mark.parametrize(
    "accept",
    ["*/*", "", "  ", ",,,", ";;;", "/", "application/*", "application/json;q=0", "json", "\x01",
     "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "a" * 8000, "*/*;q=nan",
     "application/json;q=1.5", "application/json; charset=utf-8", "text/html", "image/png, x/y",
     "application/json;q=\"", "é/ü", "*/*;q=-1", "application/json, text/csv;q=inf"],
)  # fmt: skip
def test_whatever_is_accepted_there_is_a_clean_answer(
    twente: Region, client: Client, accept: str
) -> None:
    for address in (f"{API}/tafels", f"{API}/gemeenten", f"{API}/hsds"):
        response = client.get(address, headers={"accept": accept})
        assert response.status_code in (200, 406), accept
        expected = PROBLEM if response.status_code == 406 else "application/json"
        assert response.headers["Content-Type"] == expected, accept
    assert client.get(f"{API}/tafels.csv", headers={"accept": accept}).status_code == 200


def test_who_accepts_something_else_hears_what_there_is(twente: Region, client: Client) -> None:
    response = client.get(f"{API}/tafels", headers={"accept": "text/html"})
    assert (response.status_code, response.headers["Content-Type"]) == (406, PROBLEM)
    assert "application/json of text/csv" in body(response)["detail"]
    described(document(client), "/tafels", response)


def test_before_the_first_load_it_is_empty_and_well(db: None, client: Client) -> None:
    assert body(client.get(f"{API}/tafels")) == {"tafels": [], "aantal": 0}
    assert body(client.get(f"{API}/hsds/services"))["empty"] is True
    for address in (f"{API}/openapi.json", f"{API}/tafels.csv", *FEEDS[:2], "/open-data/"):
        assert client.get(address).status_code == 200, address


# --- Few queries, and the page --------------------------------------------------------------------


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_few_queries_however_many_tafels(twente: Region, client: Client) -> None:
    addresses = [*GOOD, f"{API}/tafels.csv", *FEEDS, "/open-data/"]
    client.get("/open-data/")  # what the product is called, is asked once
    few = {address: queries(client, address) for address in addresses}
    for number in range(20):
        party = Organisation.objects.create(slug=f"p{number}", name=f"Partij {number}", kind="ggz")
        Tafel.objects.create(
            slug=f"t{number}", name=f"Tafel {number}", trede=Trede.objects.get(pk=1),
            position=100 + number, led_by=party, rhythm_weeks=2, rhythm_anchor=clock.today(),
        )  # fmt: skip
    publishing.publish_loaded()
    assert body(client.get(f"{API}/tafels"))["aantal"] == 27
    assert {address: queries(client, address) for address in addresses} == few
    assert max(few.values()) <= MOST_QUERIES


def test_the_page_names_every_address_and_that_there_is_no_licence_yet(
    twente: Region, client: Client
) -> None:
    page = client.get("/open-data/").content.decode()
    for name in ("agenda", "change_feed", "api_tafels", "api_tafels_csv", "api_gemeenten",
                 "hsds_services", "api_openapi"):  # fmt: skip
        assert f'href="{reverse(name)}"' in page, name
    assert "licentie" in page and "De regio moet nog kiezen" in page
    # The problems explain themselves there.
    kind = body(client.get(f"{API}/tafels?x=1"))["type"].partition("#")[2]
    assert f'id="{kind}"' in page
    assert "/open-data/" in client.get("/tafels/").content.decode()


def test_nothing_about_a_casus_is_in_open_data(cast: Cast, client: Client) -> None:
    casus = world.registered_casus(cast, situation="Verzonnen kanarie in de situatie.")
    for address in [*GOOD, f"{API}/tafels.csv", *FEEDS, "/open-data/"]:
        content = client.get(address).content.decode()
        assert casus.code not in content and "kanarie" not in content, address
        assert "@demo" not in content and cast.coordinator.email not in content, address
