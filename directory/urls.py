"""Addresses of the directory: the public overview of tafels."""

from django.urls import URLPattern, path

from directory.views import tafels

urlpatterns: list[URLPattern] = [
    path("tafels/", tafels.tafel_list, name="tafel_list"),
    path("tafels/<slug:slug>/", tafels.tafel_detail, name="tafel_detail"),
]
