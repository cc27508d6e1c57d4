"""Address of the first page."""

from django.urls import URLPattern, path

from directory.home import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
]
