"""Registering a casus."""

from django.urls import URLPattern, path

from escalation.registration import views
from escalation.registration.drafts import views as drafts
from escalation.registration.references import views as references
from escalation.registration.start import views as start

_CASUS = "casussen/<str:code>/"

urlpatterns: list[URLPattern] = [
    path("casussen/nieuw/", start.casus_start, name="casus_start"),
    path("casussen/nieuw/acuut-gevaar/", start.casus_crisis, name="casus_crisis"),
    path("casussen/nieuw/jonger-dan-18/", start.casus_minor, name="casus_minor"),
    path(f"{_CASUS}registratie/", views.casus_resume, name="casus_resume"),
    path(f"{_CASUS}registratie/opnieuw/", start.casus_copy, name="casus_copy"),
    path(f"{_CASUS}registratie/controleren/", views.casus_check, name="casus_check"),
    path(f"{_CASUS}registratie/weggooien/", drafts.casus_discard, name="casus_discard"),
    path(
        f"{_CASUS}registratie/<slug:step>/", views.casus_register_step, name="casus_register_step"
    ),
    path(f"{_CASUS}wijzigen/<slug:step>/", views.casus_edit, name="casus_edit"),
    path(f"{_CASUS}kenmerk/", references.casus_reference, name="casus_reference"),
]
