"""Addresses of the watch over the log."""

from django.urls import URLPattern, path

from directory.log_watch import views

urlpatterns: list[URLPattern] = [
    path("toezicht/logboek/", views.log_watch, name="log_watch"),
    path("toezicht/logboek/<int:pk>/", views.log_alarm, name="log_alarm"),
]
