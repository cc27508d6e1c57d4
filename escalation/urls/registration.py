"""Registering a casus."""

from django.urls import URLPattern, path

from escalation.views import registration as views

urlpatterns: list[URLPattern] = [
    path("casussen/nieuw/", views.casus_start, name="casus_start"),
    path("casussen/nieuw/acuut-gevaar/", views.casus_crisis, name="casus_crisis"),
    path("casussen/nieuw/jonger-dan-18/", views.casus_minor, name="casus_minor"),
    path("casussen/<str:code>/registratie/", views.casus_resume, name="casus_resume"),
    path("casussen/<str:code>/registratie/opnieuw/", views.casus_copy, name="casus_copy"),
    path("casussen/<str:code>/registratie/controleren/", views.casus_check, name="casus_check"),
    path("casussen/<str:code>/registratie/weggooien/", views.casus_discard, name="casus_discard"),
    path(
        "casussen/<str:code>/registratie/<slug:step>/",
        views.casus_register_step,
        name="casus_register_step",
    ),
    path("casussen/<str:code>/wijzigen/<slug:step>/", views.casus_edit, name="casus_edit"),
]
