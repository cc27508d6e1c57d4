"""Address of the copies."""

from django.urls import URLPattern, path

from directory.copies import views

urlpatterns: list[URLPattern] = [
    path("beheer/reservekopieen/", views.copy_list, name="copy_list"),
]
