"""Addresses of the public pages of the gemeenten."""

from django.urls import URLPattern, path

from directory.gemeenten import views

urlpatterns: list[URLPattern] = [
    path("gemeenten/", views.gemeente_list, name="gemeente_list"),
    path("gemeenten/<slug:slug>/", views.gemeente_detail, name="gemeente_detail"),
]
