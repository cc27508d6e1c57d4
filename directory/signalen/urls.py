"""Addresses of signalen."""

from django.urls import URLPattern, path

from directory.signalen import views
from directory.signalen.handling import views as handling
from directory.signalen.patterns import views as patterns

urlpatterns: list[URLPattern] = [
    path("signalen/", views.signaal_list, name="signaal_list"),
    path("signalen/nieuw/", views.signaal_new, name="signaal_new"),
    path("signalen/bedankt/", views.signaal_thanks, name="signaal_thanks"),
    path("signalen/patronen/", patterns.signaal_patterns, name="signaal_patterns"),
    path("signalen/<int:pk>/", views.signaal_detail, name="signaal_detail"),
    path("signalen/<int:pk>/indelen/", handling.signaal_sort, name="signaal_sort"),
    path("signalen/<int:pk>/<str:word>/", handling.signaal_move, name="signaal_move"),
]
