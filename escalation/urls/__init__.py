"""The addresses of this app, one module per noun."""

from django.urls import URLPattern

from . import (
    admission,
    answer,
    attachments,
    casus,
    coordination,
    lists,
    overleg,
    oversight,
    participants,
    registration,
    rights,
    route,
    sharing,
    timeline,
    transfer,
)

urlpatterns: list[URLPattern] = [
    # First: `nieuw`, `inzage` and `weergaven` are no code of a casus.
    *registration.urlpatterns,
    *lists.urlpatterns,
    *casus.urlpatterns,
    *timeline.urlpatterns,
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
    *rights.urlpatterns,
]
