"""Addresses of the overview on paper: of the region, and of one gemeente."""

from django.urls import URLPattern, path

from directory.overview import views

urlpatterns: list[URLPattern] = [
    path("tafels/overzicht/", views.overview, name="overview"),
    path("tafels/overzicht.pdf", views.overview_pdf, name="overview_pdf"),
    path("gemeenten/<slug:slug>/overzicht/", views.gemeente_overview, name="gemeente_overview"),
    path(
        "gemeenten/<slug:slug>/overzicht.pdf",
        views.gemeente_overview_pdf,
        name="gemeente_overview_pdf",
    ),
]
