"""Addresses of the wegwijzer."""

from django.urls import URLPattern, path

from directory.guide import views

urlpatterns: list[URLPattern] = [
    path("wegwijzer/", views.guide_step, name="guide"),
    path("wegwijzer/uitkomst/", views.guide_result, name="guide_result"),
    path("wegwijzer/mailen/", views.guide_mail, name="guide_mail"),
]
