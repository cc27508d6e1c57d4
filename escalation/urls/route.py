"""Addresses of the route of a casus."""

from django.urls import URLPattern, path

from escalation.views import client_support, route

urlpatterns: list[URLPattern] = [
    path("casussen/<str:code>/route/nieuw/", route.step_add, name="step_add"),
    path("casussen/<str:code>/route/<int:position>/", route.step_detail, name="step_detail"),
    path(
        "casussen/<str:code>/route/<int:position>/instroom/",
        route.step_instroom,
        name="step_instroom",
    ),
    path(
        "casussen/<str:code>/route/<int:position>/aanmelden/", route.step_submit, name="step_submit"
    ),
    path(
        "casussen/<str:code>/route/<int:position>/behandeling/",
        route.step_result,
        name="step_result",
    ),
    path("casussen/<str:code>/route/<int:position>/uitkomst/", route.step_close, name="step_close"),
    path(
        "casussen/<str:code>/route/<int:position>/clientondersteuning/",
        client_support.step_client_support,
        name="step_client_support",
    ),
]
