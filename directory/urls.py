"""Addresses of the directory: the public overview of tafels."""

from django.urls import URLPattern, path

from directory.views import home, invitation, tafels

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("uitnodiging/<str:secret>/", invitation.accept, name="invitation_accept"),
    path("tafels/", tafels.tafel_list, name="tafel_list"),
    path("tafels/<slug:slug>/", tafels.tafel_detail, name="tafel_detail"),
]
