"""The addresses of this app, one module per noun."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
