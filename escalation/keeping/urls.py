"""The rights of the resident, and how long a casus is kept."""

from django.urls import URLPattern, path

from escalation.keeping import views
from escalation.keeping.destruction import views as destruction
from escalation.keeping.export import views as export
from escalation.keeping.holds import views as holds
from escalation.keeping.rights import views as rights

_CASUS = "casussen/<str:code>/"

urlpatterns: list[URLPattern] = [
    path("uw-gegevens/", rights.residents, name="residents"),
    path(f"{_CASUS}rechten/", rights.rights_detail, name="rights_detail"),
    path(f"{_CASUS}rechten/beperken/", rights.restriction_set, name="restriction_set"),
    path(f"{_CASUS}rechten/beperken/opheffen/", rights.restriction_lift, name="restriction_lift"),
    path(f"{_CASUS}rechten/corrigeren/", rights.casus_correct, name="casus_correct"),
    path(f"{_CASUS}rechten/inzage/", export.access_request_add, name="access_request_add"),
    path(
        f"{_CASUS}rechten/inzage/<int:pk>/",
        export.access_request_judge,
        name="access_request_judge",
    ),
    path(
        f"{_CASUS}rechten/inzage/<int:pk>/pdf/",
        export.access_request_pdf,
        name="access_request_pdf",
    ),
    path(
        f"{_CASUS}rechten/inzage/<int:pk>/json/",
        export.access_request_json,
        name="access_request_json",
    ),
    path(f"{_CASUS}vernietigen/", destruction.destruction_propose, name="destruction_propose"),
    path(
        f"{_CASUS}vernietigen/akkoord/", destruction.destruction_approve, name="destruction_approve"
    ),
    path(f"{_CASUS}bewaren/", holds.hold_add, name="hold_add"),
    path(f"{_CASUS}bewaren/beeindigen/", holds.hold_release, name="hold_release"),
    path("bewaren/", views.retention_list, name="retention_list"),
    path("bewaren/<str:code>/verklaring/", views.tombstone_pdf, name="tombstone_pdf"),
]
