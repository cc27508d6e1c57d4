"""The pages of one casus."""

from django.urls import URLPattern, path

from escalation.dossier import views as casus
from escalation.dossier import views as documents
from escalation.dossier.closing import views as closing
from escalation.dossier.timeline import views as timeline
from escalation.oversight.access_log import views as access_log
from escalation.registration.references import views as references
from escalation.route.client_support import views as client_support

urlpatterns: list[URLPattern] = [
    path("casussen/inzage/", access_log.access_log_find, name="access_log_find"),
    path("casussen/<str:code>/", casus.casus_detail, name="casus_detail"),
    path("casussen/<str:code>/pdf/", documents.casus_pdf, name="casus_pdf"),
    path("casussen/<str:code>/inzage/", access_log.casus_access_log, name="casus_access_log"),
    path("casussen/<str:code>/notitie/", timeline.casus_note, name="casus_note"),
    path("casussen/<str:code>/kenmerk/", references.casus_reference, name="casus_reference"),
    path(
        "casussen/<str:code>/clientondersteuning/",
        client_support.casus_client_support,
        name="casus_client_support",
    ),
    path("casussen/<str:code>/afsluiten/", closing.casus_close, name="casus_close"),
    path("casussen/<str:code>/heropenen/", closing.casus_reopen, name="casus_reopen"),
]
