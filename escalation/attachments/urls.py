"""Files with a casus."""

from django.urls import URLPattern, path

from escalation.attachments import views
from escalation.attachments.scanning import urls as scanning

_CASUS = "casussen/<str:code>/"

urlpatterns: list[URLPattern] = [
    *scanning.urlpatterns,
    path(f"{_CASUS}bijlagen/nieuw/", views.attachment_add, name="attachment_add"),
    path(f"{_CASUS}bijlagen/<int:pk>/", views.attachment_detail, name="attachment_detail"),
    path(
        f"{_CASUS}bijlagen/<int:pk>/nieuwe-versie/",
        views.attachment_version,
        name="attachment_version",
    ),
    path(
        f"{_CASUS}bijlagen/<int:pk>/intrekken/",
        views.attachment_withdraw,
        name="attachment_withdraw",
    ),
    path(
        f"{_CASUS}bijlagen/<int:pk>/versie/<int:number>/verwijderen/",
        views.attachment_remove_version,
        name="attachment_remove_version",
    ),
    path(
        f"{_CASUS}bijlagen/<int:pk>/versie/<int:number>/",
        views.attachment_open,
        name="attachment_open",
    ),
]
