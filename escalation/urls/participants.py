"""Deelnemers and proposed moments."""

from django.urls import path

from escalation.views import participants

_OVERLEG = "casussen/<str:code>/overleg/"

urlpatterns = [
    path(f"{_OVERLEG}deelnemers/nieuw/", participants.deelnemer_add, name="deelnemer_add"),
    path(f"{_OVERLEG}deelnemers/<int:pk>/", participants.deelnemer_edit, name="deelnemer_edit"),
    path(
        f"{_OVERLEG}deelnemers/<int:pk>/weghalen/",
        participants.deelnemer_remove,
        name="deelnemer_remove",
    ),
    path(
        f"{_OVERLEG}deelnemers/<int:pk>/link/", participants.deelnemer_link, name="deelnemer_link"
    ),
    path(f"{_OVERLEG}momenten/", participants.date_propose, name="date_propose"),
    path(f"{_OVERLEG}momenten/vragen/", participants.dates_ask, name="dates_ask"),
    path(f"{_OVERLEG}momenten/herinneren/", participants.dates_remind, name="dates_remind"),
    path(f"{_OVERLEG}momenten/<int:pk>/weghalen/", participants.date_drop, name="date_drop"),
]
