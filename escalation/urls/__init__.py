"""The addresses of this app, one module per noun."""

from django.urls import URLPattern

from . import (
    admission,
    answer,
    casus,
    coordination,
    overleg,
    participants,
    registration,
    rights,
    route,
    sharing,
    transfer,
)

urlpatterns: list[URLPattern] = [
    # First: `nieuw` and `inzage` are no code of a casus.
    *registration.urlpatterns,
    *casus.urlpatterns,
    *sharing.urlpatterns,
    *transfer.urlpatterns,
    *admission.urlpatterns,
    *route.urlpatterns,
    *coordination.urlpatterns,
    *overleg.urlpatterns,
    *participants.urlpatterns,
    *answer.urlpatterns,
    *rights.urlpatterns,
]
