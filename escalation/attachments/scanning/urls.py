"""The address of the page about the virus scanner."""

from django.urls import URLPattern, path

from escalation.attachments.scanning import views

urlpatterns: list[URLPattern] = [
    path("beheer/virusscanner/", views.scanner_state, name="scanner_state"),
]
