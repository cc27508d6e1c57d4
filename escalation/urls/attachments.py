"""Files with a casus."""

from django.urls import URLPattern, path

from escalation.attachments import views as attachments

urlpatterns: list[URLPattern] = [
    path("casussen/<str:code>/bijlagen/nieuw/", attachments.attachment_add, name="attachment_add"),
    path(
        "casussen/<str:code>/bijlagen/<int:pk>/",
        attachments.attachment_detail,
        name="attachment_detail",
    ),
    path(
        "casussen/<str:code>/bijlagen/<int:pk>/nieuwe-versie/",
        attachments.attachment_version,
        name="attachment_version",
    ),
    path(
        "casussen/<str:code>/bijlagen/<int:pk>/intrekken/",
        attachments.attachment_withdraw,
        name="attachment_withdraw",
    ),
    path(
        "casussen/<str:code>/bijlagen/<int:pk>/versie/<int:number>/verwijderen/",
        attachments.attachment_remove_version,
        name="attachment_remove_version",
    ),
    path(
        "casussen/<str:code>/bijlagen/<int:pk>/versie/<int:number>/",
        attachments.attachment_open,
        name="attachment_open",
    ),
]
