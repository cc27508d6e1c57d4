"""The address of the health of the program."""

from django.urls import URLPattern, path

from directory.health import views

urlpatterns: list[URLPattern] = [
    path("beheer/gezondheid/", views.health_signs, name="health_signs"),
]
