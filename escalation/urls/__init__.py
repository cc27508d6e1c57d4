"""The addresses of this app, one module per noun."""

from django.urls import URLPattern

from . import (
    admission,
    answer,
    attachments,
    casus,
    coordination,
    overleg,
    oversight,
    participants,
    registration,
    route,
    sharing,
    transfer,
)

urlpatterns: list[URLPattern] = [
    # First: `nieuw` and `inzage` are no code of a casus.
    *registration.urlpatterns,
    *casus.urlpatterns,
    *sharing.urlpatterns,
    *attachments.urlpatterns,
    *transfer.urlpatterns,
    *admission.urlpatterns,
    *route.urlpatterns,
    *coordination.urlpatterns,
    *overleg.urlpatterns,
    *participants.urlpatterns,
    *answer.urlpatterns,
    *oversight.urlpatterns,
]
