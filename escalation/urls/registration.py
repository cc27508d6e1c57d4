"""Registering a casus."""

from django.urls import URLPattern, path

from escalation.registration import views as registration
from escalation.registration.drafts import views as drafts
from escalation.registration.start import views as start

urlpatterns: list[URLPattern] = [
    path("casussen/nieuw/", start.casus_start, name="casus_start"),
    path("casussen/nieuw/acuut-gevaar/", start.casus_crisis, name="casus_crisis"),
    path("casussen/nieuw/jonger-dan-18/", start.casus_minor, name="casus_minor"),
    path("casussen/<str:code>/registratie/", registration.casus_resume, name="casus_resume"),
    path("casussen/<str:code>/registratie/opnieuw/", start.casus_copy, name="casus_copy"),
    path(
        "casussen/<str:code>/registratie/controleren/", registration.casus_check, name="casus_check"
    ),
    path("casussen/<str:code>/registratie/weggooien/", drafts.casus_discard, name="casus_discard"),
    path(
        "casussen/<str:code>/registratie/<slug:step>/",
        registration.casus_register_step,
        name="casus_register_step",
    ),
    path("casussen/<str:code>/wijzigen/<slug:step>/", registration.casus_edit, name="casus_edit"),
]
