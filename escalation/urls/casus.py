"""The pages of one casus."""

from django.urls import URLPattern, path

from escalation.oversight.access_log import views as access_log
from escalation.registration.references import views as references
from escalation.route.client_support import views as client_support
from escalation.views import casus, casus_changes, documents

urlpatterns: list[URLPattern] = [
    path("casussen/inzage/", access_log.access_log_find, name="access_log_find"),
    path("casussen/<str:code>/", casus.casus_detail, name="casus_detail"),
    path("casussen/<str:code>/pdf/", documents.casus_pdf, name="casus_pdf"),
    path("casussen/<str:code>/inzage/", access_log.casus_access_log, name="casus_access_log"),
    path("casussen/<str:code>/notitie/", casus_changes.casus_note, name="casus_note"),
    path("casussen/<str:code>/kenmerk/", references.casus_reference, name="casus_reference"),
    path(
        "casussen/<str:code>/clientondersteuning/",
        client_support.casus_client_support,
        name="casus_client_support",
    ),
    path("casussen/<str:code>/afsluiten/", casus_changes.casus_close, name="casus_close"),
    path("casussen/<str:code>/heropenen/", casus_changes.casus_reopen, name="casus_reopen"),
]
