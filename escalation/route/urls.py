"""The route of a casus."""

from django.urls import URLPattern, path

from escalation.route import views
from escalation.route.advice import views as advice
from escalation.route.client_support import views as client_support
from escalation.route.instroom import views as instroom
from escalation.route.step import views as step

_CASUS = "casussen/<str:code>/"

urlpatterns: list[URLPattern] = [
    path(
        f"{_CASUS}clientondersteuning/",
        client_support.casus_client_support,
        name="casus_client_support",
    ),
    path(f"{_CASUS}route/nieuw/", views.step_add, name="step_add"),
    path(f"{_CASUS}route/advies/", advice.casus_advice, name="casus_advice"),
    path(f"{_CASUS}route/<int:position>/", step.step_detail, name="step_detail"),
    path(f"{_CASUS}route/<int:position>/instroom/", instroom.step_instroom, name="step_instroom"),
    path(f"{_CASUS}route/<int:position>/aanmelden/", views.step_submit, name="step_submit"),
    path(f"{_CASUS}route/<int:position>/behandeling/", views.step_result, name="step_result"),
    path(f"{_CASUS}route/<int:position>/aanmelding/pdf/", step.step_pdf, name="step_pdf"),
    path(f"{_CASUS}route/<int:position>/aanmelding/word/", step.step_docx, name="step_docx"),
    path(f"{_CASUS}route/<int:position>/uitkomst/", views.step_close, name="step_close"),
    path(
        f"{_CASUS}route/<int:position>/clientondersteuning/",
        client_support.step_client_support,
        name="step_client_support",
    ),
]
