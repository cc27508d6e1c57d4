"""Addresses of open data. Those of the API never end with a slash (NLGov REST API Design Rules)."""

from django.urls import URLPattern, path, re_path

from directory.opendata import views as opendata

# A slug has no dot, so no tafel can hide behind these words.
urlpatterns: list[URLPattern] = [
    path("open-data/", opendata.open_data, name="open_data"),
    path("open-data/dcat.jsonld", opendata.dcat_catalog, name="dcat_catalog"),
    path("tafels/wijzigingen.atom", opendata.change_feed, name="change_feed"),
    path("tafels/agenda.ics", opendata.agenda, name="agenda"),
    path("tafels/<slug:slug>/agenda.ics", opendata.tafel_agenda, name="tafel_agenda"),
    path("api/v1/openapi.json", opendata.description, name="api_openapi"),
    path("api/v1/tafels", opendata.tafel_collection, name="api_tafels"),
    path("api/v1/tafels.csv", opendata.tafel_table, name="api_tafels_csv"),
    path("api/v1/tafels/<slug:slug>", opendata.tafel_item, name="api_tafel"),
    path("api/v1/gemeenten", opendata.gemeente_collection, name="api_gemeenten"),
    path("api/v1/gemeenten/<slug:slug>", opendata.gemeente_item, name="api_gemeente"),
    path("api/v1/hsds", opendata.hsds_root, name="hsds_root"),
    path("api/v1/hsds/services", opendata.hsds_services, name="hsds_services"),
    path("api/v1/hsds/services/<slug:key>", opendata.hsds_service, name="hsds_service"),
    # Last: whatever else begins so is a problem of the API, and not a page for people.
    re_path(r"^api/(?P<rest>[\s\S]*)$", opendata.unknown, name="api_unknown"),
]
