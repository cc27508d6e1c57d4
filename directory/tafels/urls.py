"""Addresses of the public pages of the tafels."""

from django.urls import URLPattern, path

from directory.tafels import views
from directory.tafels.checklist import views as checklist

urlpatterns: list[URLPattern] = [
    path("tafels/", views.tafel_list, name="tafel_list"),
    path("tafels/<slug:slug>/", views.tafel_detail, name="tafel_detail"),
    path("tafels/<slug:slug>/past-het/", checklist.tafel_check, name="tafel_check"),
]
