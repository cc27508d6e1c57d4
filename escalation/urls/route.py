"""Addresses of the route of a casus."""

from django.urls import URLPattern, path

from escalation.route import views as route
from escalation.route.advice import views as advice
from escalation.route.client_support import views as client_support
from escalation.route.instroom import views as instroom
from escalation.route.step import views as step_documents
from escalation.route.step import views as step_page

urlpatterns: list[URLPattern] = [
    path("casussen/<str:code>/route/nieuw/", route.step_add, name="step_add"),
    path("casussen/<str:code>/route/advies/", advice.casus_advice, name="casus_advice"),
    path("casussen/<str:code>/route/<int:position>/", step_page.step_detail, name="step_detail"),
    path(
        "casussen/<str:code>/route/<int:position>/instroom/",
        instroom.step_instroom,
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
    path(
        "casussen/<str:code>/route/<int:position>/aanmelding/pdf/",
        step_documents.step_pdf,
        name="step_pdf",
    ),
    path(
        "casussen/<str:code>/route/<int:position>/aanmelding/word/",
        step_documents.step_docx,
        name="step_docx",
    ),
    path("casussen/<str:code>/route/<int:position>/uitkomst/", route.step_close, name="step_close"),
    path(
        "casussen/<str:code>/route/<int:position>/clientondersteuning/",
        client_support.step_client_support,
        name="step_client_support",
    ),
]
